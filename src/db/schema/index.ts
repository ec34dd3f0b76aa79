export * from './accounts'
export * from './budgets'
export * from './people'
export * from './uploads'

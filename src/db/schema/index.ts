export * from './accounts'
export * from './people'
export * from './uploads'

import type { MiddlewareHandler } from 'hono'

/** What is private stays out of every cache, whatever a handler forgets. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  c.res.headers.set('cache-control', 'private, no-store')
}

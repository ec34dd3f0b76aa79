import type { Context, Hono, MiddlewareHandler } from 'hono'
import { matchedRoutes } from 'hono/route'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** HEAD is answered by the route of GET. */
const methodOf = (c: Context) => (c.req.method === 'HEAD' ? 'GET' : c.req.method)

/** The pattern of the route that answers, nothing filled in: `/api/photos/:id`. Middleware is none. */
export function routeOf(c: Context): string | undefined {
  return matchedRoutes(c).find((route) => route.method === methodOf(c))?.path
}

/**
 * Leaves what no route answers to `notFound` before anything asks who is there: a path that does not exist is
 * the same for everybody. Middleware, and what takes every method, is no route here.
 */
export const refuseUnrouted: MiddlewareHandler = async (c, next) => {
  return routeOf(c) === undefined ? c.notFound() : next()
}

/**
 * The methods that the app's routes take where this one is none of them, for `Allow` (RFC 9110, section 15.5.6);
 * null where the path is unknown, or its route itself says that there is nothing.
 */
// biome-ignore lint/suspicious/noExplicitAny: any app, whatever its environment
export function otherMethods(app: Hono<any>, c: Context): string | null {
  const takes = (method: string) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method)
  const methods = METHODS.filter(takes)
  if (!methods.length || methods.includes(methodOf(c))) return null
  return methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')
}

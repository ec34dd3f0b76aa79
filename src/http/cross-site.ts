import type { Context, MiddlewareHandler } from 'hono'
import { Problem } from './problems'

/**
 * Refuses what another site made the browser send. `Sec-Fetch-Site` is the browser's own word (Fetch Metadata,
 * W3C); where it is missing, `Origin` must be absent or ours. A Bearer request skips it: no browser adds a token
 * by itself. `hono/csrf` is not used: it lets cross-site JSON through and refuses Bearer requests with no body.
 */
export const refuseCrossSite: MiddlewareHandler = async (c, next) => {
  const safe = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!safe && !isOurs(c)) throw new Problem('cross_site')
  await next()
}

/** The same for a GET that costs something: another site could have it asked by a link or a frame. */
export const refuseCrossSiteReading: MiddlewareHandler = async (c, next) => {
  if (!isOurs(c)) throw new Problem('cross_site')
  await next()
}

function isOurs(c: Context): boolean {
  if (c.req.header('authorization') !== undefined) return true
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = c.req.header('origin')
  return origin === undefined || origin === new URL(c.req.url).origin
}

/**
 * Lets only our own pages through, by their word: for an upgrade to a WebSocket, which browsers send to anybody with
 * the cookies, and with an `Origin` always (RFC 6455, section 10.2).
 */
export const refuseOtherOrigins: MiddlewareHandler = async (c, next) => {
  if (c.req.header('origin') !== new URL(c.req.url).origin || !isOurs(c)) throw new Problem('cross_site')
  await next()
}

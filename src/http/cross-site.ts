import type { MiddlewareHandler } from 'hono'
import { Problem } from './problems'

/**
 * Refuses what another site made the browser send. `Sec-Fetch-Site` is the browser's own word (Fetch Metadata,
 * W3C); where it is missing, `Origin` must be absent or ours. A Bearer request skips it: no browser adds a token
 * by itself. `hono/csrf` is not used: it lets cross-site JSON through and refuses Bearer requests with no body.
 */
export const refuseCrossSite: MiddlewareHandler = async (c, next) => {
  const safe = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!safe && c.req.header('authorization') === undefined) {
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const ours =
      site !== undefined
        ? site === 'same-origin' || site === 'none'
        : origin === undefined || origin === new URL(c.req.url).origin
    if (!ours) throw new Problem('cross_site')
  }
  await next()
}

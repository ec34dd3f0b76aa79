import type { Context, MiddlewareHandler } from 'hono'
import { withHeaders } from '../../http/headers'

/**
 * What everything below `/l/` carries, refusals too: the URL is what opens a link, so it is told to nobody, our own
 * server included, and no search engine lists it.
 */
export const keepToItself: MiddlewareHandler = async (c, next) => {
  await next()
  const answer = withHeaders(c.res, { 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
  if (answer === c.res) return
  c.res = undefined // or Hono would write the old headers over the new
  c.res = answer
}

/** Sets the headers of a page: it may show pictures of its own link, send its form, and nothing else. */
export function setLinkHeaders(c: Context): void {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self'",
    'connect-src': "'self'", // the script asks why a picture did not come
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
  }
  const directives = Object.entries(policy).map(([name, source]) => `${name} ${source}`)
  c.header('content-security-policy', directives.join('; '))
  c.header('cache-control', 'private, no-store')
  c.header('x-content-type-options', 'nosniff')
  c.header('cross-origin-opener-policy', 'same-origin')
  c.header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
}

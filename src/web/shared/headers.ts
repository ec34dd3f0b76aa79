import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../../accounts/asking'
import { loadConfig } from '../../config'
import { uploadOrigin } from '../../uploads/presign'

/** Gives every page its headers. */
export const pageHeaders = createMiddleware<AppEnv>(async (c, next) => {
  setPageHeaders(c)
  await next()
})

/** What pages may be fetched before they are asked for: src/web/fixed serves it. */
const SPECULATION_RULES = '/speculation-rules.json'

/** The pages that search engines may list: those that are the same for everybody and worth finding. */
const INDEXED = ['/', '/docs', '/docs/api', '/docs/errors']

/**
 * Sets the headers of a page. No inline script or style passes the policy. Browsers may talk to us and, to upload,
 * to the S3 endpoint; previews of chosen files are `blob:`. A page shows private things: nobody may keep it.
 */
export function setPageHeaders(c: Context<AppEnv>): void {
  const policy = {
    'default-src': "'self'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' blob: data:",
    'connect-src': ["'self'", uploadOrigin(loadConfig(c.env))].filter(Boolean).join(' '),
    'object-src': "'none'",
    'frame-ancestors': "'none'",
    'base-uri': "'none'",
    'form-action': "'self'",
  }
  const directives = Object.entries(policy).map(([name, sources]) => `${name} ${sources}`)
  c.header('content-security-policy', directives.join('; '))
  c.header('cache-control', 'private, no-store')
  c.header('x-content-type-options', 'nosniff')
  c.header('referrer-policy', 'same-origin')
  c.header('cross-origin-opener-policy', 'same-origin')
  c.header('speculation-rules', `"${SPECULATION_RULES}"`)
  if (!INDEXED.includes(c.req.path)) c.header('x-robots-tag', 'noindex')
  c.header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
}

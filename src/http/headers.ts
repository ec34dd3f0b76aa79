import type { Context, MiddlewareHandler } from 'hono'

/**
 * The answer with these headers set: a copy where its own cannot be written to, which is so for what a fetch
 * returned and is passed on, the upgrade to a WebSocket by a Durable Object too.
 */
export function withHeaders(response: Response, headers: Record<string, string>): Response {
  try {
    return setHeaders(response, headers)
  } catch {
    return setHeaders(new Response(response.body, response), headers)
  }
}

function setHeaders(response: Response, headers: Record<string, string>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
  return response
}

/** What an answer depends on that is written in the language of whoever asks: the language, and the one chosen here. */
export const BY_LANGUAGE = { vary: 'Accept-Language, Cookie' }

/** For a private answer that its own browser may keep, if it asks each time whether it may still show it. */
export const KEPT = 'private, no-cache'

/** What is private stays out of every cache, whatever a handler forgets. */
export const noStore: MiddlewareHandler = async (c, next) => {
  await next()
  forbidStoring(c)
}

/** The same but for an answer that says itself that it is KEPT. */
export const noStoreUnlessKept: MiddlewareHandler = async (c, next) => {
  await next()
  if (c.res.headers.get('cache-control') !== KEPT) forbidStoring(c)
}

function forbidStoring(c: Context): void {
  const answer = withHeaders(c.res, { 'cache-control': 'private, no-store' })
  if (answer === c.res) return
  c.res = undefined // or Hono would write the old headers over the new
  c.res = answer
}

/** Where https came from this machine itself, as by a tunnel: other servers of its developer speak plain http. */
const LOCAL_HTTPS = /^https:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/

const YEAR = 31_536_000

/**
 * What every answer carries, whoever made it: no guessing of types, no embedding on other sites unless it says so
 * itself, as the public pictures do, and https from then on.
 */
export function protect(response: Response, requestUrl: string): Response {
  const headers: Record<string, string> = { 'x-content-type-options': 'nosniff' }
  if (!response.headers.has('cross-origin-resource-policy'))
    headers['cross-origin-resource-policy'] = 'same-origin'
  return enforceHttps(withHeaders(response, headers), requestUrl)
}

/** Https from then on, where it is spoken (RFC 6797): the part of `protect` that a public picture lacks. */
export function enforceHttps(response: Response, requestUrl: string): Response {
  if (!requestUrl.startsWith('https:') || LOCAL_HTTPS.test(requestUrl)) return response
  return withHeaders(response, { 'strict-transport-security': `max-age=${YEAR}` })
}

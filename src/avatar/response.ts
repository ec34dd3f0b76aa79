import { type Conditions, judgeConditions } from '../http/conditions'
import { withHeaders } from '../http/headers'
import { type Problem, problemResponse } from '../http/problems'
import { DAY, SECOND } from '../lib/time'

/**
 * What every public picture and its errors carry: any page may embed it, read it and see how long it took; nothing may
 * run in it. No answer depends on who is asking, so none tells a page more than it could ask for itself.
 */
export const OUTWARD = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Retry-After, Server-Timing',
  'timing-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
}

/** How long a browser shows a picture without asking again, in seconds. */
const BROWSER_LIFE = 300

export interface Outward {
  body: BodyInit | null
  /** 0 where nobody said. */
  bytes: number
  contentType: string
  /** With its quotes. */
  etag: string
  serverTiming: string
  /** The format depended on `Accept`. */
  vary: boolean
  /** false for what must not be kept by anybody: a substitute. */
  keep: boolean
}

/** Copying headers that are built already costs two thirds of building them from a record, on every picture. */
const KEPT = new Headers({ ...OUTWARD, 'cache-control': `public, max-age=${BROWSER_LIFE}` })
const KEPT_BY_FORMAT = new Headers([...KEPT, ['vary', 'Accept']])

/** The answer with a picture; 304 where the client holds it already, 412 where it wants another one only. */
export function pictureResponse(picture: Outward, conditions: Conditions): Response {
  const status = judgeConditions(conditions, picture.etag)
  const headers = new Headers(picture.vary ? KEPT_BY_FORMAT : KEPT)
  headers.set('etag', picture.etag)
  headers.set('server-timing', picture.serverTiming)
  if (!picture.keep || status === 412) headers.set('cache-control', 'no-store')
  if (status !== 200) return new Response(null, { status, headers })
  headers.set('content-type', picture.contentType)
  if (picture.bytes > 0) headers.set('content-length', String(picture.bytes))
  return new Response(picture.body, { headers })
}

/** `d=404`, or no profile: there is nothing, said as briefly to caches as a change may take to show. */
export function noPictureResponse(serverTiming: string): Response {
  const headers = new Headers({
    ...OUTWARD,
    'cache-control': 'public, max-age=60',
    'content-type': 'text/plain',
  })
  headers.set('server-timing', serverTiming)
  return new Response('No picture\n', { status: 404, headers })
}

/** To somebody's own default picture, on a host that the operator trusts. */
export function redirectResponse(url: string, serverTiming: string): Response {
  const headers = new Headers({ ...OUTWARD, 'cache-control': 'public, max-age=60', location: url })
  headers.set('server-timing', serverTiming)
  return new Response(null, { status: 302, headers })
}

/** A fault of ours or a refusal: never kept, never a picture. */
export function failureResponse(problem: Problem): Response {
  return withHeaders(problemResponse(problem), { ...OUTWARD, 'cache-control': 'no-store' })
}

const ALLOW = 'GET, HEAD, OPTIONS'

/** The answer to methods other than GET, HEAD and OPTIONS. */
export function methodResponse(): Response {
  return new Response(null, {
    status: 405,
    headers: { ...OUTWARD, 'cache-control': 'no-store', allow: ALLOW },
  })
}

/** A list of header names (RFC 9110, section 5.1), of a length that a browser could have meant. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~, -]{1,1024}$/

/**
 * The answer to OPTIONS. A page may send whatever headers it likes, tracing adds its own: none is read here but
 * `Accept` and the conditions. They are named back, since `*` would not cover `Authorization` (Fetch, section 3.3.3).
 * @param askedHeaders `Access-Control-Request-Headers`
 */
export function preflightResponse(askedHeaders: string | null): Response {
  const headers = {
    ...OUTWARD,
    'cache-control': 'no-store',
    allow: ALLOW,
    'access-control-allow-methods': ALLOW,
    'access-control-allow-headers': askedHeaders && HEADER_NAMES.test(askedHeaders) ? askedHeaders : '*',
    'access-control-max-age': String(DAY / SECOND),
    vary: 'Access-Control-Request-Headers',
  }
  return new Response(null, { status: 204, headers })
}

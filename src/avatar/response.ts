import { DAY, SECOND } from '../lib/time'

/** What every public picture and its errors carry: any page may embed it, nothing may run in it. */
const OUTWARD = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
}

/** How long a browser shows a picture without asking again, in seconds. */
const BROWSER_LIFE = 300

export interface Outward {
  body: BodyInit | null
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

/** The answer with a picture, or 304 where the client holds it already. */
export function pictureResponse(picture: Outward, ifNoneMatch: string | null): Response {
  const headers: Record<string, string> = {
    ...OUTWARD,
    'cache-control': picture.keep ? `public, max-age=${BROWSER_LIFE}` : 'no-store',
    etag: picture.etag,
    'server-timing': picture.serverTiming,
  }
  if (picture.vary) headers.vary = 'Accept'
  if (ifNoneMatch !== null && matchesEtag(ifNoneMatch, picture.etag)) {
    return new Response(null, { status: 304, headers })
  }
  headers['content-type'] = picture.contentType
  headers['content-length'] = String(picture.bytes)
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

/** A fault of ours or a refusal, passed on from the origin: never kept, never a picture. */
export function failureResponse(origin: Response): Response {
  const headers = new Headers({ ...OUTWARD, 'cache-control': 'no-store' })
  headers.set('content-type', 'application/problem+json')
  headers.set('retry-after', origin.headers.get('retry-after') ?? '5')
  return new Response(origin.body, { status: origin.status, headers })
}

/** The answer to OPTIONS and to methods other than GET and HEAD. */
export function methodResponse(method: string): Response {
  const allow = 'GET, HEAD, OPTIONS'
  const headers = new Headers({ ...OUTWARD, 'cache-control': 'no-store', allow })
  if (method !== 'OPTIONS') return new Response(null, { status: 405, headers })
  headers.set('access-control-allow-methods', allow)
  headers.set('access-control-max-age', String(DAY / SECOND))
  return new Response(null, { status: 204, headers })
}

/** Whether an `If-None-Match` (a list of tags, weak ones too, or `*`) names this ETag. RFC 9110, section 13.1.2. */
export function matchesEtag(header: string, etag: string): boolean {
  if (header.trim() === '*') return true
  return [...header.matchAll(/(?:W\/)?("[^"]*")/g)].some((match) => match[1] === etag)
}

import { Hono, type Context as HonoContext } from 'hono'
import { parse as parseRange } from 'range-parser'
import { type AppEnv, authenticate, noteUse, readCredential } from '../accounts/asking'
import { databaseOf } from '../capabilities'
import { judgeConditions, readConditions } from '../http/conditions'
import { KEPT } from '../http/headers'
import { clientKey } from '../http/limits'
import { logProblem, Problem, problemResponse, toProblem } from '../http/problems'
import { attachment, withEnding } from '../lib/file-name'
import { startTimings } from '../lib/timings'
import { chooseFormat } from '../renditions/formats'
import { originalKey, renditionTag } from '../renditions/keys'
import { findRendition } from '../renditions/rendition'
import { wholePicture } from '../renditions/sizing'
import { openWorkshop } from '../renditions/workshop'
import { findPhotoVisibleBy, findRenditionVisibleBy, type OwnerSight, type ViewerSight } from './access'

type Raw = HonoContext<AppEnv>

/** A width of a photo as our pages ask for it, with nothing else in the URL. */
const PLAIN = /^https?:\/\/[^/]+\/raw\/([\da-f-]{36})\/([\da-f-]{36})\?w=(\d{1,5})$/

const ROUTE = '/:userId/:photoId'

/**
 * The pictures of a page of photos, decided before the router: there are dozens at once, most of them held by the
 * browser already. null for what the router is to answer: every other form, whoever is refused, and the first
 * use of a session or a token on a day, which is noted.
 */
export function servePlainWidth(
  request: Request,
  env: Env,
  ctx: ExecutionContext,
): Promise<Response | null> | null {
  if (request.method !== 'GET') return null
  const [, ownerId, photoId, width] = PLAIN.exec(request.url) ?? []
  if (ownerId === undefined || photoId === undefined || width === undefined) return null
  if (request.headers.get('accept')?.includes('text/html')) return null // a failure is to be a page
  const credential = readCredential(request)
  return credential && answerPlain({ ownerId, photoId, credential }, width, { request, env, ctx })
}

async function answerPlain(
  values: Parameters<typeof findRenditionVisibleBy>[1],
  width: string,
  asking: Asking,
): Promise<Response | null> {
  try {
    const found = await findRenditionVisibleBy(capsOf(asking.env), values)
    if (!found || found.firstToday) return null
    const { body, ...init } = await findWidth(found.sight, width, asking)
    return new Response(body, init)
  } catch (error) {
    const problem = toProblem(error)
    logProblem(problem, { what: 'request', route: `GET /raw${ROUTE}` })
    return problemResponse(problem)
  }
}

const capsOf = (env: Env) => ({ db: databaseOf(env.DB), now: Date.now() })

/** The private pictures: the owner's original, or with `?w=` the whole picture at most that wide. */
export const raw = new Hono<AppEnv>().get(ROUTE, async (c) => {
  const { userId: ownerId, photoId } = c.req.param()
  const width = c.req.query('w')
  const caps = capsOf(c.env)
  const credential = readCredential(c.req.raw)
  const find = width === undefined ? findPhotoVisibleBy : findRenditionVisibleBy
  const found = credential && (await find(caps, { ownerId, photoId, credential }))
  if (!found) {
    await authenticate(c, async () => {}) // whoever is refused is so as everywhere, and their page says who they are
    throw new Problem('not_found')
  }
  const { sight, firstToday } = found
  if (firstToday) await noteUse(c, caps, credential)
  if (sight.as === 'owner') return serveOriginal(c, sight)
  const asking = { request: c.req.raw, env: c.env, ctx: c.executionCtx }
  const { body, ...init } = await findWidth(sight, width ?? '', asking)
  return c.newResponse(body, init)
})

/** What a browser may do with a private picture: show it on our own pages, and nothing else. */
const PRIVATE = {
  'cache-control': 'private, no-store',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
}

/**
 * The bytes as they were uploaded, as a download, whole or one range of them (RFC 9110, section 14).
 * Read only while they are the verified ones. For the owner alone.
 */
export async function serveOriginal(c: Raw, { photo }: OwnerSight): Promise<Response> {
  const etag = `"${photo.etag}"`
  const range = requestedRange(c, photo.bytes, etag)
  const headers = new Headers({
    ...PRIVATE,
    etag,
    'accept-ranges': 'bytes',
    'content-type': photo.contentType,
  })
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${photo.bytes}`)
    return c.newResponse(null, { status: 416, headers })
  }
  const key = originalKey({ userId: photo.userId, photoId: photo.id })
  const timings = startTimings()
  const reading = c.env.PHOTOS.get(key, {
    onlyIf: { etagMatches: photo.etag ?? '' },
    range: range ? { offset: range.start, length: range.end - range.start + 1 } : undefined,
  })
  const object = await timings.measure('get', reading)
  headers.set('server-timing', timings.header('r2'))
  if (!object || !('body' in object)) {
    throw new Problem('unavailable', undefined, {
      cause: new Error(`stored bytes of ${photo.id} are not the verified ones`),
    })
  }
  const name = withEnding(photo.fileName ?? photo.id, photo.contentType)
  headers.set('content-disposition', attachment(name))
  headers.set('content-length', String(range ? range.end - range.start + 1 : photo.bytes))
  if (range) headers.set('content-range', `bytes ${range.start}-${range.end}/${photo.bytes}`)
  return c.newResponse(object.body, { status: range ? 206 : 200, headers })
}

/** A bit of the parser's code: not a ranges-specifier as RFC 9110, section 14.1.1, has it, and so to be ignored. */
const MALFORMED = 1

/** One range, or null for the whole: several ranges, another unit or an outdated `If-Range` get everything. */
function requestedRange(c: Raw, size: number, etag: string) {
  if (c.req.method !== 'GET') return null // RFC 9110, section 14.2
  const header = c.req.header('range')
  const ifRange = c.req.header('if-range')
  if (!header || (ifRange !== undefined && ifRange !== etag)) return null
  const { type, code, ranges } = parseRange(size, header)
  if (type !== 'bytes' || code & MALFORMED || ranges.length > 1) return null
  return ranges[0] ?? 'unsatisfiable'
}

/** What a private width is made with. */
interface Asking {
  request: Request
  env: Env
  ctx: Pick<ExecutionContext, 'waitUntil'>
}

/** What is to be answered, by whichever door. */
interface Answer {
  body: ReadableStream | Uint8Array<ArrayBuffer> | null
  status: 200 | 304 | 412
  headers: Headers
}

/** What a width must not be kept with, and what its browser may: copied, which is cheaper than building them. */
const LOST = new Headers({ ...PRIVATE, vary: 'Accept' })
const HELD = new Headers(LOST)
HELD.set('cache-control', KEPT)

/**
 * The whole picture, at most that wide. The browser keeps it and asks each time whether it may still show it, which
 * costs the one query that was made already: its ETag follows from what was asked, so nothing is read to compare it.
 */
async function findWidth({ photo }: ViewerSight, asked: string, asking: Asking): Promise<Answer> {
  const { request, env, ctx } = asking
  const width = /^[0-9]+$/.test(asked) ? Number(asked) : 2048
  const format = chooseFormat(request.headers.get('accept'), NO_AVIF)
  const spec = wholePicture(photo, { width, format })
  const etag = `"${renditionTag(spec)}"`
  const status = judgeConditions(readConditions(request.headers), etag)
  if (status === 412) return { body: null, status, headers: new Headers(LOST) }
  const held = new Headers(HELD)
  held.set('etag', etag)
  if (status === 304) return { body: null, status, headers: held }
  const timings = startTimings()
  const shop = openWorkshop(env, {
    client: clientKey(request),
    paced: false, // the owner's own: the day's budget bounds them, or a long gallery would stay half empty
    waitUntil: (promise) => ctx.waitUntil(promise),
    measure: timings.measure,
  })
  const rendition = await findRendition(shop, spec)
  const headers = rendition.substitute ? new Headers(LOST) : held
  headers.set('content-type', rendition.contentType)
  headers.set('content-length', String(rendition.bytes))
  headers.set('server-timing', timings.header(rendition.tier))
  return { body: rendition.body, status, headers }
}

/** Larger than any: making one takes four times as long as WebP, and a private picture is made for few. */
const NO_AVIF = Number.POSITIVE_INFINITY

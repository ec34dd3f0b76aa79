import { Hono, type Context as HonoContext } from 'hono'
import { parse as parseRange } from 'range-parser'
import { type AppEnv, authenticate, noteUse, readCredential } from '../accounts/asking'
import { databaseOf } from '../capabilities'
import { BY_LANGUAGE, withHeaders } from '../http/headers'
import { logProblem, Problem, problemResponse, toProblem } from '../http/problems'
import { attachment, withEnding } from '../lib/file-name'
import { startTimings } from '../lib/timings'
import { originalKey } from '../renditions/keys'
import { findPhotoVisibleBy, findRenditionVisibleBy, type OwnerSight } from './access'
import { type Asking, findWidth, PRIVATE } from './width'

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
    const { body, ...init } = await findWidth(found.sight, { asked: width, paced: !found.isOwner }, asking)
    return new Response(body, init)
  } catch (error) {
    const problem = toProblem(error)
    logProblem(problem, { what: 'request', route: `GET /raw${ROUTE}` })
    return withHeaders(problemResponse(problem), BY_LANGUAGE)
  }
}

const capsOf = (env: Env) => ({ db: databaseOf(env.DB), now: Date.now() })

/**
 * The private pictures: the owner's original, or with `?w=` the whole picture at most that wide, which is what everybody
 * else who may see it gets, with or without.
 */
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
  const { sight, isOwner, firstToday } = found
  if (firstToday) await noteUse(c, caps, credential)
  if (sight.as === 'owner') return serveOriginal(c, sight)
  const asking = { request: c.req.raw, env: c.env, ctx: c.executionCtx }
  const { body, ...init } = await findWidth(sight, { asked: width ?? '', paced: !isOwner }, asking)
  return c.newResponse(body, init)
})

/**
 * The bytes as they were uploaded, as a download, whole or one range of them (RFC 9110, section 14).
 * Read only while they are the verified ones. For the owner alone.
 */
export async function serveOriginal(c: Raw, { photo }: OwnerSight): Promise<Response> {
  const etag = `"${photo.etag}"`
  const range = requestedRange(c, photo.bytes, etag)
  const headers = new Headers({ ...PRIVATE, etag, 'accept-ranges': 'bytes' })
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
  headers.set('content-type', photo.contentType)
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

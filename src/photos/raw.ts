import { Hono, type Context as HonoContext } from 'hono'
import { parse as parseRange } from 'range-parser'
import { type AppEnv, authenticate, noteUse, readCredential } from '../accounts/asking'
import { databaseOf } from '../capabilities'
import { judgeConditions, readConditions } from '../http/conditions'
import { KEPT } from '../http/headers'
import { clientKey } from '../http/limits'
import { Problem } from '../http/problems'
import { attachment, withEnding } from '../lib/file-name'
import { startTimings } from '../lib/timings'
import { chooseFormat } from '../renditions/formats'
import { originalKey, renditionTag } from '../renditions/keys'
import { findRendition } from '../renditions/rendition'
import { wholePicture } from '../renditions/sizing'
import { openWorkshop } from '../renditions/workshop'
import { findPhotoVisibleBy, type OwnerSight, type ViewerSight } from './access'

type Raw = HonoContext<AppEnv>

/** The private pictures: the owner's original, or with `?w=` the whole picture at most that wide. */
export const raw = new Hono<AppEnv>().get('/:userId/:photoId', async (c) => {
  const { userId, photoId } = c.req.param()
  const width = c.req.query('w')
  const caps = { db: databaseOf(c.env.DB), now: Date.now() }
  const credential = readCredential(c)
  const asked = { ownerId: userId, photoId, original: width === undefined }
  const found = credential && (await findPhotoVisibleBy(caps, { ...asked, credential }))
  if (!found) {
    await authenticate(c, async () => {}) // whoever is refused is so as everywhere, and their page says who they are
    throw new Problem('not_found')
  }
  const { sight, firstToday } = found
  if (firstToday) await noteUse(c, caps, credential)
  return sight.as === 'owner' ? serveOriginal(c, sight) : serveWidth(c, sight, width ?? '')
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

/**
 * The whole picture, at most that wide. The browser keeps it and asks each time whether it may still show it, which
 * costs the one query that was made already: its ETag follows from what was asked, so nothing is read to compare it.
 */
async function serveWidth(c: Raw, { photo }: ViewerSight, asked: string): Promise<Response> {
  const width = /^[0-9]+$/.test(asked) ? Number(asked) : 2048
  const format = chooseFormat(c.req.header('accept') ?? null, NO_AVIF)
  const spec = wholePicture(photo, { width, format })
  const etag = `"${renditionTag(spec)}"`
  const headers: Record<string, string> = { ...PRIVATE, vary: 'Accept' }
  const status = judgeConditions(readConditions(c.req.raw.headers), etag)
  if (status === 412) return c.newResponse(null, { status, headers })
  const kept = { ...headers, 'cache-control': KEPT, etag }
  if (status === 304) return c.newResponse(null, { status, headers: kept })
  const timings = startTimings()
  const shop = openWorkshop(c.env, {
    client: clientKey(c.req.raw),
    paced: false, // the owner's own: the day's budget bounds them, or a long gallery would stay half empty
    waitUntil: (promise) => c.executionCtx.waitUntil(promise),
    measure: timings.measure,
  })
  const rendition = await findRendition(shop, spec)
  return c.newResponse(rendition.body, {
    headers: {
      ...(rendition.substitute ? headers : kept),
      'content-type': rendition.contentType,
      'content-length': String(rendition.bytes),
      'server-timing': timings.header(rendition.tier),
    },
  })
}

/** Larger than any: making one takes four times as long as WebP, and a private picture is made for few. */
const NO_AVIF = Number.POSITIVE_INFINITY

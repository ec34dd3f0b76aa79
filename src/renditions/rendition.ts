import { Problem, toProblem } from '../http/problems'
import { digestHex } from '../lib/crypto'
import { logFailure } from '../lib/failures'
import { flattenOnWhite } from '../lib/flatten'
import { CONTENT_TYPES } from '../lib/sniff/sniff'
import { DAY, SECOND } from '../lib/time'
import { qualityFor } from './formats'
import { type Transform, transformImage } from './images'
import { masterKey, RENDITION_VERSION, renditionKey, renditionPrefix } from './keys'
import { type RenditionSpec, renditionName } from './spec'
import type { Workshop } from './workshop'

export interface Rendition {
  body: ReadableStream | Uint8Array<ArrayBuffer>
  bytes: number
  contentType: string
  /** MD5 of the bytes, hex: what R2 calls their ETag too, so that every tier gives the same. */
  etag: string
  /** Which tier answered. */
  tier: 'cache' | 'r2' | 'transform'
  /** Not what was asked but the nearest that exists, since the asked one cannot be made now. Says why. Never cache it. */
  substitute: false | Problem
}

const THIRTY_DAYS = (30 * DAY) / SECOND

/**
 * The rendition from the nearest tier that has it: Cache API, R2, or made now from the clean master and written
 * back to both after the answer has begun. Where it cannot be made now (Images fails, or the client has used up
 * its allowance) the nearest stored one stands in.
 * @throws Problem `rate_limited`, `budget_exhausted`, `unavailable`
 */
export async function findRendition(shop: Workshop, spec: RenditionSpec): Promise<Rendition> {
  const cached = await shop.measure('match', matchCache(shop, spec))
  if (cached) return cached
  const stored = await shop.measure('get', shop.bucket.get(renditionKey(spec, spec)))
  if (stored) {
    const bytes = new Uint8Array(await stored.arrayBuffer())
    const found = { bytes, contentType: CONTENT_TYPES[spec.format], etag: stored.etag }
    keepInBackground(shop, 'cache', putCache(shop, spec, found))
    return { ...found, body: bytes, bytes: bytes.length, tier: 'r2', substitute: false }
  }
  try {
    const made = await makeRendition(shop, spec)
    keepInBackground(shop, 'cache', putCache(shop, spec, made))
    keepInBackground(shop, 'r2', putBucket(shop, spec, made))
    return { ...made, body: made.bytes, bytes: made.bytes.length, tier: 'transform', substitute: false }
  } catch (error) {
    const problem = toProblem(error)
    const substitute = await findSubstitute(shop, spec)
    if (substitute) return { ...substitute, substitute: problem }
    throw problem
  }
}

async function makeRendition(shop: Workshop, spec: RenditionSpec): Promise<Made> {
  if (!(await shop.allowTransform())) throw new Problem('rate_limited', undefined, { retryAfter: 60 })
  const input = await readSource(shop, spec)
  const { bytes } = await shop.measure('images', transform(shop, input, spec))
  return { bytes, contentType: CONTENT_TYPES[spec.format], etag: await digestHex('MD5', bytes) }
}

/** What a rendition is cut from: the master, or for the JPEG of a transparent photo its PNG, put on white. */
async function readSource(shop: Workshop, spec: RenditionSpec): Promise<Uint8Array<ArrayBuffer>> {
  if (spec.format === 'jpeg' && spec.transparent) {
    const png = await findRendition(shop, { ...spec, format: 'png' })
    if (png.substitute) throw png.substitute
    return flattenOnWhite(new Uint8Array(await new Response(png.body).arrayBuffer()))
  }
  const master = await shop.measure('master', shop.bucket.get(masterKey(spec)))
  if (!master)
    throw new Problem('unavailable', undefined, { cause: new Error(`no master of ${spec.photoId}`) })
  return new Uint8Array(await master.arrayBuffer())
}

async function transform(shop: Workshop, input: Uint8Array<ArrayBuffer>, spec: RenditionSpec) {
  const { pixels, format } = spec
  const shape: Pick<Transform, 'fit' | 'width' | 'height'> =
    spec.shape === 's'
      ? { fit: 'cover', width: pixels, height: pixels }
      : { fit: 'scale-down', width: pixels }
  try {
    return await transformImage(shop.images, input, { ...shape, format, quality: qualityFor(format, pixels) })
  } catch (cause) {
    if (cause instanceof Problem && cause.status !== 422) throw cause
    // The master was verified when it was made: whatever Images says of it now is a fault of ours.
    throw new Problem('unavailable', undefined, { retryAfter: 10, cause })
  }
}

interface Made {
  bytes: Uint8Array<ArrayBuffer>
  contentType: string
  etag: string
}

function cacheUrl(shop: Workshop, spec: RenditionSpec): string {
  return `${shop.cacheOrigin}/renditions/r${RENDITION_VERSION}/${spec.photoId}/${renditionName(spec)}`
}

/** A cache that fails is a cache that has nothing. */
async function matchCache(shop: Workshop, spec: RenditionSpec): Promise<Rendition | null> {
  try {
    const hit = await shop.cache.match(cacheUrl(shop, spec))
    const etag = hit?.headers.get('etag')
    if (!hit?.body || !etag) return null
    return {
      body: hit.body,
      bytes: Number(hit.headers.get('content-length')),
      contentType: CONTENT_TYPES[spec.format],
      etag: etag.slice(1, -1),
      tier: 'cache',
      substitute: false,
    }
  } catch (error) {
    logFailure({ what: 'cache', step: 'cache', cause: error })
    return null
  }
}

async function putCache(shop: Workshop, spec: RenditionSpec, made: Made): Promise<void> {
  const headers = {
    'content-type': made.contentType,
    'content-length': String(made.bytes.length),
    etag: `"${made.etag}"`,
    'cache-control': `public, max-age=${THIRTY_DAYS}, immutable`,
  }
  await shop.cache.put(cacheUrl(shop, spec), new Response(made.bytes, { headers }))
}

async function putBucket(shop: Workshop, spec: RenditionSpec, made: Made): Promise<void> {
  const httpMetadata = { contentType: made.contentType }
  await shop.bucket.put(renditionKey(spec, spec), made.bytes, { httpMetadata })
}

/** A write-back that fails costs the next request a transform, and this one nothing. */
function keepInBackground(shop: Workshop, step: 'cache' | 'r2', work: Promise<void>): void {
  shop.waitUntil(work.catch((cause) => logFailure({ what: 'rendition', step, cause })))
}

/** The stored rendition nearest to the asked one: of the same format and shape, larger ones first. */
async function findSubstitute(
  shop: Workshop,
  spec: RenditionSpec,
): Promise<Omit<Rendition, 'substitute'> | null> {
  const prefix = renditionPrefix(spec, spec.shape)
  const { objects } = await shop.bucket.list({ prefix, limit: 200 })
  const sizes = objects
    .map(({ key }) => /^(\d+)\.(\w+)$/.exec(key.slice(prefix.length)))
    .filter((match) => match?.[2] === spec.format)
    .map((match) => Number(match?.[1]))
  const distance = (size: number) => (size >= spec.pixels ? size - spec.pixels : 10_000 + spec.pixels - size)
  const [pixels] = sizes.sort((a, b) => distance(a) - distance(b))
  if (pixels === undefined) return null
  const stored = await shop.bucket.get(renditionKey(spec, { ...spec, pixels }))
  if (!stored) return null
  return {
    body: stored.body,
    bytes: stored.size,
    contentType: CONTENT_TYPES[spec.format],
    etag: stored.etag,
    tier: 'r2',
  }
}

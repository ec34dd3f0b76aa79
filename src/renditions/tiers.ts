import type { Problem } from '../http/problems'
import { logFailure } from '../lib/failures'
import { CONTENT_TYPES } from '../lib/sniff/sniff'
import { DAY, SECOND } from '../lib/time'
import { RENDITION_VERSION, renditionKey } from './keys'
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

/** Our own word for the length: a cache may keep a body without its `Content-Length`, and 0 is none. */
const BYTES = 'cameo-bytes'

const THIRTY_DAYS = (30 * DAY) / SECOND

function cacheUrl(shop: Workshop, spec: RenditionSpec): string {
  return `${shop.cacheOrigin}/renditions/r${RENDITION_VERSION}/${spec.photoId}/${renditionName(spec)}`
}

/** What the Cache API has. A cache that fails is a cache that has nothing. */
export async function matchCache(shop: Workshop, spec: RenditionSpec): Promise<Rendition | null> {
  try {
    const hit = await shop.cache.match(cacheUrl(shop, spec))
    const etag = hit?.headers.get('etag')
    const bytes = Number(hit?.headers.get(BYTES))
    if (!hit?.body || !etag || !bytes) {
      await hit?.body?.cancel()
      return null
    }
    return {
      body: hit.body,
      bytes,
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

/** What R2 has, passed on as it is read. */
export async function readBucket(shop: Workshop, spec: RenditionSpec): Promise<Rendition | null> {
  const stored = await shop.bucket.get(renditionKey(spec, spec))
  if (!stored) return null
  return {
    body: stored.body,
    bytes: stored.size,
    contentType: CONTENT_TYPES[spec.format],
    etag: stored.etag,
    tier: 'r2',
    substitute: false,
  }
}

/**
 * Fills the cache with what R2 has, by a reading of its own: of two that share one, the faster would have to keep in
 * memory what the slower has not taken yet.
 */
export async function copyToCache(shop: Workshop, spec: RenditionSpec): Promise<void> {
  const stored = await readBucket(shop, spec)
  if (stored) await putCache(shop, spec, stored)
}

export async function putCache(shop: Workshop, spec: RenditionSpec, rendition: Rendition): Promise<void> {
  const headers = {
    'content-type': rendition.contentType,
    [BYTES]: String(rendition.bytes),
    etag: `"${rendition.etag}"`,
    'cache-control': `public, max-age=${THIRTY_DAYS}, immutable`,
  }
  await shop.cache.put(cacheUrl(shop, spec), new Response(rendition.body, { headers }))
}

export async function putBucket(shop: Workshop, spec: RenditionSpec, rendition: Rendition): Promise<void> {
  const httpMetadata = { contentType: rendition.contentType }
  await shop.bucket.put(renditionKey(spec, spec), rendition.body, { httpMetadata })
}

/** A write-back that fails costs the next request a transform, and this one nothing. */
export function keepInBackground(shop: Workshop, step: 'cache' | 'r2', work: Promise<void>): void {
  shop.waitUntil(work.catch((cause) => logUnkept(step, cause)))
}

export function logUnkept(step: 'cache' | 'r2', cause: unknown): void {
  logFailure({ what: 'rendition', step, cause })
}

import type { Photo } from '../db/schema'
import { Problem } from '../http/problems'
import { CONTENT_TYPES, type Sniffed, sniffImage, typeOf } from '../lib/sniff/sniff'
import { HEIC_ADVICE } from './kinds'

/** Decoding costs memory and time by the pixel: a small file can claim a billion of them. */
const MAX_PIXELS = 50_000_000

/** The Images binding takes no longer side. https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_SIDE = 12_000

/**
 * What the bytes themselves say, where they are what was announced and within the limits.
 * @throws Problem with status 422
 */
export function verifyUpload(bytes: Uint8Array, photo: Photo): Sniffed {
  const sniffed = sniffImage(bytes)
  if (!sniffed) throw new Problem('not_an_image', typeOf(bytes) === 'heic' ? HEIC_ADVICE : undefined)
  if (CONTENT_TYPES[sniffed.format] !== photo.contentType) throw new Problem('type_mismatch')
  const { width, height } = sniffed
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
    const detail = `The picture is ${width} × ${height}. At most 50 megapixels and ${MAX_SIDE} pixels a side.`
    throw new Problem('too_many_pixels', detail)
  }
  if (!sniffed.complete) throw new Problem('damaged')
  return sniffed
}

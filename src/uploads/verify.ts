import type { Photo } from '../db/schema'
import { Problem } from '../http/problems'
import { CONTENT_TYPES, type Sniffed, sniffImage } from '../lib/sniff/sniff'

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
  if (!sniffed || sniffed.format === 'avif') throw new Problem('not_an_image')
  if (CONTENT_TYPES[sniffed.format] !== photo.contentType) throw new Problem('type_mismatch')
  const { width, height } = sniffed
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
    const detail = `The picture is ${width} × ${height}. At most 50 megapixels and ${MAX_SIDE} pixels a side.`
    throw new Problem('too_many_pixels', detail)
  }
  if (!sniffed.complete) throw new Problem('damaged')
  return sniffed
}

/**
 * The dimensions as people see them. The decoder has applied the EXIF orientation to the master, so a master that
 * lies where the file stands was turned by a quarter.
 */
export function uprightSize(
  file: Sniffed,
  master: { width: number; height: number },
): { width: number; height: number } {
  const turned = file.width > file.height ? master.width < master.height : master.width > master.height
  return turned && file.width !== file.height
    ? { width: file.height, height: file.width }
    : { width: file.width, height: file.height }
}

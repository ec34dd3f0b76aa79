import type { Photo } from '../db/schema'
import { Problem } from '../http/problems'
import { CONTENT_TYPES, type ImageFormat, type Sniffed, sniffImage, typeOf } from '../lib/sniff/sniff'
import { releasePicture } from '../renditions/images'
import { HEIC_ADVICE } from './kinds'

/** Decoding costs memory and time by the pixel: a small file can claim a billion of them. */
const MAX_PIXELS = 50_000_000

/** The Images binding takes no longer side. https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_SIDE = 12_000

/** What is read of an upload before it is decoded, in bytes: a camera's header with its preview, and an end. */
const HEAD = 256 * 1024
const TAIL = 64 * 1024

/**
 * Pixels that a byte can hold at the most, where the format itself says so: deflate's 1032 bytes, eight pixels each;
 * a code of LZW's 12 bits, 4096 pixels long; a bit for each 8 × 8 block, twice over for rarer ways to code.
 */
const PIXELS_A_BYTE: Partial<Record<ImageFormat, number>> = { png: 8256, gif: 3000, jpeg: 1024 }

/** Reads bytes of the upload, as it was when it was looked at first. */
export type ReadUpload = (range?: R2Range) => Promise<R2ObjectBody>

/**
 * What the bytes themselves say, where they are what was announced and within the limits: looked at by their
 * beginning and end alone, so that what cannot be a picture costs neither memory nor a transform.
 * @throws Problem with status 422, and those of `read`
 */
export async function verifyUpload(read: ReadUpload, photo: Photo): Promise<Sniffed> {
  const size = photo.bytes
  const part = async (range?: R2Range) => new Uint8Array(await (await read(range)).arrayBuffer())
  const [head, tail] = await Promise.all([
    part({ offset: 0, length: Math.min(size, HEAD) }),
    size > HEAD ? part({ suffix: Math.min(size - HEAD, TAIL) }) : new Uint8Array(0),
  ])
  let sniffed = sniffImage(head, { size, tail })
  if (sniffed?.short) {
    const whole = await part()
    sniffed = sniffImage(whole)
    releasePicture(whole)
  }
  const isHeic = typeOf(head) === 'heic'
  releasePicture(head)
  if (!sniffed) throw new Problem('not_an_image', isHeic ? HEIC_ADVICE : undefined)
  const { format, width, height, complete } = sniffed
  if (CONTENT_TYPES[format] !== photo.contentType) throw new Problem('type_mismatch')
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
    const detail = `The picture is ${width} × ${height}. At most 50 megapixels and ${MAX_SIDE} pixels a side.`
    throw new Problem('too_many_pixels', detail)
  }
  const isTooSmall = width * height > size * (PIXELS_A_BYTE[format] ?? Number.POSITIVE_INFINITY)
  if (!complete || isTooSmall) throw new Problem('damaged')
  return sniffed
}

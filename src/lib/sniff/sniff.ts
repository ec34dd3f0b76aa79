import { sniffAvif } from './avif'
import { openReader, type Reader, type Sniffed } from './bytes'
import { sniffGif } from './gif'
import { sniffJpeg } from './jpeg'
import { sniffPng } from './png'
import { type ImageFormat, typeOf } from './type'
import { sniffWebp } from './webp'

export type { Patch, Sniffed } from './bytes'
export { CONTENT_TYPES, type ImageFormat, TYPE_BYTES, typeOf } from './type'
export { uprightSize } from './upright'

const SNIFFERS: Record<ImageFormat, (file: Reader) => Sniffed | null> = {
  jpeg: sniffJpeg,
  png: sniffPng,
  webp: sniffWebp,
  gif: sniffGif,
  avif: sniffAvif,
}

/**
 * Reads format, dimensions and orientation from the bytes of a picture; null if they are of no format we know. It
 * bounds what a picture can cost and judges nothing else: whether it is whole, the decoder says, except where it is
 * plain that something is cut off.
 *
 * @param head the whole file where `rest` is missing, else its first bytes
 * @param rest the length of the whole file, and its last bytes
 */
export function sniffImage(head: Uint8Array, rest?: { size: number; tail: Uint8Array }): Sniffed | null {
  const type = typeOf(head)
  if (type === null || type === 'heic') return null
  try {
    const sniffed = SNIFFERS[type](openReader(head, rest))
    // Nothing without dimensions is complete: they are what the limits are held against.
    return sniffed && { ...sniffed, complete: sniffed.complete && sniffed.width > 0 && sniffed.height > 0 }
  } catch (error) {
    if (error instanceof RangeError) return null // the header itself is cut off
    throw error
  }
}

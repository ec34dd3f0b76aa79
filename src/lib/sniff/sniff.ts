import { sniffAvif } from './avif'
import { ascii, type ImageFormat, type Sniffed } from './bytes'
import { sniffGif } from './gif'
import { sniffJpeg } from './jpeg'
import { sniffPng } from './png'
import { sniffWebp } from './webp'

export type { ImageFormat, Sniffed } from './bytes'

export const CONTENT_TYPES: Record<ImageFormat, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
}

/** Reads format and dimensions from the bytes of a picture; null if they are of no format we know. */
export function sniffImage(bytes: Uint8Array): Sniffed | null {
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return sniffJpeg(bytes)
    if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return sniffPng(bytes)
    if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return sniffGif(bytes)
    if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP') return sniffWebp(bytes)
    if (ascii(bytes, 4, 4) === 'ftyp') return sniffAvif(bytes)
    return null
  } catch (error) {
    if (error instanceof RangeError) return null // the header itself is cut off
    throw error
  }
}

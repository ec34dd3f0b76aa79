import { blank, type Reader, type Sniffed } from './bytes'
import { readExif } from './exif'

/** What a picture is made of; anything else says something about it. */
const PICTURE = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF'])
const KNOWN = new Set([...PICTURE, 'ICCP', 'EXIF', 'XMP '])

const HAS_EXIF = 0x08
const HAS_ALPHA = 0x10
const HAS_METADATA = 0x2c

/** More than the frames of any animation; a file may be made of empty chunks. */
const MAX_CHUNKS = 100_000

/** RFC 9649 (WebP): a RIFF file whose first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended). */
export function sniffWebp(file: Reader): Sniffed | null {
  const sniffed = blank('webp')
  const first = file.text(12, 4)
  if (!['VP8 ', 'VP8L', 'VP8X'].includes(first)) return null
  const flags = first === 'VP8X' ? file.u8(20) : 0
  if (first === 'VP8X') {
    enlarge(sniffed, 1 + (file.u32le(24) & 0xffffff), 1 + (file.u32le(26) >>> 8))
    sniffed.transparent = (flags & HAS_ALPHA) !== 0
    sniffed.metadata = (flags & HAS_METADATA) !== 0
  }
  const said = 8 + file.u32le(4)
  let hasPixels = false
  let oriented = false
  let at = 12
  for (let count = 0; file.sees(at, 8); count++) {
    const type = file.text(at, 4)
    const length = file.u32le(at + 4)
    if (!KNOWN.has(type) && at >= Math.min(said, file.size)) break // appended by somebody
    if (at + 8 + length > file.size || count >= MAX_CHUNKS) return sniffed // cut off
    if (!PICTURE.has(type)) sniffed.metadata = true
    if ((type === 'VP8 ' || type === 'VP8L') && !readFrame(file, sniffed, at))
      return hasPixels ? sniffed : null
    hasPixels ||= type === 'VP8 ' || type === 'VP8L' || type === 'ANMF'
    if (type === 'EXIF' && flags & HAS_EXIF && !oriented) {
      const start = at + (file.text(at + 8, 6) === 'Exif\0\0' ? 14 : 8) // some write it as in a JPEG
      Object.assign(sniffed, readExif(file, start, at + 8 + length))
      oriented = true
    }
    at += 8 + length + (length & 1)
  }
  if (at + 8 <= file.size && !file.sees(at, 8)) return { ...sniffed, short: true }
  // libwebp reads no file that is shorter than it says, nor chunks outside of it, nor one without its byte of padding.
  const lacksPadding = at > file.size
  const isWrong = lacksPadding || said > file.size || said < at
  if (isWrong) sniffed.patches.push({ at: 4, drop: 4, insert: littleEndian(at - 8) })
  if (lacksPadding) sniffed.patches.push({ at: file.size, drop: 0, insert: [0] })
  const metadata = sniffed.metadata || at < file.size
  return { ...sniffed, metadata, complete: hasPixels, ended: hasPixels && !isWrong }
}

/** Dimensions and transparency of a chunk with pixels; false where it does not begin like one. */
function readFrame(file: Reader, sniffed: Sniffed, at: number): boolean {
  if (file.text(at, 4) === 'VP8 ') {
    // A key frame's start code, then 14 bits each of width and height (RFC 6386, section 9.1).
    if (file.text(at + 11, 3) !== '\x9d\x01\x2a') return false
    enlarge(sniffed, file.u16le(at + 14) & 0x3fff, file.u16le(at + 16) & 0x3fff)
    return true
  }
  if (file.u8(at + 8) !== 0x2f) return false
  const bits = file.u32le(at + 9)
  enlarge(sniffed, (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
  sniffed.transparent ||= ((bits >>> 28) & 1) === 1
  return true
}

/** Canvas and frame should agree; limits must see the larger one. */
function enlarge(sniffed: Sniffed, width: number, height: number): void {
  sniffed.width = Math.max(sniffed.width, width)
  sniffed.height = Math.max(sniffed.height, height)
}

function littleEndian(value: number): number[] {
  return [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff)
}

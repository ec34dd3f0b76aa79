import { blank, type Reader, type Sniffed } from './bytes'
import { readExif } from './exif'

/** What a picture is made of (W3C PNG, third edition, section 11). Anything else says something about it. */
const PICTURE = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs hIST sPLT cICP mDCV cLLI acTL fcTL fdAT'.split(' '),
)

/** PNG, section 5: chunks of length, type, data, CRC. Decoders do not ask for IEND where all pixels are there. */
export function sniffPng(file: Reader): Sniffed | null {
  const sniffed = blank('png')
  let hasHeader = false
  let hasPixels = false
  let at = 8
  while (file.sees(at, 8)) {
    const type = file.text(at + 4, 4)
    const end = at + 12 + file.u32(at)
    if (type === 'IHDR' && !hasHeader) {
      hasHeader = true
      sniffed.width = file.u32(at + 8)
      sniffed.height = file.u32(at + 12)
      sniffed.transparent = (file.u8(at + 17) & 4) !== 0
    }
    if (type === 'tRNS') sniffed.transparent = true
    if (!PICTURE.has(type)) sniffed.metadata = true
    if (type === 'eXIf') {
      const { orientation, takenAt } = readExif(file, at + 8, end - 4)
      if (!hasPixels) sniffed.orientation = orientation // behind the pixels it is too late to turn them
      sniffed.takenAt ??= takenAt
    }
    if (type === 'IEND') {
      sniffed.ended = end <= file.size
      sniffed.metadata ||= end < file.size
      break
    }
    if (end > file.size) {
      if (type === 'IDAT') return sniffed // cut off within the pixels
      break
    }
    if (type === 'IDAT') hasPixels = true
    at = end
  }
  if (!hasHeader) return null
  if (at + 8 > file.size || file.sees(at, 8)) return { ...sniffed, complete: hasPixels }
  // The way on leads through what is not at hand. What matters stands in front of the pixels, and the end at the end.
  const ended = hasPixels && /\0{4}IEND/.test(String.fromCharCode(...file.tail.subarray(-64)))
  return { ...sniffed, complete: ended, ended, short: !ended }
}

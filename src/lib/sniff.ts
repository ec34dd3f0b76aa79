import { ascii, type ImageFormat, type Sniffed, viewOf } from './bytes'
import { sniffAvif, sniffWebp } from './sniff-riff'

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

/** ITU-T T.81, Annex B: a chain of segments up to the first scan, then entropy-coded data up to EOI. */
function sniffJpeg(bytes: Uint8Array): Sniffed | null {
  const view = viewOf(bytes)
  let metadata = false
  let size: { width: number; height: number } | null = null
  let at = 2
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    if (marker === 0xff) {
      at += 1 // fill byte
      continue
    }
    if (marker === 0xda) break // start of scan
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    // APP0 is JFIF and APP14 Adobe's colour transform: both are needed to decode. The rest, and COM, is metadata.
    if ((marker >= 0xe1 && marker <= 0xef && marker !== 0xee) || marker === 0xfe) metadata = true
    at += 2 + view.getUint16(at + 2)
  }
  if (!size?.width || !size.height) return null
  return { format: 'jpeg', ...size, transparent: false, complete: hasEndOfImage(bytes, at), metadata }
}

/** Whether EOI stands anywhere after the first scan: cameras append data of their own behind it. */
function hasEndOfImage(bytes: Uint8Array, from: number): boolean {
  for (let at = bytes.length - 1; at > from; at--) {
    if (bytes[at] === 0xd9 && bytes[at - 1] === 0xff) return true
  }
  return false
}

/** W3C PNG, third edition, section 5: chunks of length, type, data, CRC. */
function sniffPng(bytes: Uint8Array): Sniffed | null {
  const view = viewOf(bytes)
  if (ascii(bytes, 12, 4) !== 'IHDR') return null
  const sniffed: Sniffed = {
    format: 'png',
    width: view.getUint32(16),
    height: view.getUint32(20),
    transparent: (view.getUint8(25) & 4) !== 0,
    complete: false,
    metadata: false,
  }
  if (!sniffed.width || !sniffed.height) return null
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = ascii(bytes, at + 4, 4)
    if (type === 'tRNS') sniffed.transparent = true
    if (['eXIf', 'iTXt', 'tEXt', 'zTXt', 'iCCP', 'tIME'].includes(type)) sniffed.metadata = true
    if (type === 'IEND') {
      sniffed.complete = true
      break
    }
  }
  return sniffed
}

type Box = [left: number, top: number, width: number, height: number]

/** GIF89a: blocks up to the end of the first frame, which is the one that is shown. */
function sniffGif(bytes: Uint8Array): Sniffed | null {
  const view = viewOf(bytes)
  const width = view.getUint16(6, true)
  const height = view.getUint16(8, true)
  if (!width || !height) return null
  const sniffed: Sniffed = {
    format: 'gif',
    width,
    height,
    transparent: false,
    complete: false,
    metadata: false,
  }
  const flags = view.getUint8(10)
  let at = 13 + colourTableBytes(flags)
  while (at < bytes.length) {
    const block = bytes[at]
    if (block === 0x21) {
      const label = view.getUint8(at + 1)
      if (label === 0xf9) sniffed.transparent ||= (view.getUint8(at + 3) & 1) === 1
      else sniffed.metadata = true // comment, plain text, application (XMP travels in one)
      const end = endOfSubBlocks(bytes, at + 2)
      if (end === null) return sniffed
      at = end
    } else if (block === 0x2c) {
      const [left, top, across, down] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true)) as Box
      sniffed.transparent ||= across < width || down < height
      // A frame may be larger than the screen, and is decoded whole: limits must see it.
      sniffed.width = Math.max(width, left + across)
      sniffed.height = Math.max(height, top + down)
      sniffed.complete = endOfSubBlocks(bytes, at + 11 + colourTableBytes(view.getUint8(at + 9))) !== null
      return sniffed
    } else return sniffed
  }
  return sniffed
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0
}

function endOfSubBlocks(bytes: Uint8Array, start: number): number | null {
  for (let at = start; at < bytes.length; ) {
    const length = bytes[at] as number
    if (length === 0) return at + 1
    at += 1 + length
  }
  return null
}

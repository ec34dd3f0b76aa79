import { blank, type Reader, type Sniffed } from './bytes'
import { readExif } from './exif'
import { hasAllBlocks } from './jpeg-entropy'
import { type Frame, readFrame, type Segment, showsAll } from './jpeg-scans'

/** A file with more gaps than this was made to have them; the decoder may say what it thinks of it. */
const MAX_PATCHES = 64

/** More than a picture has scans and tables. */
const MAX_SEGMENTS = 1000

interface Found {
  sniffed: Sniffed
  /** The last frame header. */
  frame: Frame | null
  segments: Segment[]
}

/** ITU-T T.81, Annex B: a chain of segments up to the first scan, then entropy-coded data up to EOI. */
export function sniffJpeg(file: Reader): Sniffed | null {
  const sniffed = blank('jpeg')
  const found: Found = { sniffed, frame: null, segments: [] }
  let oriented = false
  let at = 2
  for (;;) {
    const start = file.head.indexOf(0xff, at)
    const code = start < 0 ? -1 : skipFill(file.head, start)
    const marker = file.head[code]
    if (marker === undefined) return endOfHeader(file, sniffed)
    if (marker === 0) {
      at = skipStray(sniffed, at, code + 1)
      continue
    }
    if (start > at) skipStray(sniffed, at, start)
    if (marker === 0xda) return readScans(file, found, code)
    if (marker === 0xd9) return endOfHeader(file, sniffed)
    at = code + 1
    if (standsAlone(marker)) continue
    if (!file.sees(at, 2)) return endOfHeader(file, sniffed)
    const end = at + Math.max(2, file.u16(at)) // as libjpeg reads a length that cannot be
    if (isFrame(marker)) {
      if (!file.sees(at, 8)) return endOfHeader(file, sniffed)
      // Two frames are an error for decoders; which of them one would take instead, nobody knows.
      found.frame = readFrame(file, { marker, at, end })
      sniffed.height = Math.max(sniffed.height, found.frame.height)
      sniffed.width = Math.max(sniffed.width, found.frame.width)
    } else if (!oriented && marker === 0xe1 && file.text(at + 2, 6) === 'Exif\0\0') {
      Object.assign(sniffed, readExif(file, at + 8, end))
      oriented = true // of two, libjpeg's readers take the first
    }
    note(file, found, { marker, at, end })
    at = end
  }
}

/** Keeps what the scans depend on, and sees what is metadata. */
function note(file: Reader, { sniffed, segments }: Found, segment: Segment): void {
  const matters = [0xc4, 0xda, 0xdd].includes(segment.marker)
  if (matters && segments.length < MAX_SEGMENTS) segments.push(segment)
  sniffed.metadata ||= isMetadata(file, segment)
}

/** The header ends without a scan: cut off, or longer than what is at hand. */
function endOfHeader(file: Reader, sniffed: Sniffed): Sniffed | null {
  if (file.size > file.head.length) return { ...sniffed, short: true }
  return sniffed.width ? sniffed : null
}

/** Any number of 0xff may stand before a marker's code. */
export function skipFill(head: Uint8Array, from: number): number {
  let at = from
  while (head[at] === 0xff) at++
  return at
}

/** Decoders skip what stands between two segments; the strict ones say so, and that is an error to some. */
function skipStray(sniffed: Sniffed, from: number, to: number): number {
  const last = sniffed.patches.at(-1)
  if (last && last.at + last.drop === from) last.drop += to - from
  else if (sniffed.patches.length < MAX_PATCHES)
    sniffed.patches.push({ at: from, drop: to - from, insert: [] })
  return to
}

/** TEM, RSTn and SOI have no length. */
export function standsAlone(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
}

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** All of APPn and COM, but JFIF without a thumbnail and Adobe's colour transform, which are needed to decode. */
export function isMetadata(file: Reader, { marker, at, end }: Segment): boolean {
  if (marker === 0xe0) return file.text(at + 2, 5) !== 'JFIF\0' || end - at > 16
  if (marker === 0xee) return file.text(at + 2, 5) !== 'Adobe'
  return marker === 0xfe || (marker > 0xe0 && marker <= 0xef)
}

/** From the first scan on. Where all is at hand, up to EOI; else as much as the last bytes tell. */
function readScans(file: Reader, found: Found, from: number): Sniffed {
  const { sniffed, frame, segments } = found
  const { head, size } = file
  if (size > head.length) {
    return endsInTail(file.tail) ? { ...sniffed, complete: true, ended: true } : { ...sniffed, short: true }
  }
  for (let at = from - 1; ; ) {
    const code = head.indexOf(0xff, at) + 1
    const marker = code ? head[code] : undefined
    if (marker === undefined) break
    if (marker === 0xd9) {
      const metadata = sniffed.metadata || code + 1 < size
      return { ...sniffed, metadata, complete: true, ended: true }
    }
    at = marker === 0xff ? code : code + 1
    if (marker === 0 || marker === 0xff || standsAlone(marker) || !file.sees(at, 2)) continue
    const end = at + Math.max(2, file.u16(at))
    note(file, found, { marker, at, end })
    at = end
  }
  // EOI is missing. Decoders do without, but to them half a picture is one too, with grey below.
  sniffed.patches.push({ at: size, drop: 0, insert: [0xff, 0xd9] })
  return { ...sniffed, complete: frame !== null && isWhole(file, { frame, segments }) }
}

/**
 * Whether a JPEG without EOI has all of its data nevertheless: every scan that it needs, and the last of them to its
 * last block. Of progressive scans only their headers are read: whether the last one is whole, the decoder says.
 */
function isWhole(file: Reader, values: { frame: Frame; segments: Segment[] }): boolean {
  if (!showsAll(file, values)) return false
  const isSequential = values.frame.process === 0xc0 || values.frame.process === 0xc1
  return !isSequential || hasAllBlocks(file, values)
}

/** Whether the last bytes are more than entropy-coded data, in which 0xff is followed by 0 or stands in RSTn. */
function endsInTail(tail: Uint8Array): boolean {
  for (let at = tail.indexOf(0xff); at >= 0; at = tail.indexOf(0xff, at + 1)) {
    const marker = tail[at + 1] ?? 0
    const goesOn = [0, 0xff, 0xc4, 0xda, 0xdb, 0xdd].includes(marker) || (marker >= 0xd0 && marker <= 0xd7)
    if (!goesOn) return true // EOI, or what a camera appended after it: a second picture, a film
  }
  return false
}

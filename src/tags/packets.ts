import { ascii, type Reader, viewOf } from '../lib/sniff/bytes'
import { skipFill, standsAlone } from '../lib/sniff/jpeg'

// XMP part 3 (ISO 16684-1 is the model, Adobe's "Storage in Files" the places): where each format keeps its packet.

const JPEG_XMP = 'http://ns.adobe.com/xap/1.0/\0'
const JPEG_EXTENSION = 'http://ns.adobe.com/xmp/extension/\0'
const PNG_KEYWORD = 'XML:com.adobe.xmp\0'

/** Bytes of XMP that are read of one file: a packet and its extension. Cameras put whole depth maps there. */
const MAX_BYTES = 512 * 1024

/** Chunks that are looked at on the way to the packet. */
const MAX_CHUNKS = 10_000

/** The XMP of a picture, as far as it is at hand; none where the format is no other than these. */
export function findXmp(file: Reader, format: string): string[] {
  if (format === 'jpeg') return findInJpeg(file)
  if (format === 'png') return findInPng(file)
  return format === 'webp' ? findInWebp(file) : []
}

/** One packet of a segment's length at the most; what is longer goes on in the pieces of an extension, in any order. */
function findInJpeg(file: Reader): string[] {
  const packets: Uint8Array[] = []
  const pieces: { at: number; bytes: Uint8Array }[] = []
  let left = MAX_BYTES
  for (let at = 2; file.sees(at, 4); ) {
    const code = skipFill(file.head, at)
    const marker = file.head[code]
    if (file.head[at] !== 0xff || marker === undefined || marker === 0xda) break
    at = code + 1
    if (standsAlone(marker) || !file.sees(at, 2)) continue
    const end = at + Math.max(2, file.u16(at))
    const bytes = file.head.subarray(at + 2, end)
    at = end
    if (marker !== 0xe1 || bytes.length > left) continue
    if (ascii(bytes, 0, JPEG_XMP.length) === JPEG_XMP) packets.push(bytes.subarray(JPEG_XMP.length))
    else if (ascii(bytes, 0, JPEG_EXTENSION.length) === JPEG_EXTENSION) {
      const piece = bytes.subarray(JPEG_EXTENSION.length)
      if (piece.length > 40) pieces.push({ at: viewOf(piece).getUint32(36), bytes: piece.subarray(40) })
    } else continue
    left -= bytes.length
  }
  const extension = pieces.toSorted((a, b) => a.at - b.at).map(({ bytes }) => bytes)
  return [...packets.map((packet) => decode([packet])), ...(extension.length ? [decode(extension)] : [])]
}

/** It may stand behind the pixels, whose chunks are too many to be walked: then it is looked for in the end. */
function findInPng(file: Reader): string[] {
  let at = 8
  for (let count = 0; file.sees(at, 8) && count < MAX_CHUNKS; count++) {
    const length = file.u32(at)
    if (file.text(at + 4, 4) === 'iTXt' && file.text(at + 8, PNG_KEYWORD.length) === PNG_KEYWORD)
      return readText(bytesAt(file, at + 8, length))
    at += 12 + length
  }
  const tail = ascii8(file.tail)
  const found = tail.indexOf(`iTXt${PNG_KEYWORD}`)
  return found < 4
    ? []
    : readText(file.tail.subarray(found + 4, found + 4 + viewOf(file.tail).getUint32(found - 4)))
}

/** PNG, section 11.3.3.4: keyword, whether and how it is compressed, language, translated keyword, text. */
function readText(chunk: Uint8Array): string[] {
  const language = PNG_KEYWORD.length + 2
  if (chunk[PNG_KEYWORD.length] !== 0 || chunk.length > MAX_BYTES) return [] // XMP is not to be compressed
  const translated = chunk.indexOf(0, language) + 1
  const text = translated && chunk.indexOf(0, translated) + 1
  return text ? [decode([chunk.subarray(text)])] : []
}

function findInWebp(file: Reader): string[] {
  let at = 12
  for (let count = 0; file.sees(at, 8) && count < MAX_CHUNKS; count++) {
    const length = file.u32le(at + 4)
    if (file.text(at, 4) === 'XMP ')
      return length > MAX_BYTES ? [] : [decode([bytesAt(file, at + 8, length)])]
    at += 8 + length + (length & 1)
  }
  return []
}

/** From the first bytes or from the last; none where neither has them all. */
function bytesAt({ head, tail, size }: Reader, at: number, length: number): Uint8Array {
  if (at + length <= head.length) return head.subarray(at, at + length)
  const inTail = at - (size - tail.length)
  return inTail >= 0 ? tail.subarray(inTail, inTail + length) : new Uint8Array(0)
}

/** Latin-1 of any length. */
const ascii8 = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes)

function decode(parts: Uint8Array[]): string {
  const decoder = new TextDecoder()
  return parts.map((part) => decoder.decode(part, { stream: true })).join('') + decoder.decode()
}

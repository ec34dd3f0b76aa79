import { ascii, type Sniffed, viewOf } from './bytes'

/** RFC 9649 (WebP): a RIFF file whose first chunk is VP8 (lossy), VP8L (lossless) or VP8X (extended). */
export function sniffWebp(bytes: Uint8Array): Sniffed | null {
  const view = viewOf(bytes)
  const complete = bytes.length >= 8 + view.getUint32(4, true)
  const base = { format: 'webp', complete, metadata: false } as const
  const first = ascii(bytes, 12, 4)
  if (first === 'VP8 ') {
    // A key frame's start code, then 14 bits each of width and height (RFC 6386, section 9.1).
    if (view.getUint8(23) !== 0x9d || view.getUint8(24) !== 0x01 || view.getUint8(25) !== 0x2a) return null
    const width = view.getUint16(26, true) & 0x3fff
    const height = view.getUint16(28, true) & 0x3fff
    return width && height ? { ...base, width, height, transparent: false } : null
  }
  if (first === 'VP8L') {
    if (view.getUint8(20) !== 0x2f) return null
    const bits = view.getUint32(21, true)
    const transparent = ((bits >>> 28) & 1) === 1
    return { ...base, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, transparent }
  }
  if (first === 'VP8X') {
    const flags = view.getUint8(20)
    return {
      ...base,
      width: 1 + (view.getUint32(24, true) & 0xffffff),
      height: 1 + (view.getUint32(26, true) >>> 8),
      transparent: (flags & 0x10) !== 0,
      metadata: (flags & 0x2c) !== 0 || hasRiffMetadata(bytes, view),
    }
  }
  return null
}

/** The chunks themselves: a file may carry metadata that its flags do not admit. */
function hasRiffMetadata(bytes: Uint8Array, view: DataView): boolean {
  for (let at = 12; at + 8 <= bytes.length; ) {
    if (['EXIF', 'XMP ', 'ICCP'].includes(ascii(bytes, at, 4))) return true
    const length = view.getUint32(at + 4, true)
    at += 8 + length + (length & 1)
  }
  return false
}

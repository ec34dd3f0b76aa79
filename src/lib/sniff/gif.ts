import { type Sniffed, viewOf } from './bytes'

type Box = [left: number, top: number, width: number, height: number]

/** GIF89a: blocks up to the end of the first frame, which is the one that is shown. */
export function sniffGif(bytes: Uint8Array): Sniffed | null {
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

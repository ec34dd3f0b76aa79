import { blank, type Reader, type Sniffed } from './bytes'

/** GIF89a: blocks up to the end of the first frame, which is the one that is shown. */
export function sniffGif(file: Reader): Sniffed {
  const sniffed = blank('gif')
  const [width, height] = [file.u16le(6), file.u16le(8)]
  sniffed.width = width
  sniffed.height = height
  let at = 13 + colourTableBytes(file.u8(10))
  while (file.sees(at, 11)) {
    const block = file.u8(at)
    if (block === 0x21) {
      const label = file.u8(at + 1)
      if (label === 0xf9) sniffed.transparent ||= (file.u8(at + 3) & 1) === 1
      else sniffed.metadata = true // comment, plain text, application (XMP travels in one)
      const { end } = readSubBlocks(file, at + 2)
      if (end === null) break
      at = end
    } else if (block === 0x2c) {
      const [left, top, across, down] = [
        file.u16le(at + 1),
        file.u16le(at + 3),
        file.u16le(at + 5),
        file.u16le(at + 7),
      ]
      sniffed.transparent ||= across < width || down < height
      // A frame may be larger than the screen, and is decoded whole: limits must see it.
      sniffed.width = Math.max(width, left + across)
      sniffed.height = Math.max(height, top + down)
      return readPixels(file, sniffed, at + 11 + colourTableBytes(file.u8(at + 9)))
    } else return sniffed
  }
  return { ...sniffed, short: file.size > file.head.length }
}

function colourTableBytes(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0
}

/** The first frame's data: whole where its sub-blocks end, or where nothing but their terminator is missing. */
function readPixels(file: Reader, sniffed: Sniffed, start: number): Sniffed {
  const { end, isLast } = readSubBlocks(file, start)
  if (end !== null) return { ...sniffed, complete: true, ended: true }
  if (file.size > file.head.length) {
    // The trailer behind the terminator of the last frame's data: the file was written to its end.
    const ended = /\0;\0*$/.test(String.fromCharCode(...file.tail.subarray(-64)))
    return { ...sniffed, complete: ended, ended, short: !ended }
  }
  if (isLast) sniffed.patches.push({ at: file.size, drop: 0, insert: [0, 0x3b] })
  return { ...sniffed, complete: isLast }
}

/**
 * The offset behind the sub-blocks' terminator; null where it is not at hand. `isLast`: the file ends with a whole
 * sub-block that is shorter than those before it, as only the last one is.
 */
function readSubBlocks(file: Reader, start: number): { end: number | null; isLast: boolean } {
  const { head } = file
  let longest = 0
  let length = 0
  let at = start
  while (at < head.length) {
    length = head[at] as number
    if (length === 0) return { end: at + 1, isLast: true }
    at += 1 + length
    longest = Math.max(longest, length)
  }
  return { end: null, isLast: at === file.size && length > 0 && (length < longest || length < 254) }
}

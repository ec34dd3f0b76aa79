import type { ImageFormat } from './type'

/** What the bytes themselves say, whatever anybody claims about them. */
export interface Sniffed {
  format: ImageFormat
  /** Pixels as stored, before any orientation: the larger figure where a file names two. */
  width: number
  height: number
  /** 1..8 as in EXIF: how decoders turn the picture before they show it. */
  orientation: number
  /** When it was taken, as EXIF has it, in milliseconds since 1970; null where it says nothing that means anything. */
  takenAt: number | null
  /** Whether the file declares transparency: an alpha channel or a transparent palette entry. */
  transparent: boolean
  /** False where no decoder can read the picture whole: it is cut off. True says only that this cannot be seen. */
  complete: boolean
  /** Whether the format's own end is there too. Decoders do without; what we make ourselves has it. */
  ended: boolean
  /** Whether there is anything that the picture is not made of: EXIF, XMP, ICC, comments, bytes after the end. */
  metadata: boolean
  /** True where head and tail do not suffice: ask again with the whole file. It is then not `complete`. */
  short: boolean
  /** What is to be changed for a decoder that stops at every oddity. The picture stays the same. */
  patches: Patch[]
}

/** At offset `at` of the file, `drop` bytes are replaced by those of `insert`. */
export interface Patch {
  at: number
  drop: number
  insert: number[]
}

/** A file of which the first bytes are at hand, and perhaps the last ones. Offsets are those of the file. */
export interface Reader {
  /** Length of the whole file in bytes. */
  size: number
  /** The first bytes, or all. */
  head: Uint8Array
  /** The last bytes where they are not part of `head`, else empty. */
  tail: Uint8Array
  /** Whether `length` bytes from `at` are at hand. The numbers below throw a RangeError where they are not. */
  sees(at: number, length: number): boolean
  u8(at: number): number
  u16(at: number): number
  u32(at: number): number
  u16le(at: number): number
  u32le(at: number): number
  /** Latin-1; shorter where not all of it is at hand. */
  text(at: number, length: number): string
}

/** Opens a file for reading by offset. `rest` as in `sniffImage`. */
export function openReader(first: Uint8Array, rest?: { size: number; tail: Uint8Array }): Reader {
  const { head, size, tail } = join(first, rest)
  const tailAt = size - tail.length
  const views = [viewOf(head), viewOf(tail)] as const
  const read =
    (length: number, get: (view: DataView, at: number) => number) =>
    (at: number): number =>
      at >= tailAt && at + length > head.length ? get(views[1], at - tailAt) : get(views[0], at)
  return {
    size,
    head,
    tail,
    sees: (at, length) => at >= 0 && (at + length <= head.length || (at >= tailAt && at + length <= size)),
    u8: read(1, (view, at) => view.getUint8(at)),
    u16: read(2, (view, at) => view.getUint16(at)),
    u32: read(4, (view, at) => view.getUint32(at)),
    u16le: read(2, (view, at) => view.getUint16(at, true)),
    u32le: read(4, (view, at) => view.getUint32(at, true)),
    text: (at, length) =>
      at < head.length ? ascii(head, at, length) : at >= tailAt ? ascii(tail, at - tailAt, length) : '',
  }
}

/** Head and tail that meet are one piece. */
function join(head: Uint8Array, rest?: { size: number; tail: Uint8Array }) {
  const none = new Uint8Array(0)
  if (!rest || rest.size <= head.length) return { head, size: head.length, tail: none }
  const missing = rest.size - head.length
  if (rest.tail.length < missing) return { head, ...rest }
  const whole = new Uint8Array(rest.size)
  whole.set(head)
  whole.set(rest.tail.subarray(rest.tail.length - missing), head.length)
  return { head: whole, size: rest.size, tail: none }
}

/** The same bytes for reading numbers of several bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** `length` bytes from `offset` as Latin-1 text; shorter at the end of the bytes. */
export function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length))
}

/** A picture of which nothing is known yet. */
export function blank(format: ImageFormat): Sniffed {
  return {
    format,
    width: 0,
    height: 0,
    orientation: 1,
    takenAt: null,
    transparent: false,
    complete: false,
    ended: false,
    metadata: false,
    short: false,
    patches: [],
  }
}

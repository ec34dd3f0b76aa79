export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'

/** What the bytes themselves say, whatever anybody claims about them. */
export interface Sniffed {
  format: ImageFormat
  /** Pixels as stored, before any EXIF orientation. */
  width: number
  height: number
  /** Whether the file declares transparency: an alpha channel or a transparent palette entry. */
  transparent: boolean
  /** Whether the structure reaches its end: false for a truncated file. */
  complete: boolean
  /** Whether there is any EXIF, XMP, ICC, IPTC or comment segment. */
  metadata: boolean
}

/** `length` bytes from `offset` as Latin-1 text; shorter at the end of the bytes. */
export function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length))
}

/** The same bytes for reading numbers of several bytes. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

import { openReader } from './bytes'
import { isMetadata, skipFill, standsAlone } from './jpeg'

/**
 * The JPEG without what decoding does not need: comments, EXIF, XMP, ICC, previews, and bytes after its end. In
 * place: what comes back is a part of the same memory. Images keeps a copyright tag in JPEG, whatever it is told.
 * https://developers.cloudflare.com/images/transform-images/transform-via-workers/#metadata
 * What is no JPEG, or ends in the middle, comes back with as much of it taken out as is understood.
 */
export function stripJpeg(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const file = openReader(bytes)
  let kept = 0
  let from = 0
  /** Keeps what stands up to `to`, and leaves out what follows up to `next`. */
  const cut = (to: number, next: number) => {
    bytes.copyWithin(kept, from, to)
    kept += to - from
    from = next
  }
  for (let at = 2; ; ) {
    const start = bytes.indexOf(0xff, at)
    const code = start < 0 ? -1 : skipFill(bytes, start)
    const marker = bytes[code]
    if (marker === undefined) break
    at = code + 1
    if (marker === 0xd9) {
      cut(at, bytes.length)
      return bytes.subarray(0, kept)
    }
    if (marker === 0 || standsAlone(marker)) continue // data of a scan
    if (!file.sees(at, 2)) break
    const end = Math.min(bytes.length, at + Math.max(2, file.u16(at)))
    if (isMetadata(file, { marker, at, end })) cut(start, end)
    at = end
  }
  cut(bytes.length, bytes.length)
  return bytes.subarray(0, kept)
}

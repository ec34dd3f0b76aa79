import { type Sniffed, viewOf } from './bytes'

/** ITU-T T.81, Annex B: a chain of segments up to the first scan, then entropy-coded data up to EOI. */
export function sniffJpeg(bytes: Uint8Array): Sniffed | null {
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

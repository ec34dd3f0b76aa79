import { ascii, type Sniffed, viewOf } from './bytes'

/** W3C PNG, third edition, section 5: chunks of length, type, data, CRC. */
export function sniffPng(bytes: Uint8Array): Sniffed | null {
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

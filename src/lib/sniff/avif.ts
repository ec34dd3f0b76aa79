import { ascii, type Sniffed, viewOf } from './bytes'

/**
 * AVIF (AOMedia, 1.1) as Images writes it: boxes with the properties of the items in `meta`.
 * Never an upload: only our own output is read here, so a search for box names does.
 */
export function sniffAvif(bytes: Uint8Array): Sniffed | null {
  const view = viewOf(bytes)
  const head = ascii(bytes, 0, Math.min(bytes.length, 4096))
  if (!/^avi[fs]$/.test(head.slice(8, 12))) return null
  let width = 0
  let height = 0
  for (let at = head.indexOf('ispe'); at >= 0; at = head.indexOf('ispe', at + 4)) {
    width = Math.max(width, view.getUint32(at + 8))
    height = Math.max(height, view.getUint32(at + 12))
  }
  if (!width || !height) return null
  const metadata = /infe.{8}(Exif|mime)|colr(prof|rICC)/s.test(head)
  const transparent = head.includes('urn:mpeg:mpegB:cicp:systems:auxiliary:alpha')
  return { format: 'avif', width, height, transparent, complete: head.includes('mdat'), metadata }
}

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'

export const CONTENT_TYPES: Record<ImageFormat, string> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
}

/** How many of a file's first bytes `typeOf` looks at, at most. */
export const TYPE_BYTES = 512

/**
 * The format that a file's first bytes say; null for none that we know. HEIC is known to be told apart: it is what
 * iPhones write, and few browsers show it. Runs in the browser too.
 */
export function typeOf(head: Uint8Array): ImageFormat | 'heic' | null {
  const text = String.fromCharCode(...head.subarray(0, TYPE_BYTES))
  if (text.startsWith('\xff\xd8')) return 'jpeg'
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (/^GIF8[79]a/.test(text)) return 'gif'
  if (/^RIFF.{4}WEBP/s.test(text)) return 'webp'
  return text.slice(4, 8) === 'ftyp' ? typeOfBrands(text) : null
}

/** ISO/IEC 14496-12, 4.3: length, `ftyp`, the major brand, a version, the compatible brands. */
function typeOfBrands(text: string): 'avif' | 'heic' | null {
  const length = new DataView(Uint8Array.from(text.slice(0, 4), (c) => c.charCodeAt(0)).buffer).getUint32(0)
  const list = text.slice(8, 12) + text.slice(16, Math.max(16, length))
  const brands = list.match(/.{4}/gs) ?? []
  if (brands.some((brand) => /^avi[fs]$/.test(brand))) return 'avif'
  return brands.some((brand) => /^(he[iv][cmsx]|mif1|msf1)$/.test(brand)) ? 'heic' : null
}

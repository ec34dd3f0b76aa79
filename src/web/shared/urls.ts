// Pure text, shared by the pages and the browser code.

import type { WIDTHS } from '../../renditions/sizes'

/** Pixels per CSS pixel that embedded HTML offers: of common screens, and of phones. */
export const DENSITIES = [1, 2, 3] as const

export type EmbedFormat = 'url' | 'html' | 'markdown'

/** What is embedded: `base` is the absolute URL of the picture without parameters, `size` CSS pixels. */
export interface Embed {
  base: string
  size: number
  alt: string
}

/** URL of one's own picture as everybody sees it, `size` pixels square. */
export function pictureUrl(base: string, size: number): string {
  return `${base}?s=${size}`
}

/** Path of a private photo at most `width` pixels wide; without a width it is the original, as a download. */
export function rawPath(userId: string, photoId: string, width?: (typeof WIDTHS)[number]): string {
  return `/raw/${userId}/${photoId}${width ? `?w=${width}` : ''}`
}

/** `srcset` of a private photo for these widths. */
export function rawSrcset(userId: string, photoId: string, widths: (typeof WIDTHS)[number][]): string {
  return widths.map((width) => `${rawPath(userId, photoId, width)} ${width}w`).join(', ')
}

/** The text to paste into a page. HTML names one, two and three pixels per CSS pixel, so the picture is sharp everywhere. */
export function embedCode(format: EmbedFormat, { base, size, alt }: Embed): string {
  const url = pictureUrl(base, size)
  if (format === 'url') return url
  if (format === 'markdown') return `![${alt.replace(/[\\[\]]/g, '\\$&').replace(/\s+/g, ' ')}](${url})`
  const srcset = DENSITIES.map((density) => `${pictureUrl(base, size * density)} ${density}x`).join(', ')
  return `<img src="${url}" srcset="${srcset}" width="${size}" height="${size}" alt="${escapeHtml(alt)}">`
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}

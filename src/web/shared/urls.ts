// Pure text, shared by the pages and the browser code.

import type { Rating } from '../../lib/ratings'
import type { WIDTHS } from '../../renditions/sizes'

/** Pixels per CSS pixel that embedded HTML offers: of common screens, and of phones. */
export const DENSITIES = [1, 2, 3] as const

export type EmbedFormat = 'url' | 'html' | 'markdown'

/** What is embedded: `base` is the absolute URL of the picture without parameters, `size` CSS pixels. */
export interface Embed {
  base: string
  size: number
  alt: string
  /** Of the photo that shows: above `g` the URL must ask for it, or others are given a default picture. */
  rating: Rating
}

/** URL of one's own picture, `size` pixels square, as those see it who allow the rating. */
export function pictureUrl(base: string, size: number, rating: Rating = 'g'): string {
  return `${base}?s=${size}${rating === 'g' ? '' : `&r=${rating}`}`
}

/** Path of a private photo at most `width` pixels wide; without a width it is the original, as a download. */
export function rawPath(userId: string, photoId: string, width?: (typeof WIDTHS)[number]): string {
  return `/raw/${userId}/${photoId}${width ? `?w=${width}` : ''}`
}

/** `srcset` of a private photo for these widths. */
export function rawSrcset(
  userId: string,
  photoId: string,
  widths: readonly (typeof WIDTHS)[number][],
): string {
  return widths.map((width) => `${rawPath(userId, photoId, width)} ${width}w`).join(', ')
}

/** The text to paste into a page. HTML names one, two and three pixels per CSS pixel, so the picture is sharp everywhere. */
export function embedCode(format: EmbedFormat, { base, size, alt, rating }: Embed): string {
  const url = pictureUrl(base, size, rating)
  if (format === 'url') return url
  if (format === 'markdown') return `![${escapeMarkdown(alt)}](${url.replace(/[\\()<>]/g, '\\$&')})`
  const srcset = DENSITIES.map((density) => `${pictureUrl(base, size * density, rating)} ${density}x`)
  const attributes = { src: url, srcset: srcset.join(', '), width: size, height: size, alt }
  const pairs = Object.entries(attributes).map(([name, value]) => `${name}="${escapeHtml(String(value))}"`)
  return `<img ${pairs.join(' ')}>`
}

/**
 * Text that says in Markdown what it says here: every character that can mean something is escaped, which are all
 * of ASCII's punctuation (https://spec.commonmark.org/0.31.2/#backslash-escapes). Those of HTML by reference:
 * some readers take `\&amp;` for an ampersand.
 */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[&<>"]|[!-/:-@[-`{-~]/g, (mark) => NAMED[mark] ?? `\\${mark}`)
    .replace(FRAGILE, toReference)
}

/** Text as the value of an attribute, on one line: an empty line in HTML within Markdown would end it. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, toReference).replace(FRAGILE, toReference)
}

/** White space that ends a line, or that a reader of Markdown may trim. */
const FRAGILE = /\r\n?|[\t\n\f\u2028\u2029]|^\s|\s$/g

const NAMED: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references */
function toReference(character: string): string {
  if (character.startsWith('\r')) return '&#10;' // whatever reads the HTML makes it this
  return NAMED[character] ?? `&#${character.codePointAt(0)};`
}

import type { AskedFormat, OutputFormat } from './spec'

/** Images makes no larger AVIF. https://developers.cloudflare.com/images/transform-images/#limits-per-format */
export const AVIF_MAX_SIZE = 1200

/** Below this size WebP is the smaller one: AVIF's boxes cost more than its better coding saves. docs/quality.md */
const AVIF_MIN_SIZE = 72

/** By size in pixels, largest first: larger pictures need a little more to look the same. docs/quality.md */
const QUALITIES = [
  { from: 400, webp: 86, avif: 67 },
  { from: 128, webp: 82, avif: 64 },
  { from: 0, webp: 80, avif: 60 },
]

/**
 * The quality to encode with, 1..100 as Images takes it: chosen by measurement to look like JPEG 80 to 85. PNG loses
 * nothing and has none.
 */
export function qualityFor(format: OutputFormat, pixels: number): number | undefined {
  if (format === 'png') return undefined
  if (format === 'jpeg') return 85
  return QUALITIES.find(({ from }) => pixels >= from)?.[format]
}

/**
 * The format for an `Accept` header (RFC 9110, section 12.5.1). AVIF and WebP only where they are named: `image/*`
 * and the full wildcard are said by clients that cannot show them. The highest quality value wins, the smaller
 * format on a tie.
 * @param size in pixels, square
 */
export function chooseFormat(accept: string | null, size: number): AskedFormat {
  if (!accept) return 'still'
  const header = accept.slice(0, MAX_ACCEPT).toLowerCase()
  const webp = weightOf(header, 'image/webp')
  let avif = size <= AVIF_MAX_SIZE ? weightOf(header, 'image/avif') : 0
  let still = 0
  if (avif > 0 || webp > 0) for (const range of STILL_RANGES) still = Math.max(still, weightOf(header, range))
  if (size < AVIF_MIN_SIZE && (webp > 0 || still > 0)) avif = 0
  if (avif > 0 && avif >= webp && avif >= still) return 'avif'
  return webp > 0 && webp >= still ? 'webp' : 'still'
}

const STILL_RANGES = ['image/jpeg', 'image/png', 'image/*', '*/*']

/** No browser says more; a longer header is somebody's attempt to keep us busy. */
const MAX_ACCEPT = 1000

/** The quality value that a lower-case `Accept` header gives a media range; 0 where it does not name it. */
function weightOf(header: string, range: string): number {
  for (let at = header.indexOf(range); at >= 0; at = header.indexOf(range, at + 1)) {
    const end = header.indexOf(',', at)
    const entry = header.slice(at + range.length, end < 0 ? undefined : end)
    const before = header.slice(header.lastIndexOf(',', at) + 1, at)
    if (before.trim() || !/^\s*(;|$)/.test(entry)) continue // part of a longer name
    const weight = /;\s*q=([^;\s]*)/.exec(entry)?.[1]
    const q = weight === undefined ? 1 : Number(weight || Number.NaN)
    return q >= 0 && q <= 1 ? q : 0
  }
  return 0
}

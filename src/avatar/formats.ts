import type { OutputFormat } from '../images'
import type { AskedFormat } from './request'

/** Images makes no larger AVIF. https://developers.cloudflare.com/images/transform-images/#limits-per-format */
export const AVIF_MAX_SIZE = 1200

/** Below this size WebP is the smaller one: AVIF's boxes cost more than its better coding saves. docs/quality.md */
const AVIF_MIN_SIZE = 72

/** From this size up a little more quality is needed to look the same. Pixels; docs/quality.md. */
const LARGE = 128

/**
 * The quality to encode with, 1..100 as Images takes it: chosen by measurement to look like JPEG 80 to 85. PNG loses
 * nothing and has none.
 */
export function qualityFor(format: OutputFormat, pixels: number): number | undefined {
  if (format === 'png') return undefined
  if (format === 'jpeg') return 85
  if (format === 'webp') return pixels < LARGE ? 80 : 82
  return pixels < LARGE ? 60 : 64
}

/**
 * The format for an `Accept` header (RFC 9110, section 12.5.1). AVIF and WebP only where they are named: `image/*`
 * and the full wildcard are said by clients that cannot show them. The highest quality value wins, the smaller format on a tie.
 * @param size in pixels, square
 */
export function chooseFormat(accept: string | null, size: number): AskedFormat {
  if (!accept) return 'still'
  const ranges = parseAccept(accept)
  const avif = size >= AVIF_MIN_SIZE && size <= AVIF_MAX_SIZE ? (ranges.get('image/avif') ?? 0) : 0
  const webp = ranges.get('image/webp') ?? 0
  const still = Math.max(...STILL_RANGES.map((range) => ranges.get(range) ?? 0))
  if (avif > 0 && avif >= webp && avif >= still) return 'avif'
  return webp > 0 && webp >= still ? 'webp' : 'still'
}

const STILL_RANGES = ['image/jpeg', 'image/png', 'image/*', '*/*']

function parseAccept(accept: string): Map<string, number> {
  const ranges = new Map<string, number>()
  for (const part of accept.slice(0, 1000).toLowerCase().split(',')) {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    const q = weight ? Number(weight.slice(2)) : 1
    ranges.set(range, q >= 0 && q <= 1 ? q : 0)
  }
  return ranges
}

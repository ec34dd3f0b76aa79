import type { Images } from '../budgets/metered'
import { Problem } from '../http/problems'
import { CONTENT_TYPES, type ImageFormat, sniffImage } from '../lib/sniff/sniff'
import type { OutputFormat } from './spec'

export interface Transform {
  /** `cover` cuts to exactly width × height; `scale-down` fits inside and never enlarges. */
  fit: 'cover' | 'scale-down'
  width: number
  height?: number
  format: OutputFormat
  /** 1..100; ignored by PNG, and by local development altogether. */
  quality?: number
}

export interface Picture {
  bytes: Uint8Array<ArrayBuffer>
  width: number
  height: number
}

// https://developers.cloudflare.com/images/reference/troubleshooting/
const NOT_AN_IMAGE = 9412
const TOO_LARGE = 9413
const CANNOT_DECODE = 9516
const COULD_NOT_RESIZE = 9523

/**
 * One billed call of the Images binding: decode, scale, encode, upright, first frame only, no metadata.
 * What comes out is read again before anybody sees it: format, dimensions and absence of metadata.
 * @throws Problem `not_an_image`, `damaged` or `too_many_pixels` where the picture is at fault,
 *   `unavailable` where Images is, `budget_exhausted` or `rate_limited` where it may not be called
 */
export async function transformImage(
  images: Images,
  input: Uint8Array<ArrayBuffer>,
  to: Transform,
): Promise<Picture> {
  try {
    return verifyOutput(await callImages(images, input, to), to)
  } catch (error) {
    if (codeOf(error) === COULD_NOT_RESIZE && (await isInputAtFault(images, input, to))) {
      throw new Problem('damaged', undefined, { cause: error })
    }
    throw classify(error)
  }
}

async function callImages(images: Images, input: Uint8Array<ArrayBuffer>, to: Transform) {
  const { width, height, fit, format, quality } = to
  const result = await images
    .input(new Blob([input]).stream())
    .transform({ width, height, fit })
    .output({
      format: `image/${format}`,
      quality,
      anim: false,
      background: format === 'jpeg' ? '#ffffff' : undefined, // JPEG has no transparency: flatten on white
    })
  return new Uint8Array(await result.response().arrayBuffer())
}

/**
 * Code 9523 says only "could not resize", for a picture of invalid format as for a service that is down. Before an
 * upload is blamed, a picture that is known to be good must succeed and the upload must fail again.
 */
async function isInputAtFault(
  images: Images,
  input: Uint8Array<ArrayBuffer>,
  to: Transform,
): Promise<boolean> {
  const fails = async (bytes: Uint8Array<ArrayBuffer>) => {
    try {
      await callImages(images, bytes, to)
      return false
    } catch (error) {
      if (error instanceof Problem) throw error // it was not called: that says nothing of the picture
      return true
    }
  }
  return !(await fails(KNOWN_GOOD)) && (await fails(input))
}

const KNOWN_GOOD = Uint8Array.fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==',
)

function codeOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error ? Number(error.code) : undefined
}

function classify(error: unknown): Problem {
  if (error instanceof Problem) return error
  const options = { cause: error }
  const code = codeOf(error)
  if (code === NOT_AN_IMAGE) return new Problem('not_an_image', undefined, options)
  if (code === CANNOT_DECODE) return new Problem('damaged', undefined, options)
  if (code === TOO_LARGE) return new Problem('too_many_pixels', undefined, options)
  return new Problem('unavailable', undefined, { ...options, retryAfter: 10 })
}

function verifyOutput(bytes: Uint8Array<ArrayBuffer>, to: Transform): Picture {
  const out = sniffImage(bytes)
  const format: ImageFormat = to.format
  const fits =
    out &&
    (to.fit === 'cover'
      ? out.width === to.width && out.height === (to.height ?? out.height)
      : out.width <= to.width && out.height <= (to.height ?? out.height))
  if (out?.format !== format || !fits || !out.ended || out.metadata) {
    const cause = new Error(
      `Images answered ${JSON.stringify(out)} for ${CONTENT_TYPES[format]} ${JSON.stringify(to)}`,
    )
    throw new Problem('unavailable', undefined, { cause })
  }
  return { bytes, width: out.width, height: out.height }
}

import type { Images } from '../budgets/metered'
import { Problem } from '../http/problems'
import { CONTENT_TYPES, type ImageFormat, sniffImage } from '../lib/sniff/sniff'
import { stripJpeg } from '../lib/sniff/strip'
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

/** Gives the bytes of a picture from their beginning, each time anew: Images takes a stream, and takes it once. */
export type OpenPicture = () => Promise<ReadableStream<Uint8Array>>

/**
 * One billed call of the Images binding: decode, scale, encode, upright, first frame only, no metadata.
 * From a JPEG is taken what no decoder needs. What comes out is read again before anybody sees it: format, dimensions and absence of metadata.
 * The binding puts its request together faster than it sends it: count the whole input as held in memory.
 * @throws Problem `not_an_image`, `damaged` or `too_many_pixels` where the picture is at fault,
 *   `unavailable` where Images is, `budget_exhausted` or `rate_limited` where it may not be called
 */
export async function transformImage(images: Images, open: OpenPicture, to: Transform): Promise<Picture> {
  try {
    const bytes = await callImages(images, await open(), to)
    return verifyOutput(to.format === 'jpeg' ? stripJpeg(bytes) : bytes, to)
  } catch (error) {
    throw classify(error)
  }
}

/**
 * The same for a picture of which nobody knows whether it can be decoded. Code 9523 says only "could not resize", for
 * a picture of invalid format as for a service that is down: before the picture is blamed, one that is known to be
 * good must succeed and the picture must fail again.
 * @throws Problem as `transformImage`
 */
export async function transformUntrusted(images: Images, open: OpenPicture, to: Transform): Promise<Picture> {
  try {
    return await transformImage(images, open, to)
  } catch (error) {
    if (!isUnclear(error)) throw error
    const knownGood = async () => streamOf(KNOWN_GOOD.slice())
    await transformImage(images, knownGood, { ...to, width: 1, height: 1 }).catch((failed) => {
      throw failed instanceof Problem && failed.code === 'budget_exhausted' ? failed : error
    })
    return await transformImage(images, open, to).catch((again) => {
      throw isUnclear(again) ? new Problem('damaged', undefined, { cause: again }) : again
    })
  }
}

function isUnclear(error: unknown): boolean {
  return error instanceof Problem && codeOf(error.cause) === COULD_NOT_RESIZE
}

/**
 * Gives the memory of a picture back at once, and leaves nothing of it. The collector of garbage counts what lies
 * outside of its heap, but lets tens of megabytes of it gather.
 */
export function releasePicture(bytes: Uint8Array<ArrayBuffer>): void {
  if (!bytes.buffer.detached) bytes.buffer.transfer(0)
}

/** Bytes at hand as a stream, without a copy of them: who reads it may release them. */
export function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
}

async function callImages(images: Images, input: ReadableStream<Uint8Array>, to: Transform) {
  const { width, height, fit, format, quality } = to
  const passed: Uint8Array<ArrayBuffer>[] = []
  const noted = input.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array>({
      transform(chunk, controller) {
        passed.push(chunk)
        controller.enqueue(chunk)
      },
    }),
  )
  const result = await images
    .input(noted)
    .transform({ width, height, fit })
    .output({
      format: `image/${format}`,
      quality,
      anim: false,
      background: format === 'jpeg' ? '#ffffff' : undefined, // JPEG has no transparency: flatten on white
    })
  const bytes = new Uint8Array(await result.response().arrayBuffer())
  for (const chunk of passed) releasePicture(chunk) // all of it was taken, or there would be no answer
  return bytes
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

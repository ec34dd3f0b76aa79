import { Problem, toProblem } from '../http/problems'
import { digestHex } from '../lib/crypto'
import { flattenOnWhite } from '../lib/flatten'
import { CONTENT_TYPES } from '../lib/sniff/sniff'
import { admit } from './admission'
import { qualityFor } from './formats'
import { releasePicture, streamOf, type Transform } from './images'
import { giveUpBody, openMaster, type Source, transformMaster } from './master'
import { SIZES, WIDTHS } from './sizes'
import { maxBytes, outputSize } from './sizing'
import type { RenditionSpec } from './spec'
import {
  copyToCache,
  keepInBackground,
  logUnkept,
  matchCache,
  putBucket,
  putCache,
  type Rendition,
  readBucket,
} from './tiers'
import type { Workshop } from './workshop'

export type { Rendition } from './tiers'

/** A larger one is kept first and read back: a slow client would else hold it in memory as long as it likes. */
const SMALL = 512 * 1024

/**
 * The rendition from the nearest tier that has it: Cache API, R2, or made now from a master and written
 * back. Where it cannot be made now (Images fails, or the client has used up its allowance) a stored one of
 * another size stands in.
 * @throws Problem `rate_limited`, `budget_exhausted`, `unavailable`
 */
export async function findRendition(shop: Workshop, spec: RenditionSpec): Promise<Rendition> {
  const cached = await shop.measure('match', matchCache(shop, spec))
  if (cached) return cached
  const stored = await shop.measure('get', readBucket(shop, spec))
  if (stored) {
    keepInBackground(shop, 'cache', copyToCache(shop, spec))
    return stored
  }
  try {
    return await makeRendition(shop, spec)
  } catch (error) {
    const problem = toProblem(error)
    const substitute = await findSubstitute(shop, spec)
    if (substitute) return { ...substitute, substitute: problem }
    throw problem
  }
}

async function makeRendition(shop: Workshop, spec: RenditionSpec): Promise<Rendition> {
  const source = await openSource(shop, spec)
  const output = maxBytes(outputSize(spec), spec.format, spec.transparent)
  const work = async () => {
    // Here and not before: what finds no room is not made, and must not use up anybody's allowance.
    if (!(await shop.allowTransform())) throw new Problem('rate_limited', undefined, { retryAfter: 60 })
    return keepRendition(shop, spec, await transform(shop, source.open, spec))
  }
  try {
    return await admit(source.bytes + output, work)
  } catch (error) {
    await source.giveUp()
    throw error
  }
}

/** The PNG, and it once more on white, of which a part is under way. */
const FLATTENED_COPIES = 3

/** A master, or for the JPEG of a transparent photo its PNG, put on white. */
async function openSource(shop: Workshop, spec: RenditionSpec): Promise<Source> {
  if (spec.format === 'jpeg' && spec.transparent) {
    const { substitute, body, bytes } = await findRendition(shop, { ...spec, format: 'png' })
    if (substitute) {
      await giveUpBody(body)
      throw substitute
    }
    const open = async () => {
      const png = new Uint8Array(await new Response(body).arrayBuffer())
      return streamOf(await flattenOnWhite(png))
    }
    return { bytes: FLATTENED_COPIES * bytes, open, giveUp: () => giveUpBody(body) }
  }
  return shop.measure('master', openMaster(shop, spec))
}

interface Made extends Rendition {
  body: Uint8Array<ArrayBuffer>
}

async function transform(shop: Workshop, open: Source['open'], spec: RenditionSpec): Promise<Made> {
  const { pixels, format } = spec
  const shape: Pick<Transform, 'fit' | 'width' | 'height'> =
    spec.shape === 's'
      ? { fit: 'cover', width: pixels, height: pixels }
      : { fit: 'scale-down', width: pixels }
  const to = { ...shape, format, quality: qualityFor(format, pixels) }
  const { bytes } = await shop.measure(
    'images',
    transformMaster(shop.images.countedFor(spec.userId), open, to),
  )
  return {
    body: bytes,
    bytes: bytes.length,
    contentType: CONTENT_TYPES[format],
    etag: await digestHex('MD5', bytes),
    tier: 'transform',
    substitute: false,
  }
}

/**
 * Keeps what was made, and gives it back in the form in which it is to be answered. A square is answered to the
 * platform's cache, which keeps it: into the Cache API it goes when R2 is first read for it, or where R2 does not take
 * it. A whole picture is private, no other cache stands before it, and its gallery is opened next.
 */
async function keepRendition(shop: Workshop, spec: RenditionSpec, made: Made): Promise<Rendition> {
  const isPrivate = spec.shape === 'w'
  if (made.bytes > SMALL) {
    const stored = await putBucket(shop, spec, made)
      .then(() => readBucket(shop, spec))
      .catch((cause) => logUnkept('r2', cause))
    if (stored) {
      if (isPrivate) keepInBackground(shop, 'cache', copyToCache(shop, spec))
      releasePicture(made.body)
      return { ...stored, tier: 'transform' }
    }
  }
  if (isPrivate) {
    keepInBackground(shop, 'cache', putCache(shop, spec, made))
    keepInBackground(shop, 'r2', putBucket(shop, spec, made))
  } else keepInBackground(shop, 'cache', keepOnce(shop, spec, made))
  return made
}

/** In R2, or where that fails in the cache. */
async function keepOnce(shop: Workshop, spec: RenditionSpec, made: Made): Promise<void> {
  try {
    await putBucket(shop, spec, made)
  } catch (cause) {
    logUnkept('r2', cause)
    await putCache(shop, spec, made)
  }
}

/** Sizes that sites ask for so often that a photo which shows anywhere is likely to have one of them. */
const USUAL_SIZES = [80, 256]

/**
 * A stored rendition to stand in, of the same format and shape: two steps of the ladder each way and the usual sizes
 * are tried, larger ones first. Never a list of what there is: it costs as much as twelve readings, and who is being
 * refused must not cost more than who is served.
 */
async function findSubstitute(shop: Workshop, spec: RenditionSpec): Promise<Rendition | null> {
  for (const pixels of neighboursOf(spec)) {
    const stored = await readBucket(shop, { ...spec, pixels })
    if (stored) return stored
  }
  return null
}

function neighboursOf({ shape, pixels }: RenditionSpec): number[] {
  const ladder: readonly number[] = shape === 's' ? SIZES : WIDTHS
  const at = ladder.indexOf(pixels)
  const near = ladder.slice(Math.max(0, at - 2), at + 3)
  const others = [...new Set([...near, ...(shape === 's' ? USUAL_SIZES : [])])].filter(
    (size) => size !== pixels,
  )
  const distance = (size: number) => (size > pixels ? size - pixels : 10_000 + pixels - size)
  return others.sort((a, b) => distance(a) - distance(b))
}

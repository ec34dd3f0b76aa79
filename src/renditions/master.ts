import type { Images } from '../budgets/metered'
import { logProblem, Problem, toProblem } from '../http/problems'
import { CONTENT_TYPES } from '../lib/sniff/sniff'
import {
  type OpenPicture,
  type Picture,
  releasePicture,
  streamOf,
  type Transform,
  transformImage,
} from './images'
import { masterKey, smallKey } from './keys'
import { smallSize } from './sizing'
import type { RenditionSpec } from './spec'

/** Little enough loss that a small rendition looks like one cut from the clean master. docs/quality.md */
const SMALL_QUALITY = 90

/** What a small master is counted as while it is made: a byte a pixel where it is at most 3.2 times as long as wide. */
export const SMALL_BYTES = 640 * 2048

/** What a rendition is cut from, and how many bytes of memory it takes to do so. It is opened once, or given up. */
export interface Source {
  bytes: number
  open: OpenPicture
  /** Whoever reads an object and does not end it keeps a connection open. Does nothing to one that is being read. */
  giveUp(): Promise<void>
}

/** Ends what nobody has begun to read. */
export async function giveUpBody(body: ReadableStream | Uint8Array): Promise<void> {
  if (body instanceof ReadableStream && !body.locked) await body.cancel().catch(() => undefined)
}

/** JPEG loses less of what is cut from it than WebP of that size, and is faster to decode; it has no transparency. */
export function masterFormat(photo: { transparent: boolean }): 'jpeg' | 'webp' {
  return photo.transparent ? 'webp' : 'jpeg'
}

interface Shelf {
  bucket: R2Bucket
  images: Images
}

/**
 * Keeps the clean master of a photo, and the small one that is cut from it. Made here and not when somebody first asks
 * for a small size: nearly every photo is looked at small as soon as it is uploaded, so the one billed call more is
 * spent anyway, and here nobody waits for it and R2 copies the original meanwhile. Whether it fails does not matter
 * to the photo: it is then served from the clean one, as those from before there were small ones.
 * @param values.master its bytes are released
 */
export async function keepMasters(
  { bucket, images }: Shelf,
  values: { userId: string; photoId: string; master: Picture; transparent: boolean },
): Promise<void> {
  const { master, transparent } = values
  const httpMetadata = { contentType: CONTENT_TYPES[masterFormat(values)] }
  await bucket.put(masterKey(values), master.bytes, { httpMetadata })
  const { width, height } = master
  const size = smallSize({ width, height, transparent })
  try {
    if (!size) return
    const to: Transform = { ...size, fit: 'scale-down', format: 'jpeg', quality: SMALL_QUALITY }
    const small = await transformMaster(images, async () => streamOf(master.bytes), to)
    await bucket.put(smallKey(values), small.bytes, { httpMetadata: { contentType: 'image/jpeg' } })
    releasePicture(small.bytes)
  } catch (error) {
    logProblem(toProblem(error), { what: 'small-master' })
  } finally {
    releasePicture(master.bytes)
  }
}

/**
 * What a rendition is cut from: the small master where the rendition is small and there is one, else the clean one.
 * Never another rendition: it would lose twice.
 * @throws Problem `unavailable` where there is no master
 */
export async function openMaster(
  { bucket }: Pick<Shelf, 'bucket'>,
  spec: Pick<RenditionSpec, 'userId' | 'photoId' | 'fromSmall'>,
): Promise<Source> {
  const small = spec.fromSmall ? await bucket.get(smallKey(spec)) : null
  const master = small ?? (await bucket.get(masterKey(spec)))
  if (!master)
    throw new Problem('unavailable', undefined, { cause: new Error(`no master of ${spec.photoId}`) })
  // A small one in one piece: handing on each piece of it costs a twelfth of a cold rendition.
  const open = async () => (small ? streamOf(new Uint8Array(await small.arrayBuffer())) : master.body)
  return { bytes: master.size, open, giveUp: () => giveUpBody(master.body) }
}

/**
 * One billed call on a master. It was verified when it was made: whatever Images says of it now is a fault of ours.
 * @throws Problem `unavailable`, `budget_exhausted`, `rate_limited`
 */
export async function transformMaster(images: Images, open: OpenPicture, to: Transform): Promise<Picture> {
  try {
    return await transformImage(images, open, to)
  } catch (cause) {
    if (cause instanceof Problem && cause.status !== 422) throw cause
    throw new Problem('unavailable', undefined, { retryAfter: 10, cause })
  }
}

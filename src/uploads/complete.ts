import { and, eq, lt, sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { type Photo, photos } from '../db/schema'
import { Problem } from '../http/problems'
import { logFailure } from '../lib/failures'
import { mendStream } from '../lib/sniff/mend'
import { uprightSize } from '../lib/sniff/sniff'
import { DAY } from '../lib/time'
import { adoptCrop, type CropDesk } from '../photos/crops'
import { queueErasure } from '../photos/erase'
import { type OwnPhoto, selectOwn } from '../photos/own'
import { admit } from '../renditions/admission'
import { transformUntrusted } from '../renditions/images'
import { ERASE_AGAIN_SECONDS, originalKey, uploadKey } from '../renditions/keys'
import { keepMasters, masterFormat, SMALL_BYTES } from '../renditions/master'
import { masterSize } from '../renditions/sizing'
import { type ReadUpload, verifyUpload } from './verify'

/** What `completeUpload` works with. */
export type Studio = CropDesk & Pick<Capabilities, 'bucket' | 'uploads' | 'images' | 'now'>

/** Little enough loss that a rendition cut from the master looks like one cut from the upload. */
const MASTER_QUALITY = 92

/** What a master is counted as: a byte for each of 2048 × 2048 pixels. */
const MASTER_BYTES = 2048 * 2048

/** How often one upload may be tried: each try is a billed transform. */
const MAX_TRIES = 10

/**
 * Verifies the uploaded bytes, moves them to where photos are kept and makes the photo ready; trusts nothing that
 * the client said. A crop takes the place of the one before. Idempotent, also twice at once. An upload that is refused is deleted; a fault of ours keeps it,
 * and the call can be repeated.
 * @param values.standIn a ThumbHash: an ornament, which is the client's to make
 * @throws Problem `not_found`, `not_uploaded`, `size_mismatch`, `not_an_image`, `type_mismatch`,
 *   `too_many_pixels`, `damaged`, `rate_limited`, `unavailable`
 */
export async function completeUpload(
  caps: Studio,
  values: { userId: string; photoId: string; standIn?: string | undefined },
): Promise<OwnPhoto> {
  const photo = await readUploaded(caps, values)
  if (photo.status === 'ready') return photo
  const key = uploadKey(values, photo.uploadSecret)
  try {
    await keepUpload(caps, { ...photo, standIn: values.standIn ?? null }, key)
  } catch (error) {
    // Another call of the same may have come first, and taken the upload away from under this one.
    const now = await readUploaded(caps, values)
    if (now.status === 'ready') return now
    if (error instanceof Problem && error.status === 422) await discardUpload(caps, values)
    throw error
  }
  await caps.uploads.delete(key).catch((cause) => logFailure({ what: 'upload', step: 'r2', cause }))
  return readUploaded(caps, values)
}

/**
 * The person's own photo or crop.
 * @throws Problem `not_found`
 */
async function readUploaded(
  caps: Pick<Capabilities, 'db'>,
  values: { userId: string; photoId: string },
): Promise<OwnPhoto> {
  const mine = and(eq(photos.id, values.photoId), eq(photos.userId, values.userId))
  const [photo] = await selectOwn(caps).where(mine)
  if (!photo) throw new Problem('not_found')
  return photo
}

/** Removes an upload that will not become a photo: its row now, its objects by the queue. */
export async function discardUpload(
  caps: Pick<Capabilities, 'db' | 'erasures'>,
  values: { userId: string; photoId: string },
): Promise<void> {
  await queueErasure(caps, values)
  await caps.db.delete(photos).where(and(eq(photos.id, values.photoId), eq(photos.status, 'pending')))
}

/** Nothing of the upload is held here but its ends: Images reads it from R2, and R2 copies it. */
async function keepUpload(caps: Studio, photo: Photo, key: string): Promise<void> {
  const images = caps.images.countedFor(photo.userId)
  const stored = await caps.uploads.head(key)
  if (!stored) throw new Problem('not_uploaded')
  if (stored.size !== photo.bytes) throw new Problem('size_mismatch')
  const read = readerOf(caps, { key, etag: stored.etag })
  await admit(stored.size + MASTER_BYTES + SMALL_BYTES, async () => {
    const sniffed = await verifyUpload(read, photo)
    requireShape(photo, sniffed)
    await countTry(caps, photo)
    // Queued before the photo is ready, so that no ready photo leaves its upload behind: erased when it is, it can be
    // put once more for as long as its URL is good.
    const ref = { userId: photo.userId, photoId: photo.id }
    await caps.erasures.send(ref, { delaySeconds: ERASE_AGAIN_SECONDS })
    const master = masterSize(sniffed)
    const side = Math.max(master.width, master.height) // of a square: whether the decoder turns it does not matter
    const made = await transformUntrusted(
      images,
      async () => mendStream((await read()).body, sniffed.patches),
      {
        fit: 'scale-down',
        width: side,
        height: side,
        format: masterFormat(sniffed),
        quality: MASTER_QUALITY,
      },
    )
    const { body } = await read()
    const [original] = await Promise.all([
      caps.bucket.put(originalKey(ref), body, { httpMetadata: { contentType: photo.contentType } }),
      keepMasters({ ...caps, images }, { ...ref, master: made, transparent: sniffed.transparent }),
    ])
    const { width, height } = uprightSize(sniffed, made)
    requireShape(photo, { width, height })
    const { transparent } = sniffed
    const takenAt = readTime(sniffed.takenAt, caps.now)
    const ready = { width, height, transparent, takenAt, etag: original.etag, standIn: photo.standIn }
    if (photo.cropOf !== null) {
      return adoptCrop(caps, { userId: ref.userId, photoId: photo.cropOf, cropId: photo.id, ready })
    }
    await caps.db
      .update(photos)
      .set({ ...ready, status: 'ready' })
      .where(and(eq(photos.id, photo.id), eq(photos.status, 'pending')))
  })
}

/**
 * A crop is square, to the pixel that rounding costs.
 * @throws Problem `size_mismatch`
 */
function requireShape({ cropOf }: Photo, { width, height }: { width: number; height: number }): void {
  if (cropOf === null || Math.abs(width - height) <= 1) return
  throw new Problem('size_mismatch', `A crop is square; this picture is ${width} × ${height}.`)
}

/** A camera whose clock is ahead says nothing: the photo would stand before all others for years. */
function readTime(takenAt: number | null, now: number): number | null {
  return takenAt !== null && takenAt <= now + DAY ? takenAt : null
}

/** @throws Problem `unavailable` where the upload was changed, or is gone, since it was looked at */
function readerOf(
  { uploads }: Pick<Capabilities, 'uploads'>,
  values: { key: string; etag: string },
): ReadUpload {
  return async (range) => {
    const object = await uploads.get(values.key, { range, onlyIf: { etagMatches: values.etag } })
    if (!object || !('body' in object)) throw new Problem('unavailable')
    return object
  }
}

/**
 * Counts a try of a photo that is not ready, and only of such a one. An upload can be put a second time, with other
 * bytes, after the first is deleted, which is after its photo became ready: whoever has read it since is stopped here.
 * All who pass have read the same bytes, so none can put others in the place of a ready photo's.
 * @throws Problem `rate_limited`
 */
async function countTry({ db }: Pick<Capabilities, 'db'>, photo: Photo): Promise<void> {
  const [counted] = await db
    .update(photos)
    .set({ tries: sql`${photos.tries} + 1` })
    .where(and(eq(photos.id, photo.id), eq(photos.status, 'pending'), lt(photos.tries, MAX_TRIES)))
    .returning({ tries: photos.tries })
  if (!counted) throw new Problem('rate_limited', 'This upload was tried too often. Upload the file again.')
}

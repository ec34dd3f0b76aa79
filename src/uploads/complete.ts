import { and, eq, lt, sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { type Photo, photos } from '../db/schema'
import { Problem } from '../http/problems'
import { mendStream } from '../lib/sniff/mend'
import { uprightSize } from '../lib/sniff/sniff'
import { ERASE_AGAIN_SECONDS, queueErasure } from '../photos/erase'
import { readPhoto } from '../photos/photos'
import { transformImage } from '../renditions/images'
import { masterKey, originalKey } from '../renditions/keys'
import { verifyUpload } from './verify'

/** What `completeUpload` works with. */
export type Studio = Pick<Capabilities, 'db' | 'bucket' | 'uploads' | 'images' | 'erasures'>

/** Long side of the clean master in pixels: the largest size that is ever served. */
const MASTER_SIDE = 2048

/** Little enough loss that a rendition cut from the master looks like one cut from the upload. */
const MASTER_QUALITY = 92

/** How often one upload may be tried: each try is a billed transform. */
const MAX_TRIES = 10

/**
 * Verifies the uploaded bytes, moves them to where photos are kept and makes the photo ready; trusts nothing that
 * the client said. Idempotent, also twice at once. An upload that is refused is deleted; a fault of ours keeps it,
 * and the call can be repeated.
 * @throws Problem `not_found`, `not_uploaded`, `size_mismatch`, `not_an_image`, `type_mismatch`,
 *   `too_many_pixels`, `damaged`, `rate_limited`, `unavailable`
 */
export async function completeUpload(
  caps: Studio,
  values: { userId: string; photoId: string },
): Promise<Photo> {
  const { db, uploads, erasures } = caps
  const photo = await readPhoto(caps, values)
  if (photo.status === 'ready') return photo
  const stored = await uploads.head(originalKey(values))
  if (!stored) throw new Problem('not_uploaded')
  try {
    await countTry(caps, photo)
    if (stored.size !== photo.bytes) throw new Problem('size_mismatch')
    // Queued before the photo is ready, so that no ready photo leaves its upload behind. The upload stays as long as
    // its URL is good: a second PUT is then refused.
    await erasures.send(values, { delaySeconds: ERASE_AGAIN_SECONDS })
    const upload = await uploads.get(originalKey(values), { onlyIf: { etagMatches: stored.etag } })
    if (!upload || !('body' in upload)) throw new Problem('unavailable') // changed or gone since it was looked at
    await keepUpload(caps, photo, new Uint8Array(await upload.arrayBuffer()))
  } catch (error) {
    if (error instanceof Problem && error.status === 422) {
      await queueErasure(caps, values)
      await db.delete(photos).where(and(eq(photos.id, photo.id), eq(photos.status, 'pending')))
    }
    throw error
  }
  return readPhoto(caps, values)
}

async function countTry({ db }: Pick<Capabilities, 'db'>, photo: Photo): Promise<void> {
  const [counted] = await db
    .update(photos)
    .set({ tries: sql`${photos.tries} + 1` })
    .where(and(eq(photos.id, photo.id), lt(photos.tries, MAX_TRIES)))
    .returning({ tries: photos.tries })
  if (!counted) throw new Problem('rate_limited', 'This upload was tried too often. Upload the file again.')
}

async function keepUpload(
  { db, bucket, images }: Studio,
  photo: Photo,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  const ref = { userId: photo.userId, photoId: photo.id }
  const sniffed = verifyUpload(bytes, photo)
  const mended = mendStream(new Blob([bytes]).stream(), sniffed.patches)
  const readable = new Uint8Array(await new Blob(await Array.fromAsync(mended)).arrayBuffer())
  const master = await transformImage(images, readable, {
    fit: 'scale-down',
    width: MASTER_SIDE,
    height: MASTER_SIDE,
    format: 'webp',
    quality: MASTER_QUALITY,
  })
  const { width, height } = uprightSize(sniffed, master)
  const [original] = await Promise.all([
    bucket.put(originalKey(ref), bytes, { httpMetadata: { contentType: photo.contentType } }),
    bucket.put(masterKey(ref), master.bytes, { httpMetadata: { contentType: 'image/webp' } }),
  ])
  await db
    .update(photos)
    .set({ status: 'ready', width, height, transparent: sniffed.transparent, etag: original.etag })
    .where(and(eq(photos.id, photo.id), eq(photos.status, 'pending')))
}

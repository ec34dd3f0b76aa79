import { and, eq, lt, sql } from 'drizzle-orm'
import type { Db } from '../db/db'
import { type Photo, photos } from '../db/schema'
import type { Config } from '../env'
import { Problem } from '../errors'
import { transformImage } from '../images'
import { ERASE_AGAIN_SECONDS, type ErasureJob } from '../jobs/erase'
import { CONTENT_TYPES, type Sniffed, sniffImage } from '../lib/sniff'
import { masterKey, originalKey } from './keys'
import { queueErasure, readPhoto } from './photos'
import { presignUpload, type UploadTarget } from './presign'

/** What may be uploaded. SVG is not a picture but a program, and is not among them. */
export const UPLOAD_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'] as const

/** Decoding costs memory and time by the pixel: a small file can claim a billion of them. */
const MAX_PIXELS = 50_000_000

/** The Images binding takes no longer side. https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_SIDE = 12_000

/** Long side of the clean master in pixels: the largest size that is ever served. */
const MASTER_SIDE = 2048

/** Little enough loss that a rendition cut from the master looks like one cut from the upload. */
const MASTER_QUALITY = 92

const HOUR = 60 * 60 * 1000

/**
 * Makes room for an upload and signs its address.
 * @throws Problem `unsupported_type`, `too_large`, `invalid_input`, `quota_exceeded`, `rate_limited`,
 *   `storage_not_configured`
 */
export async function prepareUpload(
  db: Db,
  config: Config,
  values: { userId: string; contentType: string; bytes: number; requestUrl: string },
  now: number,
): Promise<{ id: string; upload: UploadTarget }> {
  const { userId, contentType, bytes, requestUrl } = values
  const photoId = crypto.randomUUID()
  const key = originalKey({ userId, photoId })
  checkAnnounced(config, { contentType, bytes })
  const upload = await presignUpload(config.s3, { key, contentType, bytes, requestUrl }, now)
  await reservePhoto(db, config, { photoId, userId, contentType, bytes }, now)
  return { id: photoId, upload }
}

/** @throws Problem `unsupported_type`, `too_large` */
export function checkAnnounced(config: Config, values: { contentType: string; bytes: number }): void {
  const { contentType, bytes } = values
  if (!UPLOAD_TYPES.some((type) => type === contentType)) {
    throw new Problem('unsupported_type', 'Choose a JPEG, PNG, WebP or GIF picture.')
  }
  if (bytes > config.maxUploadBytes) {
    throw new Problem('too_large', `A picture may have at most ${config.maxUploadBytes} bytes.`)
  }
}

/**
 * Inserts the row of an upload, if the quotas leave room: they are conditions of the INSERT itself, so that calls
 * in parallel cannot pass together. Grants outlive deleted photos: each upload costs a billed transform.
 * @throws Problem `quota_exceeded`, `rate_limited`
 */
export async function reservePhoto(
  db: Db,
  config: Config,
  values: { photoId: string; userId: string; contentType: string; bytes: number },
  now: number,
): Promise<void> {
  const { photoId, userId, contentType, bytes } = values
  const d1 = db.$client
  const [inserted] = await d1.batch([
    d1
      .prepare(
        `INSERT INTO photos (id, user_id, content_type, bytes, created_at) SELECT ?1, ?2, ?3, ?4, ?5
         WHERE (SELECT count(*) FROM photos WHERE user_id = ?2) < ?6
           AND (SELECT coalesce(sum(bytes), 0) FROM photos WHERE user_id = ?2) + ?4 <= ?7
           AND (SELECT count(*) FROM upload_grants WHERE user_id = ?2 AND created_at > ?8) < ?9`,
      )
      .bind(
        photoId,
        userId,
        contentType,
        bytes,
        now,
        config.maxPhotos,
        config.maxAccountBytes,
        now - HOUR,
        config.maxUploadsPerHour,
      ),
    d1
      .prepare(
        `INSERT INTO upload_grants (photo_id, user_id, created_at)
         SELECT id, user_id, created_at FROM photos WHERE id = ?1`,
      )
      .bind(photoId),
  ])
  if (!inserted?.meta.changes) throw await explainRefusal(db, config, { userId, now })
}

async function explainRefusal(
  db: Db,
  config: Config,
  values: { userId: string; now: number },
): Promise<Problem> {
  const row = await db.$client
    .prepare('SELECT count(*) AS grants FROM upload_grants WHERE user_id = ?1 AND created_at > ?2')
    .bind(values.userId, values.now - HOUR)
    .first<{ grants: number }>()
  if (row && row.grants >= config.maxUploadsPerHour) {
    const detail = `At most ${config.maxUploadsPerHour} uploads an hour. Try again later.`
    return new Problem('rate_limited', detail, { retryAfter: HOUR / 1000 })
  }
  return new Problem('quota_exceeded')
}

/** What `completeUpload` works with. */
export interface Studio {
  db: Db
  bucket: R2Bucket
  /** Where browsers put uploads. */
  uploads: R2Bucket
  images: ImagesBinding
  erasures: Queue<ErasureJob>
}

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
  studio: Studio,
  values: { userId: string; photoId: string },
): Promise<Photo> {
  const { db, uploads, erasures } = studio
  const photo = await readPhoto(db, values)
  if (photo.status === 'ready') return photo
  const stored = await uploads.head(originalKey(values))
  if (!stored) throw new Problem('not_uploaded')
  try {
    await countTry(db, photo)
    if (stored.size !== photo.bytes) throw new Problem('size_mismatch')
    // Queued before the photo is ready, so that no ready photo leaves its upload behind. The upload stays as long as
    // its address is good: a second PUT is then refused.
    await erasures.send(values, { delaySeconds: ERASE_AGAIN_SECONDS })
    const upload = await uploads.get(originalKey(values), { onlyIf: { etagMatches: stored.etag } })
    if (!upload || !('body' in upload)) throw new Problem('unavailable') // changed or gone since it was looked at
    await keepUpload(studio, photo, new Uint8Array(await upload.arrayBuffer()))
  } catch (error) {
    if (error instanceof Problem && error.status === 422) {
      await queueErasure(erasures, values)
      await db.delete(photos).where(and(eq(photos.id, photo.id), eq(photos.status, 'pending')))
    }
    throw error
  }
  return readPhoto(db, values)
}

async function countTry(db: Db, photo: Photo): Promise<void> {
  const [counted] = await db
    .update(photos)
    .set({ tries: sql`${photos.tries} + 1` })
    .where(and(eq(photos.id, photo.id), lt(photos.tries, MAX_TRIES)))
    .returning({ tries: photos.tries })
  if (!counted) throw new Problem('rate_limited', 'This upload was tried too often. Upload the file again.')
}

async function keepUpload(studio: Studio, photo: Photo, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { db, bucket, images } = studio
  const ref = { userId: photo.userId, photoId: photo.id }
  const sniffed = verifyUpload(bytes, photo)
  const master = await transformImage(images, bytes, {
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

/** @throws Problem with status 422 */
function verifyUpload(bytes: Uint8Array, photo: Photo): Sniffed {
  const sniffed = sniffImage(bytes)
  if (!sniffed || sniffed.format === 'avif') throw new Problem('not_an_image')
  if (CONTENT_TYPES[sniffed.format] !== photo.contentType) throw new Problem('type_mismatch')
  const { width, height } = sniffed
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE) {
    const detail = `The picture is ${width} × ${height}. At most 50 megapixels and ${MAX_SIDE} pixels a side.`
    throw new Problem('too_many_pixels', detail)
  }
  if (!sniffed.complete) throw new Problem('damaged')
  return sniffed
}

/**
 * The dimensions as people see them. The decoder has applied the EXIF orientation to the master, so a master that
 * lies where the file stands was turned by a quarter.
 */
function uprightSize(
  file: Sniffed,
  master: { width: number; height: number },
): { width: number; height: number } {
  const turned = file.width > file.height ? master.width < master.height : master.width > master.height
  return turned && file.width !== file.height
    ? { width: file.height, height: file.width }
    : { width: file.width, height: file.height }
}

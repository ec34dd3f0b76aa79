import type { Capabilities } from '../capabilities'
import { Problem } from '../http/problems'
import { randomToken } from '../lib/crypto'
import { cleanFileName } from '../lib/file-name'
import { HOUR, SECOND } from '../lib/time'
import type { CropBox } from '../photos/answers'
import { isWithin } from '../photos/crops'
import { readPhoto } from '../photos/own'
import { uploadKey } from '../renditions/keys'
import type { PreparedUpload } from './answers'
import { HEIC_ADVICE, isHeic, KINDS, UPLOAD_TYPES } from './kinds'
import { presignUpload } from './presign'

type Desk = Pick<Capabilities, 'db' | 'config' | 'now'>

/** Of what an upload is a crop. */
interface CropRequest {
  cropOf?: string | undefined
  box?: CropBox | undefined
}

/**
 * Makes room for an upload and signs its URL.
 * @param values.cropOf a ready photo of the person's own, and no crop
 * @throws Problem `unsupported_type`, `too_large`, `invalid_input`, `quota_exceeded`, `rate_limited`,
 *   `storage_not_configured`; of a crop `not_found`, `photo_not_ready`
 */
export async function prepareUpload(
  caps: Desk,
  values: CropRequest & {
    userId: string
    contentType: string
    bytes: number
    fileName?: string | undefined
    requestUrl: string
  },
): Promise<PreparedUpload> {
  const { config, now } = caps
  const { userId, contentType, bytes, fileName, requestUrl, cropOf, box } = values
  const photoId = crypto.randomUUID()
  const secret = randomToken()
  const key = uploadKey({ userId, photoId }, secret)
  checkAnnounced(caps, { contentType, bytes })
  if (cropOf !== undefined && box) await checkCrop(caps, { userId, photoId: cropOf, box })
  const upload = await presignUpload(config, { key, contentType, bytes, requestUrl }, now)
  await reservePhoto(caps, { photoId, userId, secret, contentType, bytes, fileName, cropOf, box })
  return { id: photoId, upload }
}

/** @throws Problem `not_found`, `photo_not_ready`, `invalid_input` */
async function checkCrop(
  caps: Pick<Desk, 'db'>,
  { userId, photoId, box }: { userId: string; photoId: string; box: CropBox },
): Promise<void> {
  const { status, width, height } = await readPhoto(caps, { userId, photoId })
  if (status !== 'ready') throw new Problem('photo_not_ready')
  if (!isWithin(box, { width: width ?? 1, height: height ?? 1 }))
    throw new Problem('invalid_input', 'box: not within the picture.')
}

/** @throws Problem `unsupported_type`, `too_large` */
export function checkAnnounced(
  { config }: Pick<Capabilities, 'config'>,
  values: { contentType: string; bytes: number },
): void {
  const { contentType, bytes } = values
  if (isHeic(contentType)) throw new Problem('unsupported_type', HEIC_ADVICE)
  if (!UPLOAD_TYPES.includes(contentType)) {
    throw new Problem('unsupported_type', `Choose a ${KINDS} picture.`)
  }
  if (bytes > config.maxUploadBytes) {
    throw new Problem('too_large', `A picture may have at most ${config.maxUploadBytes} bytes.`)
  }
}

/**
 * Inserts the row of an upload, if the quotas leave room: they are conditions of the INSERT itself, so that calls
 * in parallel cannot pass together. Grants outlive deleted photos: each upload costs a billed transform. A crop takes no
 * photo's place, for there is one of each photo, and those under way are bounded by their grants.
 * @throws Problem `quota_exceeded`, `rate_limited`, `not_found`
 */
export async function reservePhoto(
  caps: Desk,
  values: CropRequest & {
    photoId: string
    userId: string
    secret: string
    contentType: string
    bytes: number
    fileName?: string | undefined
  },
): Promise<void> {
  const { db, config, now } = caps
  const { photoId, userId, secret, contentType, bytes, fileName = '', cropOf = null, box } = values
  const d1 = db.$client
  const [inserted] = await d1.batch([
    d1
      .prepare(
        `INSERT INTO photos
           (id, user_id, content_type, bytes, created_at, file_name, upload_secret, crop_of, crop_x, crop_y, crop_size)
         SELECT ?1, ?2, ?3, ?4, ?5, ?10, ?11, ?12, ?13, ?14, ?15
         WHERE (?12 IS NOT NULL OR (SELECT count(*) FROM photos WHERE user_id = ?2 AND crop_of IS NULL) < ?6)
           AND (?12 IS NULL OR EXISTS
             (SELECT 1 FROM photos WHERE id = ?12 AND user_id = ?2 AND status = 'ready' AND crop_of IS NULL))
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
        cleanFileName(fileName),
        secret,
        cropOf,
        ...[box?.x ?? null, box?.y ?? null, box?.size ?? null],
      ),
    d1
      .prepare(
        `INSERT INTO upload_grants (photo_id, user_id, created_at)
         SELECT id, user_id, created_at FROM photos WHERE id = ?1`,
      )
      .bind(photoId),
  ])
  if (inserted?.meta.changes) return
  if (cropOf !== null) await readPhoto(caps, { userId, photoId: cropOf }) // it may have gone meanwhile
  throw await explainRefusal(caps, { userId })
}

async function explainRefusal({ db, config, now }: Desk, values: { userId: string }): Promise<Problem> {
  const row = await db.$client
    .prepare('SELECT count(*) AS grants FROM upload_grants WHERE user_id = ?1 AND created_at > ?2')
    .bind(values.userId, now - HOUR)
    .first<{ grants: number }>()
  if (row && row.grants >= config.maxUploadsPerHour) {
    const detail = `At most ${config.maxUploadsPerHour} uploads an hour. Try again later.`
    return new Problem('rate_limited', detail, { retryAfter: HOUR / SECOND })
  }
  return new Problem('quota_exceeded')
}

import type { Capabilities } from '../capabilities'
import { Problem } from '../http/problems'
import { randomToken } from '../lib/crypto'
import { cleanFileName } from '../lib/file-name'
import { HOUR, SECOND } from '../lib/time'
import { uploadKey } from '../renditions/keys'
import type { PreparedUpload } from './answers'
import { HEIC_ADVICE, isHeic, KINDS, UPLOAD_TYPES } from './kinds'
import { presignUpload } from './presign'

type Desk = Pick<Capabilities, 'db' | 'config' | 'now'>

/**
 * Makes room for an upload and signs its URL.
 * @throws Problem `unsupported_type`, `too_large`, `invalid_input`, `quota_exceeded`, `rate_limited`,
 *   `storage_not_configured`
 */
export async function prepareUpload(
  caps: Desk,
  values: { userId: string; contentType: string; bytes: number; fileName?: string; requestUrl: string },
): Promise<PreparedUpload> {
  const { config, now } = caps
  const { userId, contentType, bytes, fileName, requestUrl } = values
  const photoId = crypto.randomUUID()
  const secret = randomToken()
  const key = uploadKey({ userId, photoId }, secret)
  checkAnnounced(caps, { contentType, bytes })
  const upload = await presignUpload(config, { key, contentType, bytes, requestUrl }, now)
  await reservePhoto(caps, { photoId, userId, secret, contentType, bytes, fileName })
  return { id: photoId, upload }
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
 * in parallel cannot pass together. Grants outlive deleted photos: each upload costs a billed transform.
 * @throws Problem `quota_exceeded`, `rate_limited`
 */
export async function reservePhoto(
  caps: Desk,
  values: {
    photoId: string
    userId: string
    secret: string
    contentType: string
    bytes: number
    fileName?: string
  },
): Promise<void> {
  const { db, config, now } = caps
  const { photoId, userId, secret, contentType, bytes, fileName = '' } = values
  const d1 = db.$client
  const [inserted] = await d1.batch([
    d1
      .prepare(
        `INSERT INTO photos (id, user_id, content_type, bytes, created_at, file_name, upload_secret)
         SELECT ?1, ?2, ?3, ?4, ?5, ?10, ?11
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
        cleanFileName(fileName),
        secret,
      ),
    d1
      .prepare(
        `INSERT INTO upload_grants (photo_id, user_id, created_at)
         SELECT id, user_id, created_at FROM photos WHERE id = ?1`,
      )
      .bind(photoId),
  ])
  if (!inserted?.meta.changes) throw await explainRefusal(caps, { userId })
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

import { and, eq, inArray, lt } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { photos, uploadGrants } from '../db/schema'
import { HOUR, SECOND } from '../lib/time'
import { queueErasure } from '../photos/erase'
import { UPLOAD_LIFE_SECONDS } from './presign'

/** Long past the life of an upload URL, so that an upload that is still being completed is not taken away. */
const ABANDONED_AFTER = UPLOAD_LIFE_SECONDS * SECOND + 6 * HOUR

/** Abandoned uploads in one run: what is left over waits for the next. */
const UPLOADS_A_RUN = 500

/** Removes uploads that were never completed, and grants that no longer count. Idempotent. */
export async function cleanUpUploads(caps: Pick<Capabilities, 'db' | 'erasures' | 'now'>): Promise<void> {
  const { db, now } = caps
  await db.delete(uploadGrants).where(lt(uploadGrants.createdAt, now - HOUR))
  const abandoned = await db
    .select({ userId: photos.userId, photoId: photos.id })
    .from(photos)
    .where(and(eq(photos.status, 'pending'), lt(photos.createdAt, now - ABANDONED_AFTER)))
    .limit(UPLOADS_A_RUN)
  for (const upload of abandoned) await queueErasure(caps, upload)
  for (let at = 0; at < abandoned.length; at += 50) {
    const ids = abandoned.slice(at, at + 50).map((upload) => upload.photoId)
    await db.delete(photos).where(and(inArray(photos.id, ids), eq(photos.status, 'pending')))
  }
}

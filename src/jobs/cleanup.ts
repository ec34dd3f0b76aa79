import { and, eq, inArray, isNotNull, lt } from 'drizzle-orm'
import { CODE_LIFE } from '../accounts/signin'
import type { Db } from '../db/db'
import { knownBrowsers, photos, sessions, signInCodes, uploadGrants } from '../db/schema'
import { queueErasure } from '../photos/photos'
import { UPLOAD_LIFE_SECONDS } from '../photos/presign'
import type { ErasureJob } from './erase'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

/** Long past the life of an upload address, so that an upload that is still being completed is not taken away. */
const ABANDONED_AFTER = UPLOAD_LIFE_SECONDS * 1000 + 6 * HOUR

/** Abandoned uploads in one run: what is left over waits for the next. */
const UPLOADS_A_RUN = 500

/** The cron: removes what has expired, and uploads that were never completed. Idempotent. */
export async function cleanUp(db: Db, erasures: Queue<ErasureJob>, now: number): Promise<void> {
  await db.batch([
    db.delete(signInCodes).where(lt(signInCodes.createdAt, now - DAY)), // mails a day are counted by these rows
    db
      .update(signInCodes)
      .set({ email: null })
      .where(and(lt(signInCodes.createdAt, now - CODE_LIFE), isNotNull(signInCodes.email))),
    db.delete(sessions).where(lt(sessions.expiresAt, now)),
    db.delete(knownBrowsers).where(lt(knownBrowsers.expiresAt, now)),
    db.delete(uploadGrants).where(lt(uploadGrants.createdAt, now - HOUR)),
  ])
  const abandoned = await db
    .select({ userId: photos.userId, photoId: photos.id })
    .from(photos)
    .where(and(eq(photos.status, 'pending'), lt(photos.createdAt, now - ABANDONED_AFTER)))
    .limit(UPLOADS_A_RUN)
  for (const upload of abandoned) await queueErasure(erasures, upload)
  for (let at = 0; at < abandoned.length; at += 50) {
    const ids = abandoned.slice(at, at + 50).map((upload) => upload.photoId)
    await db.delete(photos).where(and(inArray(photos.id, ids), eq(photos.status, 'pending')))
  }
}

import { eq } from 'drizzle-orm'
import type { Db } from '../db/db'
import { photos } from '../db/schema'
import { originalKey } from '../photos/keys'

/** Erase every object of a photo whose row is gone. */
export interface ErasureJob {
  userId: string
  photoId: string
}

/** Past the life of an upload address (10 minutes) and of any write-back under way. */
export const ERASE_AGAIN_SECONDS = 15 * 60

/** The queue's consumer: each message for itself, so that one failure does not repeat the others. Idempotent. */
export async function consumeErasures(
  batch: MessageBatch<ErasureJob>,
  db: Db,
  bucket: R2Bucket,
): Promise<void> {
  for (const message of batch.messages) {
    try {
      await erasePhoto(db, bucket, message.body)
      message.ack()
    } catch (error) {
      console.error('erasing a photo failed; it will be tried again', error)
      message.retry({ delaySeconds: 30 })
    }
  }
}

/**
 * Erases the original, the master and all renditions. Not while the row stands: then the deletion failed and
 * the photo is still somebody's; or it is under way, and the later job will find the row gone.
 */
export async function erasePhoto(db: Db, bucket: R2Bucket, job: ErasureJob): Promise<void> {
  const [row] = await db.select({ id: photos.id }).from(photos).where(eq(photos.id, job.photoId))
  if (row) return
  const original = originalKey(job)
  await bucket.delete(original)
  await erasePrefix(bucket, `${original}/`)
}

async function erasePrefix(bucket: R2Bucket, prefix: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await bucket.list({ prefix, limit: 1000 })
    if (objects.length) await bucket.delete(objects.map((object) => object.key))
    if (!truncated) return
  }
}

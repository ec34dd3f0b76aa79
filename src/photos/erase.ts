import { eq } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { photos } from '../db/schema'
import { backOff } from '../lib/backoff'
import { logFailure } from '../lib/failures'
import { originalKey, uploadKey } from '../renditions/keys'

/** Erase every object of a photo whose row is gone. */
export interface ErasureJob {
  userId: string
  photoId: string
}

/** Past the life of an upload URL (10 minutes) and of any write-back under way. */
export const ERASE_AGAIN_SECONDS = 15 * 60

/** Queues both erasures of a photo whose row is about to go. */
export function queueErasure(caps: Pick<Capabilities, 'erasures'>, job: ErasureJob): Promise<void> {
  return queueErasures(caps, [job])
}

/** The same for up to 50 photos: a queue takes a hundred messages at once. */
export async function queueErasures(
  { erasures }: Pick<Capabilities, 'erasures'>,
  jobs: ErasureJob[],
): Promise<void> {
  await erasures.sendBatch(
    jobs.flatMap((body) => [
      { body, delaySeconds: 1 },
      { body, delaySeconds: ERASE_AGAIN_SECONDS },
    ]),
  )
}

type Tools = Pick<Capabilities, 'db' | 'bucket' | 'uploads'>

/** The queue's consumer: each message for itself, so that one failure does not repeat the others. Idempotent. */
export async function consumeErasures(batch: MessageBatch<ErasureJob>, caps: Tools): Promise<void> {
  for (const message of batch.messages) {
    try {
      await erasePhoto(caps, message.body)
      message.ack()
    } catch (error) {
      logFailure({ what: 'erasure', cause: error }) // it will be tried again
      message.retry({ delaySeconds: backOff(message.attempts, 30) })
    }
  }
}

/**
 * Erases what is over: the upload once its photo is ready, and everything once the row is gone. Nothing of a pending
 * photo: its deletion failed and it is still somebody's, or is under way, and the later job will find the row gone.
 */
async function erasePhoto({ db, bucket, uploads }: Tools, job: ErasureJob): Promise<void> {
  const [row] = await db
    .select({ status: photos.status, secret: photos.uploadSecret })
    .from(photos)
    .where(eq(photos.id, job.photoId))
  if (row?.status === 'pending') return
  if (row) return uploads.delete(uploadKey(job, row.secret))
  const original = originalKey(job)
  await erasePrefix(uploads, `${original}/`) // what its last segment was, nobody knows any more
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

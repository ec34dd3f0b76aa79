import { eq } from 'drizzle-orm'
import { type AddressedJob, type AddressedTable, eraseAddressed } from '../accounts/addressed'
import type { LeaverJob } from '../accounts/leaving'
import type { Capabilities } from '../capabilities'
import { photos, users } from '../db/schema'
import { backOff } from '../lib/backoff'
import { logFailure } from '../lib/failures'
import { ERASE_AGAIN_SECONDS, originalKey, uploadKey } from '../renditions/keys'

/** Erase every object of a photo whose row is gone. */
export interface ErasureJob {
  userId: string
  photoId: string
}

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

type Tools = Pick<Capabilities, 'db' | 'bucket' | 'uploads' | 'erasures'>

/** What the queue brings. */
export type Erasure = ErasureJob | LeaverJob | AddressedJob

/**
 * The queue's consumer: each message for itself, so that one failure does not repeat the others. Idempotent.
 * @param tables of what is addressed to people
 */
export async function consumeErasures(
  messages: readonly Message<Erasure>[],
  caps: Tools,
  tables: readonly AddressedTable[],
): Promise<void> {
  for (const message of messages) {
    try {
      await erase(caps, message.body, tables)
      message.ack()
    } catch (error) {
      logFailure({ what: 'erasure', cause: error }) // it will be tried again
      message.retry({ delaySeconds: backOff(message.attempts, 30) })
    }
  }
}

function erase(caps: Tools, job: Erasure, tables: readonly AddressedTable[]): Promise<void> {
  if ('leaver' in job) return erasePerson(caps, job)
  if ('addressed' in job) return eraseAddressed(caps, { job, tables })
  return erasePhoto(caps, job)
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

/** Calls of `list` that one message makes, for each bucket: some 20,000 objects. The next message goes on. */
const LISTS = 20

/**
 * Erases all objects of somebody who left, in both buckets, a bounded part in each message. Nothing while their row
 * stands: leaving failed, or is under way, and the later job will find it gone.
 */
async function erasePerson({ db, bucket, uploads, erasures }: Tools, job: LeaverJob): Promise<void> {
  const rows = await db.select({ id: users.id }).from(users).where(eq(users.id, job.leaver))
  if (rows.length) return
  const prefix = `${job.leaver}/`
  const isDone = (await erasePrefix(uploads, prefix, LISTS)) && (await erasePrefix(bucket, prefix, LISTS))
  if (!isDone) await erasures.send(job)
}

/** @returns whether all are gone: false where they were more than `lists` calls tell of */
async function erasePrefix(
  bucket: R2Bucket,
  prefix: string,
  lists = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  for (let count = 0; count < lists; count++) {
    const { objects, truncated } = await bucket.list({ prefix, limit: 1000 })
    if (objects.length) await bucket.delete(objects.map((object) => object.key))
    if (!truncated) return true
  }
  return false
}

import { and, eq, inArray, lt, sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { inBatches, type Rest, restOf } from '../db/batches'
import { photos, uploadGrants } from '../db/schema'
import { HOUR, SECOND } from '../lib/time'
import { queueErasures } from '../photos/erase'
import { uploadKey } from '../renditions/keys'
import { UPLOAD_LIFE_SECONDS } from './presign'

/** Long past the life of an upload URL, so that an upload that is still being completed is not taken away. */
const ABANDONED_AFTER = UPLOAD_LIFE_SECONDS * SECOND + 6 * HOUR

/** Abandoned uploads in one run: 2,000, and 120 calls of the thousand that the platform may allow. */
const ABANDONED = { size: 50, steps: 40 }

const GRANTS = { size: 500, steps: 20 }

/** Objects that one run looks at: 2,000. */
const STRAYS = { size: 500, steps: 4 }

/** Ids that one query takes: D1 binds at most 100 values. */
const IDS = 90

/** Removes uploads that were never completed, and grants that no longer count. Idempotent. */
export async function cleanUpUploads(caps: Pick<Capabilities, 'db' | 'erasures' | 'now'>): Promise<Rest> {
  const { db, now } = caps
  const parts = [
    await inBatches(GRANTS, async (size) => {
      const { meta } = await db.run(
        sql`DELETE FROM ${uploadGrants} WHERE rowid IN (SELECT rowid FROM ${uploadGrants} WHERE ${lt(uploadGrants.createdAt, now - HOUR)} LIMIT ${size})`,
      )
      return meta.changes
    }),
    await inBatches(ABANDONED, async (size) => {
      const abandoned = await db
        .select({ userId: photos.userId, photoId: photos.id })
        .from(photos)
        .where(and(eq(photos.status, 'pending'), lt(photos.createdAt, now - ABANDONED_AFTER)))
        .limit(size)
      if (!abandoned.length) return 0
      await queueErasures(caps, abandoned)
      const ids = abandoned.map((upload) => upload.photoId)
      await db.delete(photos).where(and(inArray(photos.id, ids), eq(photos.status, 'pending')))
      return abandoned.length
    }),
  ]
  return restOf(parts)
}

/**
 * Removes what lies in the bucket of the uploads and belongs to no upload under way: a PUT that began in time may end
 * after its photo was deleted or completed, and after the jobs that erase its upload. One run looks at some of the
 * objects, and the next goes on behind them, once around. Where an hour is too short for that, the first run of the
 * next begins elsewhere, so that all are seen in time. Idempotent.
 * @param place what the run before left
 */
export async function cleanUpStrays(
  caps: Pick<Capabilities, 'db' | 'uploads' | 'now'>,
  place: Rest,
): Promise<Rest> {
  const { uploads, now } = caps
  const [start = '', from = ''] = place?.split(' ') ?? [placeFor(now), placeFor(now)]
  let startAfter = from // '': the beginning of the bucket
  const isDone = await inBatches(STRAYS, async (limit) => {
    const { objects, truncated } = await uploads.list({ limit, ...(startAfter && { startAfter }) })
    const strays = await findStrays(
      caps,
      objects.map((object) => object.key),
    )
    if (strays.length) await uploads.delete(strays)
    const isAround = startAfter < start
    const last = objects.at(-1)?.key
    if (isAround && (!truncated || !last || last >= start)) return 0
    startAfter = (truncated && last) || '' // from the end of the bucket to its beginning
    return limit
  })
  return isDone ? null : `${start} ${startAfter}`
}

/**
 * Where the run of an hour begins. Keys begin with a random id, so four hexadecimal digits divide them evenly, and
 * steps of the golden ratio leave no part out for long, however many objects there are.
 */
function placeFor(now: number): string {
  const turn = (Math.floor(now / HOUR) * 0.6180339887498949) % 1
  return Math.floor(turn * 0x10000)
    .toString(16)
    .padStart(4, '0')
}

async function findStrays({ db }: Pick<Capabilities, 'db'>, keys: string[]): Promise<string[]> {
  const wanted = new Set<string>()
  const ids = [...new Set(keys.map((key) => key.split('/')[1] ?? ''))]
  for (let at = 0; at < ids.length; at += IDS) {
    const rows = await db
      .select({ userId: photos.userId, photoId: photos.id, secret: photos.uploadSecret })
      .from(photos)
      .where(and(inArray(photos.id, ids.slice(at, at + IDS)), eq(photos.status, 'pending')))
    for (const { secret, ...photo } of rows) wanted.add(uploadKey(photo, secret))
  }
  return keys.filter((key) => !wanted.has(key))
}

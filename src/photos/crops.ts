import { and, eq, ne, type SQL, sql } from 'drizzle-orm'
import { writeWhere } from '../accounts/standing'
import { changeShown } from '../avatar/purge'
import type { Capabilities } from '../capabilities'
import { addresses, type Photo, photos, users } from '../db/schema'
import { Problem } from '../http/problems'
import type { CropBox } from './answers'
import { queueErasure } from './erase'
import { readFamily, showsFamily } from './family'

/** What changing a crop works with: what a key shows may change with it. */
export type CropDesk = Pick<Capabilities, 'db' | 'purges' | 'privacyPurges' | 'erasures'>

/** By how much a box may stand over the edge: what sums of rounded figures come to. */
const TOLERANCE = 1e-6

/**
 * Whether a box lies within a picture of that size, as people see it, and holds a pixel of it.
 * @param box `size` in parts of the shorter side
 */
export function isWithin(box: CropBox, { width, height }: { width: number; height: number }): boolean {
  const side = box.size * Math.min(width, height)
  const over = Math.max(box.x + side / width, box.y + side / height) - 1
  return side >= 1 - TOLERANCE && Math.min(box.x, box.y) >= 0 && over <= TOLERANCE
}

/**
 * Makes an uploaded crop the one of its photo, in place of the one before, whose objects go by queued jobs: one
 * transaction, so that where the photo is active there is never no picture. The crop takes over what its photo says of
 * itself. Of two at once, each is the photo's for a moment, and the later one stays.
 * @param values.ready what verifying the upload found
 * @throws Problem `not_found` where the crop, or its photo, is gone
 */
export async function adoptCrop(
  caps: CropDesk,
  values: { userId: string; photoId: string; cropId: string; ready: Partial<Photo> },
): Promise<void> {
  const { db } = caps
  const { userId, photoId, cropId, ready } = values
  await changeShown(caps, async () => {
    const { crops, keys, unmoved } = await readFamily(caps, { userId, photoId })
    const crop = crops.find(({ id }) => id === cropId)
    if (!crop) throw new Problem('not_found')
    if (crop.status === 'ready') return { keys: [], privacy: false, write: async () => true }
    const before = crops.find(({ status }) => status === 'ready')
    const others = and(
      eq(photos.cropOf, photoId),
      eq(photos.status, 'ready'),
      before && ne(photos.id, before.id),
    )
    const condition = and(
      unmoved,
      isPending(cropId),
      sql`NOT EXISTS (SELECT 1 FROM ${photos} WHERE ${others})`,
    )
    const ofPhoto = (column: SQL) =>
      sql`(SELECT ${column} FROM ${photos} AS whole WHERE whole.id = ${photoId})`
    return {
      keys,
      privacy: false,
      async write() {
        if (before) await queueErasure(caps, { userId, photoId: before.id })
        const written = await writeWhere(caps, condition, [
          ...turnTo(caps, { userId, photoId, face: cropId }, condition),
          // Before the new one is ready: a photo never has two.
          db.delete(photos).where(and(eq(photos.id, before?.id ?? ''), condition)),
          db
            .update(photos)
            .set({
              ...ready,
              status: 'ready',
              rating: ofPhoto(sql`whole.rating`),
              altText: ofPhoto(sql`whole.alt_text`),
            })
            .where(and(eq(photos.id, cropId), condition)),
        ])
        return written || null
      },
    }
  })
}

/**
 * Has the whole photo show again where its crop did. Idempotent. A crop whose upload is under way is not touched.
 * @throws Problem `not_found`, the same for another person's as for none
 */
export async function removeCrop(caps: CropDesk, values: { userId: string; photoId: string }): Promise<void> {
  const { db } = caps
  const { userId, photoId } = values
  await changeShown(caps, async () => {
    const { photo, keys, unmoved } = await readFamily(caps, values)
    const { crop } = photo
    if (!crop) return { keys: [], privacy: false, write: async () => true }
    const isThere = sql`EXISTS (SELECT 1 FROM ${photos} AS crop WHERE crop.id = ${crop.id})`
    const condition = and(unmoved, isThere)
    return {
      keys,
      privacy: false,
      async write() {
        await queueErasure(caps, { userId, photoId: crop.id })
        const written = await writeWhere(caps, condition, [
          ...turnTo(caps, { userId, photoId, face: photoId }, condition),
          db.delete(photos).where(and(eq(photos.id, crop.id), condition)),
        ])
        return written || null
      },
    }
  })
}

const isPending = (id: string) =>
  sql`EXISTS (SELECT 1 FROM ${photos} AS crop WHERE crop.id = ${id} AND crop.status = 'pending')`

/** Has whatever shows a photo or its crop show one of them. */
function turnTo(
  { db }: Pick<Capabilities, 'db'>,
  { userId, photoId, face }: { userId: string; photoId: string; face: string },
  condition: SQL | undefined,
) {
  const shown = { activePhotoId: face }
  return [
    db
      .update(users)
      .set(shown)
      .where(and(eq(users.id, userId), showsFamily(users.activePhotoId, photoId), condition)),
    db
      .update(addresses)
      .set(shown)
      .where(and(eq(addresses.userId, userId), showsFamily(addresses.activePhotoId, photoId), condition)),
  ]
}

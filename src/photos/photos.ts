import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { Db } from '../db/db'
import { type Photo, photos, type User, users } from '../db/schema'
import { Problem } from '../errors'
import { ERASE_AGAIN_SECONDS, type ErasureJob } from '../jobs/erase'

/** A photo as its owner sees it: `GET /api/photos/{id}`. */
export function toPhoto(photo: Photo, activePhotoId: string | null) {
  const { id, status, contentType, bytes, width, height, rating, altText, createdAt } = photo
  return {
    id,
    status,
    contentType,
    bytes,
    width,
    height,
    rating,
    altText,
    active: id === activePhotoId,
    createdAt,
  }
}

export type PhotoJson = ReturnType<typeof toPhoto>

/** The person's ready photos, newest first. */
export async function listPhotos(
  db: Db,
  values: { user: User; limit: number; cursor: { createdAt: number; id: string } | null },
): Promise<{ items: PhotoJson[]; next: { createdAt: number; id: string } | null }> {
  const { user, limit, cursor } = values
  const before = cursor
    ? or(
        lt(photos.createdAt, cursor.createdAt),
        and(eq(photos.createdAt, cursor.createdAt), lt(photos.id, cursor.id)),
      )
    : undefined
  const rows = await db
    .select()
    .from(photos)
    .where(and(eq(photos.userId, user.id), eq(photos.status, 'ready'), before))
    .orderBy(desc(photos.createdAt), desc(photos.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => toPhoto(row, user.activePhotoId)),
    next: last ? { createdAt: last.createdAt, id: last.id } : null,
  }
}

/**
 * The person's own photo, pending or ready.
 * @throws Problem `not_found`, the same for another person's as for none
 */
export async function readPhoto(db: Db, values: { userId: string; photoId: string }): Promise<Photo> {
  const [photo] = await db
    .select()
    .from(photos)
    .where(and(eq(photos.id, values.photoId), eq(photos.userId, values.userId)))
  if (!photo) throw new Problem('not_found')
  return photo
}

/**
 * Changes what is given and returns the photo after it.
 * @throws Problem `not_found`
 */
export async function updatePhoto(
  db: Db,
  values: { userId: string; photoId: string } & Partial<Pick<Photo, 'altText' | 'rating'>>,
): Promise<Photo> {
  const { userId, photoId, ...changes } = values
  if (Object.keys(changes).length) {
    await db
      .update(photos)
      .set(changes)
      .where(and(eq(photos.id, photoId), eq(photos.userId, userId)))
  }
  return readPhoto(db, { userId, photoId })
}

/**
 * Makes a ready photo the picture that shows everywhere, or none with null: one atomic statement.
 * @throws Problem `not_found`, `photo_not_ready`
 */
export async function activatePhoto(
  db: Db,
  values: { userId: string; photoId: string | null },
): Promise<User> {
  const { userId, photoId } = values
  const result = await db.$client
    .prepare(
      `UPDATE users SET active_photo_id = ?1 WHERE id = ?2 AND (?1 IS NULL OR EXISTS
       (SELECT 1 FROM photos WHERE id = ?1 AND user_id = ?2 AND status = 'ready'))`,
    )
    .bind(photoId, userId)
    .run()
  if (!result.meta.changes && photoId) {
    await readPhoto(db, { userId, photoId })
    throw new Problem('photo_not_ready')
  }
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw new Problem('unauthenticated')
  return user
}

/**
 * Deletes a photo: its row now, its objects by two queued jobs, soon and once more past the life of any upload
 * address and write-back. The jobs are queued first and do nothing while the row stands, so a failure on either
 * side leaves a whole photo or none.
 * @throws Problem `not_found`
 */
export async function deletePhoto(
  db: Db,
  erasures: Queue<ErasureJob>,
  values: { userId: string; photoId: string },
): Promise<void> {
  const { userId, photoId } = values
  await readPhoto(db, { userId, photoId })
  await queueErasure(erasures, { userId, photoId })
  await db.delete(photos).where(and(eq(photos.id, photoId), eq(photos.userId, userId)))
}

/** Queues both erasures of a photo whose row is about to go. */
export async function queueErasure(erasures: Queue<ErasureJob>, job: ErasureJob): Promise<void> {
  await erasures.sendBatch([
    { body: job, delaySeconds: 1 },
    { body: job, delaySeconds: ERASE_AGAIN_SECONDS },
  ])
}

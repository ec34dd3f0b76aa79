import { and, desc, eq, exists, lt, or, sql } from 'drizzle-orm'
import { keysOf, queuePurge } from '../avatar/purge'
import type { Capabilities } from '../capabilities'
import { type Photo, photos, type User, users } from '../db/schema'
import { Problem } from '../http/problems'
import { queueErasure } from './erase'
import type { PhotoJson } from './schemas'

type Db = Pick<Capabilities, 'db'>

/** What changing a photo works with: what a key shows may change with it. */
type Desk = Pick<Capabilities, 'db' | 'purges' | 'erasures'>

/** A photo as its owner sees it: `GET /api/photos/{id}`. */
export function toPhoto(photo: Photo, activePhotoId: string | null): PhotoJson {
  const { id, status, contentType, bytes, width, height, rating, altText, fileName, createdAt } = photo
  const active = id === activePhotoId
  return { id, status, contentType, bytes, width, height, rating, altText, fileName, active, createdAt }
}

/**
 * The person's ready photos, newest first.
 * @param values.md5 hexadecimal: only those of exactly these bytes
 */
export async function listPhotos(
  { db }: Db,
  values: { user: User; limit: number; cursor: { createdAt: number; id: string } | null; md5?: string },
): Promise<{ items: PhotoJson[]; next: { createdAt: number; id: string } | null }> {
  const { user, limit, cursor, md5 } = values
  const before = cursor
    ? or(
        lt(photos.createdAt, cursor.createdAt),
        and(eq(photos.createdAt, cursor.createdAt), lt(photos.id, cursor.id)),
      )
    : undefined
  const rows = await db
    .select()
    .from(photos)
    .where(
      and(
        eq(photos.userId, user.id),
        eq(photos.status, 'ready'),
        md5 === undefined ? undefined : eq(photos.etag, md5.toLowerCase()),
        before,
      ),
    )
    .orderBy(desc(photos.createdAt), desc(photos.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => toPhoto(row, user.activePhotoId)),
    next: last ? { createdAt: last.createdAt, id: last.id } : null,
  }
}

/** The person's ready photo of exactly these bytes, by their MD5 in lower-case hexadecimal; null where there is none. */
export async function findTwin({ db }: Db, values: { userId: string; md5: string }): Promise<Photo | null> {
  const [photo] = await db
    .select()
    .from(photos)
    .where(and(eq(photos.userId, values.userId), eq(photos.etag, values.md5), eq(photos.status, 'ready')))
    .limit(1)
  return photo ?? null
}

/**
 * The person's own photo, pending or ready.
 * @throws Problem `not_found`, the same for another person's as for none
 */
export async function readPhoto({ db }: Db, values: { userId: string; photoId: string }): Promise<Photo> {
  const [photo] = await db
    .select()
    .from(photos)
    .where(and(eq(photos.id, values.photoId), eq(photos.userId, values.userId)))
  if (!photo) throw new Problem('not_found')
  return photo
}

/**
 * Changes what is given and returns the photo after it. Of the active photo, everything is public.
 * @throws Problem `not_found`
 */
export async function updatePhoto(
  caps: Desk,
  values: { user: User; photoId: string } & Partial<Pick<Photo, 'altText' | 'rating'>>,
): Promise<Photo> {
  const { db } = caps
  const { user, photoId, ...changes } = values
  const photo = await readPhoto(caps, { userId: user.id, photoId })
  const { altText = photo.altText, rating = photo.rating } = changes
  if (altText !== photo.altText || rating !== photo.rating) {
    if (photoId === user.activePhotoId) await queuePurge(caps, keysOf(user))
    await db
      .update(photos)
      .set({ altText, rating })
      .where(and(eq(photos.id, photoId), eq(photos.userId, user.id)))
  }
  return readPhoto(caps, { userId: user.id, photoId })
}

/**
 * Makes a ready photo the picture that shows everywhere, or none with null: one atomic statement.
 * @throws Problem `not_found`, `photo_not_ready`
 */
export async function activatePhoto(
  caps: Desk,
  values: { user: User; photoId: string | null },
): Promise<User> {
  const { db } = caps
  const { user, photoId } = values
  // Looked at before anything is queued: what cannot change anything must not cost a purge.
  if (photoId !== null && (await readPhoto(caps, { userId: user.id, photoId })).status !== 'ready') {
    throw new Problem('photo_not_ready')
  }
  await queuePurge(caps, keysOf(user))
  const [changed] = await db
    .update(users)
    .set({ activePhotoId: photoId })
    .where(
      and(
        eq(users.id, user.id),
        photoId === null
          ? undefined
          : exists(
              db
                .select({ one: sql`1` })
                .from(photos)
                .where(and(eq(photos.id, photoId), eq(photos.userId, user.id), eq(photos.status, 'ready'))),
            ),
      ),
    )
    .returning()
  if (changed) return changed
  throw new Problem(photoId === null ? 'unauthenticated' : 'not_found') // gone since it was looked at
}

/**
 * Deletes a photo: its row now, its objects by two queued jobs, soon and once more past the life of any upload
 * URL and write-back. The jobs are queued first and do nothing while the row stands, so a failure on either
 * side leaves a whole photo or none.
 * @throws Problem `not_found`
 */
export async function deletePhoto(caps: Desk, values: { user: User; photoId: string }): Promise<void> {
  const { db } = caps
  const { user, photoId } = values
  await readPhoto(caps, { userId: user.id, photoId })
  if (photoId === user.activePhotoId) await queuePurge(caps, keysOf(user))
  await queueErasure(caps, { userId: user.id, photoId })
  await db.delete(photos).where(and(eq(photos.id, photoId), eq(photos.userId, user.id)))
}

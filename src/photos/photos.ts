import { and, count, desc, eq, lt, or, sql } from 'drizzle-orm'
import { type Person, readPerson } from '../accounts/person'
import { areStill, hasPublicKey, isReady, readStanding, writeWhere } from '../accounts/standing'
import { changeShown, keysOf } from '../avatar/purge'
import type { Capabilities } from '../capabilities'
import { addresses, type Photo, photos, type User, users } from '../db/schema'
import { Problem } from '../http/problems'
import { pickChanges } from '../lib/changes'
import type { PhotoJson } from './answers'
import { queueErasure } from './erase'

type Db = Pick<Capabilities, 'db'>

/** What changing a photo works with: what a key shows may change with it. */
type Desk = Pick<Capabilities, 'db' | 'purges' | 'privacyPurges' | 'erasures'>

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
  values: {
    user: Pick<User, 'id' | 'activePhotoId'>
    limit: number
    cursor: { createdAt: number; id: string } | null
    md5?: string
  },
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

/** How many ready photos a person has, and how large their originals are together in bytes. */
export async function measurePhotos(
  { db }: Db,
  values: { userId: string },
): Promise<{ photos: number; bytes: number }> {
  const [row] = await db
    .select({ photos: count(), bytes: sql<number>`coalesce(sum(${photos.bytes}), 0)` })
    .from(photos)
    .where(and(eq(photos.userId, values.userId), eq(photos.status, 'ready')))
  return row ?? { photos: 0, bytes: 0 }
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
 * Changes what is given, that alone, and returns the photo after it. Of the active photo, everything is public.
 * @throws Problem `not_found`
 */
export async function updatePhoto(
  caps: Desk,
  values: { user: Pick<User, 'id'>; photoId: string } & Partial<Pick<Photo, 'altText' | 'rating'>>,
): Promise<Photo> {
  const { user, photoId, ...given } = values
  return changeShown(caps, async () => {
    const { photo, keys, unmoved } = await lookAt(caps, { userId: user.id, photoId })
    const changes = pickChanges(photo, given)
    if (!changes) return { keys: [], privacy: false, write: async () => photo }
    return {
      keys,
      privacy: false,
      write: async () => (await caps.db.update(photos).set(changes).where(unmoved).returning())[0] ?? null,
    }
  })
}

/**
 * Makes a ready photo the picture of the account, or none with null: what the public key shows and every address that
 * follows. All or nothing.
 * @throws Problem `not_found`, `photo_not_ready`
 */
export async function activatePhoto(
  caps: Desk,
  values: { user: Pick<User, 'id'>; photoId: string | null },
): Promise<Person> {
  const { db } = caps
  const { photoId } = values
  const userId = values.user.id
  await changeShown(caps, async () => {
    // Looked at before anything is queued: what cannot change anything must not cost a purge.
    if (photoId !== null && (await readPhoto(caps, { userId, photoId })).status !== 'ready') {
      throw new Problem('photo_not_ready')
    }
    const { user, addresses: all } = await readStanding(caps, { userId })
    if (user.activePhotoId === photoId) return { keys: [], privacy: false, write: async () => true }
    const following = all.filter(({ follows }) => follows)
    const follow = and(eq(addresses.userId, userId), eq(addresses.follows, true))
    const condition = and(
      hasPublicKey(caps, user),
      areStill(following, follow),
      photoId === null ? undefined : isReady(caps, { userId, photoId }),
    )
    const shown = { activePhotoId: photoId }
    return {
      keys: keysOf(following, user),
      privacy: photoId === null,
      write: async () =>
        (await writeWhere(caps, condition, [
          db
            .update(users)
            .set(shown)
            .where(and(eq(users.id, userId), condition)),
          db.update(addresses).set(shown).where(and(follow, condition)),
        ])) || null,
    }
  })
  return readPerson(caps, { userId })
}

/**
 * Deletes a photo: its row now, its objects by two queued jobs, soon and once more past the life of any upload
 * URL and write-back. The jobs are queued first and do nothing while the row stands, so a failure on either
 * side leaves a whole photo or none.
 * @throws Problem `not_found`
 */
export async function deletePhoto(
  caps: Desk,
  values: { user: Pick<User, 'id'>; photoId: string },
): Promise<void> {
  const { db } = caps
  const ref = { userId: values.user.id, photoId: values.photoId }
  await changeShown(caps, async () => {
    const { keys, unmoved } = await lookAt(caps, ref)
    return {
      keys,
      privacy: true,
      write: async () => {
        await queueErasure(caps, ref)
        return (await db.delete(photos).where(unmoved).returning({ id: photos.id }))[0] ?? null
      },
    }
  })
}

/**
 * A photo, the keys that show it, and the condition that both still stand: what is decided by them may be written
 * only under it.
 * @throws Problem `not_found`
 */
async function lookAt(caps: Db, values: { userId: string; photoId: string }) {
  const { userId, photoId } = values
  const [photo, { user, addresses: all }] = await Promise.all([
    readPhoto(caps, values),
    readStanding(caps, { userId }),
  ])
  const showing = all.filter((address) => address.activePhotoId === photoId)
  const isActive = user.activePhotoId === photoId
  const unmoved = and(
    eq(photos.id, photoId),
    eq(photos.userId, userId),
    areStill(showing, eq(addresses.activePhotoId, photoId)),
    isActive ? hasPublicKey(caps, user) : undefined,
    sql`(SELECT ${users.activePhotoId} IS ${photoId} FROM ${users} WHERE ${users.id} = ${userId}) = ${isActive}`,
  )
  return { photo, keys: keysOf(showing, isActive ? user : undefined), unmoved }
}

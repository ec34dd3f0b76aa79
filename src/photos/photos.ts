import { and, desc, eq, sql } from 'drizzle-orm'
import { type Person, readPerson } from '../accounts/person'
import { areStill, hasPublicKey, isFace, readFace, readStanding, writeWhere } from '../accounts/standing'
import { changeShown, keysOf } from '../avatar/purge'
import type { Capabilities } from '../capabilities'
import { addresses, type Photo, photos, type User, users } from '../db/schema'
import { pickChanges } from '../lib/changes'
import type { PhotoJson } from './answers'
import { queueErasures } from './erase'
import { findOwn, isOfFamily, readFamily } from './family'
import { isOlder, type PhotoOrder, type Place, placeOf, SORTED_BY } from './order'
import { isListed, type OwnPhoto, onlookerOf, selectOwn, toPhoto } from './own'

type Db = Pick<Capabilities, 'db'>

/** Photos whose erasure is queued at once. */
const BATCH = 50

/** What changing a photo works with: what a key shows may change with it. */
type Desk = Pick<Capabilities, 'db' | 'purges' | 'privacyPurges' | 'erasures'>

/**
 * The person's ready photos, newest first.
 * @param values.md5 hexadecimal: only those of exactly these bytes
 * @param values.cursor a place in the same order
 */
export async function listPhotos(
  caps: Pick<Capabilities, 'db' | 'origin'>,
  values: {
    user: Pick<Person, 'id' | 'activePhotoId'>
    limit: number
    cursor: Place | null
    md5?: string | undefined
    order?: PhotoOrder | undefined
  },
): Promise<{ items: PhotoJson[]; next: Place | null }> {
  const { user, limit, cursor, md5, order = 'created' } = values
  const rows = await selectOwn(caps)
    .where(
      and(
        eq(photos.userId, user.id),
        isListed,
        md5 === undefined ? undefined : eq(photos.etag, md5.toLowerCase()),
        cursor ? isOlder(cursor, order) : undefined,
      ),
    )
    .orderBy(desc(SORTED_BY[order]), desc(photos.id))
    .limit(limit + 1)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  const onlooker = onlookerOf(user, caps)
  return {
    items: rows.slice(0, limit).map((row) => toPhoto(row, onlooker)),
    next: last ? placeOf(last, order) : null,
  }
}

/** How many ready photos a person has, and how large their originals are together in bytes, those of crops too. */
export async function measurePhotos(
  { db }: Db,
  values: { userId: string },
): Promise<{ photos: number; bytes: number }> {
  const [row] = await db
    .select({
      photos: sql<number>`count(*) FILTER (WHERE ${photos.cropOf} IS NULL)`,
      bytes: sql<number>`coalesce(sum(${photos.bytes}), 0)`,
    })
    .from(photos)
    .where(and(eq(photos.userId, values.userId), eq(photos.status, 'ready')))
  return row ?? { photos: 0, bytes: 0 }
}

/** The person's ready photo of exactly these bytes, by their MD5 in lower-case hexadecimal; null where there is none. */
export async function findTwin(caps: Db, values: { userId: string; md5: string }): Promise<OwnPhoto | null> {
  const [photo] = await selectOwn(caps)
    .where(and(eq(photos.userId, values.userId), eq(photos.etag, values.md5), isListed))
    .limit(1)
  return photo ?? null
}

/**
 * Changes what is given, that alone, and returns the photo after it. Of the active photo, everything is public. Its crop
 * says the same, for that is what shows.
 * @throws Problem `not_found`
 */
export async function updatePhoto(
  caps: Desk,
  values: { user: Pick<User, 'id'>; photoId: string } & Partial<Pick<Photo, 'altText' | 'rating'>>,
): Promise<OwnPhoto> {
  const { user, photoId, ...given } = values
  return changeShown(caps, async () => {
    const { photo, keys, unmoved } = await readFamily(caps, { userId: user.id, photoId })
    const mine = and(isOfFamily(photoId), eq(photos.userId, user.id))
    const changes = pickChanges(photo, given)
    if (!changes) return { keys: [], privacy: false, write: async () => photo }
    return {
      keys,
      privacy: false,
      write: async () =>
        findOwn(await caps.db.update(photos).set(changes).where(and(mine, unmoved)).returning(), photoId),
    }
  })
}

/**
 * Makes a ready photo the picture of the account, or none with null: what the public key shows and every address that
 * follows. Where it has a crop, that is what shows. All or nothing.
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
    const face = photoId === null ? null : await readFace(caps, { userId, photoId })
    const { user, addresses: all } = await readStanding(caps, { userId })
    if (user.activePhotoId === face) return { keys: [], privacy: false, write: async () => true }
    const following = all.filter(({ follows }) => follows)
    const follow = and(eq(addresses.userId, userId), eq(addresses.follows, true))
    const condition = and(
      hasPublicKey(caps, user),
      areStill(following, follow),
      photoId === null || face === null ? undefined : isFace(caps, { userId, photoId, face }),
    )
    const shown = { activePhotoId: face }
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
 * Deletes a photo and what was cut from it: the rows now, the objects by two queued jobs each, soon and once more past
 * the life of any upload URL and write-back. The jobs are queued first and do nothing while the row stands, so a failure on either
 * side leaves a whole photo or none.
 * @throws Problem `not_found`
 */
export async function deletePhoto(
  caps: Desk,
  values: { user: Pick<User, 'id'>; photoId: string },
): Promise<void> {
  const { db } = caps
  const { user, photoId } = values
  const userId = user.id
  await changeShown(caps, async () => {
    const { crops, keys, unmoved } = await readFamily(caps, { userId, photoId })
    const ids = crops.map(({ id }) => id).toSorted()
    // A crop that was begun meanwhile would leave its objects behind.
    const areAll = sql`(SELECT json_group_array(crop.id ORDER BY crop.id) FROM ${photos} AS crop WHERE crop.crop_of = ${photoId}) = ${JSON.stringify(ids)}`
    const mine = and(eq(photos.id, photoId), eq(photos.userId, userId))
    return {
      keys,
      privacy: true,
      write: async () => {
        for (let at = 0; at <= ids.length; at += BATCH) {
          const some = [photoId, ...ids].slice(at, at + BATCH)
          await queueErasures(
            caps,
            some.map((id) => ({ userId, photoId: id })),
          )
        }
        const gone = await db
          .delete(photos)
          .where(and(mine, unmoved, areAll))
          .returning({ id: photos.id })
        return gone[0] ?? null
      },
    }
  })
}

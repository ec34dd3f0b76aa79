import { and, eq, or } from 'drizzle-orm'
import { isContactOf, SOMEBODY } from '../accounts/names'
import { isPrimaryOfUser } from '../accounts/person'
import type { Capabilities } from '../capabilities'
import { addresses, contacts, photos, users } from '../db/schema'
import { Problem } from '../http/problems'
import { isShownTo } from './access'
import type { PhotoJson, SeenPhotoJson } from './answers'
import { toPhoto } from './photos'

const { id, userId, width, height, altText, createdAt } = photos

/**
 * What a query selects of photos for others than their owner: no type, size, rating or name of the file. From `photos`,
 * joined with `users` on `isOwner`, `addresses` on `isPrimaryOfUser` and, left, `contacts` on `isContactOf`.
 */
export const seenColumns = {
  ...{ id, userId, width, height, altText, createdAt },
  ownerHash: addresses.hash,
  ownerName: users.displayName,
  contactName: contacts.name,
}

export const isOwner = eq(users.id, photos.userId)

/** A row of `seenColumns`, as whoever asked is told of it. Who shows somebody a photo may be known by name to them. */
export function toSeenPhoto(
  row: {
    [name in keyof typeof seenColumns]: (typeof seenColumns)[name]['_']['data'] | null
  },
): SeenPhotoJson {
  const { ownerHash, ownerName, contactName, ...photo } = row
  const name = contactName || ownerName || SOMEBODY
  return { ...(photo as Omit<SeenPhotoJson, 'owner'>), owner: { hash: ownerHash ?? '', name } }
}

/**
 * A photo as whoever asks may know it: their own with all that is its, pending too; another's as a seen photo.
 * @throws Problem `not_found`, the same for one that they may not see as for none
 */
export async function readAnyPhoto(
  { db }: Pick<Capabilities, 'db'>,
  values: { viewer: { id: string; activePhotoId: string | null }; photoId: string },
): Promise<PhotoJson | SeenPhotoJson> {
  const { viewer, photoId } = values
  const mine = eq(photos.userId, viewer.id)
  const [row] = await db
    .select({ photo: photos, seen: seenColumns })
    .from(photos)
    .innerJoin(users, isOwner)
    .innerJoin(addresses, isPrimaryOfUser)
    .leftJoin(contacts, isContactOf(viewer.id))
    .where(and(eq(photos.id, photoId), or(mine, and(eq(photos.status, 'ready'), isShownTo(viewer.id)))))
  if (!row) throw new Problem('not_found')
  return row.photo.userId === viewer.id ? toPhoto(row.photo, viewer.activePhotoId) : toSeenPhoto(row.seen)
}

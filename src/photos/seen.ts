import { and, eq, or } from 'drizzle-orm'
import { isContactOf, SOMEBODY } from '../accounts/names'
import { isPrimaryOfUser } from '../accounts/person'
import type { Capabilities } from '../capabilities'
import { addresses, contacts, photos, users } from '../db/schema'
import { Problem } from '../http/problems'
import { isShownTo } from './access'
import type { PhotoJson, SeenPhotoJson } from './answers'
import { cropColumns, crops, isCrop, isWhole, onlookerOf, toPhoto } from './own'
import { seenPicturesOf } from './pictures'

const { id, userId, width, height, altText, standIn, createdAt } = photos

/**
 * What a query selects of photos for others than their owner: no type, size, rating or name of the file. From `photos`,
 * joined with `users` on `isOwner`, `addresses` on `isPrimaryOfUser` and, left, `contacts` on `isContactOf`.
 */
export const seenColumns = {
  ...{ id, userId, width, height, altText, standIn, createdAt },
  ownerHash: addresses.hash,
  ownerName: users.displayName,
  contactName: contacts.name,
}

export const isOwner = eq(users.id, photos.userId)

/**
 * A row of `seenColumns`, as whoever asked is told of it. Who shows somebody a photo may be known by name to them.
 * @param origin of absolute addresses
 */
export function toSeenPhoto(
  row: {
    [name in keyof typeof seenColumns]: (typeof seenColumns)[name]['_']['data'] | null
  },
  { origin }: Pick<Capabilities, 'origin'>,
): SeenPhotoJson {
  const { ownerHash, ownerName, contactName, ...rest } = row
  const photo = rest as Omit<SeenPhotoJson, 'owner' | 'pictures'>
  const name = contactName || ownerName || SOMEBODY
  const { createdAt, ...shown } = photo
  const pictures = seenPicturesOf(photo, origin)
  return { ...shown, pictures, createdAt, owner: { hash: ownerHash ?? '', name } }
}

/**
 * A photo as whoever asks may know it: their own with all that is its, pending too; another's as a seen photo.
 * @throws Problem `not_found`, the same for one that they may not see as for none
 */
export async function readAnyPhoto(
  caps: Pick<Capabilities, 'db' | 'origin'>,
  values: { viewer: { id: string; activePhotoId: string | null }; photoId: string },
): Promise<PhotoJson | SeenPhotoJson> {
  const { viewer, photoId } = values
  const mine = eq(photos.userId, viewer.id)
  const [row] = await caps.db
    .select({ photo: photos, crop: cropColumns, seen: seenColumns })
    .from(photos)
    .leftJoin(crops, isCrop)
    .innerJoin(users, isOwner)
    .innerJoin(addresses, isPrimaryOfUser)
    .leftJoin(contacts, isContactOf(viewer.id))
    .where(
      and(
        ...[eq(photos.id, photoId), isWhole],
        or(mine, and(eq(photos.status, 'ready'), isShownTo(viewer.id))),
      ),
    )
  if (!row) throw new Problem('not_found')
  const { photo, crop, seen } = row
  return photo.userId === viewer.id
    ? toPhoto({ ...photo, crop }, onlookerOf(viewer, caps))
    : toSeenPhoto(seen, caps)
}

import { and, eq } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { type Photo, photos } from '../db/schema'

/** What the owner gets: everything, the original bytes too. */
export interface OwnerSight {
  as: 'owner'
  photo: Photo
}

/** What anybody else gets: renditions, and of the row no more than these are made from. */
export interface ViewerSight {
  as: 'viewer'
  photo: Pick<Photo, 'id' | 'userId' | 'width' | 'height' | 'transparent'>
}

/** A closed union: what serves the original takes an OwnerSight alone, so the compiler refuses everybody else's. */
export type Sight = OwnerSight | ViewerSight

/**
 * Whether somebody may see a photo, and as what; null for "not yours" and "not there" alike.
 * The owner alone, for now, and only once it is ready.
 */
export async function findVisiblePhoto(
  { db }: Pick<Capabilities, 'db'>,
  values: { ownerId: string; photoId: string; viewerId: string | null },
): Promise<Sight | null> {
  if (values.viewerId !== values.ownerId) return null
  const [photo] = await db
    .select()
    .from(photos)
    .where(and(eq(photos.id, values.photoId), eq(photos.userId, values.ownerId), eq(photos.status, 'ready')))
  return photo ? { photo, as: 'owner' } : null
}

import { and, eq } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { type Photo, photos } from '../db/schema'

export interface Sight {
  photo: Photo
  /** What the viewer gets: the owner the original bytes, everybody else renditions. */
  as: 'owner'
}

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

import { and, asc, desc, eq, gt, lt, or } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { type Photo, photos } from '../db/schema'

/** The ids of the photos beside one in a list, null at its ends. The list is newest first. */
export interface Neighbours {
  previous: string | null
  next: string | null
}

/** What stands beside a photo among its owner's ready ones. Two steps along the index, however many there are. */
export async function findNeighbours(
  { db }: Pick<Capabilities, 'db'>,
  { userId, id, createdAt }: Pick<Photo, 'userId' | 'id' | 'createdAt'>,
): Promise<Neighbours> {
  const mine = and(eq(photos.userId, userId), eq(photos.status, 'ready'))
  const newer = or(gt(photos.createdAt, createdAt), and(eq(photos.createdAt, createdAt), gt(photos.id, id)))
  const older = or(lt(photos.createdAt, createdAt), and(eq(photos.createdAt, createdAt), lt(photos.id, id)))
  const [[before], [after]] = await db.batch([
    db
      .select({ id: photos.id })
      .from(photos)
      .where(and(mine, newer))
      .orderBy(asc(photos.createdAt), asc(photos.id))
      .limit(1),
    db
      .select({ id: photos.id })
      .from(photos)
      .where(and(mine, older))
      .orderBy(desc(photos.createdAt), desc(photos.id))
      .limit(1),
  ])
  return { previous: before?.id ?? null, next: after?.id ?? null }
}

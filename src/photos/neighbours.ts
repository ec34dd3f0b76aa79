import { and, asc, desc, eq, type SQL } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { photos } from '../db/schema'
import { type Dated, isNewer, isOlder, type PhotoOrder, placeOf, SORTED_BY } from './order'
import { isListed } from './own'

/** The ids of the photos beside one in a list, null at its ends. The list is newest first. */
export interface Neighbours {
  previous: string | null
  next: string | null
}

/** What stands beside a photo among its owner's ready ones. Two steps along the index, however many there are. */
export async function findNeighbours(
  { db }: Pick<Capabilities, 'db'>,
  { userId, photo, order = 'created' }: { userId: string; photo: Dated; order?: PhotoOrder },
): Promise<Neighbours> {
  const place = placeOf(photo, order)
  const by = SORTED_BY[order]
  const step = (such: SQL | undefined) =>
    db
      .select({ id: photos.id })
      .from(photos)
      .where(and(eq(photos.userId, userId), isListed, such))
      .limit(1)
  const [[before], [after]] = await db.batch([
    step(isNewer(place, order)).orderBy(asc(by), asc(photos.id)),
    step(isOlder(place, order)).orderBy(desc(by), desc(photos.id)),
  ])
  return { previous: before?.id ?? null, next: after?.id ?? null }
}

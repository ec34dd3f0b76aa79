import { type SQL, sql } from 'drizzle-orm'
import { type Photo, photos } from '../db/schema'

/** What a list of one's photos goes by, newest first: when they came, or when they were taken as far as that is known. */
export type PhotoOrder = 'created' | 'taken'

/** By what each order sorts, in milliseconds, as its index has it. */
export const SORTED_BY = {
  created: sql<number>`${photos.createdAt}`,
  taken: sql<number>`coalesce(${photos.takenAt}, ${photos.createdAt})`,
} satisfies Record<PhotoOrder, SQL>

/** A place in an order: a time and an id, as the cursor of a list has them. */
export interface Place {
  createdAt: number
  id: string
}

export function placeOf({ id, createdAt, takenAt }: Dated, order: PhotoOrder): Place {
  return { createdAt: order === 'taken' ? (takenAt ?? createdAt) : createdAt, id }
}
export type Dated = Pick<Photo, 'id' | 'createdAt' | 'takenAt'>

/**
 * What stands behind a place. SQLite finds the place in the index by the first comparison, for the second one does not
 * lead it to an expression, and reads on from there.
 */
export function isOlder({ createdAt, id }: Place, order: PhotoOrder): SQL {
  const by = SORTED_BY[order]
  return sql`${by} <= ${createdAt} AND (${by}, ${photos.id}) < (${createdAt}, ${id})`
}

/** What stands before it. */
export function isNewer({ createdAt, id }: Place, order: PhotoOrder): SQL {
  const by = SORTED_BY[order]
  return sql`${by} >= ${createdAt} AND (${by}, ${photos.id}) > (${createdAt}, ${id})`
}

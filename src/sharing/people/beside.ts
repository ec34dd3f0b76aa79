import { type SQL, sql } from 'drizzle-orm'
import { hasBlocked } from '../../accounts/holder'
import { isMine } from '../../accounts/mine'
import type { Capabilities } from '../../capabilities'
import { addresses, photoShares } from '../../db/schema'
import type { Neighbours } from '../../photos/neighbours'

/** What stands beside a photo among those that are shared with somebody, and since when it is shared. */
interface Beside extends Neighbours {
  sharedAt: number
}

/**
 * What stands beside a photo in the list of those that others have shared with a person directly, as `listShared`
 * orders them. null for a photo that is not in it. Two steps along the index for each of their hashes.
 */
export async function findBesideShared(
  { db }: Pick<Capabilities, 'db'>,
  values: { userId: string; photoId: string },
): Promise<Beside | null> {
  const { userId, photoId } = values
  const [here] = await db.all<{ sharedAt: number | null }>(
    sql`SELECT max(created_at) AS sharedAt FROM ${photoShares} WHERE photo_id = ${photoId} AND ${isMine(userId, sql`person_hash`)}`,
  )
  const sharedAt = here?.sharedAt
  if (sharedAt === null || sharedAt === undefined) return null
  const place = sql`${sharedAt}, ${photoId}`
  const [previous, next] = await Promise.all([
    db.all<{ id: string }>(step(userId, { isBeyond: sql`> (${place})`, order: sql`ASC` })),
    db.all<{ id: string }>(step(userId, { isBeyond: sql`< (${place})`, order: sql`DESC` })),
  ])
  return { sharedAt, previous: previous[0]?.id ?? null, next: next[0]?.id ?? null }
}

/** The nearest share beyond a place: the nearest of each hash, and of these the first. Each photo counts by its newest share. */
function step(userId: string, { isBeyond, order }: { isBeyond: SQL; order: SQL }): SQL {
  const newer = sql`SELECT 1 FROM ${photoShares} AS newer WHERE newer.photo_id = share.photo_id AND ${isMine(userId, sql`newer.person_hash`)} AND (newer.created_at, newer.person_hash) > (share.created_at, share.person_hash)`
  const nearest = sql`SELECT share.rowid FROM ${photoShares} AS share WHERE share.person_hash = mine.hash AND (share.created_at, share.photo_id) ${isBeyond} AND NOT EXISTS (${newer}) AND NOT ${hasBlocked(userId, sql`(SELECT user_id FROM photos WHERE photos.id = share.photo_id)`)} ORDER BY share.created_at ${order}, share.photo_id ${order} LIMIT 1`
  return sql`WITH mine (hash) AS (
      SELECT hash FROM ${addresses} WHERE user_id = ${userId}
      UNION SELECT hash_alias FROM ${addresses} WHERE user_id = ${userId} AND hash_alias IS NOT NULL
    )
    SELECT found.photo_id AS id FROM mine CROSS JOIN ${photoShares} AS found ON found.rowid = (${nearest})
    ORDER BY found.created_at ${order}, found.photo_id ${order} LIMIT 1`
}

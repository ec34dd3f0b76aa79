import { and, eq, ne, not, type SQL, sql } from 'drizzle-orm'
import { hasBlocked } from '../../accounts/holder'
import { isMine } from '../../accounts/mine'
import { isContactOf } from '../../accounts/names'
import { isPrimaryOfUser } from '../../accounts/person'
import type { Capabilities } from '../../capabilities'
import { addresses, contacts, photoShares, photos, users } from '../../db/schema'
import { isOwner, seenColumns, toSeenPhoto } from '../../photos/seen'
import type { SharedPhotoJson } from './answers'

/** A share in the order of the list: by time, and those of one moment by their photos. */
interface Place {
  /** Milliseconds. */
  createdAt: number
  /** Of the photo. */
  id: string
}

/** Before the newest share there is. */
const START: Place = { createdAt: Number.MAX_SAFE_INTEGER, id: '' }

/**
 * The photos that others have shared with a person directly, by any of their addresses, newest share first, each once.
 * Not of whom they block.
 */
export async function listShared(
  caps: Pick<Capabilities, 'db' | 'origin'>,
  values: { userId: string; limit: number; cursor: Place | null },
): Promise<{ items: SharedPhotoJson[]; next: Place | null }> {
  const { db } = caps
  const { userId, limit, cursor } = values
  const sharedAt = sql<number>`feed.created_at`
  const rows = await db
    .select({ seen: seenColumns, sharedAt, sharedWith: sql<string>`feed.address` })
    .from(sql`(${feed(userId, cursor ?? START)}) AS feed`)
    .crossJoin(photos) // of SQLite: it comes after the feed, whatever the planner holds cheaper
    .innerJoin(users, isOwner)
    .innerJoin(addresses, isPrimaryOfUser)
    .leftJoin(contacts, isContactOf(userId))
    .where(
      and(
        eq(photos.id, sql`feed.photo_id`),
        ne(photos.userId, userId),
        not(hasBlocked(userId, photos.userId)),
        eq(photos.status, 'ready'),
        isNewest(userId),
      ),
    )
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ seen, ...share }) => ({ ...toSeenPhoto(seen, caps), ...share }))
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, next: last ? { createdAt: last.sharedAt, id: last.id } : null }
}

/**
 * The shares with any of a person's hashes after a place, in order. Each hash has its own order in the index, and this
 * merges them: the queue of the recursion (https://sqlite.org/lang_with.html, "Controlling Depth-First Versus
 * Breadth-First Search") holds the next share of each hash, and the newest of them is taken out and followed by the
 * next one of its hash. So a page reads as many shares as it shows, however many there are; to sort them, it would read
 * them all.
 */
function feed(userId: string, place: Place): SQL {
  return sql`WITH RECURSIVE
    mine (hash, address) AS (
      SELECT hash, hash FROM ${addresses} WHERE user_id = ${userId}
      UNION ALL SELECT hash_alias, hash FROM ${addresses} WHERE user_id = ${userId} AND hash_alias IS NOT NULL
    ),
    feed (photo_id, created_at, hash, address) AS (
      SELECT share.photo_id, share.created_at, mine.hash, mine.address
      FROM mine CROSS JOIN ${photoShares} AS share ON share.rowid = ${next(sql`mine.hash`, sql`${place.createdAt}, ${place.id}`)}
      UNION ALL
      SELECT share.photo_id, share.created_at, feed.hash, feed.address
      FROM feed CROSS JOIN ${photoShares} AS share ON share.rowid = ${next(sql`feed.hash`, sql`feed.created_at, feed.photo_id`)}
      ORDER BY 2 DESC, 1 DESC
    )
    SELECT * FROM feed`
}

function next(hash: SQL, place: SQL): SQL {
  return sql`(SELECT rowid FROM ${photoShares} WHERE person_hash = ${hash} AND (created_at, photo_id) < (${place}) ORDER BY created_at DESC, photo_id DESC LIMIT 1)`
}

/** Of the shares of one photo with several of a person's hashes, this is the one that the list tells of. */
function isNewest(userId: string): SQL {
  const { photoId, personHash, createdAt } = photoShares
  return sql`NOT EXISTS (SELECT 1 FROM ${photoShares} WHERE ${photoId} = feed.photo_id AND ${isMine(userId, personHash)} AND (${createdAt}, ${personHash}) > (feed.created_at, feed.hash))`
}

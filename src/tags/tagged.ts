import { and, eq, or, type SQL, sql } from 'drizzle-orm'
import { isMine } from '../accounts/mine'
import { isContactOf } from '../accounts/names'
import { isPrimaryOfUser } from '../accounts/person'
import type { Capabilities } from '../capabilities'
import { addresses, contacts, photos, photoTags, users } from '../db/schema'
import { isShownTo } from '../photos/access'
import type { Neighbours } from '../photos/neighbours'
import { isOwner, seenColumns, toSeenPhoto } from '../photos/seen'
import type { TaggedPhotoJson } from './answers'

/** A tag in the order of the list: by time, and those of one moment by their photos. */
interface Place {
  /** Milliseconds. */
  createdAt: number
  /** Of the photo. */
  id: string
}

/** Which way the list is gone through. */
type Way = 'older' | 'newer'

/** Before the newest tag there is. */
const START: Place = { createdAt: Number.MAX_SAFE_INTEGER, id: '' }

/**
 * The photos that a person is tagged in, by any of their addresses, newest tag first, each once: those that they may
 * see, and did not take themself away from.
 */
export async function listTagged(
  caps: Pick<Capabilities, 'db' | 'origin'>,
  values: { userId: string; limit: number; cursor: Place | null; way?: Way },
): Promise<{ items: TaggedPhotoJson[]; next: Place | null }> {
  const { db } = caps
  const { userId, limit, cursor, way = 'older' } = values
  const taggedAt = sql<number>`feed.created_at`
  const rows = await db
    .select({ seen: seenColumns, taggedAt })
    .from(sql`(${feed(userId, { place: cursor ?? START, way })}) AS feed`)
    .crossJoin(photos) // in this order, as it stands: https://sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join
    .crossJoin(users)
    .crossJoin(addresses)
    .leftJoin(contacts, isContactOf(userId))
    .where(
      and(
        ...[eq(photos.id, sql`feed.photo_id`), isOwner, isPrimaryOfUser],
        ...[eq(photos.status, 'ready'), or(eq(photos.userId, userId), isShownTo(userId)), isFirst(userId)],
      ),
    )
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ seen, taggedAt }) => ({ ...toSeenPhoto(seen, caps), taggedAt }))
  const last = rows.length > limit ? items.at(-1) : undefined
  return { items, next: last ? { createdAt: last.taggedAt, id: last.id } : null }
}

/** What stands beside a photo in the list of those that a person is tagged in; null for a photo that is not in it. */
export async function findBesideTagged(
  caps: Pick<Capabilities, 'db' | 'origin'>,
  { userId, photoId }: { userId: string; photoId: string },
): Promise<Neighbours | null> {
  const [here] = await caps.db
    .select({ createdAt: sql<number | null>`max(${photoTags.createdAt})` })
    .from(photoTags)
    .where(and(eq(photoTags.photoId, photoId), isMine(userId, photoTags.personHash)))
  if (!here || here.createdAt === null) return null
  const cursor = { createdAt: here.createdAt, id: photoId }
  const [previous, next] = await Promise.all(
    (['newer', 'older'] as const).map(async (way) => {
      const { items } = await listTagged(caps, { userId, limit: 1, cursor, way })
      return items[0]?.id ?? null
    }),
  )
  return { previous: previous ?? null, next: next ?? null }
}

/**
 * The tags of a person after a place, in order. Each of their hashes has its own order in the index, and the queue of
 * the recursion merges them (https://sqlite.org/lang_with.html, "Controlling Depth-First Versus Breadth-First Search"):
 * it holds the next tag of each hash, and the newest of them is taken out and followed by the next one of its hash. So
 * a page reads as many tags as it shows, however many there are; to sort them, it would read them all.
 */
function feed(userId: string, { place, way }: { place: Place; way: Way }): SQL {
  const order = way === 'older' ? sql`DESC` : sql`ASC`
  const next = (hash: SQL, place: SQL) => nextTag({ hash, place, way })
  return sql`WITH RECURSIVE
    mine (hash) AS (
      SELECT hash FROM ${addresses} WHERE user_id = ${userId}
      UNION ALL SELECT hash_alias FROM ${addresses} WHERE user_id = ${userId} AND hash_alias IS NOT NULL
    ),
    feed (photo_id, created_at, hash) AS (
      SELECT tag.photo_id, tag.created_at, mine.hash
      FROM mine CROSS JOIN ${photoTags} AS tag ON tag.rowid = ${next(sql`mine.hash`, sql`${place.createdAt}, ${place.id}`)}
      UNION ALL
      SELECT tag.photo_id, tag.created_at, feed.hash
      FROM feed CROSS JOIN ${photoTags} AS tag ON tag.rowid = ${next(sql`feed.hash`, sql`feed.created_at, feed.photo_id`)}
      ORDER BY 2 ${order}, 1 ${order}
    )
    SELECT * FROM feed`
}

function nextTag({ hash, place, way }: { hash: SQL; place: SQL; way: Way }): SQL {
  const [isBeyond, order] = way === 'older' ? [sql`<`, sql`DESC`] : [sql`>`, sql`ASC`]
  return sql`(SELECT rowid FROM ${photoTags} WHERE person_hash = ${hash} AND (created_at, photo_id) ${isBeyond} (${place}) ORDER BY created_at ${order}, photo_id ${order} LIMIT 1)`
}

/** Of the tags of a person in one photo, this is the one that the list tells of, and none of them was taken away. */
function isFirst(userId: string): SQL {
  const { photoId, personHash, createdAt, removedAt } = photoTags
  const isOther = sql`(${removedAt} IS NOT NULL OR (${createdAt}, ${personHash}) > (feed.created_at, feed.hash))`
  return sql`NOT EXISTS (SELECT 1 FROM ${photoTags} WHERE ${photoId} = ${photos.id} AND ${isMine(userId, personHash)} AND ${isOther})`
}

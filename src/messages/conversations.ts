import { type SQL, sql } from 'drizzle-orm'
import { SOMEBODY } from '../accounts/names'
import type { Capabilities } from '../capabilities'
import { UNDELIVERED } from '../db/post'
import { addresses, conversations } from '../db/schema'
import type { ConversationJson } from './answers'
import { type Place, selectMessages, seqOf, toMessage } from './message'
import { nameCorrespondents } from './names'
import { isOpened } from './unread'

/** As the query of a page selects them. */
interface Row {
  seq: number
  hash: string
  mine: string
  unread: number
}

/**
 * With whom a person is in touch, the newest message first: one conversation for each pair of an address of theirs and
 * another one, both directions together.
 */
export async function listConversations(
  caps: Pick<Capabilities, 'db' | 'origin'>,
  values: { userId: string; limit: number; cursor: Place | null },
): Promise<{ items: ConversationJson[]; next: Place | null }> {
  const { db } = caps
  const { userId, limit, cursor } = values
  const rows = await db.all<Row>(pageOf(userId, { cursor, limit: limit + 1 }))
  const page = rows.slice(0, limit)
  const seqs = sql`SELECT value AS seq FROM json_each(${JSON.stringify(page.map(({ seq }) => seq))})`
  const [found, names] = await Promise.all([
    selectMessages(db, { viewerId: userId, seqs }),
    nameCorrespondents({ db }, { viewerId: userId, hashes: page.map(({ hash }) => hash) }),
  ])
  const messages = new Map(found.map((row) => [row.message.seq, toMessage(caps, row, userId)]))
  const items = page.flatMap(({ seq, hash, mine, unread }) => {
    const last = messages.get(seq) // none where it went since
    return last ? { hash, name: names.get(hash) ?? SOMEBODY, mine, last, unread: unread === 1 } : []
  })
  const end = rows.length > limit ? items.at(-1)?.last : undefined
  return { items, next: end ? { createdAt: end.createdAt, id: end.id } : null }
}

/**
 * A page of conversations. Each hash of the person's has two orders in the indexes, what came to it and what went out
 * from it; the queue of the recursion merges them (as in `tags/tagged.ts`), so that a page reads what it shows. Of one
 * pair the newest row stands for all of them.
 */
function pageOf(userId: string, { cursor, limit }: { cursor: Place | null; limit: number }): SQL {
  const isNewest = sql`NOT EXISTS (SELECT 1 FROM ${conversations} AS other WHERE ${isOfPair(userId)} AND other.last_seq > row.last_seq)`
  const isUnread = sql`EXISTS (SELECT 1 FROM ${conversations} AS came WHERE came.recipient_hash = page.mine AND came.sender_hash = page.hash AND came.sender_id <> ${userId} AND NOT ${isOpened(userId, sql`came.last_seq`)})`
  return sql`WITH RECURSIVE
    mine (hash) AS (
      SELECT hash FROM ${addresses} WHERE user_id = ${userId}
      UNION SELECT hash_alias FROM ${addresses} WHERE user_id = ${userId} AND hash_alias IS NOT NULL
    ),
    start (hash, is_out, seq) AS (
      SELECT mine.hash, way.value, ${seqOf(cursor)} FROM mine CROSS JOIN json_each('[0,1]') AS way
    ),
    feed (id, seq, hash, is_out) AS (
      SELECT row.rowid, row.last_seq, start.hash, start.is_out
      FROM start CROSS JOIN ${conversations} AS row ON row.rowid = ${next(sql`start`)}
      UNION ALL
      SELECT row.rowid, row.last_seq, feed.hash, feed.is_out
      FROM feed CROSS JOIN ${conversations} AS row ON row.rowid = ${next(sql`feed`)}
      ORDER BY 2 DESC
    ),
    page (seq, mine, hash) AS (
      SELECT row.last_seq, feed.hash, ${theirsOf(sql`row`)}
      FROM feed CROSS JOIN ${conversations} AS row ON row.rowid = feed.id
      WHERE feed.is_out = (row.sender_id = ${userId}) AND ${isNewest}
      LIMIT ${limit}
    )
    SELECT page.seq, page.hash, page.mine, ${isUnread} AS unread FROM page`
}

/** The next row of a hash and way behind a number. */
function next(from: SQL): SQL {
  const newest = (column: SQL) =>
    sql`(SELECT rowid FROM ${conversations} WHERE ${column} = ${from}.hash AND last_seq < ${from}.seq ORDER BY last_seq DESC LIMIT 1)`
  return sql`CASE ${from}.is_out WHEN 0 THEN ${newest(sql`recipient_hash`)} ELSE ${newest(sql`sender_hash`)} END`
}

/** The other's hash in a row that stands in the feed. */
function theirsOf(row: SQL): SQL {
  return sql`CASE feed.is_out WHEN 0 THEN ${row}.sender_hash ELSE ltrim(${row}.recipient_hash, ${UNDELIVERED}) END`
}

/** Whether a row is of the same pair as that in the feed: what came, what went out, and what went out to nobody. */
function isOfPair(userId: string): SQL {
  const theirs = theirsOf(sql`row`)
  const came = sql`(other.recipient_hash = feed.hash AND other.sender_hash = ${theirs} AND other.sender_id <> ${userId})`
  const went = sql`(other.recipient_hash IN (${theirs}, ${UNDELIVERED} || ${theirs}) AND other.sender_hash = feed.hash AND other.sender_id = ${userId})`
  return sql`(${came} OR ${went})`
}

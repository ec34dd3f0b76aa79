import { type SQL, sql } from 'drizzle-orm'
import { isMine } from '../accounts/mine'
import { SOMEBODY } from '../accounts/names'
import type { Person } from '../accounts/person'
import type { Capabilities } from '../capabilities'
import { UNDELIVERED } from '../db/post'
import { messages } from '../db/schema'
import { Problem } from '../http/problems'
import type { ThreadJson } from './answers'
import { type Place, selectMessages, seqOf, toMessage } from './message'
import { nameCorrespondents } from './names'

/** Who writes with whom: the other's hash, and that of one's own which it goes out from. */
interface Pair {
  user: Pick<Person, 'id' | 'hash'>
  hash: string
  /** One's own hash; null for the one that the other wrote to last, else the primary one. */
  as: string | null
}

/**
 * The hash that a person writes to another from, unless they choose: what the other wrote to last, or they the other;
 * else the primary address. So nobody learns by an answer which addresses are one person's.
 */
export function findSender({ user, hash, as }: Pair): SQL {
  if (as !== null) return sql`${as}`
  const mine = sql`(SELECT hash FROM addresses WHERE user_id = ${user.id} UNION ALL SELECT hash_alias FROM addresses WHERE user_id = ${user.id} AND hash_alias IS NOT NULL) AS mine`
  const came = sql`SELECT mine.hash FROM ${mine} CROSS JOIN conversations ON recipient_hash = mine.hash AND sender_hash = ${hash} WHERE sender_id <> ${user.id} ORDER BY last_seq DESC LIMIT 1`
  const went = sql`SELECT mine.hash FROM ${mine} CROSS JOIN conversations ON recipient_hash IN (${hash}, ${UNDELIVERED + hash}) AND sender_hash = mine.hash WHERE sender_id = ${user.id} ORDER BY last_seq DESC LIMIT 1`
  return sql`COALESCE((${came}), (${went}), ${user.hash})`
}

/**
 * A page of what two addresses wrote to each other, newest first. Somebody who was never written with is a thread with
 * nothing in it: whether they are anybody is not told.
 * @throws Problem `not_found` where `as` is not the person's own
 */
export async function readThread(
  caps: Pick<Capabilities, 'db' | 'origin'>,
  values: Pair & { limit: number; cursor: Place | null },
): Promise<ThreadJson & { next: Place | null }> {
  const { db } = caps
  const { user, hash, limit, cursor } = values
  const blocked = sql`EXISTS (SELECT 1 FROM blocks WHERE user_id = ${user.id} AND person_hash = ${hash})`
  const [pair] = await db.all<{ mine: string; isMine: number; blocked: number }>(
    sql`SELECT pair.mine, ${isMine(user.id, sql`pair.mine`)} AS isMine, ${blocked} AS blocked FROM (SELECT ${findSender(values)} AS mine) AS pair`,
  )
  if (!pair?.isMine) throw new Problem('not_found')
  const { mine } = pair
  const part = (recipient: string, sender: string, whose: SQL) =>
    sql`SELECT seq FROM (SELECT seq FROM ${messages} WHERE recipient_hash = ${recipient} AND sender_hash = ${sender} AND ${whose} AND seq < ${seqOf(cursor)} ORDER BY seq DESC LIMIT ${limit + 1})`
  const byMe = sql`sender_id = ${user.id}`
  const parts = [
    part(mine, hash, sql`sender_id <> ${user.id}`),
    part(hash, mine, byMe),
    part(UNDELIVERED + hash, mine, byMe),
  ]
  const seqs = sql`${sql.join(parts, sql` UNION ALL `)} ORDER BY seq DESC LIMIT ${limit + 1}`
  const [rows, names] = await Promise.all([
    selectMessages(db, { viewerId: user.id, seqs }),
    nameCorrespondents({ db }, { viewerId: user.id, hashes: [hash] }),
  ])
  const items = rows.slice(0, limit).map((row) => toMessage(caps, row, user.id))
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    ...{
      hash,
      name: names.get(hash) ?? SOMEBODY,
      mine,
      blocked: pair.blocked === 1,
      items,
      nextCursor: null,
    },
    next: last ? { createdAt: last.createdAt, id: last.id } : null,
  }
}

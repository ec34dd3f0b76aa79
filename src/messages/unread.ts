import { and, eq, gt, type SQL, sql } from 'drizzle-orm'
import { isMine } from '../accounts/mine'
import type { Capabilities } from '../capabilities'
import { conversations, sessions, users } from '../db/schema'
import { Problem } from '../http/problems'
import type { UnreadJson } from './answers'

/** Whether a message was shown: its number is not above the person's mark. */
export function isOpened(userId: string, seq: SQL): SQL {
  return sql`(${seq} <= (SELECT inbox_opened_seq FROM users WHERE users.id = ${userId}))`
}

/**
 * How many different people wrote to a person, by any of their addresses, since they last opened the inbox. Not whom
 * they block, nor themself. One row for each conversation above the mark, however many messages it has.
 */
export function countPeople(userId: string): SQL<number> {
  const { recipientHash, senderHash, senderId, lastSeq } = conversations
  const blocked = sql`EXISTS (SELECT 1 FROM blocks WHERE blocks.user_id = ${userId} AND ${isMine(senderId, sql`blocks.person_hash`)})`
  return sql<number>`(SELECT count(DISTINCT ${senderHash}) FROM ${conversations} INDEXED BY conversations_recipient WHERE ${isMine(userId, recipientHash)} AND ${lastSeq} > (SELECT inbox_opened_seq FROM users WHERE users.id = ${userId}) AND ${senderId} <> ${userId} AND NOT ${blocked})`
}

/** The number on the inbox. */
export async function readUnread(
  { db }: Pick<Capabilities, 'db'>,
  { userId }: { userId: string },
): Promise<UnreadJson> {
  const [row] = await db.all<UnreadJson>(sql`SELECT ${countPeople(userId)} AS people`)
  return { people: row?.people ?? 0 }
}

/** The number, and until when each live session of the person's lasts, by the hash of its token: one moment's. */
export async function readInbox(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  { userId }: { userId: string },
): Promise<UnreadJson & { sessions: Map<string, number> }> {
  const { tokenHash, expiresAt } = sessions
  const [[row], live] = await db.batch([
    db.select({ people: countPeople(userId) }).from(sql`(SELECT 1)`),
    db
      .select({ tokenHash, expiresAt })
      .from(sessions)
      .where(and(eq(sessions.userId, userId), gt(expiresAt, now))),
  ])
  const lives = new Map(live.map((session) => [session.tokenHash, session.expiresAt]))
  return { people: row?.people ?? 0, sessions: lives }
}

/**
 * Notes that the inbox was opened, for all of a person's devices: the mark moves up to the message that was the newest
 * one shown, and never back, nor beyond what has come. Numbers, not clocks: what comes meanwhile has a higher one. One
 * statement, so that devices at once leave the highest; where it stays, nothing is written.
 * @param values.upTo the id of a message to or from the person
 * @returns what is unread then
 * @throws Problem `not_found`, the same for another's message as for none
 */
export async function openInbox(
  { db, inboxes }: Pick<Capabilities, 'db' | 'inboxes'>,
  values: { userId: string; upTo: string },
): Promise<UnreadJson> {
  const { userId, upTo } = values
  const shown = sql`(SELECT seq FROM messages WHERE id = ${upTo} AND (sender_id = ${userId} OR ${isMine(userId, sql`messages.recipient_hash`)}))`
  const newest = sql`(SELECT max((SELECT last_seq FROM conversations WHERE recipient_hash = mine.hash ORDER BY last_seq DESC LIMIT 1)) FROM (SELECT hash FROM addresses WHERE user_id = ${userId} UNION ALL SELECT hash_alias FROM addresses WHERE user_id = ${userId} AND hash_alias IS NOT NULL) AS mine)`
  const mark = sql`min(${shown}, COALESCE(${newest}, 0))` // NULL, and so above nothing, where there is no such message
  const [[found], , [row]] = await db.batch([
    db.select({ seq: sql<number | null>`${shown}` }).from(sql`(SELECT 1)`),
    db
      .update(users)
      .set({
        inboxOpenedSeq: mark,
      })
      .where(and(eq(users.id, userId), gt(mark, users.inboxOpenedSeq))),
    db.select({ people: countPeople(userId) }).from(sql`(SELECT 1)`),
  ])
  if (!found || found.seq === null) throw new Problem('not_found')
  inboxes.poke(userId)
  return { people: row?.people ?? 0 }
}

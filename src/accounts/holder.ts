import { type Column, type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { UNDELIVERED } from '../db/post'
import { isMine } from './mine'

/**
 * The account that an address belongs to, found by its hash in either form; NULL for whoever has none. Within the query
 * that asks, so that nobody learns from the time whether there is one.
 */
export function holderOf(hash: string | SQLWrapper): SQL {
  return sql`(SELECT user_id FROM addresses WHERE hash = ${hash} UNION ALL SELECT user_id FROM addresses WHERE hash_alias = ${hash} LIMIT 1)`
}

/**
 * Whether whoever holds an address does not want to hear of somebody: they blocked any of that person's addresses, and
 * mean the person.
 */
export function isBlocked(values: { recipientHash: string; senderId: string }): SQL {
  const { recipientHash, senderId } = values
  return sql`EXISTS (SELECT 1 FROM blocks WHERE blocks.user_id = ${holderOf(recipientHash)} AND ${isMine(senderId, sql`blocks.person_hash`)})`
}

/** The same for somebody who is known: whether they blocked any address of another person. */
export function hasBlocked(userId: string, senderId: SQL | Column): SQL {
  return sql`EXISTS (SELECT 1 FROM blocks WHERE blocks.user_id = ${userId} AND ${isMine(senderId, sql`blocks.person_hash`)})`
}

/**
 * What a message to an address is addressed to: its hash, or where its sender is blocked what is nobody's. Decided by
 * the statement that writes it, which is one and the same, so that neither the answer nor its time tells.
 */
export function toRecipient(values: { recipientHash: string; senderId: string }): SQL {
  const { recipientHash } = values
  return sql`CASE WHEN ${isBlocked(values)} THEN ${UNDELIVERED + recipientHash} ELSE ${recipientHash} END`
}

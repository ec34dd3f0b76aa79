import { type SQL, sql } from 'drizzle-orm'
import { toRecipient } from '../accounts/holder'
import type { Capabilities } from '../capabilities'
import { findRecipient, postMessage } from '../db/post'
import { HOUR } from '../lib/time'

/** Shares and albums that one person is told of in an hour by one other: what is beyond stands, and nobody is told. */
export const NOTICES_AN_HOUR = 20

/**
 * The statements that tell somebody what is shown to them, for the batch that shows it; the last finds whom to poke.
 * @param values.hash of whom it is shown to, lower case
 * @param values.isNew over the state of the database: whether the batch has just shown it
 */
export function postNotice(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  values: { userId: string; hash: string; isNew: SQL } & (
    | { kind: 'share'; photoId: string }
    | { kind: 'album'; albumId: string }
  ),
) {
  const { userId, hash, kind, isNew } = values
  const photoId = values.kind === 'share' ? values.photoId : null
  const albumId = values.kind === 'album' ? values.albumId : null
  const id = crypto.randomUUID()
  const recipientHash = toRecipient({ recipientHash: hash, senderId: userId })
  const told = sql`FROM messages WHERE sender_id = ${userId} AND created_at > ${now - HOUR} AND recipient_hash = (${recipientHash}) AND kind = ${kind}`
  // Of two calls in one millisecond both find what is new: what it is about tells that the first has told it.
  const isTold = sql`EXISTS (SELECT 1 ${told} AND created_at = ${now} AND ${photoId ?? albumId} IN (photo_id, album_id))`
  const message = {
    ...{ id, recipientHash, kind, photoId, albumId },
    ...{ senderHash: sql`(SELECT hash FROM addresses WHERE user_id = ${userId} AND is_primary = 1)` },
    ...{ senderId: userId, text: '', createdAt: now },
  }
  const condition = sql`${isNew} AND NOT ${isTold} AND (SELECT count(*) ${told}) < ${NOTICES_AN_HOUR}`
  return [...postMessage(db, message, condition), findRecipient(db, id)] as const
}

import { type SQL, sql } from 'drizzle-orm'
import type { Db } from './open'
import { addresses, conversations, type Message, messages } from './schema'

/**
 * Stands before the hash of whoever blocked the sender. No address has such a hash, so that the message is nobody's but
 * its sender's, who sees it where they wrote it: it is not counted and not listed, and stays so when the block is gone.
 */
export const UNDELIVERED = '~'

/** What a message is made of. Hashes may be found by the statement that writes it. */
type Draft = Omit<Message, 'seq' | 'recipientHash' | 'senderHash'> &
  Record<'recipientHash' | 'senderHash', string | SQL>

/**
 * The statements that write a message where a condition holds, and nothing where it does not; for a batch, which is one
 * transaction: message and conversation never disagree. What the caller writes with it stands before them, and may be
 * what the condition asks for. The second moves the conversation to the `seq` that the first was given, which it finds
 * by the message's id: no other message of a busy moment is mistaken for it. What the database refuses as a second one
 * (a tag of the same person on the same photo) is not written either.
 *
 * The rows that the first gives back say whether there is a message, and its `seq`: one or none.
 *
 * @param message its id is new; `createdAt` is milliseconds since 1970
 * @param condition over the state of the database; none for always. A sender who is gone writes nothing
 */
export function postMessage(db: Db, message: Draft, condition: SQL = sql`1`) {
  const { id, recipientHash, senderHash, senderId, kind, photoId, albumId, text, createdAt } = message
  const written = sql`SELECT NULL, ${id}, ${recipientHash}, ${senderHash}, users.id, ${kind}, ${photoId}, ${albumId}, ${text}, ${createdAt} FROM users WHERE users.id = ${senderId} AND (${condition})`
  const spoken = sql`SELECT recipient_hash, sender_hash, sender_id, seq, created_at FROM messages WHERE id = ${id}`
  return [
    db
      .insert(messages)
      .select(written)
      .onConflictDoNothing()
      .returning({ seq: messages.seq, id: messages.id }),
    db
      .insert(conversations)
      .select(spoken)
      .onConflictDoUpdate({
        target: [conversations.recipientHash, conversations.senderHash],
        set: {
          senderId: sql`excluded.sender_id`,
          lastSeq: sql`excluded.last_seq`,
          lastMessageAt: sql`excluded.last_message_at`,
        },
        setWhere: sql`excluded.last_seq > ${conversations.lastSeq}`,
      }),
  ] as const
}

/** The account that a message has come to, after the statements that write it: at most one row. */
export function findRecipient(db: Db, id: string) {
  const recipient = sql`(SELECT recipient_hash FROM messages WHERE id = ${id})`
  return db
    .select({ userId: addresses.userId })
    .from(addresses)
    .where(sql`${addresses.hash} = ${recipient} OR ${addresses.hashAlias} = ${recipient}`)
}

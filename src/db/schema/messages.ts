import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { photos, users } from './people'
import { albums } from './sharing'

/** One row a pair of addresses and direction: the list of the inbox and its number read these, never the messages. */
export const conversations = sqliteTable(
  'conversations',
  {
    recipientHash: text('recipient_hash').notNull(),
    senderHash: text('sender_hash').notNull(),
    senderId: text('sender_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** Of the newest message in this direction. */
    lastSeq: integer('last_seq').notNull(),
    lastMessageAt: integer('last_message_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.recipientHash, t.senderHash] }),
    index('conversations_recipient').on(t.recipientHash, t.lastSeq),
    index('conversations_sender').on(t.senderHash, t.lastSeq),
    index('conversations_sender_id').on(t.senderId),
    index('conversations_last').on(t.lastMessageAt), // those that nobody came for, for the cron
  ],
)

export const messages = sqliteTable(
  'messages',
  {
    /** The order of messages, in which there is no clock. Never told. */
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    recipientHash: text('recipient_hash').notNull(),
    senderHash: text('sender_hash').notNull(),
    senderId: text('sender_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    kind: text({ enum: ['message', 'share', 'tag', 'album'] }).notNull(),
    photoId: text('photo_id').references(() => photos.id, { onDelete: 'set null' }),
    albumId: text('album_id').references(() => albums.id, { onDelete: 'set null' }),
    text: text().notNull().default(''),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('messages_thread').on(t.recipientHash, t.senderHash, t.seq),
    index('messages_sender').on(t.senderId, t.createdAt),
    uniqueIndex('messages_tag').on(t.recipientHash, t.photoId).where(sql`kind = 'tag'`), // one a photo and person
    index('messages_tags_of').on(t.recipientHash, t.senderId, t.createdAt).where(sql`kind = 'tag'`),
    index('messages_photo').on(t.photoId).where(sql`photo_id IS NOT NULL`), // ON DELETE SET NULL would scan
    index('messages_album').on(t.albumId).where(sql`album_id IS NOT NULL`),
    index('messages_created').on(t.createdAt), // those that nobody came for, for the cron
    check('messages_kind', sql`${t.kind} IN ('message', 'share', 'tag', 'album')`),
  ],
)

/** What a client called a message that it sent, for a day: a retry is the same message. */
export const messageKeys = sqliteTable(
  'message_keys',
  {
    senderId: text('sender_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the `Idempotency-Key`. */
    keyHash: text('key_hash').notNull(),
    /** SHA-256 of what was sent: the same key with something else is refused. */
    bodyHash: text('body_hash').notNull(),
    messageId: text('message_id').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.senderId, t.keyHash] }), index('message_keys_created').on(t.createdAt)],
)

/** Whose messages a person does not want. */
export const blocks = sqliteTable(
  'blocks',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    personHash: text('person_hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.personHash] })],
)

export type Message = typeof messages.$inferSelect

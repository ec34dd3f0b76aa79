import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

/** Keys of this server's own, each made at its first use: nothing is to be set up. */
export const serverKeys = sqliteTable('server_keys', {
  name: text().primaryKey(),
  key: text().notNull(),
})

/** Mailboxes that were told that a message waits: one mail a day, and none for whoever does not want any. */
export const invitations = sqliteTable(
  'invitations',
  {
    /** HMAC-SHA-256 of the mailbox, keyed with a key of the server's, the first half of it, hex. */
    mailbox: text().primaryKey(),
    /** When the last mail went out; null for none that counts. */
    sentAt: integer('sent_at'),
    /** Since when nobody may have a mail sent; null where they may. */
    stoppedAt: integer('stopped_at'),
  },
  (t) => [index('invitations_sent').on(t.sentAt).where(sql`stopped_at IS NULL`)],
)

import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { users } from './people'

export const signInCodes = sqliteTable(
  'sign_in_codes',
  {
    /** SHA-256 of the random id in the asking browser's cookie. */
    browserHash: text('browser_hash').primaryKey(),
    /** What it was mailed for, and what alone it can be used for. */
    purpose: text({ enum: ['sign-in', 'address', 'deletion'] })
      .notNull()
      .default('sign-in'),
    /** Who asked for it; null at sign-in, where nobody is known yet. */
    userId: text('user_id').references(() => users.id, { onDelete: 'set null' }),
    /** Erased as soon as the code is used or expired. */
    email: text(),
    /** SHA-256 of the mailbox that the e-mail reaches (without a tag): mails are counted by it. */
    emailHash: text('email_hash').notNull(),
    /** HMAC-SHA-256 of the asking client's IP, keyed with that mailbox: counts one client's mails to one mailbox. */
    clientHash: text('client_hash').notNull().default(''),
    /** HMAC-SHA-256 of the code, keyed with the browser's id, hex. */
    codeHmac: text('code_hmac').notNull(),
    tries: integer().notNull().default(0),
    /** Asked by a browser that has signed in as this address before: counted on an allowance of its own. */
    known: integer({ mode: 'boolean' }).notNull().default(false),
    usedAt: integer('used_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('sign_in_codes_email').on(t.emailHash, t.known, t.createdAt),
    index('sign_in_codes_client').on(t.clientHash, t.known, t.createdAt),
    index('sign_in_codes_created').on(t.createdAt),
    index('sign_in_codes_user').on(t.userId).where(sql`user_id IS NOT NULL`),
  ],
)

/** Browsers that have signed in as an address before, so that a stranger cannot use up its owner's mails. */
export const knownBrowsers = sqliteTable(
  'known_browsers',
  {
    /** SHA-256 of the random id in the browser's cookie. */
    browserHash: text('browser_hash').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: integer('expires_at').notNull(),
  },
  (t) => [index('known_browsers_user').on(t.userId), index('known_browsers_expires').on(t.expiresAt)],
)

export const sessions = sqliteTable(
  'sessions',
  {
    /** SHA-256 of the session token, hex. */
    tokenHash: text('token_hash').primaryKey(),
    /** What the person's own list calls it. */
    id: text().notNull(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** "Firefox on Windows"; empty for one from before that was noted. */
    browser: text().notNull().default(''),
    /** Renewed at the first use of a day, to SESSION_LIFE after it: so the day of last use follows from it. */
    expiresAt: integer('expires_at').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('sessions_id').on(t.id),
    index('sessions_user').on(t.userId, t.expiresAt),
    index('sessions_expires').on(t.expiresAt),
  ],
)

/** One row per renewal of a public key in the last hour. */
export const keyRenewals = sqliteTable(
  'key_renewals',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('key_renewals_user').on(t.userId, t.createdAt)],
)

export const apiTokens = sqliteTable(
  'api_tokens',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** SHA-256 of the token, hex. The token itself is shown once and not kept. */
    tokenHash: text('token_hash').notNull().unique(),
    /** When it was first used on the last day that it was; null for never. */
    lastUsedAt: integer('last_used_at'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('api_tokens_user').on(t.userId, t.createdAt)],
)

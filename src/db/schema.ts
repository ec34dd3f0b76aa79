import { sql } from 'drizzle-orm'
import { type AnySQLiteColumn, check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// Times are integer milliseconds since 1970 UTC. Ids are random UUIDs.

export const users = sqliteTable(
  'users',
  {
    id: text().primaryKey(),
    /** Trimmed and lower-cased. */
    email: text().notNull().unique(),
    /** SHA-256 of the e-mail, hex: stored so that a look-up never computes a hash per row. */
    hash: text().notNull().unique(),
    /** MD5 of the e-mail, hex: for clients of Gravatar's first protocol. */
    md5: text().notNull().unique(),
    displayName: text('display_name').notNull().default(''),
    /** The one truth about which picture shows: there is no flag on photos. */
    activePhotoId: text('active_photo_id').references((): AnySQLiteColumn => photos.id, {
      onDelete: 'set null',
    }),
    /** 22 random base62 characters: an address for the picture that says nothing about the e-mail. */
    publicKey: text('public_key').notNull().unique(),
    /** Whether the picture is found by the hashes of the e-mail; by the public key it always is. */
    publicLookup: integer('public_lookup', { mode: 'boolean' }).notNull().default(true),
    inboxOpenedSeq: integer('inbox_opened_seq').notNull().default(0),
    tagPolicy: text('tag_policy', { enum: ['anyone', 'nobody'] })
      .notNull()
      .default('anyone'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('users_active_photo').on(t.activePhotoId), // ON DELETE SET NULL would scan without it
    check('users_tag_policy', sql`${t.tagPolicy} IN ('anyone', 'nobody')`),
  ],
)

export const photos = sqliteTable(
  'photos',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    status: text({ enum: ['pending', 'ready'] })
      .notNull()
      .default('pending'),
    contentType: text('content_type').notNull(),
    bytes: integer().notNull(),
    /** Upright: after the EXIF orientation. Null while pending. */
    width: integer(),
    height: integer(),
    /** R2's ETag of the verified original: every later read of it is conditional on this. */
    etag: text(),
    /** Whether the file has an alpha channel: then JPEG is not offered for it. */
    transparent: integer({ mode: 'boolean' }).notNull().default(false),
    /** How often its completion was tried. */
    tries: integer().notNull().default(0),
    rating: text({ enum: ['g', 'pg', 'r', 'x'] })
      .notNull()
      .default('g'),
    altText: text('alt_text').notNull().default(''),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('photos_user_created').on(t.userId, t.createdAt, t.id),
    index('photos_pending').on(t.createdAt).where(sql`status = 'pending'`), // abandoned uploads, for the cron
    check('photos_status', sql`${t.status} IN ('pending', 'ready')`),
    check('photos_rating', sql`${t.rating} IN ('g', 'pg', 'r', 'x')`),
    check(
      'photos_ready',
      sql`${t.status} = 'pending' OR (${t.width} > 0 AND ${t.height} > 0 AND ${t.etag} IS NOT NULL)`,
    ),
  ],
)

/** One row per prepared upload of the last hour: deleting a photo does not give the allowance back. */
export const uploadGrants = sqliteTable(
  'upload_grants',
  {
    photoId: text('photo_id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('upload_grants_user').on(t.userId, t.createdAt)],
)

export const signInCodes = sqliteTable(
  'sign_in_codes',
  {
    /** SHA-256 of the random id in the asking browser's cookie. */
    browserHash: text('browser_hash').primaryKey(),
    /** Erased as soon as the code is used or expired. */
    email: text(),
    /** SHA-256 of the e-mail: mails per address are counted by it. */
    emailHash: text('email_hash').notNull(),
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
    index('sign_in_codes_created').on(t.createdAt),
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
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    expiresAt: integer('expires_at').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('sessions_user').on(t.userId), index('sessions_expires').on(t.expiresAt)],
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
    createdAt: integer('created_at').notNull(),
  },
  (t) => [index('api_tokens_user').on(t.userId, t.createdAt)],
)

export type User = typeof users.$inferSelect
export type Photo = typeof photos.$inferSelect

import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  check,
  index,
  integer,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { RATINGS } from '../../lib/ratings'

// People and their photos stand in one file because they point at each other.
// Times are integer milliseconds since 1970 UTC. Ids are random UUIDs.

export const users = sqliteTable(
  'users',
  {
    id: text().primaryKey(),
    /** As `readEmail` gives it: lower case, the domain in ASCII. */
    email: text().notNull().unique(),
    /** SHA-256 of the e-mail, hex: stored so that a look-up never computes a hash per row. */
    hash: text().notNull().unique(),
    /** MD5 of the e-mail, hex: for clients of Gravatar's first protocol. */
    md5: text().notNull().unique(),
    /** Both hashes of the e-mail with its international domain in letters; null where it has none. */
    hashAlias: text('hash_alias'),
    md5Alias: text('md5_alias'),
    displayName: text('display_name').notNull().default(''),
    /** The one truth about which picture shows: there is no flag on photos. */
    activePhotoId: text('active_photo_id').references((): AnySQLiteColumn => photos.id, {
      onDelete: 'set null',
    }),
    /** 22 random base62 characters: a key of the picture that says nothing about the e-mail. */
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
    // Few have an alias: the indexes hold those alone.
    uniqueIndex('users_hash_alias').on(t.hashAlias).where(sql`hash_alias IS NOT NULL`),
    uniqueIndex('users_md5_alias').on(t.md5Alias).where(sql`md5_alias IS NOT NULL`),
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
    /** R2's ETag of the verified original, the MD5 of its bytes: every later read of it is conditional on this. */
    etag: text(),
    /** Whether the file has an alpha channel: then JPEG is not offered for it. */
    transparent: integer({ mode: 'boolean' }).notNull().default(false),
    /** Last segment of its upload's key, random: whoever knows both ids can still not name the upload. */
    uploadSecret: text('upload_secret').notNull().default(''),
    /** How often its completion was tried. */
    tries: integer().notNull().default(0),
    rating: text({ enum: RATINGS }).notNull().default('g'),
    altText: text('alt_text').notNull().default(''),
    /** What the file was called, cleaned: told to the owner alone. Null where nobody said. */
    fileName: text('file_name'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('photos_user_created').on(t.userId, t.createdAt, t.id),
    index('photos_user_etag').on(t.userId, t.etag), // the same bytes again
    index('photos_pending').on(t.createdAt).where(sql`status = 'pending'`), // abandoned uploads, for the cron
    check('photos_status', sql`${t.status} IN ('pending', 'ready')`),
    check('photos_rating', sql`${t.rating} IN ('g', 'pg', 'r', 'x')`),
    check(
      'photos_ready',
      sql`${t.status} = 'pending' OR (${t.width} > 0 AND ${t.height} > 0 AND ${t.etag} IS NOT NULL)`,
    ),
  ],
)

export type User = typeof users.$inferSelect
export type Photo = typeof photos.$inferSelect

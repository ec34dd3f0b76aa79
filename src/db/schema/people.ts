import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  check,
  index,
  integer,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import { RATINGS } from '../../lib/ratings'

// People, their addresses and their photos stand in one file because they point at each other.
// Times are integer milliseconds since 1970 UTC. Ids are random UUIDs.

export const users = sqliteTable(
  'users',
  {
    id: text().primaryKey(),
    displayName: text('display_name').notNull().default(''),
    /** What the public key shows, and every address that follows: a photo, or the crop of one. There is no flag on photos. */
    activePhotoId: text('active_photo_id').references((): AnySQLiteColumn => photos.id, {
      onDelete: 'set null',
    }),
    /** 22 random base62 characters: a key of the picture that says nothing about the e-mail. */
    publicKey: text('public_key').notNull().unique(),
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

/** The e-mail addresses that a person has proven to be theirs. */
export const addresses = sqliteTable(
  'addresses',
  {
    /** SHA-256 of the e-mail, hex: stored so that a look-up never computes a hash per row. */
    hash: text().primaryKey(),
    /** MD5 of the e-mail, hex: for clients of Gravatar's first protocol. */
    md5: text().notNull().unique(),
    /** Both hashes of the e-mail with its international domain in letters; null where it has none. */
    hashAlias: text('hash_alias'),
    md5Alias: text('md5_alias'),
    /** As `readEmail` gives it: lower case, the domain in ASCII. */
    email: text().notNull().unique(),
    userId: text('user_id')
      .notNull()
      .references((): AnySQLiteColumn => users.id, { onDelete: 'cascade' }),
    /** The one that the person acts as and that we write to. */
    isPrimary: integer('is_primary', { mode: 'boolean' }).notNull(),
    /** Whether the picture is found by the hashes of this e-mail. */
    publicLookup: integer('public_lookup', { mode: 'boolean' }).notNull().default(true),
    /** Shows the account's active photo: then activePhotoId is that of the user, written with it. */
    follows: integer({ mode: 'boolean' }).notNull().default(true),
    /** What it shows, a photo or the crop of one. Kept here, so that the look-up reads one row of this table and never joins on a flag. */
    activePhotoId: text('active_photo_id').references((): AnySQLiteColumn => photos.id, {
      onDelete: 'set null',
    }),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    // Few have an alias: the indexes hold those alone.
    uniqueIndex('addresses_hash_alias').on(t.hashAlias).where(sql`hash_alias IS NOT NULL`),
    uniqueIndex('addresses_md5_alias').on(t.md5Alias).where(sql`md5_alias IS NOT NULL`),
    index('addresses_user').on(t.userId, t.createdAt),
    uniqueIndex('addresses_primary').on(t.userId).where(sql`is_primary = 1`), // never two, and found at once
    index('addresses_active_photo').on(t.activePhotoId), // ON DELETE SET NULL would scan without it
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
    /**
     * The photo that this one was cut from: it is then a crop, which shows where its photo is active, and nowhere else.
     * Null for a photo.
     */
    cropOf: text('crop_of').references((): AnySQLiteColumn => photos.id, { onDelete: 'cascade' }),
    /** Of a crop: its top left corner in parts of the width and height of its photo, upright. */
    cropX: real('crop_x'),
    cropY: real('crop_y'),
    /** Of a crop: its side in parts of the shorter side of its photo. */
    cropSize: real('crop_size'),
    /** When it was taken, as the camera says, in milliseconds: told to the owner alone. Null where it says nothing. */
    takenAt: integer('taken_at'),
    /** A ThumbHash (https://evanw.github.io/thumbhash/) in base64: what is seen until the picture is there. */
    standIn: text('stand_in'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('photos_user_created').on(t.userId, t.createdAt, t.id),
    // Both orders of the list, without what it leaves out: a page reads as many rows as it shows.
    index('photos_listed').on(t.userId, t.createdAt, t.id).where(sql`status = 'ready' AND crop_of IS NULL`),
    index('photos_taken')
      .on(t.userId, sql`coalesce(taken_at, created_at)`, t.id)
      .where(sql`status = 'ready' AND crop_of IS NULL`),
    index('photos_crop_of').on(t.cropOf).where(sql`crop_of IS NOT NULL`), // ON DELETE CASCADE would scan without it
    uniqueIndex('photos_crop').on(t.cropOf).where(sql`crop_of IS NOT NULL AND status = 'ready'`), // one a photo
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
export type Address = typeof addresses.$inferSelect
export type Photo = typeof photos.$inferSelect

import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  check,
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
} from 'drizzle-orm/sqlite-core'
import { photos, users } from './people'

// Who else may see what. People are the hashes of their e-mails, as whoever shares with them knows them: somebody
// without an account is no exception, and no address is stored.

/** A person's private names for people. */
export const contacts = sqliteTable(
  'contacts',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    personHash: text('person_hash').notNull(),
    name: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.personHash] })],
)

/** Who else may see a photo. */
export const photoShares = sqliteTable(
  'photo_shares',
  {
    photoId: text('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    personHash: text('person_hash').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.photoId, t.personHash] }),
    index('photo_shares_person').on(t.personHash, t.createdAt, t.photoId),
    index('photo_shares_created').on(t.createdAt), // those that nobody came for, for the cron
  ],
)

export const albums = sqliteTable(
  'albums',
  {
    id: text().primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    /** One of its photos; the page falls back to the newest one. */
    coverPhotoId: text('cover_photo_id').references((): AnySQLiteColumn => photos.id, {
      onDelete: 'set null',
    }),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('albums_user').on(t.userId, t.createdAt),
    index('albums_cover').on(t.coverPhotoId), // ON DELETE SET NULL would scan without it
  ],
)

export const albumPhotos = sqliteTable(
  'album_photos',
  {
    albumId: text('album_id')
      .notNull()
      .references(() => albums.id, { onDelete: 'cascade' }),
    photoId: text('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    addedBy: text('added_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.albumId, t.photoId] }),
    index('album_photos_photo').on(t.photoId),
    index('album_photos_added_by').on(t.addedBy, t.albumId),
  ],
)

export const albumMembers = sqliteTable(
  'album_members',
  {
    albumId: text('album_id')
      .notNull()
      .references(() => albums.id, { onDelete: 'cascade' }),
    personHash: text('person_hash').notNull(),
    role: text({ enum: ['viewer', 'contributor'] }).notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.albumId, t.personHash] }),
    index('album_members_person').on(t.personHash),
    index('album_members_created').on(t.createdAt), // those that nobody came for, for the cron
    check('album_members_role', sql`${t.role} IN ('viewer', 'contributor')`),
  ],
)

/** A random token that shows one photo or one album until it expires or is revoked. */
export const links = sqliteTable(
  'links',
  {
    id: text().primaryKey(),
    /** SHA-256 of the token, hex. The token itself is shown once and not kept. */
    tokenHash: text('token_hash').notNull().unique(),
    photoId: text('photo_id').references(() => photos.id, { onDelete: 'cascade' }),
    albumId: text('album_id').references(() => albums.id, { onDelete: 'cascade' }),
    /** Slow hash of its password with a salt; null for none. */
    passwordHash: text('password_hash'),
    /** Whether it offers downloads. */
    download: integer({ mode: 'boolean' }).notNull(),
    expiresAt: integer('expires_at').notNull(),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    index('links_photo').on(t.photoId, t.createdAt).where(sql`photo_id IS NOT NULL`),
    index('links_album').on(t.albumId, t.createdAt).where(sql`album_id IS NOT NULL`),
    index('links_expires').on(t.expiresAt),
    check('links_target', sql`(${t.photoId} IS NULL) <> (${t.albumId} IS NULL)`),
  ],
)

export type Album = typeof albums.$inferSelect
export type Link = typeof links.$inferSelect

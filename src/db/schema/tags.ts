import { sql } from 'drizzle-orm'
import { check, index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { photos, users } from './people'

/** People in photos: a box in parts of the upright picture, from its top left corner. */
export const photoTags = sqliteTable(
  'photo_tags',
  {
    photoId: text('photo_id')
      .notNull()
      .references(() => photos.id, { onDelete: 'cascade' }),
    personHash: text('person_hash').notNull(),
    taggedBy: text('tagged_by')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    x: real().notNull(),
    y: real().notNull(),
    width: real().notNull(),
    height: real().notNull(),
    createdAt: integer('created_at').notNull(),
    /** When the tagged person took it away: nobody tags them there again. */
    removedAt: integer('removed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.photoId, t.personHash] }),
    index('photo_tags_person').on(t.personHash, t.createdAt, t.photoId),
    index('photo_tags_tagged_by').on(t.taggedBy),
    index('photo_tags_created').on(t.createdAt), // those that nobody came for, for the cron
    check(
      'photo_tags_box',
      sql`${t.x} >= 0 AND ${t.y} >= 0 AND ${t.width} > 0 AND ${t.height} > 0 AND ${t.x} + ${t.width} <= 1.000001 AND ${t.y} + ${t.height} <= 1.000001`,
    ),
  ],
)

export type PhotoTag = typeof photoTags.$inferSelect

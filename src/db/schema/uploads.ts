import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { users } from './people'

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

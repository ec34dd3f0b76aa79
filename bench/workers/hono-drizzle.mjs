// The same foundations and nothing on them: what start-up is compared with.
import { eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { Hono } from 'hono'

const users = sqliteTable('users', { id: text().primaryKey(), name: text().notNull() })

export default new Hono().get('/:id', async (c) =>
  c.json(
    await drizzle(c.env.DB)
      .select()
      .from(users)
      .where(eq(users.id, c.req.param('id')))
      .get(),
  ),
)

import { Hono } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { encodeCursor, readPage } from '../../http/paging'
import { listConversations } from '../../messages/conversations'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { renderInbox } from './page'

/** With whom one is in touch. */
export const inboxPages = new Hono<AppEnv>().get('/inbox', pageHeaders, async (c) => {
  const user = readUser(c)
  if (!user) return c.redirect('/sign-in?next=/inbox')
  const { cursor, limit } = readPage(c.req.query())
  const { items, next } = await listConversations(c.var.caps, { userId: user.id, cursor, limit })
  const nextCursor = next && encodeCursor(next.createdAt, next.id)
  return renderInbox(c, { conversations: items, nextCursor, isFirst: cursor === null })
})

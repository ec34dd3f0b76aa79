import { Hono } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { encodeCursor, readPage } from '../../http/paging'
import { listTagged } from '../../tags/tagged'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { renderTagged } from './page'

/** The photos of whoever asks. */
export const taggedPages = new Hono<AppEnv>().get('/tagged', pageHeaders, async (c) => {
  const user = readUser(c)
  if (!user) return c.redirect('/sign-in?next=/tagged')
  const page = readPage(c.req.query())
  const { items, next } = await listTagged(c.var.caps, { userId: user.id, ...page })
  return renderTagged(c, { user, photos: items, nextCursor: next && encodeCursor(next.createdAt, next.id) })
})

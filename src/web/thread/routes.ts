import { Hono } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { encodeCursor, readPage } from '../../http/paging'
import { readHash } from '../../messages/schemas'
import { readThread } from '../../messages/thread'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { renderThread } from './page'

/** What two people wrote to each other. With whom one never wrote it is empty, and begins there. */
export const threadPages = new Hono<AppEnv>().get('/inbox/:hash', pageHeaders, async (c) => {
  const hash = readHash(c.req.param('hash'))
  const user = readUser(c)
  const { search } = new URL(c.req.url)
  if (!user) return c.redirect(`/sign-in?next=${encodeURIComponent(`${c.req.path}${search}`)}`)
  const { as } = c.req.query()
  const page = readPage(c.req.query())
  const pair = { user, hash, as: as ? readHash(as) : null }
  const { next, ...thread } = await readThread(c.var.caps, { ...pair, ...page })
  const nextCursor = next && encodeCursor(next.createdAt, next.id)
  return renderThread(c, {
    userId: user.id,
    thread: { ...thread, nextCursor },
    isNewest: page.cursor === null,
  })
})

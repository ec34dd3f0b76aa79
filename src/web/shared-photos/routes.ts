import { Hono } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { encodeCursor, readPage } from '../../http/paging'
import { listAlbums } from '../../sharing/albums/albums'
import { findCovers } from '../../sharing/albums/covers'
import { listShared } from '../../sharing/people/shared'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { renderShared } from './page'

/** Albums that the page looks through for those of others; the rest are under Albums. */
const ALBUMS = 100

/** What others have shared with the person. */
export const sharedPages = new Hono<AppEnv>().get('/shared', pageHeaders, async (c) => {
  const user = readUser(c)
  if (!user) return c.redirect('/sign-in?next=/shared')
  const { caps } = c.var
  const page = readPage(c.req.query())
  const [{ items, next }, albums] = await Promise.all([
    listShared(caps, { userId: user.id, ...page }),
    page.cursor ? null : listAlbums(caps, { userId: user.id, limit: ALBUMS, cursor: null }),
  ])
  const theirs = (albums?.items ?? []).filter(({ role }) => role !== 'owner')
  const covers = await findCovers(caps, { albumIds: theirs.map(({ id }) => id) })
  return renderShared(c, {
    photos: items,
    nextCursor: next && encodeCursor(next.createdAt, next.id),
    albums: theirs.map((album) => ({ album, cover: covers.get(album.id) ?? null })),
  })
})

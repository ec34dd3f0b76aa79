import { Hono } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { encodeCursor, readPage } from '../../http/paging'
import { listAlbums } from '../../sharing/albums/albums'
import { findCovers } from '../../sharing/albums/covers'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { renderAlbums } from './page'

/** The list of albums. */
export const albumsPages = new Hono<AppEnv>().get('/albums', pageHeaders, async (c) => {
  const user = readUser(c)
  if (!user) return c.redirect('/sign-in?next=/albums')
  const { caps } = c.var
  const { items, next } = await listAlbums(caps, { userId: user.id, ...readPage(c.req.query()) })
  const covers = await findCovers(caps, { albumIds: items.map(({ id }) => id) })
  return renderAlbums(c, {
    albums: items.map((album) => ({ album, cover: covers.get(album.id) ?? null })),
    nextCursor: next && encodeCursor(next.createdAt, next.id),
  })
})

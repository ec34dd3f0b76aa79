import { Hono } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { encodeCursor, readPage } from '../../http/paging'
import { readAlbum } from '../../sharing/albums/albums'
import { listMembers } from '../../sharing/albums/members'
import { listAlbumPhotos } from '../../sharing/albums/photos'
import { listLinks } from '../../sharing/links/links'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { renderAlbum } from './page'

/** One album, for whoever is in it. Who is not is told what is told where there is none. */
export const albumPages = new Hono<AppEnv>().get('/albums/:id', pageHeaders, async (c) => {
  const user = readUser(c)
  if (!user) return c.redirect(`/sign-in?next=${encodeURIComponent(c.req.path)}`)
  const { caps } = c.var
  const ref = { userId: user.id, albumId: c.req.param('id').toLowerCase() }
  const album = await readAlbum(caps, ref)
  const target = { kind: 'album' as const, id: album.id, userId: user.id }
  const [members, { items, next }, links] = await Promise.all([
    listMembers(caps, ref),
    listAlbumPhotos(caps, { ...ref, ...readPage(c.req.query()) }),
    album.role === 'owner' ? listLinks(caps, { target }) : [],
  ])
  const nextCursor = next && encodeCursor(next.createdAt, next.id)
  const { maxUploadBytes: maxBytes } = caps.config
  return renderAlbum(c, { user, album, members, links, photos: items, nextCursor, maxBytes })
})

import { type Context, Hono } from 'hono'
import { listAddresses, toAddress } from '../../accounts/addresses'
import type { AppEnv, SignedInEnv } from '../../accounts/asking'
import { Problem } from '../../http/problems'
import type { PhotoJson, SeenPhotoJson } from '../../photos/answers'
import { findNeighbours } from '../../photos/neighbours'
import { readAnyPhoto } from '../../photos/seen'
import { findBesideInAlbum, listAlbumsShowing } from '../../sharing/albums/beside'
import { listLinks } from '../../sharing/links/links'
import { findBesideShared } from '../../sharing/people/beside'
import { listShares } from '../../sharing/people/shares'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { renderPhoto, type Way } from './page'

type User = SignedInEnv['Variables']['user']

/** Ids of photos are UUIDs; whatever else stands there is a key and its picture. */
export const PHOTO_PAGE = '/photos/:id{[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}}'

/** One photo, for whoever may see it. Who may not is told what is told where there is none. */
export const photoPages = new Hono<AppEnv>().get(PHOTO_PAGE, pageHeaders, async (c) => {
  const user = readUser(c)
  if (!user) return c.redirect(`/sign-in?next=${encodeURIComponent(pathOf(c))}`)
  const { caps } = c.var
  const photoId = c.req.param('id').toLowerCase()
  const photo = await readAnyPhoto(caps, { viewer: user, photoId })
  if (isOwn(photo) && photo.status !== 'ready') throw new Problem('not_found') // nothing to show yet
  if (!isOwn(photo)) {
    const [way, shared] = await Promise.all([
      findWay(c, user, photo),
      findBesideShared(caps, { userId: user.id, photoId }),
    ])
    const sharedAt = shared?.sharedAt ?? null
    return renderPhoto(c, { user, way, shown: { as: 'viewer', photo, sharedAt } })
  }
  const ref = { userId: user.id, photoId }
  const [way, addresses, people, links, albums] = await Promise.all([
    findWay(c, user, photo),
    listAddresses(caps, { userId: user.id }),
    listShares(caps, ref),
    listLinks(caps, { target: { kind: 'photo', id: photoId, userId: user.id } }),
    listAlbumsShowing(caps, ref),
  ])
  const shown = { photo, addresses: addresses.map(toAddress), people, links, albums }
  return renderPhoto(c, { user, way, shown: { as: 'owner', ...shown } })
})

function isOwn(photo: PhotoJson | SeenPhotoJson): photo is PhotoJson {
  return 'active' in photo
}

const pathOf = (c: Context<AppEnv>) => `${c.req.path}${new URL(c.req.url).search}`

/**
 * The list that the photo was opened from, as the URL has it, and what stands beside it there: one's own photos, an
 * album, or what others have shared. One that is not the photo's counts for nothing.
 */
async function findWay(c: Context<AppEnv>, user: User, photo: PhotoJson | SeenPhotoJson): Promise<Way> {
  const { caps } = c.var
  const { id, createdAt } = photo
  const albumId = c.req.query('album')?.toLowerCase()
  const inAlbum = albumId && (await findBesideInAlbum(caps, { userId: user.id, albumId, photo }))
  if (inAlbum) {
    const { title, ...beside } = inAlbum
    return { list: { href: `/albums/${albumId}`, name: title }, query: `?album=${albumId}`, ...beside }
  }
  if (isOwn(photo)) {
    const beside = await findNeighbours(caps, { userId: user.id, id, createdAt })
    return { list: { href: '/photos', name: 'Photos' }, query: '', ...beside }
  }
  const shared = await findBesideShared(caps, { userId: user.id, photoId: id })
  const { previous = null, next = null } = shared ?? {}
  return { list: { href: '/shared', name: 'Shared with me' }, query: '', previous, next }
}

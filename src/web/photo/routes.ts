import { type Context, Hono } from 'hono'
import { listAddresses, toAddress } from '../../accounts/addresses'
import type { AppEnv, SignedInEnv } from '../../accounts/asking'
import { Problem } from '../../http/problems'
import type { PhotoJson, SeenPhotoJson } from '../../photos/answers'
import { findNeighbours } from '../../photos/neighbours'
import { readAnyPhoto } from '../../photos/seen'
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
  const way = await findWay(c, user, photo)
  if (!isOwn(photo)) return renderPhoto(c, { userId: user.id, way, shown: { as: 'viewer', photo } })
  const addresses = await listAddresses(caps, { userId: user.id })
  const shown = { as: 'owner' as const, photo, addresses: addresses.map(toAddress), people: [], links: [], albums: [] }
  return renderPhoto(c, { userId: user.id, way, shown })
})

function isOwn(photo: PhotoJson | SeenPhotoJson): photo is PhotoJson {
  return 'active' in photo
}

const pathOf = (c: Context<AppEnv>) => `${c.req.path}${new URL(c.req.url).search}`

/** The list that the photo was opened from, as the URL has it, and what stands beside it there. */
async function findWay(c: Context<AppEnv>, user: User, photo: PhotoJson | SeenPhotoJson): Promise<Way> {
  const { caps } = c.var
  const { id, createdAt } = photo
  if (!isOwn(photo))
    return { list: { href: '/shared', name: 'Shared with me' }, previous: null, next: null, query: '' }
  const beside = await findNeighbours(caps, { userId: user.id, id, createdAt })
  return { list: { href: '/photos', name: 'Photos' }, query: '', ...beside }
}

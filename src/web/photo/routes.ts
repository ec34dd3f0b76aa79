import { type Context, Hono } from 'hono'
import { listAddresses, toAddress } from '../../accounts/addresses'
import type { AppEnv, SignedInEnv } from '../../accounts/asking'
import { Problem } from '../../http/problems'
import { t } from '../../lang/photo'
import type { PhotoJson, SeenPhotoJson } from '../../photos/answers'
import { findNeighbours, type Neighbours } from '../../photos/neighbours'
import { readAnyPhoto } from '../../photos/seen'
import { findBesideInAlbum, listAlbumsShowing } from '../../sharing/albums/beside'
import { listLinks } from '../../sharing/links/links'
import { findBesideShared } from '../../sharing/people/beside'
import { listShares } from '../../sharing/people/shares'
import { listTaggable } from '../../tags/known'
import { listTags } from '../../tags/list'
import { findBesideTagged } from '../../tags/tagged'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { renderPhoto, type Way } from './page'
import type { LargeView } from './stage'
import { isMe, pickTagged, type TagsView } from './tags'

type User = SignedInEnv['Variables']['user']

/** Ids of photos are UUIDs; whatever else stands there is a key and its picture. */
export const PHOTO_PAGE = '/photos/:id{[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}}'

/** One photo, for whoever may see it. Who may not is told what is told where there is none. */
export const photoPages = new Hono<AppEnv>().get(PHOTO_PAGE, pageHeaders, async (c) => {
  const user = readUser(c)
  if (!user) return c.redirect(`/sign-in?next=${encodeURIComponent(pathOf(c))}`)
  const { caps } = c.var
  const photoId = c.req.param('id').toLowerCase()
  const { maxUploadBytes: maxBytes } = caps.config
  const photo = await readAnyPhoto(caps, { viewer: user, photoId })
  if (isOwn(photo) && photo.status !== 'ready') throw new Problem('not_found') // nothing to show yet
  if (!isOwn(photo)) {
    const [tags, shared] = await Promise.all([
      readTags(c, user, photo),
      findBesideShared(caps, { userId: user.id, photoId }),
    ])
    const way = await findWay(c, user, { photo, tags })
    const sharedAt = shared?.sharedAt ?? null
    return renderPhoto(c, { user, maxBytes, way, tags, shown: { as: 'viewer', photo, sharedAt } })
  }
  const ref = { userId: user.id, photoId }
  const [tags, addresses, people, links, albums] = await Promise.all([
    readTags(c, user, photo),
    listAddresses(caps, { userId: user.id }),
    listShares(caps, ref),
    listLinks(caps, { target: { kind: 'photo', id: photoId, userId: user.id } }),
    listAlbumsShowing(caps, ref),
  ])
  const way = await findWay(c, user, { photo, tags })
  const tagged = pickTagged(tags)
  const shown = { photo, addresses: addresses.map(toAddress), people, links, albums, tagged }
  return renderPhoto(c, { user, maxBytes, way, tags, shown: { as: 'owner', ...shown } })
})

function isOwn(photo: PhotoJson | SeenPhotoJson): photo is PhotoJson {
  return 'active' in photo
}

const pathOf = (c: Context<AppEnv>) => `${c.req.path}${new URL(c.req.url).search}`

/** Who is in a photo, and what whoever looks needs to tag others. */
async function readTags(c: Context<AppEnv>, user: User, photo: PhotoJson | SeenPhotoJson): Promise<TagsView> {
  const { caps } = c.var
  const { id, width, height } = photo
  const [tags, addresses, before] = await Promise.all([
    listTags(caps, { viewerId: user.id, photoId: id, asked: null }),
    listAddresses(caps, { userId: user.id }),
    listTaggable(caps, { userId: user.id }),
  ])
  const isOwner = isOwn(photo)
  return {
    photo: { id, width: width ?? 1, height: height ?? 1 },
    isOwner,
    me: { hash: user.hash, name: user.displayName },
    mine: addresses.flatMap(({ hash, hashAlias }) => (hashAlias ? [hash, hashAlias] : [hash])),
    tags,
    known: isOwn(photo) ? before : [photo.owner, ...before],
  }
}

/**
 * The list that the photo was opened from, as the URL has it, and what stands beside it there: one's own photos, an
 * album, those one is tagged in, or what others have shared. One that is not the photo's counts for nothing.
 */
async function findWay(
  c: Context<AppEnv>,
  user: User,
  { photo, tags }: { photo: PhotoJson | SeenPhotoJson; tags: TagsView },
): Promise<Way> {
  const { caps } = c.var
  const { id } = photo
  const read = async ({ previous, next }: Neighbours) => {
    const [before, after] = await Promise.all([previous, next].map((beside) => readLarge(c, user, beside)))
    return { previous: before ?? null, next: after ?? null }
  }
  const none = { previous: null, next: null }
  const albumId = c.req.query('album')?.toLowerCase()
  const inAlbum = albumId && (await findBesideInAlbum(caps, { userId: user.id, albumId, photo }))
  if (inAlbum) {
    const list = { href: `/albums/${albumId}`, name: inAlbum.title }
    return { list, query: `?album=${albumId}`, ...(await read(inAlbum)) }
  }
  const readOfMe = async () => {
    const beside = await findBesideTagged(caps, { userId: user.id, photoId: id })
    const list = { href: '/tagged', name: t().photosOfMe }
    return { list, query: '?in=tagged', ...(await read(beside ?? none)) }
  }
  const isOfMe = tags.tags.some((tag) => isMe(tags, tag))
  if (isOfMe && c.req.query('in') === 'tagged') return readOfMe()
  if (isOwn(photo)) {
    const beside = await findNeighbours(caps, { userId: user.id, photo, order: 'taken' })
    return { list: { href: '/photos', name: t().photos }, query: '', ...(await read(beside)) }
  }
  const shared = await findBesideShared(caps, { userId: user.id, photoId: id })
  if (!shared && isOfMe) return readOfMe()
  const beside = await read(shared ?? none)
  return { list: { href: '/shared', name: t().sharedWithMe }, query: '', ...beside }
}

/** What is drawn of a photo beside this one. null where there is none, or it has gone meanwhile. */
async function readLarge(c: Context<AppEnv>, user: User, photoId: string | null): Promise<LargeView | null> {
  const photo = photoId && (await readAnyPhoto(c.var.caps, { viewer: user, photoId }).catch(passOver))
  if (!photo) return null
  const { id, width, height, altText } = photo
  return {
    id,
    userId: isOwn(photo) ? user.id : photo.userId,
    width: width ?? 1,
    height: height ?? 1,
    altText,
  }
}

function passOver(thrown: unknown): null {
  if (thrown instanceof Problem) return null
  throw thrown
}

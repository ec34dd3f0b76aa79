import { and, type Column, eq, fillPlaceholders, gt, or, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { Credential } from '../accounts/asking'
import { isMine } from '../accounts/mine'
import { isLive, isOfAnotherDay, lastUseOf } from '../accounts/sessions'
import type { Capabilities } from '../capabilities'
import type { Db } from '../db/open'
import {
  albumMembers,
  albumPhotos,
  albums,
  apiTokens,
  type Link,
  links,
  type Photo,
  photoShares,
  photos,
  photoTags,
  sessions,
} from '../db/schema'
import { digestHex } from '../lib/crypto'
import { isWhole, type OwnPhoto, selectOwn } from './own'

/** What the owner gets: everything, the original bytes too. */
export interface OwnerSight<P extends Photo = Photo> {
  as: 'owner'
  photo: P
}

/** What anybody else gets: renditions, and of the row no more than these are made from. */
export interface ViewerSight {
  as: 'viewer'
  photo: Pick<Photo, 'id' | 'userId' | 'width' | 'height' | 'transparent'>
}

/** A closed union: what serves the original takes an OwnerSight alone, so the compiler refuses everybody else's. */
export type Sight = OwnerSight | ViewerSight

/** Whether somebody may see a photo, and as what; null for "not yours", "not there" and "not ready" alike. */
export async function findVisiblePhoto(
  caps: Pick<Capabilities, 'db'>,
  values: { photoId: string; viewerId: string },
): Promise<OwnerSight<OwnPhoto> | ViewerSight | null> {
  const [photo] = await selectOwn(caps).where(isVisible(values.viewerId, values.photoId))
  return photo ? toSight(photo, values.viewerId) : null
}

/** What is asked of whoever a credential is of. */
type Asked = { ownerId: string; photoId: string; credential: Credential }

/** What somebody may see, and who they are to it. */
interface Found<T extends Sight> {
  sight: T
  isOwner: boolean
  /** Whether it is the credential's first use today. */
  firstToday: boolean
}

/**
 * The same for whoever a credential is of, both asked by one query. null for "nobody's credential", too, which only
 * `authenticate` tells apart.
 */
export async function findPhotoVisibleBy(
  caps: Pick<Capabilities, 'db' | 'now'>,
  values: Asked,
): Promise<Found<Sight> | null> {
  const [row] = await queriesOf(caps.db).original[values.credential.via].all(await fill(caps, values))
  if (!row) return null
  const sight = toSight(row.photo, row.viewerId)
  return { sight, isOwner: sight.as === 'owner', firstToday: isOfAnotherDay(row.lastUsedAt, caps.now) }
}

/** As the queries of renditions select them. */
type Row = [
  id: string,
  userId: string,
  width: number | null,
  height: number | null,
  transparent: number,
  lastUsedAt: number | null,
  viewerId: string,
]

/**
 * The same for who wants a rendition, which gives the sight of anybody, the owner's too: nothing else need be read.
 * A page of photos asks it for each, so its rows are read as D1 has them, past Drizzle.
 */
export async function findRenditionVisibleBy(
  caps: Pick<Capabilities, 'db' | 'now'>,
  values: Asked,
): Promise<Found<ViewerSight> | null> {
  const { sql: text, params } = queriesOf(caps.db).rendition[values.credential.via]
  const filled = fillPlaceholders(params, await fill(caps, values))
  const [row] = await caps.db.$client
    .prepare(text)
    .bind(...filled)
    .raw<Row>()
  if (!row) return null
  const [id, userId, width, height, transparent, lastUsedAt, viewerId] = row
  const photo = { id, userId, width, height, transparent: transparent === 1 }
  const firstToday = isOfAnotherDay(lastUsedAt, caps.now)
  return { sight: { as: 'viewer', photo }, isOwner: userId === viewerId, firstToday }
}

async function fill({ now }: Pick<Capabilities, 'now'>, { credential, ...ref }: Asked) {
  return { ...ref, tokenHash: await digestHex('SHA-256', credential.token), now }
}

const kept = new WeakMap<Db, ReturnType<typeof buildQueries>>()

/** Built once: a page of photos would have it built for each. */
function queriesOf(db: Db) {
  const queries = kept.get(db) ?? buildQueries(db)
  kept.set(db, queries)
  return queries
}

function buildQueries(db: Db) {
  const tokenHash = sql.placeholder('tokenHash')
  const photoId = sql.placeholder('photoId')
  const isNamed = eq(photos.userId, sql.placeholder('ownerId')) // as the URL has it
  const live = isLive({ tokenHash, now: sql.placeholder('now') })
  const known = eq(apiTokens.tokenHash, tokenHash)
  const { id, userId, width, height, transparent } = photos
  const rendition = { id, userId, width, height, transparent }
  const seenBySession = and(isNamed, isVisiblePicture(sessions.userId, photoId))
  const seenByToken = and(isNamed, isVisiblePicture(apiTokens.userId, photoId))
  return {
    original: {
      session: db
        .select({ photo: photos, viewerId: sessions.userId, lastUsedAt: lastUseOf })
        .from(sessions)
        .innerJoin(photos, seenBySession)
        .where(live)
        .prepare(),
      token: db
        .select({ photo: photos, viewerId: apiTokens.userId, lastUsedAt: apiTokens.lastUsedAt })
        .from(apiTokens)
        .innerJoin(photos, seenByToken)
        .where(known)
        .prepare(),
    },
    rendition: {
      session: db
        .select({ ...rendition, lastUsedAt: lastUseOf, viewerId: sessions.userId })
        .from(sessions)
        .innerJoin(photos, seenBySession)
        .where(live)
        .toSQL(),
      token: db
        .select({ ...rendition, lastUsedAt: apiTokens.lastUsedAt, viewerId: apiTokens.userId })
        .from(apiTokens)
        .innerJoin(photos, seenByToken)
        .where(known)
        .toSQL(),
    },
  }
}

/**
 * The one rule of who may see a photo, for a person who is known or one that the same query finds: its owner; and of
 * others whom it is shared with, whom its owner tagged in it, and who is in an album that it stands in. A tag by somebody
 * else shows nothing: it could be made by who is about to lose sight of the photo, to keep it. What it reads depends on
 * the person's addresses and on the albums of this photo, and on nothing else. A crop is no photo.
 */
export function isVisible(viewer: string | Column, photoId: string | Placeholder): SQL | undefined {
  return and(isVisiblePicture(viewer, photoId), isWhole)
}

/** The same of its picture: of a crop too, which its owner sees. Nothing shows it to others. */
function isVisiblePicture(viewer: string | Column, photoId: string | Placeholder): SQL | undefined {
  return and(
    eq(photos.id, photoId),
    eq(photos.status, 'ready'),
    or(eq(photos.userId, viewer), isShownTo(viewer)),
  )
}

/** The part of the rule that lets others than the owner see the photo that stands in the row of `photos`. */
export function isShownTo(viewer: string | Column): SQL {
  const shared = sql`SELECT 1 FROM ${photoShares} WHERE ${photoShares.photoId} = ${photos.id} AND ${isMine(viewer, photoShares.personHash)}`
  const tagged = sql`SELECT 1 FROM ${photoTags} WHERE ${photoTags.photoId} = ${photos.id} AND ${isMine(viewer, photoTags.personHash)} AND ${photoTags.removedAt} IS NULL AND +${photoTags.taggedBy} = ${photos.userId}` // +: or SQLite walks through all tags that the owner ever made
  const inAlbum = sql`SELECT 1 FROM ${albumPhotos} JOIN ${albums} ON ${albums.id} = ${albumPhotos.albumId} WHERE ${albumPhotos.photoId} = ${photos.id} AND ${standsInAlbum} AND ${mayOpenAlbum(viewer)}`
  return sql`(EXISTS (${shared}) OR EXISTS (${tagged}) OR EXISTS (${inAlbum}))`
}

/** A row of `album_photos` with its row of `albums` counts only while who added the photo may still add any. */
export const standsInAlbum: SQL = sql`(${albumPhotos.addedBy} = ${albums.userId} OR EXISTS (SELECT 1 FROM ${albumMembers} WHERE ${albumMembers.albumId} = ${albums.id} AND ${albumMembers.role} = 'contributor' AND ${isMine(albumPhotos.addedBy, albumMembers.personHash)}))`

/** Whether somebody may look at the album that stands in the row of `albums`: its owner and its members. */
export function mayOpenAlbum(viewer: string | Column): SQL {
  return sql`(${albums.userId} = ${viewer} OR EXISTS (SELECT 1 FROM ${albumMembers} WHERE ${albumMembers.albumId} = ${albums.id} AND ${isMine(viewer, albumMembers.personHash)}))`
}

/** What a link shows, live at `now`: the row of `links` names a photo, or an album that it stands in. */
const isLinked: SQL = sql`(${links.photoId} = ${photos.id} OR EXISTS (SELECT 1 FROM ${albumPhotos} JOIN ${albums} ON ${albums.id} = ${albumPhotos.albumId} WHERE ${albumPhotos.albumId} = ${links.albumId} AND ${albumPhotos.photoId} = ${photos.id} AND ${standsInAlbum}))`

/** The condition under which a link is one: the clock is ours, and at `expires_at` it is over. */
export function isLiveLink(values: { tokenHash: string; now: number }): SQL | undefined {
  return and(eq(links.tokenHash, values.tokenHash), gt(links.expiresAt, values.now))
}

/**
 * Whether a link shows a photo, and as what; null for a link that is none, has expired or shows another one.
 * Whether its password was given is for who calls to know: it comes with the link.
 */
export async function findPhotoByLink(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  values: { token: string; photoId: string },
): Promise<{ sight: ViewerSight; link: Link } | null> {
  const { token, photoId } = values
  const tokenHash = await digestHex('SHA-256', token)
  const { id, userId, width, height, transparent } = photos
  const [row] = await db
    .select({ photo: { id, userId, width, height, transparent }, link: links })
    .from(links)
    .innerJoin(photos, and(eq(photos.id, photoId), eq(photos.status, 'ready'), isLinked))
    .where(isLiveLink({ tokenHash, now }))
  return row ? { sight: { as: 'viewer', photo: row.photo }, link: row.link } : null
}

function toSight<P extends Photo>(photo: P, viewerId: string): OwnerSight<P> | ViewerSight {
  const { id, userId, width, height, transparent } = photo
  if (userId === viewerId) return { as: 'owner', photo }
  return { as: 'viewer', photo: { id, userId, width, height, transparent } }
}

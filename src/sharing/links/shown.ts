import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { Capabilities } from '../../capabilities'
import { albumPhotos, albums, type Link, links, type Photo, photos } from '../../db/schema'
import { digestHex } from '../../lib/crypto'
import { isLiveLink, standsInAlbum } from '../../photos/access'

type Db = Pick<Capabilities, 'db'>

/** Photos of an album that its page shows at once. */
const PAGE = 50

/** What whoever opens a link is told of a photo: what its page needs, and nothing of whose it is. */
export type LinkedPhoto = Pick<Photo, 'id' | 'altText'> & { width: number; height: number }

/** What a link shows. */
export interface Shown {
  /** Of the album; null for a single photo. */
  title: string | null
  photos: LinkedPhoto[]
  /** Where the next page begins; null where there is none. */
  next: { createdAt: number; id: string } | null
}

/** The link of a token; null for one that is none, was revoked or has expired. */
export async function findLink(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  values: { token: string },
): Promise<Link | null> {
  const tokenHash = await digestHex('SHA-256', values.token)
  const [link] = await db.select().from(links).where(isLiveLink({ tokenHash, now }))
  return link ?? null
}

const { id, altText, width, height, createdAt } = photos
const columns = { id, altText, width, height, createdAt }
const isReady = eq(photos.status, 'ready')

/** What a link shows, an album page by page and newest first; null where it has gone meanwhile. */
export function findShown(
  caps: Db,
  values: { link: Link; cursor: { createdAt: number; id: string } | null },
): Promise<Shown | null> {
  const { link, cursor } = values
  return link.albumId === null
    ? findPhoto(caps, link.photoId ?? '')
    : findAlbum(caps, { albumId: link.albumId, cursor })
}

async function findPhoto({ db }: Db, photoId: string): Promise<Shown | null> {
  const rows = await db
    .select(columns)
    .from(photos)
    .where(and(eq(photos.id, photoId), isReady))
  return rows.length ? { title: null, photos: rows.map(toLinked), next: null } : null
}

/** The album is read with each photo, so that one that goes meanwhile takes all of them along. */
async function findAlbum(
  { db }: Db,
  { albumId, cursor }: { albumId: string; cursor: { createdAt: number; id: string } | null },
): Promise<Shown | null> {
  const before =
    cursor &&
    or(
      lt(photos.createdAt, cursor.createdAt),
      and(eq(photos.createdAt, cursor.createdAt), lt(photos.id, cursor.id)),
    )
  const [[album], rows] = await db.batch([
    db.select({ title: albums.title }).from(albums).where(eq(albums.id, albumId)),
    db
      .select(columns)
      .from(albumPhotos)
      .innerJoin(albums, eq(albums.id, albumPhotos.albumId))
      .innerJoin(photos, and(eq(photos.id, albumPhotos.photoId), isReady))
      .where(and(eq(albumPhotos.albumId, albumId), standsInAlbum, before ?? undefined))
      .orderBy(desc(photos.createdAt), desc(photos.id))
      .limit(PAGE + 1),
  ])
  if (!album) return null
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined
  return {
    title: album.title,
    photos: rows.slice(0, PAGE).map(toLinked),
    next: last ? { createdAt: last.createdAt, id: last.id } : null,
  }
}

function toLinked(row: Pick<Photo, keyof typeof columns>): LinkedPhoto {
  const { id, altText, width, height } = row
  return { id, altText, width: width ?? 1, height: height ?? 1 }
}

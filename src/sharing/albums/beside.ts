import { and, asc, desc, eq, gt, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Capabilities } from '../../capabilities'
import { albumMembers, albumPhotos, albums, links, photos } from '../../db/schema'
import { mayOpenAlbum, standsInAlbum } from '../../photos/access'
import type { Neighbours } from '../../photos/neighbours'

type Db = Pick<Capabilities, 'db'>

/** What stands beside a photo in an album, and what the album is called. */
interface Beside extends Neighbours {
  title: string
}

/**
 * What stands beside a photo in an album that somebody may open, by the photos' own time, newest first. null for an
 * album that they may not open, or that does not hold the photo.
 */
export async function findBesideInAlbum(
  { db }: Db,
  values: { userId: string; albumId: string; photo: { id: string; createdAt: number } },
): Promise<Beside | null> {
  const { userId, albumId, photo } = values
  const { id, createdAt } = photos
  const inAlbum = (such: SQL | undefined) =>
    db
      .select({ id, title: albums.title })
      .from(albums)
      .innerJoin(albumPhotos, eq(albumPhotos.albumId, albums.id))
      .innerJoin(photos, eq(id, albumPhotos.photoId))
      .where(
        and(eq(albums.id, albumId), mayOpenAlbum(userId), eq(photos.status, 'ready'), standsInAlbum, such),
      )
  const sameTime = eq(createdAt, photo.createdAt)
  const [[here], [before], [after]] = await db.batch([
    inAlbum(eq(id, photo.id)),
    inAlbum(or(gt(createdAt, photo.createdAt), and(sameTime, gt(id, photo.id))))
      .orderBy(asc(createdAt), asc(id))
      .limit(1),
    inAlbum(or(lt(createdAt, photo.createdAt), and(sameTime, lt(id, photo.id))))
      .orderBy(desc(createdAt), desc(id))
      .limit(1),
  ])
  return here ? { title: here.title, previous: before?.id ?? null, next: after?.id ?? null } : null
}

/** An album that others see a photo by. */
export interface Showing {
  id: string
  title: string
}

/**
 * The albums by which others than its owner see a photo: those that have members or live links, and other people's.
 * For the photo's owner, who put it there. By title.
 */
export async function listAlbumsShowing(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  values: { userId: string; photoId: string },
): Promise<Showing[]> {
  const { userId, photoId } = values
  const hasMembers = sql`EXISTS (SELECT 1 FROM ${albumMembers} WHERE ${albumMembers.albumId} = ${albums.id})`
  const hasLinks = sql`EXISTS (SELECT 1 FROM ${links} WHERE ${links.albumId} = ${albums.id} AND ${links.expiresAt} > ${now})`
  return db
    .select({ id: albums.id, title: albums.title })
    .from(albumPhotos)
    .innerJoin(albums, eq(albums.id, albumPhotos.albumId))
    .innerJoin(photos, and(eq(photos.id, albumPhotos.photoId), eq(photos.userId, userId)))
    .where(
      and(
        eq(albumPhotos.photoId, photoId),
        standsInAlbum,
        or(ne(albums.userId, userId), hasMembers, hasLinks),
      ),
    )
    .orderBy(asc(albums.title), asc(albums.id))
}

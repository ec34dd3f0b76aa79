import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import { isContactOf } from '../../accounts/names'
import { isPrimaryOfUser } from '../../accounts/person'
import type { Capabilities } from '../../capabilities'
import { addresses, albumPhotos, albums, contacts, photos, users } from '../../db/schema'
import { Problem } from '../../http/problems'
import { mayOpenAlbum, standsInAlbum } from '../../photos/access'
import type { SeenPhotoJson } from '../../photos/answers'
import { isWhole } from '../../photos/own'
import { isOwner, seenColumns, toSeenPhoto } from '../../photos/seen'
import { type Cursor, isBehind, requireOne } from './albums'
import { isContributor, mayAddTo, sweepCover, sweepPhotos } from './standing'

type Db = Pick<Capabilities, 'db'>

/** Most photos of an album: a page of them reads them all. */
const MAX_PHOTOS = 5000

/** Most albums that a photo may be in: who wants to see it is looked for in each. */
const MAX_ALBUMS_OF_A_PHOTO = 50

const FULL = `An album holds at most ${MAX_PHOTOS} photos, and a photo is in at most ${MAX_ALBUMS_OF_A_PHOTO} albums.`

/** What is done to which photo of which album, and by whom. */
interface Ref {
  userId: string
  albumId: string
  photoId: string
}

/**
 * The photos of an album by their own time, newest first.
 * @throws Problem `not_found`
 */
export async function listAlbumPhotos(
  caps: Pick<Capabilities, 'db' | 'origin'>,
  values: { userId: string; albumId: string; limit: number; cursor: Cursor | null },
): Promise<{ items: SeenPhotoJson[]; next: Cursor | null }> {
  const { db } = caps
  const { userId, albumId, limit, cursor } = values
  const isOpen = and(eq(albums.id, albumId), mayOpenAlbum(userId))
  const order = [desc(photos.createdAt), desc(photos.id)]
  // The page first: people are looked up for its photos alone.
  const page = db
    .select({ id: photos.id })
    .from(albums)
    .innerJoin(albumPhotos, eq(albumPhotos.albumId, albums.id))
    .innerJoin(photos, eq(photos.id, albumPhotos.photoId))
    .where(and(isOpen, eq(photos.status, 'ready'), standsInAlbum, isBehind(cursor, photos)))
    .orderBy(...order)
    .limit(limit + 1)
  const [open, rows] = await db.batch([
    db.select({ id: albums.id }).from(albums).where(isOpen),
    db
      .select(seenColumns)
      .from(photos)
      .innerJoin(users, isOwner)
      .innerJoin(addresses, isPrimaryOfUser)
      .leftJoin(contacts, isContactOf(userId))
      .where(inArray(photos.id, page))
      .orderBy(...order),
  ])
  requireOne(open)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map((row) => toSeenPhoto(row, caps)),
    next: last ? { createdAt: last.createdAt, id: last.id } : null,
  }
}

/**
 * Adds a ready photo of the person's own to an album of theirs, or one that they contribute to. What is there already
 * stays as it is.
 * @throws Problem `not_found`, the same for another's photo as for none, and for an album that they may not add to;
 *   `photo_not_ready`, `quota_exceeded`
 */
export async function addAlbumPhoto(caps: Pick<Capabilities, 'db' | 'now'>, values: Ref): Promise<void> {
  if (await insertAlbumPhoto(caps, values)) return
  // What counts no more may have taken the room: nobody sees it, so nobody could take it out.
  const { albumId, photoId } = values
  await sweepPhotos(caps, sql`${albumPhotos.albumId} = ${albumId} OR ${albumPhotos.photoId} = ${photoId}`)
  if (!(await insertAlbumPhoto(caps, values))) throw new Problem('quota_exceeded', FULL)
}

/**
 * One statement, with who may and what has room in it: calls in parallel cannot pass together, and who has just been
 * removed adds nothing.
 * @returns whether there was room
 */
async function insertAlbumPhoto(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  { userId, albumId, photoId }: Ref,
): Promise<boolean> {
  const own = and(eq(photos.id, photoId), eq(photos.userId, userId), isWhole)
  const mayAdd = and(eq(albums.id, albumId), mayAddTo(userId))
  const there = sql<number>`EXISTS (SELECT 1 FROM ${albumPhotos} WHERE ${albumPhotos.albumId} = ${albumId} AND ${albumPhotos.photoId} = ${photoId})`
  const [, [found]] = await db.batch([
    db
      .insert(albumPhotos)
      .select(
        sql`SELECT ${albums.id}, ${photos.id}, ${photos.userId}, ${now}
            FROM ${albums} JOIN ${photos} ON ${own} AND ${photos.status} = 'ready'
            WHERE ${mayAdd}
              AND (SELECT count(*) FROM ${albumPhotos} WHERE ${albumPhotos.albumId} = ${albumId}) < ${MAX_PHOTOS}
              AND (SELECT count(*) FROM ${albumPhotos} WHERE ${albumPhotos.photoId} = ${photoId}) < ${MAX_ALBUMS_OF_A_PHOTO}`,
      )
      .onConflictDoNothing(),
    db.select({ status: photos.status, there }).from(albums).innerJoin(photos, own).where(mayAdd),
  ])
  if (!found) throw new Problem('not_found')
  if (found.status !== 'ready') throw new Problem('photo_not_ready')
  return found.there === 1
}

/**
 * Takes a photo out of an album: its owner any, a contributor one of their own. It is the cover no more.
 * @throws Problem `not_found`
 */
export async function removeAlbumPhoto(caps: Db, { userId, albumId, photoId }: Ref): Promise<void> {
  const { db } = caps
  const may = sql`SELECT 1 FROM ${albums} WHERE ${albums.id} = ${albumId} AND ${standsInAlbum} AND (${albums.userId} = ${userId} OR (${albumPhotos.addedBy} = ${userId} AND ${isContributor(userId)}))`
  const [gone] = await db.batch([
    db
      .delete(albumPhotos)
      .where(and(eq(albumPhotos.albumId, albumId), eq(albumPhotos.photoId, photoId), sql`EXISTS (${may})`))
      .returning({ photoId: albumPhotos.photoId }),
    sweepCover(caps, albumId),
  ])
  requireOne(gone)
}

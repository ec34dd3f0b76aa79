import { type Column, type SQL, sql } from 'drizzle-orm'
import { isMine } from '../../accounts/mine'
import type { Capabilities } from '../../capabilities'
import { addresses, albumMembers, albumPhotos, albums, photos } from '../../db/schema'
import { standsInAlbum } from '../../photos/access'

type Db = Pick<Capabilities, 'db'>

/** Whether somebody may add photos to the album in the row of `albums` as one of its members. */
export function isContributor(userId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${albumMembers} WHERE ${albumMembers.albumId} = ${albums.id} AND ${albumMembers.role} = 'contributor' AND ${isMine(userId, albumMembers.personHash)})`
}

/** Whether somebody may add photos to the album in the row of `albums`. */
export function mayAddTo(userId: string): SQL {
  return sql`(${albums.userId} = ${userId} OR ${isContributor(userId)})`
}

// What a query selects is an SQL within an SQL: of one that reads a single table, Drizzle takes the outer one's columns
// for that table's, and writes them without its name.

/** The photos of the album in the row of `albums`, whatever else is to hold of them: what may be counted or told. */
const standing = sql`FROM ${albumPhotos} JOIN ${photos} ON ${photos.id} = ${albumPhotos.photoId} WHERE ${albumPhotos.albumId} = ${albums.id} AND ${photos.status} = 'ready' AND ${standsInAlbum}`

/** How many photos are in the album in the row of `albums`. */
export const standingCount: SQL<number> = sql<number>`(SELECT count(*) ${standing})`

/** The ids of its photos as a JSON list, by the photos' own time. */
export const standingIds: SQL<string> = sql<string>`(${sql`SELECT json_group_array(${albumPhotos.photoId} ORDER BY ${photos.createdAt}, ${photos.id}) ${standing}`})`

/** The newest of its photos by their own time; null for an empty album. */
export const standingNewest: SQL<string | null> = sql<
  string | null
>`(${sql`SELECT ${albumPhotos.photoId} ${standing} ORDER BY ${photos.createdAt} DESC, ${photos.id} DESC LIMIT 1`})`

/** Whether a photo is in the album in the row of `albums`. */
export function holdsPhoto(photoId: string | Column): SQL {
  return sql`EXISTS (SELECT 1 ${standing} AND ${albumPhotos.photoId} = ${photoId})`
}

/** The cover of the album in the row of `albums`; null for one that is in it no more. */
export const standingCover: SQL<string | null> = sql<
  string | null
>`CASE WHEN ${holdsPhoto(albums.coverPhotoId)} THEN ${albums.coverPhotoId} END`

/** The photos that whoever has an address added to an album. By the index of who added what. */
export function isAddedBy(values: { albumId: string; hash: string }): SQL {
  const { albumId, hash } = values
  return sql`${albumPhotos.albumId} = ${albumId} AND ${albumPhotos.addedBy} IN (SELECT ${addresses.userId} FROM ${addresses} WHERE ${addresses.hash} = ${hash} UNION ALL SELECT ${addresses.userId} FROM ${addresses} WHERE ${addresses.hashAlias} = ${hash})`
}

/** Takes out of such rows of `album_photos` those that count no more, for good. A statement of a batch. */
export function sweepPhotos({ db }: Db, such: SQL) {
  const stands = sql`SELECT 1 FROM ${albums} WHERE ${albums.id} = ${albumPhotos.albumId} AND ${standsInAlbum}`
  return db.delete(albumPhotos).where(sql`(${such}) AND NOT EXISTS (${stands})`)
}

/** Takes the cover from an album that does not hold it. A statement of a batch. */
export function sweepCover({ db }: Db, albumId: string) {
  const gone = sql`${albums.id} = ${albumId} AND ${albums.coverPhotoId} IS NOT NULL AND NOT ${holdsPhoto(albums.coverPhotoId)}`
  return db.update(albums).set({ coverPhotoId: null }).where(gone)
}

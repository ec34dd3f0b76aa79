import { type Column, type SQL, sql } from 'drizzle-orm'
import { holderOf } from '../accounts/holder'
import { albumMembers, albumPhotos, albums, photoShares, photos, photoTags } from '../db/schema'
import { standsInAlbum } from '../photos/access'

/** Whether a column names the person whom a hash names, by any of their addresses: for what only they get to know. */
export function isOfPerson(hash: string, column: Column | SQL): SQL {
  const holder = holderOf(hash)
  return sql`${column} IN (SELECT ${hash} UNION ALL SELECT hash FROM addresses WHERE user_id = ${holder} UNION ALL SELECT hash_alias FROM addresses WHERE user_id = ${holder} AND hash_alias IS NOT NULL)`
}

/** Whether a column names the very address that a hash names, in either form of an international domain. */
function isOfAddress(hash: string, column: Column): SQL {
  return sql`${column} IN (SELECT ${hash} UNION ALL SELECT hash FROM addresses WHERE hash_alias = ${hash} UNION ALL SELECT hash_alias FROM addresses WHERE hash = ${hash} AND hash_alias IS NOT NULL)`
}

/** Whether a hash names the primary address of an account: the one by which its owner is told of. */
function isPrimaryOf(hash: string, userId: Column): SQL {
  return sql`EXISTS (SELECT 1 FROM addresses WHERE addresses.user_id = ${userId} AND is_primary = 1 AND (addresses.hash = ${hash} OR addresses.hash_alias = ${hash}))`
}

/**
 * Whether the photo that stands in the row of `photos` is shown to an address: by a share or an album that names it, by
 * a tag of the owner's, or as that by which its owner is told of. By that address alone: that a person sees it under
 * another one must not be found out by tagging them, for nobody learns which addresses are one person's.
 */
export function seesAlready(hash: string): SQL {
  const shared = sql`SELECT 1 FROM ${photoShares} WHERE ${photoShares.photoId} = ${photos.id} AND ${isOfAddress(hash, photoShares.personHash)}`
  const tagged = sql`SELECT 1 FROM ${photoTags} WHERE ${photoTags.photoId} = ${photos.id} AND ${isOfAddress(hash, photoTags.personHash)} AND ${photoTags.removedAt} IS NULL AND +${photoTags.taggedBy} = ${photos.userId}` // + as in photos/access.ts
  const isMember = sql`EXISTS (SELECT 1 FROM ${albumMembers} WHERE ${albumMembers.albumId} = ${albums.id} AND ${isOfAddress(hash, albumMembers.personHash)})`
  const inAlbum = sql`SELECT 1 FROM ${albumPhotos} JOIN ${albums} ON ${albums.id} = ${albumPhotos.albumId} WHERE ${albumPhotos.photoId} = ${photos.id} AND ${standsInAlbum} AND (${isPrimaryOf(hash, albums.userId)} OR ${isMember})`
  return sql`(${isPrimaryOf(hash, photos.userId)} OR EXISTS (${shared}) OR EXISTS (${tagged}) OR EXISTS (${inAlbum}))`
}

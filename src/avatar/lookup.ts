import type { Rating } from '../lib/ratings'

/** What a public profile says, besides the key that it was asked by. */
export interface Profile {
  displayName: string
  altText: string
}

/** The photo that shows under a key, with what is needed to make renditions of it. */
export interface ShownPhoto {
  photoId: string
  userId: string
  /** Upright pixels. */
  width: number
  height: number
  transparent: boolean
  rating: Rating
}

/** As COLUMNS has them: an object for each row would be built from names, for every picture. */
type Row = [id: string, userId: string, width: number, height: number, transparent: number, rating: Rating]

const COLUMNS = 'photos.id, photos.user_id, photos.width, photos.height, photos.transparent, photos.rating'
const BY_ADDRESS = 'FROM addresses JOIN photos ON photos.id = addresses.active_photo_id'
const BY_PERSON = 'FROM users JOIN photos ON photos.id = users.active_photo_id'

/**
 * The one query of the picture path: each form reads one row of addresses (of users by the public key) by a unique
 * index and one of photos by its primary key, however many addresses a person has. A hash is of either form of an
 * e-mail with an international domain, and each form has its index.
 * Plain SQL, made once, because it runs for every picture: no query is built. Who switched the look-up off is not
 * found by a hash.
 */
export const LOOKUP_SQL = {
  64: `SELECT ${COLUMNS} ${BY_ADDRESS} WHERE (hash = ?1 OR hash_alias = ?1) AND public_lookup = 1`,
  32: `SELECT ${COLUMNS} ${BY_ADDRESS} WHERE (md5 = ?1 OR md5_alias = ?1) AND public_lookup = 1`,
  22: `SELECT ${COLUMNS} ${BY_PERSON} WHERE public_key = ?1`,
}

/**
 * Finds the photo that a key shows, whatever its rating.
 * @param values.key 64 or 32 lower-case hex, or 22 base62 characters
 */
export async function findShownPhoto(d1: D1Database, values: { key: string }): Promise<ShownPhoto | null> {
  const sql = LOOKUP_SQL[values.key.length as keyof typeof LOOKUP_SQL]
  const [row] = await d1.prepare(sql).bind(values.key).raw<Row>()
  if (!row) return null
  const [photoId, userId, width, height, transparent, rating] = row
  return { photoId, userId, width, height, transparent: transparent === 1, rating }
}

const PROFILE_COLUMNS =
  '(SELECT display_name FROM users WHERE id = photos.user_id) AS displayName, photos.alt_text AS altText'

/**
 * The profile of the person whose picture a key shows for rating `g`; null where it shows none.
 * Not part of the picture's query: few ask for it, and every picture would pay.
 * @param values.key 64 or 32 lower-case hex, or 22 base62 characters
 */
export async function findProfile(d1: D1Database, values: { key: string }): Promise<Profile | null> {
  const lookup = LOOKUP_SQL[values.key.length as keyof typeof LOOKUP_SQL]
  const sql = lookup.replace(COLUMNS, PROFILE_COLUMNS)
  return d1.prepare(`${sql} AND photos.rating = 'g'`).bind(values.key).first<Profile>()
}

import { and, type Column, eq, exists, isNull, type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Capabilities } from '../capabilities'
import { type Address, addresses, photos, type User, users } from '../db/schema'
import { Problem } from '../http/problems'

type Db = Pick<Capabilities, 'db'>

/**
 * A person and their addresses, as they were just read: what a change of what shows is decided by. `activePhotoId` is
 * what shows, a photo or the crop of one.
 */
export interface Standing {
  user: User
  addresses: Address[]
}

/** @throws Problem `unauthenticated` if the account has just been deleted */
export async function readStanding({ db }: Db, values: { userId: string }): Promise<Standing> {
  const rows = await db
    .select({ user: users, address: addresses })
    .from(users)
    .innerJoin(addresses, eq(addresses.userId, users.id))
    .where(eq(users.id, values.userId))
  const [first] = rows
  if (!first) throw new Problem('unauthenticated')
  return { user: first.user, addresses: rows.map((row) => row.address) }
}

/** Holds while the person is there and has this public key. */
export function hasPublicKey({ db }: Db, { id, publicKey }: User): SQL {
  return exists(
    db
      .select({ one: sql`1` })
      .from(users)
      .where(and(eq(users.id, id), eq(users.publicKey, publicKey))),
  )
}

/** The photo behind what a column of `users` or `addresses` shows: for a crop, the one that it was cut from. */
export function photoBehind(shown: Column): SQL<string | null> {
  return sql<
    string | null
  >`coalesce((SELECT shown.crop_of FROM ${photos} AS shown WHERE shown.id = ${shown}), ${shown})`
}

/**
 * What a photo of the person's shows as where it is active: its crop's id, else its own.
 * @throws Problem `not_found`, the same for another person's, and for a crop, as for none; `photo_not_ready`
 */
export async function readFace({ db }: Db, values: { userId: string; photoId: string }): Promise<string> {
  const { userId, photoId } = values
  const [photo] = await db
    .select({ status: photos.status, face: faceOf(photoId) })
    .from(photos)
    .where(and(eq(photos.id, photoId), eq(photos.userId, userId), isNull(photos.cropOf)))
  if (!photo) throw new Problem('not_found')
  if (photo.status !== 'ready') throw new Problem('photo_not_ready')
  return photo.face
}

const faceOf = (photoId: string) =>
  sql<string>`coalesce((SELECT face.id FROM ${photos} AS face WHERE face.crop_of = ${photoId} AND face.status = 'ready'), ${photoId})`

/** Holds while this is a photo of the person's that can show, and that is what it shows as. */
export function isFace(caps: Db, values: { userId: string; photoId: string; face: string }): SQL | undefined {
  return and(isReady(caps, values), eq(faceOf(values.photoId), values.face))
}

/** Holds while this is a photo of the person's that can show, and no crop. */
export function isReady({ db }: Db, values: { userId: string; photoId: string }): SQL {
  const ready = and(
    eq(photos.id, values.photoId),
    eq(photos.userId, values.userId),
    eq(photos.status, 'ready'),
    isNull(photos.cropOf),
  )
  return exists(db.select({ one: sql`1` }).from(photos).where(ready))
}

/** Holds while of all addresses exactly these are such: what was decided by their keys may be written only then. */
export function areStill(found: Address[], such: SQL | undefined): SQL {
  const hashes = found.map(({ hash }) => hash).toSorted()
  return sql`(SELECT json_group_array(hash ORDER BY hash) FROM ${addresses} WHERE ${such}) = ${JSON.stringify(hashes)}`
}

/**
 * Runs statements that each stand under one condition, as one transaction, where it holds. None but the last may
 * end it.
 * @returns whether it held
 */
export async function writeWhere(
  { db }: Db,
  condition: SQL | undefined,
  statements: BatchItem<'sqlite'>[],
): Promise<boolean> {
  const held = db.select({ one: sql`1` }).from(sql`(SELECT 1)`).where(condition)
  const [rows] = await db.batch([held, ...statements])
  return rows.length > 0
}

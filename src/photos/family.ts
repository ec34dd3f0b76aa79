import { and, type Column, eq, or, type SQL, sql } from 'drizzle-orm'
import { areStill, hasPublicKey, readStanding } from '../accounts/standing'
import { keysOf } from '../avatar/purge'
import type { Capabilities } from '../capabilities'
import { addresses, type Photo, photos, users } from '../db/schema'
import { Problem } from '../http/problems'
import type { OwnPhoto } from './own'

type Db = Pick<Capabilities, 'db'>

/** A photo with all that was cut from it, and who shows any of them. */
interface Family {
  photo: OwnPhoto
  /** Its crops: the one that is ready, and those whose upload is under way. */
  crops: Photo[]
  /** The keys that show the photo or its crop. */
  keys: string[]
  /** Holds while these keys are all: what is decided by them may be written only under it. */
  unmoved: SQL | undefined
}

/**
 * A person's photo, as it was just read, for a change of what shows.
 * @throws Problem `not_found`, the same for another person's, and for a crop, as for none
 */
export async function readFamily(caps: Db, values: { userId: string; photoId: string }): Promise<Family> {
  const { userId, photoId } = values
  const [rows, { user, addresses: all }] = await Promise.all([
    caps.db
      .select()
      .from(photos)
      .where(and(isOfFamily(photoId), eq(photos.userId, userId))),
    readStanding(caps, { userId }),
  ])
  const photo = findOwn(rows, photoId)
  if (!photo) throw new Problem('not_found')
  const ids = rows.map(({ id }) => id)
  const shows = ({ activePhotoId }: { activePhotoId: string | null }) =>
    activePhotoId !== null && ids.includes(activePhotoId)
  const showing = all.filter(shows)
  const isActive = shows(user)
  return {
    photo,
    crops: rows.filter(({ id }) => id !== photoId),
    keys: keysOf(showing, isActive ? user : undefined),
    unmoved: and(
      areStill(showing, and(eq(addresses.userId, userId), showsFamily(addresses.activePhotoId, photoId))),
      isActive ? hasPublicKey(caps, user) : undefined,
      sql`(SELECT ${showsFamily(users.activePhotoId, photoId)} FROM ${users} WHERE ${users.id} = ${userId}) = ${isActive}`,
    ),
  }
}

/** The rows of a photo and its crops. */
export function isOfFamily(photoId: string): SQL | undefined {
  return or(eq(photos.id, photoId), eq(photos.cropOf, photoId))
}

/** Whether a column of `users` or `addresses` shows a photo, or a crop of it. */
export function showsFamily(shown: Column, photoId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM ${photos} AS kin WHERE kin.id = ${shown} AND ${photoId} IN (kin.id, kin.crop_of))`
}

/** A photo among the rows of its family; null where it is none, or a crop itself. */
export function findOwn(rows: Photo[], photoId: string): OwnPhoto | null {
  const photo = rows.find(({ id, cropOf }) => id === photoId && cropOf === null)
  const crop = rows.find(({ cropOf, status }) => cropOf === photoId && status === 'ready')
  const { id, cropX: x, cropY: y, cropSize: size } = crop ?? {}
  return photo ? { ...photo, crop: id ? { id, x: x ?? null, y: y ?? null, size: size ?? null } : null } : null
}

import { and, eq, getTableColumns, isNull, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Person } from '../accounts/person'
import type { Capabilities } from '../capabilities'
import { type Photo, photos } from '../db/schema'
import { Problem } from '../http/problems'
import type { PhotoJson } from './answers'
import { picturesOf } from './pictures'

type Db = Pick<Capabilities, 'db'>

/** The square of a photo that shows where it is active: see `cropX` of the schema. */
export interface Crop {
  id: string
  x: number | null
  y: number | null
  size: number | null
}

/** A photo with its crop, as its owner is told of it. */
export type OwnPhoto = Photo & { crop: Crop | null }

/** The crop that belongs to a row of `photos`, to be joined left on `isCrop`. */
export const crops = alias(photos, 'crop')
export const isCrop = and(eq(crops.cropOf, photos.id), eq(crops.status, 'ready'))
export const cropColumns = { id: crops.id, x: crops.cropX, y: crops.cropY, size: crops.cropSize }

/** The query of photos as their owner is told of them. Not for a batch, which tells columns by name. */
export function selectOwn({ db }: Db) {
  return db
    .select({ ...getTableColumns(photos), crop: cropColumns })
    .from(photos)
    .leftJoin(crops, isCrop)
}

/** What a photo is as long as it is no crop: a crop is nowhere listed, shared or tagged. */
export const isWhole: SQL = isNull(photos.cropOf)

/** In letters, or SQLite would not know that the indexes of the list hold what is asked. */
export const isListed: SQL = sql`${photos.status} = 'ready' AND ${photos.cropOf} IS NULL`

/**
 * The person's own photo, pending or ready.
 * @throws Problem `not_found`, the same for another person's, and for a crop, as for none
 */
export async function readPhoto(caps: Db, values: { userId: string; photoId: string }): Promise<OwnPhoto> {
  const mine = and(eq(photos.id, values.photoId), eq(photos.userId, values.userId))
  const [photo] = await selectOwn(caps).where(and(mine, isWhole))
  if (!photo) throw new Problem('not_found')
  return photo
}

/** What the JSON of a photo depends on besides its row. */
export interface Onlooker {
  /** The photo that the account shows. */
  activePhotoId: string | null
  /** Of absolute addresses. */
  origin: string | null
}

/** The same of a request. */
export const onlookerOf = (
  user: Pick<Person, 'activePhotoId'>,
  { origin }: Pick<Capabilities, 'origin'>,
): Onlooker => ({ activePhotoId: user.activePhotoId, origin })

/** A photo as its owner sees it: `GET /api/photos/{id}`. */
export function toPhoto(photo: OwnPhoto, { activePhotoId, origin }: Onlooker): PhotoJson {
  const { id, status, contentType, bytes, width, height, rating, altText, fileName, createdAt } = photo
  const { crop, cropOf, takenAt, standIn } = photo
  const active = (cropOf ?? id) === activePhotoId
  return {
    ...{ id, status, contentType, bytes, width, height, rating, altText, fileName, active },
    crop: crop && { id: crop.id, box: { x: crop.x ?? 0, y: crop.y ?? 0, size: crop.size ?? 1 } },
    ...{ cropOf, takenAt, standIn },
    pictures: picturesOf(photo, origin),
    createdAt,
  }
}

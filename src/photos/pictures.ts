import type { Photo } from '../db/schema'
import type { PicturesJson, SeenPicturesJson } from './answers'

/** Wide enough for a tile on a fine screen: a width that is made with the upload. */
const THUMBNAIL = 640

/** The widest there is. */
const PREVIEW = 2048

/** The addresses of a photo's private pictures, for whoever may see it. From the root where no origin is known. */
export function seenPicturesOf(photo: Pick<Photo, 'id' | 'userId'>, origin: string | null): SeenPicturesJson {
  const address = `${origin ?? ''}/raw/${photo.userId}/${photo.id}`
  return { thumbnail: `${address}?w=${THUMBNAIL}`, preview: `${address}?w=${PREVIEW}` }
}

/** The same with that of the original, for its owner. */
export function picturesOf(photo: Pick<Photo, 'id' | 'userId'>, origin: string | null): PicturesJson {
  return { original: `${origin ?? ''}/raw/${photo.userId}/${photo.id}`, ...seenPicturesOf(photo, origin) }
}

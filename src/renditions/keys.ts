import { type RenditionSpec, renditionName } from './spec'

/** Raised when a rendition's bytes change for the same request: quality, crop, encoder. Old ones are never read again. */
export const RENDITION_VERSION = 2

interface PhotoRef {
  userId: string
  photoId: string
}

/** R2 key of the verified original, as it was uploaded. */
export function originalKey({ userId, photoId }: PhotoRef): string {
  return `${userId}/${photoId}`
}

/**
 * Key of an upload in its own bucket. The last segment is known to its row alone: an upload URL can be bent into a
 * copy of any object whose key one can name.
 */
export function uploadKey(photo: PhotoRef, secret: string): string {
  return `${originalKey(photo)}/${secret}`
}

/** R2 key of the clean master: upright, no metadata, of the size that `masterSize` says; `masterFormat` says of what type. */
export function masterKey(photo: PhotoRef): string {
  return `${originalKey(photo)}/master`
}

/** R2 key of the small master: JPEG, of the size that `smallSize` says, cut from the clean one. */
export function smallKey(photo: PhotoRef): string {
  return `${originalKey(photo)}/small`
}

/** What tells one rendition from every other, of its bytes as well: an ETag for which nothing must be read. */
export function renditionTag(spec: Pick<RenditionSpec, 'photoId' | 'shape' | 'pixels' | 'format'>): string {
  return `${spec.photoId}-r${RENDITION_VERSION}-${renditionName(spec)}`
}

function renditionRoot(photo: PhotoRef): string {
  return `${originalKey(photo)}/r${RENDITION_VERSION}/`
}

/** R2 key of one rendition. */
export function renditionKey(
  photo: PhotoRef,
  spec: Pick<RenditionSpec, 'shape' | 'pixels' | 'format'>,
): string {
  return `${renditionRoot(photo)}${renditionName(spec)}`
}

/** When erased objects are erased once more: past the life of an upload URL (10 minutes) and of any write-back. */
export const ERASE_AGAIN_SECONDS = 15 * 60

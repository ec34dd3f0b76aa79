import { type RenditionSpec, renditionName, type Shape } from './spec'

/** Raised when a rendition's bytes change for the same request: quality, crop, encoder. Old ones are never read again. */
export const RENDITION_VERSION = 1

interface PhotoRef {
  userId: string
  photoId: string
}

/** R2 key of the upload as it came. */
export function originalKey({ userId, photoId }: PhotoRef): string {
  return `${userId}/${photoId}`
}

/** R2 key of the clean master: upright, no metadata, at most 2048 pixels on the long side, WebP. */
export function masterKey(photo: PhotoRef): string {
  return `${originalKey(photo)}/master`
}

/** Prefix of all renditions of one shape: `s` the square avatar, `w` the whole picture. */
export function renditionPrefix(photo: PhotoRef, shape: Shape): string {
  return `${renditionRoot(photo)}${shape}`
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

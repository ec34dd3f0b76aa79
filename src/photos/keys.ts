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
export function renditionPrefix(photo: PhotoRef, shape: 's' | 'w'): string {
  return `${originalKey(photo)}/r${RENDITION_VERSION}/${shape}`
}

/** R2 key of one rendition. */
export function renditionKey(
  photo: PhotoRef,
  spec: { shape: 's' | 'w'; pixels: number; format: string },
): string {
  return `${renditionPrefix(photo, spec.shape)}${spec.pixels}.${spec.format}`
}

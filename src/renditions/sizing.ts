import { stepFor } from './sizes'
import type { AskedFormat, OutputFormat } from './spec'

/** A photo is enlarged to at most this many times its shorter side: beyond, there is nothing more to see. */
const MAX_ENLARGEMENT = 2

/**
 * The size to make for an asked one: itself, but never past the first step of the ladder that is twice the photo's
 * shorter side. What a browser enlarges looks the same and costs neither bytes nor a transform.
 */
export function usefulSize(size: number, photo: { width: number; height: number }): number {
  return Math.min(size, stepFor(MAX_ENLARGEMENT * Math.min(photo.width, photo.height)))
}

/** `still` made definite: PNG where the picture has transparency, JPEG where not. */
export function resolveFormat(format: AskedFormat, photo: { transparent: boolean }): OutputFormat {
  if (format !== 'still') return format
  return photo.transparent ? 'png' : 'jpeg'
}

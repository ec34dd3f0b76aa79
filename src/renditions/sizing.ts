import type { Photo } from '../db/schema'
import { stepFor, WIDTHS } from './sizes'
import type { AskedFormat, OutputFormat, RenditionSpec, Shape } from './spec'

interface Size {
  width: number
  height: number
}

/** A photo is enlarged to at most this many times its shorter side: beyond, there is nothing more to see. */
const MAX_ENLARGEMENT = 2

/** Long side of a master in pixels: the largest size that is ever served. */
const MASTER_LONG = 2048

/** Short side that a master keeps if it has it: squares are cut from it, and those of a panorama would be blurred. */
const MASTER_SHORT = 1024

/** Images makes no larger WebP. https://developers.cloudflare.com/images/transform-images/#limits-per-format */
const MASTER_MAX_SIDE = 8192

/**
 * The size of the clean master of a photo, lying as the photo does: its long side is at most 2048 or its short side at
 * least 1024, never larger than the photo. That is 8.4 megapixels at most.
 */
export function masterSize({ width, height }: Size): Size {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  const wanted = Math.max(MASTER_LONG / long, MASTER_SHORT / short)
  const scale = Math.min(1, wanted, MASTER_MAX_SIDE / long)
  const side = (length: number) => Math.max(1, Math.round(length * scale))
  return { width: side(width), height: side(height) }
}

/** Short side of a small master in pixels: two and a half times the largest square that is cut from it. docs/quality.md */
const SMALL_SHORT = 640

/** The largest square, and the largest width, in pixels that are cut from a small master. */
const SMALL_MAX = { s: 256, w: 320 }

/**
 * The size of the small master of a photo, lying as the photo does. null for a photo that gets none: its master is
 * as small already, or transparent, which JPEG cannot carry.
 */
export function smallSize(photo: Size & { transparent: boolean }): Size | null {
  const master = masterSize(photo)
  const scale = SMALL_SHORT / Math.min(master.width, master.height)
  if (photo.transparent || scale >= 1) return null
  return { width: Math.round(master.width * scale), height: Math.round(master.height * scale) }
}

/** Whether a rendition of the photo is cut from its small master. Follows from the photo and the rendition alone. */
export function isFromSmall(
  { shape, pixels }: { shape: Shape; pixels: number },
  photo: Size & { transparent: boolean },
): boolean {
  return pixels <= SMALL_MAX[shape] && smallSize(photo) !== null
}

/**
 * The size to make for an asked one: itself, but never past the first step of the ladder that is twice the shorter
 * side of what it is cut from. What a browser enlarges looks the same and costs neither bytes nor a transform.
 */
export function usefulSize(size: number, photo: Size): number {
  const { width, height } = masterSize(photo)
  return Math.min(size, stepFor(MAX_ENLARGEMENT * Math.min(width, height)))
}

/** The width to make for an asked one, on its own ladder: the whole picture is never enlarged. */
export function usefulWidth(asked: number, photo: Size): number {
  const { width } = masterSize(photo)
  const useful = Math.min(asked, width)
  return WIDTHS.find((step) => step >= useful) ?? (WIDTHS.at(-1) as number)
}

/** The whole picture of a photo, at the step of its ladder for a wanted width. */
export function wholePicture(
  photo: Pick<Photo, 'id' | 'userId' | 'width' | 'height' | 'transparent'>,
  values: { width: number; format: AskedFormat },
): RenditionSpec {
  const { id: photoId, userId, transparent } = photo
  const size = { width: photo.width ?? 1, height: photo.height ?? 1 }
  const pixels = usefulWidth(values.width, size)
  const format = resolveFormat(values.format, photo)
  const fromSmall = isFromSmall({ shape: 'w', pixels }, { ...size, transparent })
  return { ...size, userId, photoId, transparent, fromSmall, shape: 'w', pixels, format }
}

/** The dimensions that a rendition will have. */
export function outputSize(spec: Pick<RenditionSpec, 'shape' | 'pixels' | 'width' | 'height'>): Size {
  const { shape, pixels, width = pixels, height = pixels } = spec
  if (shape === 's') return { width: pixels, height: pixels }
  const master = masterSize({ width, height })
  const across = Math.min(pixels, master.width)
  return { width: across, height: Math.ceil((across * master.height) / master.width) }
}

/** The most bytes a picture of that many pixels takes: PNG three or four each, what is lossy hardly one. */
export function maxBytes({ width, height }: Size, format: OutputFormat, transparent: boolean): number {
  const perPixel = format === 'png' ? (transparent ? 4 : 3) : 1
  return width * height * perPixel
}

/** `still` made definite: PNG where the picture has transparency, JPEG where not. */
export function resolveFormat(format: AskedFormat, photo: { transparent: boolean }): OutputFormat {
  if (format !== 'still') return format
  return photo.transparent ? 'png' : 'jpeg'
}

import { t } from '../../../lang/crop'
import { Refusal } from '../api.client'
import type { Framing, Sides } from './framing'
import { drawSquare } from './stage.client'

/** The longest side that is cut, in pixels: as large as pictures are ever shown. */
const LARGEST = 2048

/** Of WebP and JPEG. */
const QUALITY = 0.92

/**
 * The original as the browser reads it, upright. Where it cannot, the largest picture that we make of it.
 * @throws Refusal
 */
export async function fetchOriginal(
  paths: { original: string; instead: string },
  signal: AbortSignal,
): Promise<ImageBitmap> {
  const original = await fetchBlob(paths.original, signal)
  return decode(original).catch(async () =>
    decode(await fetchBlob(paths.instead, signal)).catch(() => {
      throw new Refusal('unreadable', t().unreadable)
    }),
  )
}

async function fetchBlob(path: string, signal: AbortSignal): Promise<Blob> {
  const response = await fetch(path, { signal }).catch(() => {
    throw new Refusal('network')
  })
  if (response.status === 404) throw new Refusal('not_found')
  if (response.status === 401) throw new Refusal('unauthenticated')
  if (!response.ok) throw new Refusal('unavailable')
  return response.blob().catch(() => {
    throw new Refusal('network')
  })
}

const decode = (blob: Blob) => createImageBitmap(blob, { imageOrientation: 'from-image' })

/**
 * Cuts the square from the original into a file: WebP, else JPEG, or PNG where something is transparent.
 * @param values.picture upright, in the pixels that the framing is in
 * @param values.maxBytes above it, it is made smaller
 */
export async function cutSquare(
  original: ImageBitmap,
  values: { framing: Framing; picture: Sides; contentType: string; maxBytes: number },
): Promise<File> {
  const { framing, picture, maxBytes } = values
  const alpha = values.contentType !== 'image/jpeg' // what cannot be seen through has no edge that can
  // Of the fallback, there are fewer pixels than the framing counts.
  const pixels = framing.size * Math.min(1, original.width / picture.width)
  let side = Math.max(1, Math.min(LARGEST, Math.round(pixels)))
  for (;;) {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = side
    canvas.getContext('2d', { alpha })
    drawSquare(canvas, original, { framing, picture })
    const blob = await encode(canvas, alpha && isTransparent(canvas))
    if (blob.size <= maxBytes || side < 2) return new File([blob], nameOf(blob), { type: blob.type })
    side = Math.floor(side / 2)
  }
}

const nameOf = ({ type }: Blob) => `crop.${type.replace('image/', '').replace('jpeg', 'jpg')}`

/** Browsers that make no WebP give a PNG instead: those are asked for JPEG. */
async function encode(canvas: HTMLCanvasElement, transparent: boolean): Promise<Blob> {
  if (transparent) return toBlob(canvas, 'image/png')
  const webp = await toBlob(canvas, 'image/webp')
  return webp.type === 'image/webp' ? webp : toBlob(canvas, 'image/jpeg')
}

function toBlob(canvas: HTMLCanvasElement, type: string): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Refusal('unreadable', t().unreadable))),
      type,
      QUALITY,
    )
  })
}

/** Whether one can see through something of it, looked at row by row so that little is held at once. */
function isTransparent(canvas: HTMLCanvasElement): boolean {
  const context = canvas.getContext('2d')
  if (!context) return false
  const rows = 64
  for (let top = 0; top < canvas.height; top += rows) {
    const { data } = context.getImageData(0, top, canvas.width, Math.min(rows, canvas.height - top))
    for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 255) < 250) return true
  }
  return false
}

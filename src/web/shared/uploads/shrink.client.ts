import { Refusal } from '../api.client'

/** Pixels of the copies that are tried, one after the other. The first is what a phone's canvas still holds. */
const STEPS = [24e6, 16e6, 12e6, 8e6, 4e6, 2e6]

const QUALITY = 0.9

const EXTENSIONS: Record<string, string> = { 'image/jpeg': 'jpg', 'image/webp': 'webp' }

/**
 * A copy of a picture with at most so many bytes, upright and without metadata: JPEG of a photo, WebP of what may be
 * clear in places, where the browser writes it.
 * @throws Refusal `unsupported_type` where this browser cannot read it, `too_large` where no copy is small enough
 */
export async function shrinkPicture(file: File, maxBytes: number): Promise<File> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Refusal('unsupported_type')
  })
  const isPhoto = /jpe?g|hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name)
  try {
    for (const pixels of STEPS) {
      const copy = await drawCopy(bitmap, { pixels, type: isPhoto ? 'image/jpeg' : 'image/webp' })
      if (!copy || copy.size > maxBytes) continue
      const name = `${file.name.replace(/\.\w{1,5}$/, '')}.${EXTENSIONS[copy.type]}`
      return new File([copy], name, { type: copy.type, lastModified: file.lastModified })
    }
  } finally {
    bitmap.close()
  }
  throw new Refusal('too_large')
}

/** Null where the browser has no canvas of that size. */
async function drawCopy(
  bitmap: ImageBitmap,
  { pixels, type }: { pixels: number; type: string },
): Promise<Blob | null> {
  const scale = Math.min(1, Math.sqrt(pixels / (bitmap.width * bitmap.height)))
  const width = Math.max(1, Math.floor(bitmap.width * scale))
  const height = Math.max(1, Math.floor(bitmap.height * scale))
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d')
  if (!context) return null
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  const toBlob = (as: string) => new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, as, QUALITY))
  const blob = await toBlob(type)
  if (!blob || blob.type in EXTENSIONS) return blob
  // Safari writes no WebP and gives a PNG instead: what is clear becomes white.
  context.globalCompositeOperation = 'destination-over'
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  return toBlob('image/jpeg')
}

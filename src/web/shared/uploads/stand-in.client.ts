import { rgbaToThumbHash } from 'thumbhash'

/** Pixels of the longer side that a ThumbHash is made of, at most. */
const SIDE = 100

/** What is seen until a picture is there: its ThumbHash in base64; nothing where the browser cannot read it. */
export async function makeStandIn(file: File): Promise<string | undefined> {
  try {
    const bitmap = await createImageBitmap(file)
    const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height))
    const width = Math.max(1, Math.round(bitmap.width * scale))
    const height = Math.max(1, Math.round(bitmap.height * scale))
    const canvas = Object.assign(document.createElement('canvas'), { width, height })
    const context = canvas.getContext('2d')
    context?.drawImage(bitmap, 0, 0, width, height)
    bitmap.close()
    const pixels = context?.getImageData(0, 0, width, height).data
    return pixels && btoa(String.fromCharCode(...rgbaToThumbHash(width, height, pixels)))
  } catch {
    return undefined // an ornament
  }
}

import { deflate, inflatePixels, joinChunks } from './png'
import { viewOf } from './sniff/bytes'

const RGBA = 6

/**
 * Puts a picture with transparency on white: an 8-bit RGBA PNG becomes an RGB one (W3C PNG, third edition). Images
 * takes a background colour for this, but not in local development, where transparent turns black.
 * Any other PNG is returned as it is.
 */
export async function flattenOnWhite(png: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const view = viewOf(png)
  const [width, height, depth, colourType, interlaced] = [
    view.getUint32(16),
    view.getUint32(20),
    png[24],
    png[25],
    png[28],
  ]
  if (depth !== 8 || colourType !== RGBA || interlaced) return png
  const scanlines = unfilter(await inflatePixels(png), width * 4, height)
  const header = new Uint8Array(13)
  header.set(png.subarray(16, 29))
  header[9] = 2 // RGB
  const data = await deflate(blend(scanlines, width, height))
  return joinChunks([
    ['IHDR', header],
    ['IDAT', data],
    ['IEND', []],
  ])
}

/** Undoes the filters of all lines in place (section 9) and returns the bytes without the filter types. */
function unfilter(data: Uint8Array, stride: number, height: number): Uint8Array {
  const out = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)]
    const [line, above, source] = [y * stride, (y - 1) * stride, y * (stride + 1) + 1]
    for (let x = 0; x < stride; x++) {
      const left = x >= 4 ? (out[line + x - 4] as number) : 0
      const up = y > 0 ? (out[above + x] as number) : 0
      const corner = x >= 4 && y > 0 ? (out[above + x - 4] as number) : 0
      out[line + x] = (data[source + x] as number) + predict(filter, left, up, corner)
    }
  }
  return out
}

function predict(filter: number | undefined, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  return filter === 4 ? paeth(left, up, corner) : 0
}

/** Section 9.4: of left, above and upper left, the one nearest to their plane. */
function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner)
  const toUp = Math.abs(left - corner)
  const toCorner = Math.abs(left + up - 2 * corner)
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/** RGBA lines to RGB lines on white, each with filter type 0 in front. */
function blend(rgba: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(height * (width * 3 + 1))
  let to = 0
  for (let from = 0; from < rgba.length; from += 4) {
    if (from % (width * 4) === 0) to++ // the filter type stays 0
    const alpha = (rgba[from + 3] as number) / 255
    for (let channel = 0; channel < 3; channel++) {
      out[to++] = Math.round((rgba[from + channel] as number) * alpha + 255 * (1 - alpha))
    }
  }
  return out
}

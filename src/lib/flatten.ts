import { ascii, viewOf } from './bytes'

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
  const scanlines = unfilter(await inflate(pixelData(png)), width * 4, height)
  const header = new Uint8Array(13)
  header.set(png.subarray(16, 29))
  header[9] = 2 // RGB
  const data = await deflate(blend(scanlines, width, height))
  return concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array()),
  ])
}

function pixelData(png: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = viewOf(png)
  const parts: Uint8Array[] = []
  for (let at = 8; at + 12 <= png.length; at += 12 + view.getUint32(at)) {
    if (ascii(png, at + 4, 4) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + view.getUint32(at)))
  }
  return concat(parts)
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

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length)
  const view = viewOf(bytes)
  view.setUint32(0, data.length)
  for (let at = 0; at < 4; at++) bytes[4 + at] = type.charCodeAt(at)
  bytes.set(data, 8)
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)))
  return bytes
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

function concat(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}

const inflate = (data: Uint8Array<ArrayBuffer>) => pipe(data, new DecompressionStream('deflate'))
const deflate = (data: Uint8Array<ArrayBuffer>) => pipe(data, new CompressionStream('deflate'))

async function pipe(data: Uint8Array<ArrayBuffer>, through: CompressionStream | DecompressionStream) {
  return new Uint8Array(await new Response(new Blob([data]).stream().pipeThrough(through)).arrayBuffer())
}

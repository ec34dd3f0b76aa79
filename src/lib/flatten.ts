import { joinChunks, type PngChunk } from './png'
import { ascii, viewOf } from './sniff/bytes'

const RGBA = 6

/** How much is inflated at once: what is not taken yet waits in memory, a thousand times larger at worst. */
const FEED_BYTES = 16 * 1024

/**
 * Puts a picture with transparency on white: an 8-bit RGBA PNG becomes an RGB one (W3C PNG, third edition). Images
 * takes a background colour for this, but not in local development, where transparent turns black. Line by line: at
 * 2048 pixels the lines of both pictures would be 30 MB. Any other PNG is returned as it is.
 */
export async function flattenOnWhite(png: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const width = viewOf(png).getUint32(16)
  const [depth, colourType, interlaced] = [png[24], png[25], png[28]]
  if (depth !== 8 || colourType !== RGBA || interlaced) return png
  const inflater = new DecompressionStream('deflate')
  const deflater = new CompressionStream('deflate')
  const [, , data] = await Promise.all([
    feed(inflater.writable, png),
    blendLines(inflater.readable, deflater.writable, width),
    collect(deflater.readable),
  ])
  const header = new Uint8Array(13)
  header.set(png.subarray(16, 29))
  header[9] = 2 // RGB
  return joinChunks([['IHDR', header], ...data.map((part): PngChunk => ['IDAT', part]), ['IEND', []]])
}

/** The pixel data of all IDAT chunks. */
async function feed(to: WritableStream<BufferSource>, png: Uint8Array<ArrayBuffer>): Promise<void> {
  const view = viewOf(png)
  const writer = to.getWriter()
  for (let at = 8; at + 12 <= png.length; at += 12 + view.getUint32(at)) {
    if (ascii(png, at + 4, 4) !== 'IDAT') continue
    const end = at + 8 + view.getUint32(at)
    for (let from = at + 8; from < end; from += FEED_BYTES) {
      await writer.write(png.subarray(from, Math.min(end, from + FEED_BYTES)))
    }
  }
  await writer.close()
}

async function collect(from: ReadableStream<Uint8Array>): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = []
  for await (const part of from) parts.push(part)
  return parts
}

/** RGBA lines to RGB lines on white, each with filter type 0 in front. */
async function blendLines(
  from: ReadableStream<Uint8Array>,
  to: WritableStream<BufferSource>,
  width: number,
): Promise<void> {
  const writer = to.getWriter()
  const line = new Uint8Array(width * 4 + 1) // the filter type, then the pixels
  const above = new Uint8Array(width * 4 + 1)
  let filled = 0
  for await (const chunk of from) {
    for (let at = 0; at < chunk.length; ) {
      const taken = chunk.subarray(at, at + line.length - filled)
      line.set(taken, filled)
      filled += taken.length
      at += taken.length
      if (filled < line.length) continue
      unfilter(line, above)
      await writer.write(blend(line))
      above.set(line)
      filled = 0
    }
  }
  await writer.close()
}

/** Undoes the filter of a line in place (section 9). */
function unfilter(line: Uint8Array, above: Uint8Array): void {
  const filter = line[0]
  for (let at = 1; at < line.length; at++) {
    const left = at > 4 ? (line[at - 4] as number) : 0
    const corner = at > 4 ? (above[at - 4] as number) : 0
    line[at] = (line[at] as number) + predict(filter, left, above[at] as number, corner)
  }
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

function blend(rgba: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(((rgba.length - 1) / 4) * 3 + 1)
  let to = 1 // the filter type stays 0
  for (let from = 1; from < rgba.length; from += 4) {
    const alpha = (rgba[from + 3] as number) / 255
    for (let channel = 0; channel < 3; channel++) {
      out[to++] = Math.round((rgba[from + channel] as number) * alpha + 255 * (1 - alpha))
    }
  }
  return out
}

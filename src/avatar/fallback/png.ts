import type { Color } from './color'

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const PALETTE = 3

let crcTable: Uint32Array | undefined

/**
 * A square palette PNG from one palette index per pixel, in as few bits a pixel as the palette allows.
 * With `transparent`, palette entry 0 is see-through.
 */
export async function encodePng(
  size: number,
  pixels: Uint8Array,
  palette: readonly Color[],
  transparent = false,
): Promise<Uint8Array> {
  const depth = palette.length <= 2 ? 1 : palette.length <= 4 ? 2 : palette.length <= 16 ? 4 : 8
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, size)
  view.setUint32(4, size)
  header.set([depth, PALETTE], 8)
  const colors = palette.flatMap((color) => [color >> 16, (color >> 8) & 255, color & 255])
  const data = await deflate(packRows(size, pixels, depth))
  const chunks: [string, ArrayLike<number>][] = [
    ['IHDR', header],
    ['PLTE', colors],
    ...(transparent ? ([['tRNS', [0]]] as [string, number[]][]) : []),
    ['IDAT', data],
    ['IEND', []],
  ]
  return joinChunks(chunks)
}

/** Rows without a filter: equal and shifted rows are then what deflate finds by itself. */
function packRows(size: number, pixels: Uint8Array, depth: 1 | 2 | 4 | 8): Uint8Array<ArrayBuffer> {
  const perByte = 8 / depth
  const stride = 1 + Math.ceil(size / perByte)
  const rows = new Uint8Array(stride * size)
  for (let y = 0; y < size; y++) {
    let at = y * stride + 1
    const end = (y + 1) * size
    let from = y * size
    if (depth === 8) {
      rows.set(pixels.subarray(from, end), at)
      continue
    }
    for (; from + perByte <= end; from += perByte) {
      let byte = 0
      for (let i = 0; i < perByte; i++) byte = (byte << depth) | (pixels[from + i] as number)
      rows[at++] = byte
    }
    for (let shift = 8 - depth; from < end; shift -= depth) {
      rows[at] = (rows[at] as number) | ((pixels[from++] as number) << shift)
    }
  }
  return rows
}

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new CompressionStream('deflate')
  const writer = stream.writable.getWriter()
  const written = Promise.all([writer.write(bytes), writer.close()])
  const parts: Uint8Array[] = []
  const reader = stream.readable.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(next.value)
  await written
  if (parts.length === 1 && parts[0]) return parts[0]
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

function joinChunks(chunks: [string, ArrayLike<number>][]): Uint8Array {
  const file = new Uint8Array(SIGNATURE.length + chunks.reduce((sum, [, body]) => sum + body.length + 12, 0))
  const view = new DataView(file.buffer)
  file.set(SIGNATURE)
  let at = SIGNATURE.length
  for (const [name, body] of chunks) {
    view.setUint32(at, body.length)
    for (let i = 0; i < 4; i++) file[at + 4 + i] = name.charCodeAt(i)
    file.set(body, at + 8)
    const end = at + 8 + body.length
    view.setUint32(end, crc32(file, at + 4, end))
    at = end + 4
  }
  return file
}

function crc32(bytes: Uint8Array, from: number, to: number): number {
  crcTable ??= Uint32Array.from({ length: 256 }, (_, n) => {
    for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1
    return n
  })
  let crc = 0xffffffff
  for (let i = from; i < to; i++) crc = (crcTable[(crc ^ (bytes[i] as number)) & 255] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

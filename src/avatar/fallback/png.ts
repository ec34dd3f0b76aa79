import { deflate, joinChunks, type PngChunk } from '../../lib/png'
import type { Color } from './color'

const PALETTE = 3

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
  const chunks: PngChunk[] = [
    ['IHDR', header],
    ['PLTE', colors],
    ...(transparent ? ([['tRNS', [0]]] satisfies PngChunk[]) : []),
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

import { joinChunks, type PngChunk } from '../../../lib/png'
import type { Canvas } from '../canvas'
import { deflateRuns } from './deflate'
import { packRows } from './pack'

const PALETTE = 3

/**
 * A square palette PNG of a canvas, in as few bits a pixel as the palette allows. `repeat`: how many pixels each of
 * the canvas becomes, across and down. With `transparent`, palette entry 0 is see-through.
 */
export function encodePng(canvas: Canvas, repeat = 1, transparent = false): Uint8Array<ArrayBuffer> {
  const { palette } = canvas
  const size = canvas.size * repeat
  const depth = palette.length <= 2 ? 1 : palette.length <= 4 ? 2 : palette.length <= 16 ? 4 : 8
  const header = new Uint8Array(13)
  const view = new DataView(header.buffer)
  view.setUint32(0, size)
  view.setUint32(4, size)
  header.set([depth, PALETTE], 8)
  const colors = new Uint8Array(palette.length * 3)
  palette.forEach((color, i) => {
    colors.set([color >> 16, (color >> 8) & 255, color & 255], i * 3)
  })
  const chunks: PngChunk[] = [
    ['IHDR', header],
    ['PLTE', colors],
    ...(transparent ? ([['tRNS', [0]]] satisfies PngChunk[]) : []),
    ['IDAT', deflateRuns(packRows(canvas, depth, repeat))],
    ['IEND', []],
  ]
  return joinChunks(chunks)
}

import { type Color, mix } from './color'

/** Every picture is drawn on a square of this many units, whatever its size in pixels. */
export const UNITS = 64

/** The largest square that is drawn, in pixels: larger pictures are one of these with each pixel repeated. */
export const MAX_DRAWN = 512

/** A palette entry: a plain colour (`level` = all of `top`), or an edge pixel between two plain colours. */
interface Entry {
  under: number
  top: number
  level: number
}

/**
 * A picture as the stretches of its rows. Drawing touches few pixels: a stretch has its palette index in `values` at
 * its first pixel, and that pixel's bit set in `marks` (WORD_BITS pixels a word). The rest of `values` means nothing.
 */
export interface Canvas {
  /** Pixels a side, at most MAX_DRAWN. */
  size: number
  values: Uint8Array
  marks: Int32Array
  /** Words of `marks` per row. */
  words: number
  palette: Color[]
  entries: Entry[]
  /** Steps of coverage an edge pixel can have: few in big pictures, where each step costs bytes. */
  levels: number
  /** Scan lines per row of pixels. */
  lines: number
}

// Room for one picture at a time: drawing and encoding are synchronous, so pictures never overlap.
const values = new Uint8Array(MAX_DRAWN * MAX_DRAWN)
const marks = new Int32Array((MAX_DRAWN * MAX_DRAWN) / 32)

/**
 * A canvas of one colour, in place of the one before. `size` in pixels. Small pictures have the smoothest edges,
 * where it shows most. The sizes around 256 px have the coarsest, because there every edge step counts against the
 * 2 KB limit, except for a `simple` picture of few edges.
 */
export function createCanvas(size: number, background: Color, simple = false): Canvas {
  const coarse = size > 128 && size <= 256 && !simple
  const words = (size + 31) >> 5
  const canvas: Canvas = {
    size,
    values,
    marks,
    words,
    palette: [],
    entries: [],
    levels: size <= 128 ? 8 : coarse ? 2 : 4,
    lines: size <= 128 ? 8 : coarse ? 2 : 4,
  }
  marks.fill(0, 0, size * words)
  for (let y = 0; y < size; y++) {
    marks[y * words] = 1
    values[y * size] = 0
  }
  plainEntry(canvas, background)
  return canvas
}

/** Paints the pixels `from` to (not including) `to` of row `y`, which must not be empty, with a palette index. */
export function paintStretch(canvas: Canvas, y: number, from: number, to: number, index: number): void {
  const { size, words } = canvas
  const row = y * words
  if (to < size) splitStretch(canvas, y, to)
  const first = row + (from >> 5)
  const last = row + ((to - 1) >> 5)
  const head = -1 << (from & 31)
  const tail = -1 >>> (31 - ((to - 1) & 31))
  if (first === last) marks[first] = (marks[first] as number) & ~(head & tail)
  else {
    marks[first] = (marks[first] as number) & ~head
    for (let word = first + 1; word < last; word++) marks[word] = 0
    marks[last] = (marks[last] as number) & ~tail
  }
  marks[first] = (marks[first] as number) | (1 << (from & 31))
  values[y * size + from] = index
}

/** Makes a stretch begin at pixel `x` of row `y`, in the colour that is there. */
function splitStretch(canvas: Canvas, y: number, x: number): void {
  const word = y * canvas.words + (x >> 5)
  const bit = 1 << (x & 31)
  if (((marks[word] as number) & bit) !== 0) return
  values[y * canvas.size + x] = values[y * canvas.size + stretchAt(canvas, y, x)] as number
  marks[word] = (marks[word] as number) | bit
}

/** The first pixel of the stretch that pixel `x` of row `y` is in. */
export function stretchAt(canvas: Canvas, y: number, x: number): number {
  const row = y * canvas.words
  let word = x >> 5
  let bits = (marks[row + word] as number) & (-1 >>> (31 - (x & 31)))
  while (bits === 0) bits = marks[row + --word] as number
  return (word << 5) + 31 - Math.clz32(bits)
}

/** The first pixel of the next stretch after pixel `x` of row `y`; the row's end where there is none. */
export function stretchAfter(canvas: Canvas, y: number, x: number): number {
  const { size, words } = canvas
  const row = y * words
  if (x + 1 >= size) return size
  let word = (x + 1) >> 5
  let bits = (marks[row + word] as number) & (-1 << ((x + 1) & 31))
  while (bits === 0) {
    if (++word === words) return size
    bits = marks[row + word] as number
  }
  return (word << 5) + 31 - Math.clz32(bits & -bits)
}

/** Makes the right and the lower half the mirror images of the left and the upper one. `size` must be even. */
export function mirrorCanvas(canvas: Canvas): void {
  const { size } = canvas
  const half = size / 2
  for (let y = 0; y < half; y++) {
    const last = stretchAt(canvas, y, half - 1)
    for (let x = 0; x <= last; x = stretchAfter(canvas, y, x)) {
      const index = values[y * size + x] as number
      const end = x === last ? half : stretchAfter(canvas, y, x)
      paintStretch(canvas, y, size - end, size - x, index)
    }
    copyRow(canvas, y, size - 1 - y)
  }
}

function copyRow({ size, words, values, marks }: Canvas, from: number, to: number): void {
  values.copyWithin(to * size, from * size, (from + 1) * size)
  marks.copyWithin(to * words, from * words, (from + 1) * words)
}

/** The palette index of a plain colour, added if new. */
export function plainEntry(canvas: Canvas, color: Color): number {
  const known = canvas.entries.findIndex(
    (entry, i) => entry.level === canvas.levels && canvas.palette[i] === color,
  )
  if (known >= 0) return known
  const index = canvas.palette.push(color) - 1
  canvas.entries.push({ under: index, top: index, level: canvas.levels })
  return index
}

/**
 * The palette index for `level` of the plain colour `top` over entry `below`, kept to mixes of two plain
 * colours. With `within` ≥ 0 (a plain colour's index) only the part that is of that colour is painted.
 */
export function blendEntry(
  canvas: Canvas,
  below: number,
  top: number,
  level: number,
  within: number,
): number {
  const full = canvas.levels
  const there = canvas.entries[below] as Entry
  const strongest = there.level * 2 >= full ? there.top : there.under
  let under = strongest
  let share = level
  if (within >= 0) {
    if (there.top !== within && there.under !== within) return below
    if (there.level < full) {
      if (level * 2 < full) return below
      if (there.top === within) [under, share] = [there.under, there.level]
      else return entryFor(canvas, top, there.top, there.level)
    }
  } else if (top === there.top && there.level < full) {
    under = there.under
    share = Math.round(full - ((full - there.level) * (full - level)) / full)
  } else if (top === there.under && there.level < full) {
    return entryFor(canvas, top, there.top, Math.round((there.level * (full - level)) / full))
  }
  return entryFor(canvas, under, top, share)
}

function entryFor(canvas: Canvas, under: number, top: number, level: number): number {
  if (under === top || level >= canvas.levels) return top
  if (level <= 0) return under
  const known = canvas.entries.findIndex(
    (entry) =>
      (entry.under === under && entry.top === top && entry.level === level) ||
      (entry.under === top && entry.top === under && entry.level === canvas.levels - level),
  )
  if (known >= 0) return known
  if (canvas.palette.length >= 256) return level * 2 >= canvas.levels ? top : under
  const [low, high] = [canvas.palette[under] as Color, canvas.palette[top] as Color]
  canvas.entries.push({ under, top, level })
  return canvas.palette.push(mix(low, high, level / canvas.levels)) - 1
}

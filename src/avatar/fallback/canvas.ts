import { type Color, mix } from './color'

/** Every picture is drawn on a square of this many units, whatever its size in pixels. */
export const UNITS = 64

/** A palette entry: a plain colour (`level` = all of `top`), or an edge pixel between two plain colours. */
interface Entry {
  under: number
  top: number
  level: number
}

export interface Canvas {
  size: number
  /** One palette index per pixel, row by row. */
  pixels: Uint8Array
  palette: Color[]
  entries: Entry[]
  blends: Map<number, number>
  /** Steps of coverage an edge pixel can have: few in big pictures, where each step costs bytes. */
  levels: number
  /** Scan lines per row of pixels. */
  lines: number
}

/**
 * A canvas of one colour. `size` in pixels. Small pictures have the smoothest edges, where it shows most. The
 * sizes around 256 px have the coarsest, because there every edge step counts against the 2 KB limit, except
 * for a `simple` picture of few edges.
 */
export function createCanvas(size: number, background: Color, simple = false): Canvas {
  const canvas: Canvas = {
    size,
    pixels: new Uint8Array(size * size),
    palette: [],
    entries: [],
    blends: new Map(),
    levels: size <= 128 ? 8 : size <= 256 && !simple ? 2 : 4,
    lines: size <= 128 ? 8 : 4,
  }
  plainEntry(canvas, background)
  return canvas
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
  const key = ((below * 256 + top) * 16 + level) * 257 + within + 1
  let index = canvas.blends.get(key)
  if (index === undefined) {
    index = findBlend(canvas, below, top, level, within)
    canvas.blends.set(key, index)
  }
  return index
}

function findBlend(canvas: Canvas, below: number, top: number, level: number, within: number): number {
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

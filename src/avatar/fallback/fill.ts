import { blendEntry, type Canvas, plainEntry, UNITS } from './canvas'
import type { Color } from './color'
import type { Path } from './shapes'

// Room for one fill at a time, grown as needed: fills are synchronous, so they never overlap.
let starts = new Int32Array(0)
let crossings = new Float32Array(0)
let turns = new Int8Array(0)
let cover = new Float32Array(0)

/**
 * Fills a path (non-zero winding) with smooth edges; with `within`, only where that colour is.
 * Coverage is exact along a scan line and sampled on several scan lines per row of pixels.
 */
export function fill(canvas: Canvas, path: Path, color: Color, within?: Color): void {
  const { size, lines } = canvas
  const top = plainEntry(canvas, color)
  const limit = within === undefined ? -1 : plainEntry(canvas, within)
  if (starts.length < size * lines + 2) starts = new Int32Array(size * lines + 2)
  if (cover.length < size + 2) cover = new Float32Array(size + 2)
  const [first, end] = collectCrossings(canvas, path)
  for (let y = Math.floor(first / lines); y * lines < end; y++) {
    let low = size
    let high = -1
    for (let line = Math.max(first, y * lines); line < Math.min(end, (y + 1) * lines); line++) {
      const from = starts[line] as number
      const to = starts[line + 1] as number
      sortLine(from, to)
      for (let i = from, winding = 0; i < to; i++) {
        const before = winding
        winding += turns[i] as number
        if (before !== 0 && winding !== 0) continue
        const x = crossings[i] as number
        const pixel = Math.floor(x)
        const weight = before === 0 ? 1 : -1
        const spill = (x - pixel) * weight
        cover[pixel] = (cover[pixel] as number) + weight - spill
        cover[pixel + 1] = (cover[pixel + 1] as number) + spill
        if (pixel < low) low = pixel
        if (pixel > high) high = pixel
      }
    }
    if (low < high || (low === high && low < size)) paintRow(canvas, y, low, high + 1, top, limit)
  }
}

/** Paints one row from the collected cover, and clears it. Long even stretches are filled at once. */
function paintRow(canvas: Canvas, y: number, low: number, high: number, top: number, limit: number): void {
  const { size, pixels, levels, lines } = canvas
  const row = y * size
  let sum = 0
  for (let x = low; x <= high; ) {
    sum += cover[x] as number
    cover[x] = 0
    let end = x + 1
    while (end <= high && cover[end] === 0) end++
    const level = levelOf(sum / lines, levels)
    const stop = Math.min(end, size)
    if (level >= levels && limit < 0) pixels.fill(top, row + x, row + stop)
    else if (level > 0) {
      let below = -1
      let blended = 0
      for (let i = row + x; i < row + stop; i++) {
        const there = pixels[i] as number
        if (there !== below) {
          below = there
          blended = blendEntry(canvas, there, top, Math.min(level, levels), limit)
        }
        pixels[i] = blended
      }
    }
    x = end
  }
}

/** With a single step between none and all, that step is kept for edges near the middle: it saves 6% of bytes. */
function levelOf(share: number, levels: number): number {
  if (levels > 2) return Math.round(share * levels)
  return share < 0.375 ? 0 : share > 0.625 ? 2 : 1
}

/** Sorts one scan line's few crossings from left to right. */
function sortLine(from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const x = crossings[i] as number
    const turn = turns[i] as number
    let at = i
    for (; at > from && (crossings[at - 1] as number) > x; at--) {
      crossings[at] = crossings[at - 1] as number
      turns[at] = turns[at - 1] as number
    }
    crossings[at] = x
    turns[at] = turn
  }
}

/**
 * Collects where the path's edges cross each scan line: those of line n are at starts[n] to starts[n + 1].
 * Returns the range of scan lines that the path covers.
 */
function collectCrossings(canvas: Canvas, path: Path): [number, number] {
  const last = canvas.size * canvas.lines
  let first = last
  let end = 0
  let total = 0
  eachEdge(canvas, path, (from, to) => {
    if (from < first) first = from
    if (to > end) end = to
    total += to - from
  })
  if (total === 0) return [0, 0]
  if (crossings.length < total) {
    crossings = new Float32Array(total * 2)
    turns = new Int8Array(total * 2)
  }
  starts.fill(0, first, end + 1)
  eachEdge(canvas, path, (from, to) => {
    for (let line = from + 1; line <= to; line++) starts[line] = (starts[line] as number) + 1
  })
  for (let line = first; line < end; line++) {
    starts[line + 1] = (starts[line + 1] as number) + (starts[line] as number)
  }
  eachEdge(canvas, path, (from, to, start, slope, turn) => {
    let x = start
    for (let line = from; line < to; line++, x += slope) {
      const at = starts[line] as number
      crossings[at] = x < 0 ? 0 : Math.min(x, canvas.size)
      turns[at] = turn
      starts[line] = at + 1
    }
  })
  starts.copyWithin(first + 1, first, end)
  starts[first] = 0
  return [first, end]
}

type Visit = (from: number, to: number, x: number, slope: number, turn: 1 | -1) => void

/** Visits each edge with the scan lines it crosses, its x on the first one, and its step per scan line. */
function eachEdge(canvas: Canvas, path: Path, visit: Visit): void {
  const scale = canvas.size / UNITS
  const down = scale * canvas.lines
  const last = canvas.size * canvas.lines
  for (const contour of path) {
    let px = (contour[contour.length - 2] as number) * scale
    let py = (contour[contour.length - 1] as number) * down - 0.5
    for (let i = 0; i < contour.length; i += 2) {
      const x = (contour[i] as number) * scale
      const y = (contour[i + 1] as number) * down - 0.5
      const from = Math.max(0, Math.ceil(Math.min(py, y)))
      const to = Math.min(last, Math.ceil(Math.max(py, y)))
      if (from < to) {
        const slope = (x - px) / (y - py)
        visit(from, to, px + (from - py) * slope, slope, y > py ? 1 : -1)
      }
      px = x
      py = y
    }
  }
}

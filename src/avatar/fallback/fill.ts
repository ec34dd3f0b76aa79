import {
  blendEntry,
  type Canvas,
  MAX_DRAWN,
  paintStretch,
  plainEntry,
  stretchAfter,
  stretchAt,
  UNITS,
} from './canvas'
import type { Color } from './color'
import type { Path } from './shapes'

const MAX_LINES = 8
const MAX_LEVELS = 8

// Room for one fill at a time: fills are synchronous, so they never overlap.

/** The crossings of each scan line as a list from left to right: its first one, and to each the next; 0 ends it. */
const firsts = new Int32Array(MAX_DRAWN * MAX_LINES)
let nexts = new Int32Array(4096)
let places = new Float64Array(4096)
let turns = new Int8Array(4096)

/** How much the cover changes at each pixel of the row at hand, and which pixels those are, as bits. */
const changes = new Float64Array(MAX_DRAWN + 1)
const changed = new Int32Array(MAX_DRAWN / 32 + 1)

/** What the fill at hand makes of each palette entry at each level of cover; -1 where it is not known yet. */
const blends = new Int16Array(256 * (MAX_LEVELS + 1))

/** One fill: what is painted where. `within` is the palette index it is kept to, or -1. */
interface Coat {
  canvas: Canvas
  top: number
  within: number
}

/**
 * Fills a path (non-zero winding) with smooth edges; with `within`, only where that colour is.
 * Coverage is exact along a scan line and sampled on several scan lines per row of pixels.
 */
export function fill(canvas: Canvas, path: Path, color: Color, within?: Color): void {
  const { lines } = canvas
  const top = plainEntry(canvas, color)
  const coat = { canvas, top, within: within === undefined ? -1 : plainEntry(canvas, within) }
  blends.fill(-1, 0, 256 * (canvas.levels + 1))
  const { first, end } = collectCrossings(canvas, path)
  for (let line = first; line < end; ) {
    const y = Math.floor(line / lines)
    const stop = Math.min(end, (y + 1) * lines)
    for (; line < stop; line++) coverLine(canvas.size, line)
    paintRow(coat, y)
  }
}

/** Adds what one scan line covers to the row's changes, and forgets its crossings. */
function coverLine(size: number, line: number): void {
  const [nextOf, placeOf, turnOf] = [nexts, places, turns]
  let winding = 0
  for (let at = firsts[line] as number; at !== 0; at = nextOf[at] as number) {
    const before = winding
    winding += turnOf[at] as number
    if (before !== 0 && winding !== 0) continue
    const x = placeOf[at] as number
    const pixel = x | 0
    if (pixel >= size) break
    const weight = before === 0 ? 1 : -1
    const spill = (x - pixel) * weight
    changes[pixel] = (changes[pixel] as number) + weight - spill
    changed[pixel >> 5] = (changed[pixel >> 5] as number) | (1 << (pixel & 31))
    if (spill === 0) continue
    const after = pixel + 1
    changes[after] = (changes[after] as number) + spill
    changed[after >> 5] = (changed[after >> 5] as number) | (1 << (after & 31))
  }
  firsts[line] = 0
}

/** Paints one row by its changes of cover, and forgets them. */
function paintRow(coat: Coat, y: number): void {
  const { size, words, levels, lines } = coat.canvas
  let sum = 0
  let from = 0
  let level = 0
  for (let word = 0; word <= words; word++) {
    let bits = changed[word] as number
    if (bits === 0) continue
    changed[word] = 0
    for (; bits !== 0; bits &= bits - 1) {
      const x = (word << 5) + 31 - Math.clz32(bits & -bits)
      sum += changes[x] as number
      changes[x] = 0
      const now = x < size ? levelOf(sum / lines, levels) : 0
      if (now === level) continue
      if (level > 0) paintEvenly(coat, y, from, x, level)
      from = x
      level = now
    }
  }
  if (level > 0 && from < size) paintEvenly(coat, y, from, size, level)
}

/** Paints a stretch that is covered to one level throughout. */
function paintEvenly(
  { canvas, top, within }: Coat,
  y: number,
  from: number,
  to: number,
  level: number,
): void {
  if (level === canvas.levels && within < 0) {
    paintStretch(canvas, y, from, to, top)
    return
  }
  let start = stretchAt(canvas, y, from)
  for (let x = from; x < to; ) {
    const end = Math.min(to, stretchAfter(canvas, y, start))
    const below = canvas.values[y * canvas.size + start] as number
    const key = level * 256 + below
    let blended = blends[key] as number
    if (blended < 0) {
      blended = blendEntry(canvas, below, top, level, within)
      blends[key] = blended
    }
    if (blended !== below) paintStretch(canvas, y, x, end, blended)
    x = end
    start = end
  }
}

/** With a single step between none and all, that step is kept for edges near the middle: it saves 6% of bytes. */
function levelOf(share: number, levels: number): number {
  if (levels > 2) return Math.min(levels, Math.round(share * levels))
  return share < 0.375 ? 0 : share > 0.625 ? 2 : 1
}

/** Finds where the path's edges cross each scan line. Returns the range of scan lines that the path crosses. */
function collectCrossings(canvas: Canvas, path: Path): { first: number; end: number } {
  const { size } = canvas
  const scale = size / UNITS
  const down = scale * canvas.lines
  const last = size * canvas.lines
  let first = last
  let end = 0
  let count = 1
  for (const contour of path) {
    let px = (contour[contour.length - 2] as number) * scale
    let py = (contour[contour.length - 1] as number) * down - 0.5
    for (let i = 0; i < contour.length; i += 2) {
      const x = (contour[i] as number) * scale
      const y = (contour[i + 1] as number) * down - 0.5
      const isDown = y > py
      const from = Math.max(0, Math.ceil(isDown ? py : y))
      const to = Math.min(last, Math.ceil(isDown ? y : py))
      if (from < to) {
        if (from < first) first = from
        if (to > end) end = to
        if (count + to - from > nexts.length) grow(count + to - from)
        const slope = (x - px) / (y - py)
        addEdge({ from, to, x: px + (from - py) * slope, slope, turn: isDown ? 1 : -1, size, count })
        count += to - from
      }
      px = x
      py = y
    }
  }
  return { first, end }
}

/** Puts an edge's crossings in their places among the few that each scan line has. */
function addEdge(edge: {
  from: number
  to: number
  x: number
  slope: number
  turn: number
  size: number
  count: number
}): void {
  const { from, to, slope, turn, size } = edge
  // Held here, because what the module holds may change and would be read anew each time.
  const [nextOf, placeOf, turnOf] = [nexts, places, turns]
  let at = edge.count
  let x = edge.x
  for (let line = from; line < to; line++, at++, x += slope) {
    const place = x < 0 ? 0 : x < size ? x : size
    let before = 0
    let after = firsts[line] as number
    while (after !== 0 && (placeOf[after] as number) < place) {
      before = after
      after = nextOf[after] as number
    }
    placeOf[at] = place
    turnOf[at] = turn
    nextOf[at] = after
    if (before === 0) firsts[line] = at
    else nextOf[before] = at
  }
}

function grow(room: number): void {
  const copy = <T extends Int32Array | Float64Array | Int8Array>(from: T, to: T): T => {
    to.set(from)
    return to
  }
  nexts = copy(nexts, new Int32Array(room * 2))
  places = copy(places, new Float64Array(room * 2))
  turns = copy(turns, new Int8Array(room * 2))
}

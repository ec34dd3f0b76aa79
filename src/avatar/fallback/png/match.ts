import type { Runs } from './runs'
import { addLiteral, addMatch, MIN_MATCH, type Tokens, WINDOW } from './tokens'

/** How many earlier edges of the same kind are looked at: more save few bytes. */
const TRIES = 6

/** Matches from this length on are taken as they are: a search for a longer one saves few bytes. */
const GOOD_MATCH = 64

/** A match from elsewhere than the row above must be this long: its distance takes a dozen bits. */
const MIN_FAR = 5

const HASH_BITS = 12

// Room for one picture at a time: matching is synchronous.

/** The latest edge of each kind, and to each edge the one of the same kind before it; -1 ends it. Edge n ends run n. */
const latest = new Int32Array(1 << HASH_BITS)
let earlier = new Int32Array(4096)

/** The best match for the place at hand. */
let length = 0
let distance = 0

/**
 * Turns runs into what deflate sends: literals, and matches with earlier bytes (RFC 1951, 3.2.5). Pictures are like the
 * row above but for an edge that has moved, so at each place it tries the row above, the byte before, and earlier
 * edges between the same values; and of two matches the longer one.
 */
export function matchRuns(runs: Runs, tokens: Tokens): void {
  const { ends, values, stride, repeat, count } = runs
  if (earlier.length < count) earlier = new Int32Array(ends.length)
  latest.fill(-1)
  const total = ends[count - 1] as number
  // The match that is not sent yet: it grows while the next one has the same distance.
  let heldLength = 0
  let heldDistance = 0
  let above = 0
  let rowEnd = stride
  for (let at = 0, run = 0; at < total; ) {
    const limit = repeat > 1 ? rowEnd : total
    while (at >= stride && (ends[above] as number) <= at - stride) above++
    findMatch(runs, at, run, above, limit, heldDistance)
    if (length < MIN_MATCH && (length === 0 || distance !== heldDistance)) {
      if (heldLength > 0) addMatch(tokens, heldLength, heldDistance)
      heldLength = heldDistance = 0
      addLiteral(tokens, values[run] as number)
      at++
    } else {
      if (distance !== heldDistance) {
        if (heldLength > 0) addMatch(tokens, heldLength, heldDistance)
        heldLength = 0
        heldDistance = distance
      }
      heldLength += length
      at += length
    }
    while (run < count && (ends[run] as number) <= at) addEdge(runs, run++)
    if (at < rowEnd) continue
    if (repeat > 1) {
      // Copies of a plain row go on as the row itself did, at the distance that takes the fewest bits.
      const isPlain = heldDistance === 1 && heldLength >= stride - 1
      if (!isPlain && heldDistance !== stride) {
        if (heldLength > 0) addMatch(tokens, heldLength, heldDistance)
        heldLength = 0
        heldDistance = stride
      }
      heldLength += (repeat - 1) * stride
    }
    while (rowEnd <= at) rowEnd += stride
  }
  if (heldLength > 0) addMatch(tokens, heldLength, heldDistance)
}

/**
 * Finds the best match for byte `at`, which is in run `run` and has run `above` above it. It ends before `limit`: a row
 * that is repeated is followed by its copies, and only the row above and the row itself are at the distance they seem.
 */
function findMatch(
  runs: Runs,
  at: number,
  run: number,
  above: number,
  limit: number,
  heldDistance: number,
): void {
  const { ends, values, stride, repeat } = runs
  const value = values[run] as number
  const end = ends[run] as number
  const rest = end - at
  length = 0
  const start = run > 0 ? (ends[run - 1] as number) : 0
  if (at > start || (run > 0 && values[run - 1] === value)) {
    length = rest
    distance = 1
  }
  if (at >= stride) {
    const found = matchLength(runs, at, run, at - stride, above, limit)
    if (found > length || (found === length && heldDistance !== 1)) {
      length = found
      distance = stride
    }
  }
  if (length >= GOOD_MATCH || end >= limit) return
  let tries = TRIES
  const oldest = repeat > 1 ? limit - 2 * stride : end - WINDOW
  for (let edge = latest[hashEdge(runs, run)] as number; edge >= 0 && tries > 0; tries--) {
    const edgeEnd = ends[edge] as number
    if (edgeEnd - rest < oldest) break
    const edgeStart = edge > 0 ? (ends[edge - 1] as number) : 0
    if (values[edge] === value && edgeEnd - edgeStart >= rest) {
      const found = rest + matchLength(runs, end, run + 1, edgeEnd, edge + 1, limit)
      if (found > length + 1 && found >= MIN_FAR) {
        length = found
        distance = end - edgeEnd
      }
    }
    edge = earlier[edge] as number
  }
  if (length < MIN_MATCH || distance === heldDistance || at < stride || at + 1 >= limit) return
  // The row above from the next byte on may be worth a literal.
  const next = rest === 1 ? run + 1 : run
  const nextAbove = (ends[above] as number) === at + 1 - stride ? above + 1 : above
  if (matchLength(runs, at + 1, next, at + 1 - stride, nextAbove, limit) > length + 1) length = 0
}

/** Remembers the edge at the end of a run, by the values on its sides and what comes next. */
function addEdge(runs: Runs, run: number): void {
  const { count, values } = runs
  if (run + 1 >= count || values[run] === values[run + 1]) return
  const kind = hashEdge(runs, run)
  earlier[run] = latest[kind] as number
  latest[kind] = run
}

function hashEdge({ ends, values, count }: Runs, run: number): number {
  const next = (ends[run + 1] as number) - (ends[run] as number)
  // What lies behind the last run is of an earlier picture.
  const last = run + 2 < count ? (values[run + 2] as number) : 0
  const sides = ((values[run] as number) << 16) | ((values[run + 1] as number) << 8) | last
  return (Math.imul(sides, 0x9e3779b1) ^ Math.imul(next, 0x85ebca6b)) >>> (32 - HASH_BITS)
}

/** How many bytes from `at` on (in run `run`) are as those from `from` on (in run `source`), up to `limit`. */
function matchLength(
  { ends, values }: Runs,
  at: number,
  run: number,
  from: number,
  source: number,
  limit: number,
): number {
  let here = at
  let there = from
  for (let i = run, j = source; here < limit && values[i] === values[j]; ) {
    const left = (ends[i] as number) - here
    const leftThere = (ends[j] as number) - there
    const step = left < leftThere ? left : leftThere
    if (left === step) i++
    if (leftThere === step) j++
    here += step
    there += step
  }
  return (here < limit ? here : limit) - at
}

import type { Runs } from './runs'
import { addLiteral, addMatch, MIN_MATCH, type Tokens, WINDOW } from './tokens'

/** How many earlier edges of the same two values are looked at. */
const CHAIN = 8
/** A match at a new distance must pay for its longer code. */
const MIN_NEW = 5

const heads = new Int32Array(4096)
let chain = new Int32Array(4096)

export function matchRuns(runs: Runs, tokens: Tokens): void {
  const { ends, values, stride, repeat, count } = runs
  if (chain.length < count) chain = new Int32Array(ends.length)
  heads.fill(-1)
  const total = ends[count - 1] as number
  let heldLength = 0
  let heldDistance = 0
  let above = 0
  let last = 0
  let lastRun = 0
  let rowEnd = stride
  let run = 0
  for (let at = 0; at < total; ) {
    const limit = repeat > 1 ? rowEnd : total
    const rest = (ends[run] as number) - at
    const value = values[run] as number
    const start = run > 0 ? (ends[run - 1] as number) : 0
    let length = 0
    let distance = 0
    if (at > start || (run > 0 && values[run - 1] === value)) {
      length = rest
      distance = 1
    }
    if (at >= stride) {
      while ((ends[above] as number) <= at - stride) above++
      const found = walk(runs, at, run, at - stride, above, limit)
      if (found >= length) {
        length = found
        distance = stride
      }
    }
    if (last > 0 && last <= at) {
      while ((ends[lastRun] as number) <= at - last) lastRun++
      const found = walk(runs, at, run, at - last, lastRun, limit)
      if (found > length + 1) {
        length = found
        distance = last
      }
    }
    if (length < 64 && run + 1 < count) {
      const after = values[run + 1] as number
      let tries = CHAIN
      const edge = ends[run] as number
      const oldest = repeat > 1 ? rowEnd - 2 * stride : edge - WINDOW
      for (
        let other = heads[hash(runs, run)] as number;
        other >= 0 && tries > 0;
        other = chain[other] as number
      ) {
        tries--
        const otherEdge = ends[other] as number
        if (otherEdge - rest < oldest) break
        if (values[other] !== value || values[other + 1] !== after) continue
        const otherStart = other > 0 ? (ends[other - 1] as number) : 0
        if (otherEdge - otherStart < rest) continue
        const found = rest + walk(runs, edge, run + 1, otherEdge, other + 1, limit)
        if (found > length + 1 && found >= MIN_NEW) {
          length = found
          distance = edge - otherEdge
        }
      }
    }
    if (length >= MIN_MATCH && length < 64 && distance !== heldDistance) {
      // lazy
      const next = at + 1
      if (next - stride >= 0 && next < limit) {
        let r = run
        if ((ends[r] as number) <= next) r++
        let a = above
        while ((ends[a] as number) <= next - stride) a++
        if (walk(runs, next, r, next - stride, a, limit) > length + 1) length = 0
      }
    }
    if (length > limit - at) length = limit - at
    const extends_ = heldLength > 0 && distance === heldDistance && length > 0
    if (length >= MIN_MATCH || extends_) {
      if (distance === heldDistance) heldLength += length
      else {
        if (heldLength > 0) addMatch(tokens, heldLength, heldDistance)
        heldLength = length
        heldDistance = distance
        if (distance !== stride && distance !== 1) {
          last = distance
          lastRun = 0
          // find
          let lo = 0
          let hi = run
          const q = at - distance
          while (lo < hi) {
            const mid = (lo + hi) >> 1
            if ((ends[mid] as number) > q) hi = mid
            else lo = mid + 1
          }
          lastRun = lo
        }
      }
      at += length
    } else {
      if (heldLength > 0) addMatch(tokens, heldLength, heldDistance)
      heldLength = 0
      heldDistance = 0
      addLiteral(tokens, value)
      at++
    }
    while (run < count && (ends[run] as number) <= at) {
      const after = values[run + 1] as number
      if (run + 1 < count && values[run] !== after) {
        const key = hash(runs, run)
        chain[run] = heads[key] as number
        heads[key] = run
      }
      run++
    }
    if (at >= rowEnd) {
      if (repeat > 1) {
        if (heldDistance !== stride) {
          if (heldLength > 0) addMatch(tokens, heldLength, heldDistance)
          heldLength = 0
          heldDistance = stride
        }
        heldLength += (repeat - 1) * stride
      }
      while (rowEnd <= at) rowEnd += stride
    }
  }
  if (heldLength > 0) addMatch(tokens, heldLength, heldDistance)
}

function hash({ ends, values }: Runs, run: number): number {
  const length = (ends[run + 1] as number) - (ends[run] as number)
  const key =
    ((values[run] as number) << 16) | ((values[run + 1] as number) << 8) | (values[run + 2] as number)
  return (Math.imul(key, 0x9e3779b1) ^ Math.imul(length, 0x85ebca6b)) >>> 20
}

/** How many bytes from `at` on (in run `run`) are as those from `from` on (in run `source`), up to `limit`. */
function walk(
  { ends, values }: Runs,
  at: number,
  run: number,
  from: number,
  source: number,
  limit: number,
): number {
  let p = at
  let q = from
  let i = run
  let j = source
  while (p < limit && values[i] === values[j]) {
    const restI = (ends[i] as number) - p
    const restJ = (ends[j] as number) - q
    const step = restI < restJ ? restI : restJ
    if (restI === step) i++
    if (restJ === step) j++
    p += step
    q += step
  }
  return (p < limit ? p : limit) - at
}

import { buildCode, type Code, createCode } from './huffman'
import { matchRuns } from './match'
import type { Runs } from './runs'
import {
  clearTokens,
  createTokens,
  DISTANCES,
  distanceExtra,
  distanceSymbol,
  END,
  LITERALS,
  lengthExtra,
  lengthSymbol,
  MIN_MATCH,
  type Tokens,
} from './tokens'

/** The order in which the lengths of the length code are sent, the most used ones first. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const ADLER = 65521

const tokens = createTokens()
const literalCode = createCode(LITERALS)
const distanceCode = createCode(DISTANCES)
const lengthCode = createCode(19)
const lengthCounts = new Int32Array(19)
const sequence = new Uint16Array(LITERALS + DISTANCES)

// zlib (RFC 1950): how the last picture's bytes are written out.
let out = new Uint8Array(8192)
let size = 0
let hold = 0
let held = 0

/** The zlib form (RFC 1950) of a picture's bytes. The result is a view that the next call overwrites. */
export function deflateRuns(runs: Runs): Uint8Array<ArrayBuffer> {
  clearTokens(tokens)
  matchRuns(runs, tokens)
  tokens.literals[END] = 1
  buildCode(literalCode, tokens.literals, 15)
  buildCode(distanceCode, tokens.distances, 15)
  const room = tokens.count * 6 + 1024
  if (out.length < room) out = new Uint8Array(room)
  size = hold = held = 0
  put(0x9c78, 16)
  put(0b101, 3)
  putCodes()
  putTokens(tokens)
  put(0, (8 - held) & 7)
  const sum = adler32(runs)
  put(((sum >>> 24) & 255) | ((sum >>> 8) & 0xff00), 16)
  put(((sum >>> 8) & 255) | ((sum & 255) << 8), 16)
  return out.subarray(0, size)
}

/** Sends up to 16 bits, the lowest first. */
function put(bits: number, count: number): void {
  hold |= bits << held
  held += count
  while (held >= 8) {
    out[size++] = hold & 255
    hold >>>= 8
    held -= 8
  }
}

/** Both codes' lengths, run-length coded, themselves in a code of their own: RFC 1951, 3.2.7. */
function putCodes(): void {
  const literals = usedOf(literalCode, 257)
  const distances = usedOf(distanceCode, 1)
  const count = sequenceLengths(literals, distances)
  buildCode(lengthCode, lengthCounts, 7)
  let sent = 19
  while (sent > 4 && lengthCode.lengths[LENGTH_ORDER[sent - 1] as number] === 0) sent--
  put(literals - 257, 5)
  put(distances - 1, 5)
  put(sent - 4, 4)
  for (let i = 0; i < sent; i++) put(lengthCode.lengths[LENGTH_ORDER[i] as number] as number, 3)
  for (let i = 0; i < count; i++) {
    const entry = sequence[i] as number
    const symbol = entry & 31
    put(lengthCode.bits[symbol] as number, lengthCode.lengths[symbol] as number)
    if (symbol >= 16) put(entry >> 5, symbol === 16 ? 2 : symbol === 17 ? 3 : 7)
  }
}

function usedOf({ lengths }: Code, least: number): number {
  let used = lengths.length
  while (used > least && lengths[used - 1] === 0) used--
  return used
}

function sequenceLengths(literals: number, distances: number): number {
  lengthCounts.fill(0)
  const all = literals + distances
  let count = 0
  const lengthAt = (i: number) =>
    (i < literals ? literalCode.lengths[i] : distanceCode.lengths[i - literals]) as number
  for (let i = 0; i < all; ) {
    const length = lengthAt(i)
    let end = i + 1
    while (end < all && lengthAt(end) === length) end++
    let left = end - i
    i = end
    if (length > 0) {
      sequence[count++] = length
      lengthCounts[length] = (lengthCounts[length] as number) + 1
      left--
    }
    while (left >= 3) {
      const [symbol, least, most] = length > 0 ? [16, 3, 6] : left > 10 ? [18, 11, 138] : [17, 3, 10]
      const taken = Math.min(left, most)
      sequence[count++] = symbol | ((taken - least) << 5)
      lengthCounts[symbol] = (lengthCounts[symbol] as number) + 1
      left -= taken
    }
    for (; left > 0; left--) {
      sequence[count++] = length
      lengthCounts[length] = (lengthCounts[length] as number) + 1
    }
  }
  return count
}

function putTokens({ list, count }: Tokens): void {
  for (let i = 0; i < count; i++) {
    const token = list[i] as number
    const distance = token & 0xffff
    const length = token >> 16
    if (length === 0) {
      put(literalCode.bits[token] as number, literalCode.lengths[token] as number)
      continue
    }
    const long = lengthSymbol(length)
    put(literalCode.bits[long] as number, literalCode.lengths[long] as number)
    const longExtra = lengthExtra(long)
    if (longExtra > 0) put((length - MIN_MATCH) & ((1 << longExtra) - 1), longExtra)
    const far = distanceSymbol(distance)
    put(distanceCode.bits[far] as number, distanceCode.lengths[far] as number)
    const farExtra = distanceExtra(far)
    if (farExtra > 0) put((distance - 1) & ((1 << farExtra) - 1), farExtra)
  }
  put(literalCode.bits[END] as number, literalCode.lengths[END] as number)
}

/** The checksum of all bytes (RFC 1950, 8.2), by whole runs, and by whole rows where they repeat. */
function adler32({ ends, values, count, stride, repeat }: Runs): number {
  let a = 1
  let b = 0
  let at = 0
  let rowA = 1
  let rowB = 0
  for (let run = 0; run < count; run++) {
    const end = ends[run] as number
    const length = end - at
    const value = values[run] as number
    b = (b + length * a + (value * (length * (length + 1))) / 2) % ADLER
    a = (a + value * length) % ADLER
    at = end
    if (repeat === 1 || end % stride !== 0) continue
    const sum = (a - rowA + ADLER) % ADLER
    const weighted = (((b - rowB - stride * rowA) % ADLER) + ADLER) % ADLER
    for (let copy = 1; copy < repeat; copy++) {
      b = (b + stride * a + weighted) % ADLER
      a = (a + sum) % ADLER
    }
    rowA = a
    rowB = b
  }
  return ((b << 16) | a) >>> 0
}

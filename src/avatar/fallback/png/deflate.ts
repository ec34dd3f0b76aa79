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
  fullMatches,
  LITERALS,
  lastMatch,
  lengthExtra,
  lengthSymbol,
  MAX_MATCH,
  MIN_MATCH,
  middleMatch,
  type Tokens,
} from './tokens'

/** The order in which the lengths of the length code are sent, the most used ones first. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const ADLER = 65521

/** Bytes that a match can take (two codes of 15 bits, with 5 and 13 bits more), and that all else can. */
const MAX_BYTES = 6
const ROOM_FOR_CODES = 1024

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
  tokens.literalCounts[END] = 1
  const room = ROOM_FOR_CODES + MAX_BYTES * tokens.literalCounts.reduce((sum, count) => sum + count, 0)
  if (out.length < room) out = new Uint8Array(room)
  buildCode(literalCode, tokens.literalCounts, 15)
  buildCode(distanceCode, tokens.distanceCounts, 15)
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

/** Sends up to 24 bits, the lowest first. */
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
    putSymbol(lengthCode, symbol)
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

function putTokens({ lengths, distances, count }: Tokens): void {
  for (let i = 0; i < count; i++) {
    const length = lengths[i] as number
    const distance = distances[i] as number
    if (distance === 0) {
      putSymbol(literalCode, length)
      continue
    }
    const far = distanceSymbol(distance)
    const extra = distanceExtra(far)
    const farBits = (distance - 1) & ((1 << extra) - 1)
    const middle = middleMatch(length)
    for (let full = fullMatches(length); full > 0; full--) putMatch(MAX_MATCH, far, farBits, extra)
    if (middle > 0) putMatch(middle, far, farBits, extra)
    putMatch(lastMatch(length), far, farBits, extra)
  }
  putSymbol(literalCode, END)
}

function putSymbol({ bits, lengths }: Code, symbol: number): void {
  put(bits[symbol] as number, lengths[symbol] as number)
}

function putMatch(length: number, far: number, farBits: number, farExtra: number): void {
  const symbol = lengthSymbol(length)
  const size = literalCode.lengths[symbol] as number
  const extra = lengthExtra(symbol)
  const extraBits = (length - MIN_MATCH) & ((1 << extra) - 1)
  put((literalCode.bits[symbol] as number) | (extraBits << size), size + extra)
  putSymbol(distanceCode, far)
  if (farExtra > 0) put(farBits, farExtra)
}

/**
 * The checksum of all bytes (RFC 1950, 8.2): by whole runs, and by whole rows where they repeat. A row of at most 4 KiB
 * adds less than 2^53 to either sum, so that one remainder a row is enough.
 */
function adler32({ ends, values, count, stride, repeat }: Runs): number {
  let a = 1
  let b = 0
  let at = 0
  let sum = 0
  let weighted = 0
  for (let run = 0; run < count; run++) {
    const end = ends[run] as number
    const length = end - at
    const value = values[run] as number
    weighted += length * sum + (value * length * (length + 1)) / 2
    sum += value * length
    at = end
    if (end % stride !== 0) continue
    b = (b + repeat * (stride * a + weighted) + (stride * sum * repeat * (repeat - 1)) / 2) % ADLER
    a = (a + repeat * sum) % ADLER
    sum = 0
    weighted = 0
  }
  return ((b << 16) | a) >>> 0
}

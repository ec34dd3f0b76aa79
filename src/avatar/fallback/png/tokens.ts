// What deflate sends: literal bytes and matches, and the symbols that stand for them. RFC 1951, 3.2.5.

export const END = 256
export const LITERALS = 286
export const DISTANCES = 30
export const MIN_MATCH = 3
export const MAX_MATCH = 258
export const WINDOW = 32768

/** What is to be sent, and how often each symbol is in it. */
export interface Tokens {
  count: number
  /** Lengths of matches, which may be longer than MAX_MATCH; where the distance is 0, a literal byte. */
  lengths: Int32Array
  distances: Uint16Array
  literalCounts: Int32Array
  distanceCounts: Int32Array
}

export function createTokens(): Tokens {
  return {
    count: 0,
    lengths: new Int32Array(4096),
    distances: new Uint16Array(4096),
    literalCounts: new Int32Array(LITERALS),
    distanceCounts: new Int32Array(DISTANCES),
  }
}

export function clearTokens(tokens: Tokens): void {
  tokens.count = 0
  tokens.literalCounts.fill(0)
  tokens.distanceCounts.fill(0)
}

export function addLiteral(tokens: Tokens, byte: number): void {
  addToken(tokens, byte, 0)
  tokens.literalCounts[byte] = (tokens.literalCounts[byte] as number) + 1
}

/** A match of any length from MIN_MATCH. */
export function addMatch(tokens: Tokens, length: number, distance: number): void {
  addToken(tokens, length, distance)
  const { literalCounts, distanceCounts } = tokens
  const full = fullMatches(length)
  const last = lengthSymbol(lastMatch(length))
  literalCounts[LONGEST] = (literalCounts[LONGEST] as number) + full
  literalCounts[last] = (literalCounts[last] as number) + 1
  const middle = middleMatch(length)
  if (middle > 0) literalCounts[lengthSymbol(middle)] = (literalCounts[lengthSymbol(middle)] as number) + 1
  const far = distanceSymbol(distance)
  distanceCounts[far] = (distanceCounts[far] as number) + full + (middle > 0 ? 2 : 1)
}

function addToken(tokens: Tokens, length: number, distance: number): void {
  if (tokens.count === tokens.lengths.length) grow(tokens)
  tokens.lengths[tokens.count] = length
  tokens.distances[tokens.count++] = distance
}

function grow(tokens: Tokens): void {
  const lengths = new Int32Array(tokens.count * 2)
  const distances = new Uint16Array(tokens.count * 2)
  lengths.set(tokens.lengths)
  distances.set(tokens.distances)
  tokens.lengths = lengths
  tokens.distances = distances
}

// A long match is sent as so many of the longest, perhaps a middle one so that the last is not too short, and a last.

export function fullMatches(length: number): number {
  return length <= MAX_MATCH ? 0 : Math.floor((length - MIN_MATCH) / MAX_MATCH)
}

export function middleMatch(length: number): number {
  const left = length - fullMatches(length) * MAX_MATCH
  return left > MAX_MATCH ? left - MIN_MATCH : 0
}

export function lastMatch(length: number): number {
  const left = length - fullMatches(length) * MAX_MATCH
  return left > MAX_MATCH ? MIN_MATCH : left
}

/** The symbol of a match of MAX_MATCH. */
const LONGEST = 285

/** From length symbol 265 on, four symbols share a number of extra bits; from distance symbol 4 on, two do. */
export function lengthSymbol(length: number): number {
  if (length === MAX_MATCH) return LONGEST
  const offset = length - MIN_MATCH
  if (offset < 8) return 257 + offset
  const extra = 29 - Math.clz32(offset)
  return 257 + (extra << 2) + (offset >> extra)
}

export function lengthExtra(symbol: number): number {
  return symbol < 265 || symbol === LONGEST ? 0 : (symbol - 261) >> 2
}

export function distanceSymbol(distance: number): number {
  const offset = distance - 1
  if (offset < 4) return offset
  const extra = 30 - Math.clz32(offset)
  return (extra << 1) + (offset >> extra)
}

export function distanceExtra(symbol: number): number {
  return symbol < 4 ? 0 : (symbol - 2) >> 1
}

// The symbols of deflate: RFC 1951, 3.2.5. A token is a literal byte, or `length << 16 | distance` of a match.

export const END = 256
export const LITERALS = 286
export const DISTANCES = 30
export const MIN_MATCH = 3
export const MAX_MATCH = 258
export const WINDOW = 32768

/** What is to be sent, and how often each symbol is in it. */
export interface Tokens {
  list: Int32Array
  count: number
  literals: Int32Array
  distances: Int32Array
}

export function createTokens(): Tokens {
  return {
    list: new Int32Array(4096),
    count: 0,
    literals: new Int32Array(LITERALS),
    distances: new Int32Array(DISTANCES),
  }
}

export function clearTokens(tokens: Tokens): void {
  tokens.count = 0
  tokens.literals.fill(0)
  tokens.distances.fill(0)
}

export function addLiteral(tokens: Tokens, byte: number): void {
  if (tokens.count === tokens.list.length) grow(tokens)
  tokens.list[tokens.count++] = byte
  tokens.literals[byte] = (tokens.literals[byte] as number) + 1
}

/** A match of any length from MIN_MATCH: as many tokens as it takes, and none of them too short. */
export function addMatch(tokens: Tokens, length: number, distance: number): void {
  const far = distanceSymbol(distance)
  for (let left = length; left > 0; ) {
    const taken = left <= MAX_MATCH ? left : Math.min(MAX_MATCH, left - MIN_MATCH)
    if (tokens.count === tokens.list.length) grow(tokens)
    tokens.list[tokens.count++] = (taken << 16) | distance
    const long = lengthSymbol(taken)
    tokens.literals[long] = (tokens.literals[long] as number) + 1
    tokens.distances[far] = (tokens.distances[far] as number) + 1
    left -= taken
  }
}

function grow(tokens: Tokens): void {
  const larger = new Int32Array(tokens.list.length * 2)
  larger.set(tokens.list)
  tokens.list = larger
}

/** From length symbol 265 on, four symbols share a number of extra bits; from distance symbol 4 on, two do. */
export function lengthSymbol(length: number): number {
  if (length === MAX_MATCH) return 285
  const offset = length - MIN_MATCH
  if (offset < 8) return 257 + offset
  const extra = 29 - Math.clz32(offset)
  return 257 + (extra << 2) + (offset >> extra)
}

export function lengthExtra(symbol: number): number {
  return symbol < 265 || symbol === 285 ? 0 : (symbol - 261) >> 2
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

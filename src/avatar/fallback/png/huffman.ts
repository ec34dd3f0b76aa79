// Prefix codes as deflate has them: RFC 1951, 3.2.2 and 3.2.7.

/** A code for each symbol: `bits` in the order they are sent (lowest first), `lengths` how many; 0 where unused. */
export interface Code {
  lengths: Uint8Array
  bits: Uint16Array
}

export function createCode(symbols: number): Code {
  return { lengths: new Uint8Array(symbols), bits: new Uint16Array(symbols) }
}

// Room for one code at a time: making one is synchronous.
const MAX_SYMBOLS = 288
const MAX_LENGTH = 15
const order = new Int32Array(MAX_SYMBOLS)
const weights = new Int32Array(2 * MAX_SYMBOLS)
const parents = new Int16Array(2 * MAX_SYMBOLS)
const depths = new Uint8Array(2 * MAX_SYMBOLS)
const next = new Uint16Array(MAX_LENGTH + 2)

/**
 * Gives each symbol the code that makes the whole shortest, none longer than `limit` bits.
 * `counts` says how often each is used, and is changed: some decoders refuse a code of fewer than two symbols, so
 * there are always two, and counts are flattened until the code is within the limit.
 */
export function buildCode(code: Code, counts: Int32Array, limit: number): void {
  for (let symbol = 0, used = countUsed(counts); used < 2; symbol++) {
    if (counts[symbol] !== 0) continue
    counts[symbol] = 1
    used++
  }
  while (measureLengths(code.lengths, counts) > limit) {
    for (let i = 0; i < counts.length; i++) counts[i] = ((counts[i] as number) + 1) >> 1
  }
  assignBits(code)
}

function countUsed(counts: Int32Array): number {
  let used = 0
  for (let i = 0; i < counts.length; i++) if (counts[i] !== 0) used++
  return used
}

/** Huffman's tree from two sorted queues: the symbols, and the pairs made so far. Returns the longest length. */
function measureLengths(lengths: Uint8Array, counts: Int32Array): number {
  let leaves = 0
  for (let symbol = 0; symbol < counts.length; symbol++) {
    lengths[symbol] = 0
    const count = counts[symbol] as number
    if (count === 0) continue
    let at = leaves++
    for (; at > 0 && (weights[at - 1] as number) > count; at--) {
      weights[at] = weights[at - 1] as number
      order[at] = order[at - 1] as number
    }
    weights[at] = count
    order[at] = symbol
  }
  const nodes = 2 * leaves - 1
  for (let node = leaves, leaf = 0, pair = leaves; node < nodes; node++) {
    let weight = 0
    for (let child = 0; child < 2; child++) {
      const isLeaf = leaf < leaves && (pair >= node || (weights[leaf] as number) <= (weights[pair] as number))
      const chosen = isLeaf ? leaf++ : pair++
      weight += weights[chosen] as number
      parents[chosen] = node
    }
    weights[node] = weight
  }
  let longest = 0
  depths[nodes - 1] = 0
  for (let node = nodes - 2; node >= 0; node--) {
    const depth = (depths[parents[node] as number] as number) + 1
    depths[node] = depth
    if (node >= leaves) continue
    lengths[order[node] as number] = depth
    if (depth > longest) longest = depth
  }
  return longest
}

/** Numbers the codes of each length in order, and turns them round: deflate sends a code's highest bit first. */
export function assignBits({ lengths, bits }: Code): void {
  next.fill(0)
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i] as number
    if (length > 0) next[length + 1] = (next[length + 1] as number) + 1
  }
  let first = 0
  for (let length = 1; length <= MAX_LENGTH; length++) {
    first = (first + (next[length] as number)) << 1
    next[length] = first
  }
  for (let i = 0; i < lengths.length; i++) {
    const length = lengths[i] as number
    if (length === 0) continue
    let straight = next[length] as number
    next[length] = straight + 1
    let turned = 0
    for (let bit = 0; bit < length; bit++, straight >>= 1) turned = (turned << 1) | (straight & 1)
    bits[i] = turned
  }
}

/** The 128 bits that a seed's picture is made from; any string will do. Spreads well, but is no secret-keeping hash. */
export function hashSeed(seed: string): [number, number, number, number] {
  let a = 1779033703
  let b = 3144134277
  let c = 1013904242
  let d = 2773480762
  for (let i = 0; i < seed.length; i++) {
    const code = seed.charCodeAt(i)
    a = b ^ Math.imul(a ^ code, 597399067)
    b = c ^ Math.imul(b ^ code, 2869860233)
    c = d ^ Math.imul(c ^ code, 951274213)
    d = a ^ Math.imul(d ^ code, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0]
}

/** The choices that make one picture: always the same sequence for the same seed. */
export interface Dice {
  /** A number in 0 ≤ n < 1. */
  roll(): number
  /** An integer in 0 ≤ n < limit. */
  below(limit: number): number
  between(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly [T, ...T[]]): T
}

/** Dice that fall the same way every time for the same seed (the generator is sfc32). */
export function diceFrom(seed: string): Dice {
  let [a, b, c, counter] = hashSeed(seed)
  const roll = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 8; i++) roll()
  const below = (limit: number) => Math.floor(roll() * limit)
  return {
    roll,
    below,
    between: (low, high) => low + roll() * (high - low),
    chance: (probability) => roll() < probability,
    pick: (list) => list[below(list.length)] ?? list[0],
  }
}

/**
 * Decodes what follows `xn--` in a label of a domain (RFC 3492, section 6.2, with the parameters of section 5).
 * The platform has only the way there (`new URL`). Null for what is no Punycode.
 */
export function decodePunycode(text: string): string | null {
  const dash = text.lastIndexOf('-')
  const points = Array.from(text.slice(0, Math.max(0, dash)), (letter) => letter.charCodeAt(0))
  let point = 128
  let at = 0
  let bias = 72
  for (let next = dash + 1; next < text.length; ) {
    const before = at
    for (let weight = 1, k = 36; ; k += 36) {
      const digit = '0123456789abcdefghijklmnopqrstuvwxyz'.indexOf(text[next++] ?? ' ')
      if (digit < 0) return null
      const value = digit < 10 ? digit + 26 : digit - 10 // a..z are 0..25, then 0..9
      at += value * weight
      const limit = Math.min(26, Math.max(1, k - bias))
      if (value < limit) break
      weight *= 36 - limit
    }
    const count = points.length + 1
    bias = adaptBias(at - before, count, before === 0)
    point += Math.floor(at / count)
    at %= count
    if (point > 0x10ffff) return null
    points.splice(at++, 0, point)
  }
  return String.fromCodePoint(...points)
}

function adaptBias(distance: number, count: number, isFirst: boolean): number {
  let delta = Math.floor(distance / (isFirst ? 700 : 2))
  delta += Math.floor(delta / count)
  let k = 0
  for (; delta > 455; k += 36) delta = Math.floor(delta / 35)
  return k + Math.floor((36 * delta) / (delta + 38))
}

/**
 * Whether a text is a ThumbHash in base64, as its author's library writes them (https://evanw.github.io/thumbhash/): the
 * header says how many coefficients follow, four bits each. What its pixels are, nobody but its maker knows.
 */
export function isThumbHash(text: string): boolean {
  if (!/^[A-Za-z0-9+/]{8,36}={0,2}$/.test(text) || text.length % 4) return false
  const bytes = Uint8Array.fromBase64(text)
  if (bytes.toBase64() !== text) return false // one text a hash
  const [, , third = 0, fourth = 0, fifth = 0] = bytes
  const hasAlpha = third > 0x7f
  const isLandscape = fifth > 0x7f
  const longer = hasAlpha ? 5 : 7
  const shorter = Math.max(3, fourth & 7)
  const [across, down] = isLandscape ? [longer, shorter] : [shorter, longer]
  const count = countTerms(across, down) + 2 * countTerms(3, 3) + (hasAlpha ? countTerms(5, 5) : 0)
  return bytes.length === (hasAlpha ? 6 : 5) + Math.ceil(count / 2)
}

/** Coefficients of a channel but the first, which is the average: those above the diagonal. */
function countTerms(across: number, down: number): number {
  let count = 0
  for (let y = 0; y < down; y++) for (let x = y ? 0 : 1; x * down < across * (down - y); x++) count++
  return count
}

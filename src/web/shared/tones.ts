// The colour of a tile until its picture comes is a class, as its ratio is: no style may stand in a page.

/** Steps of each of red, green and blue, as in tones.css. */
const STEPS = 8

/**
 * The classes for the average colour of a ThumbHash, `red-3 green-4 blue-2`; none where there is no hash. The colour stands
 * in its first three bytes: https://evanw.github.io/thumbhash/
 */
export function toneClasses(standIn: string | null): string {
  if (standIn === null) return ''
  const [first = 0, second = 0, third = 0] = atob(standIn.slice(0, 4))
    .split('')
    .map((one) => one.charCodeAt(0))
  const header = first | (second << 8) | (third << 16)
  const light = (header & 63) / 63
  const yellow = ((header >> 6) & 63) / 31.5 - 1
  const red = ((header >> 12) & 63) / 31.5 - 1
  const blue = light - (2 / 3) * yellow
  const more = (3 * light - blue + red) / 2
  const step = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * (STEPS - 1))
  return ` toned red-${step(more)} green-${step(more - red)} blue-${step(blue)}`
}

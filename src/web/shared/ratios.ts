// The width of a tile for its height is a class: no style may stand in a page, and the grid is whole without browser
// code. A thousand ratios, each 0.23 % above the one before, by three digits: `tens-5 ones-2 parts-7`. ratios.css has
// their values. A picture of a whole window's width is a pixel off at most.

/** What a tile can be at least, wide for its height; the widest is ten times that. Beyond, a picture is cut. */
const NARROWEST = 0.4

/** The classes of a tile for a picture of so many pixels. */
export function ratioClasses(width: number, height: number): string {
  const step = Math.round(Math.log10(width / height / NARROWEST) * 1000)
  const held = Math.min(999, Math.max(0, step))
  const [tens, ones, parts] = String(held).padStart(3, '0')
  return `tens-${tens} ones-${ones} parts-${parts}${step === held ? '' : ' cut'}`
}

/**
 * The same for a list that says something below each picture: none is too narrow for words, and none takes three rows.
 * @returns what `ratioClasses` takes
 */
export function holdForWords(width: number, height: number): [number, number] {
  const ratio = Math.min(3, Math.max(0.75, width / height))
  return [Math.round(ratio * 1000), 1000]
}

/** Wide for its height, as its tile is. */
export function ratioOf(width: number, height: number): number {
  return Math.min(10 * NARROWEST, Math.max(NARROWEST, width / height))
}

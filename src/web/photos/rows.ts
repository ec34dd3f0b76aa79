/** What a row of the grid is made by, in CSS pixels, as in gallery.css. */
export interface Measures {
  /** Of the list. */
  width: number
  /** The least height of a row. */
  row: number
  gap: number
}

/**
 * How high the rows of some pictures are together, as gallery.css lays them out: what nobody sees need not be laid out to
 * know. @param ratios wide for their height, each
 */
export function heightOfRows(ratios: number[], { width, row, gap }: Measures): number {
  let height = 0
  let [count, wide, sum] = [0, 0, 0]
  const end = (isLast: boolean) => {
    if (count === 0) return
    const free = width - (count - 1) * gap - wide
    // A row that grows by less than one in all, of one tall picture, takes that part of the room alone.
    // https://www.w3.org/TR/css-flexbox-1/#resolve-flexible-lengths
    const grown = row + free / (free > 0 ? Math.max(1, sum) : sum)
    height += (height > 0 ? gap : 0) + (isLast && free > 0 ? row : grown)
    ;[count, wide, sum] = [0, 0, 0]
  }
  for (const ratio of ratios) {
    const basis = ratio * row
    if (count > 0 && wide + count * gap + basis > width) end(false)
    count++
    wide += basis
    sum += ratio
  }
  end(true)
  return height
}

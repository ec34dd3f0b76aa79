// Where a face is: a box in parts of a picture, from its top left corner. So it is right at every size.

/** Each 0..1 of the picture as people see it, unless it says of which other. Inside it and not empty. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

interface Size {
  width: number
  height: number
}

/** The shortest side of a box: what is smaller is no face but a slip of the hand. 12 pixels of 12,000. */
export const MIN_SIDE = 0.001

/** By how much a box may stand over the edge: what sums of rounded figures come to. A hundredth of a pixel of 12,000. */
export const TOLERANCE = 1e-6

/** The box where it is one, cut at the picture's edge; null for what is none. */
export function readBox({ x, y, width, height }: Box): Box | null {
  if (![x, y, width, height].every(Number.isFinite)) return null
  const box = { x, y, width: Math.min(width, 1 - x), height: Math.min(height, 1 - y) }
  const stands = Math.max(-x, -y, x + width - 1, y + height - 1) <= TOLERANCE && Math.min(x, y) >= 0
  return stands && Math.min(box.width, box.height) >= MIN_SIDE ? box : null
}

/** The pixels that a box covers of a picture of that size: each edge at the nearest one, and one at the least. */
export function toPixels(box: Box, { width, height }: Size): Box {
  const [left, right] = edges(box.x, box.width, width)
  const [top, bottom] = edges(box.y, box.height, height)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

function edges(start: number, length: number, pixels: number): [number, number] {
  const first = Math.min(Math.round(start * pixels), pixels - 1)
  return [first, Math.max(first + 1, Math.min(Math.round((start + length) * pixels), pixels))]
}

/** How a stored picture is turned to stand upright: mirrored from left to right first, then by quarters, clockwise. */
const TURNS: Record<number, { mirrored: boolean; quarters: number }> = {
  1: { mirrored: false, quarters: 0 },
  2: { mirrored: true, quarters: 0 },
  3: { mirrored: false, quarters: 2 },
  4: { mirrored: true, quarters: 2 },
  5: { mirrored: true, quarters: 3 },
  6: { mirrored: false, quarters: 1 },
  7: { mirrored: true, quarters: 1 },
  8: { mirrored: false, quarters: 3 },
}

/**
 * A box of the picture as it is stored, in the picture as people see it.
 * @param orientation 1..8 as EXIF has it (Exif 3.0, 4.6.5.1.6)
 */
export function turnUpright(box: Box, orientation: number): Box {
  const { mirrored, quarters } = TURNS[orientation] ?? { mirrored: false, quarters: 0 }
  let turned = mirrored ? mirror(box) : box
  for (let quarter = 0; quarter < quarters; quarter++) turned = turnQuarter(turned)
  return turned
}

/** The way back: a box of the picture as people see it, in the picture as it is stored. */
export function turnBack(box: Box, orientation: number): Box {
  const opposite = orientation === 6 ? 8 : orientation === 8 ? 6 : orientation // each other one undoes itself
  return turnUpright(box, opposite)
}

function mirror({ x, y, width, height }: Box): Box {
  return { x: 1 - x - width, y, width, height }
}

/** Clockwise. */
function turnQuarter({ x, y, width, height }: Box): Box {
  return { x: 1 - y - height, y: x, width: height, height: width }
}

// Boxes that are drawn, in parts of the picture as people see it, from its top left corner. Pure figures.

export interface Frame {
  x: number
  y: number
  width: number
  height: number
}

/** A place in the picture, in parts of it. */
export interface Spot {
  x: number
  y: number
}

/** The corner that is pulled, as a compass has it. */
export type Corner = 'nw' | 'ne' | 'sw' | 'se'

/** The shortest side that is drawn: a face of 60 pixels in a picture of 12,000. What is smaller cannot be taken hold of. */
const SHORTEST = 0.005

/** How far one press of an arrow key goes. */
export const STEP = 0.01

/** A square in pixels around a spot, of about the size of a face, pushed inside the picture. */
export function frameAround({ x, y }: Spot, picture: { width: number; height: number }): Frame {
  const side = 0.28 * Math.min(picture.width, picture.height)
  const [width, height] = [side / picture.width, side / picture.height]
  return moveFrame({ x: x - width / 2, y: y - height / 2, width, height }, { x: 0, y: 0 })
}

/** The frame between two opposite corners, in any order; beyond the picture's edge it ends there. */
export function frameBetween(one: Spot, other: Spot): Frame {
  const [left, right] = span(one.x, other.x)
  const [top, bottom] = span(one.y, other.y)
  return tidy({ x: left, y: top, width: right - left, height: bottom - top })
}

function span(one: number, other: number): [number, number] {
  const [a, b] = [clamp(one, 0, 1), clamp(other, 0, 1)]
  const [start, end] = [Math.min(a, b), Math.max(a, b)]
  if (end - start >= SHORTEST) return [start, end]
  const from = clamp(start, 0, 1 - SHORTEST)
  return [from, from + SHORTEST]
}

/** Moved by a part of the picture, as far as its edge. */
export function moveFrame(frame: Frame, by: Spot): Frame {
  const { width, height } = frame
  return tidy({
    ...{ width, height },
    x: clamp(frame.x + by.x, 0, 1 - width),
    y: clamp(frame.y + by.y, 0, 1 - height),
  })
}

/** With its right and bottom edges moved: the way of the keyboard. */
export function growFrame(frame: Frame, by: Spot): Frame {
  const { x, y, width, height } = frame
  return tidy({
    ...{ x, y },
    width: clamp(width + by.x, SHORTEST, 1 - x),
    height: clamp(height + by.y, SHORTEST, 1 - y),
  })
}

/** The corner that stays where it is while the other one is pulled. */
export function oppositeOf({ x, y, width, height }: Frame, corner: Corner): Spot {
  return { x: corner.endsWith('w') ? x + width : x, y: corner.startsWith('n') ? y + height : y }
}

/** How much of two frames they have in common, 0..1: for faces that are found twice. */
export function overlap(one: Frame, other: Frame): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  const common = Math.max(0, across) * Math.max(0, down)
  return common / (one.width * one.height + other.width * other.height - common)
}

/** Sums of steps end in long fractions, and may stand over the edge by one. Half a pixel of 12,000 is four times more. */
function tidy({ x, y, width, height }: Frame): Frame {
  const round = (part: number) => Math.round(part * 1e5) / 1e5
  const [left, top] = [round(x), round(y)]
  return {
    ...{ x: left, y: top },
    width: Math.min(round(width), round(1 - left)),
    height: Math.min(round(height), round(1 - top)),
  }
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

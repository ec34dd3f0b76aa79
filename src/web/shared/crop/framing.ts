// The square that is cut from a picture, and how the picture lies behind it. Pure figures.

import type { CropBox } from '../../../photos/answers'

export interface Sides {
  width: number
  height: number
}

/** What is cut: in upright pixels of the picture, from its top left corner. */
export interface Framing {
  /** The middle of the square. */
  x: number
  y: number
  /** Its side. */
  size: number
  /** How far the picture is turned under it, clockwise, in degrees. */
  turn: number
}

/** A part of a picture, in parts of its sides. */
export interface Part {
  x: number
  y: number
  width: number
  height: number
}

/** The smallest side that is cut: below it other sites would show nothing but blur. */
export const SMALLEST = 96

/** How much more than a face is framed, as a portrait is: hair and chin are outside of what is found. */
const AROUND_FACE = 2.2

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** How far a turned square of the side 1 reaches, from one side to the other. */
const reach = (turn: number) => Math.abs(Math.cos(radians(turn))) + Math.abs(Math.sin(radians(turn)))

/** The longest side of a square that lies within a picture which is turned so far. */
export function widest({ width, height }: Sides, turn: number): number {
  return Math.min(width, height) / reach(turn)
}

/** The shortest side that may be framed. */
export function narrowest(picture: Sides, turn: number): number {
  return Math.min(SMALLEST, widest(picture, turn))
}

/** The nearest framing that has nothing in it but picture. */
export function confine(framing: Framing, picture: Sides): Framing {
  const turn = ((framing.turn % 360) + 360) % 360
  const size = clamp(framing.size, narrowest(picture, turn), widest(picture, turn))
  const half = (size * reach(turn)) / 2
  return {
    x: clamp(framing.x, half, picture.width - half),
    y: clamp(framing.y, half, picture.height - half),
    ...{ size, turn },
  }
}

/** The largest square in the middle. */
export function frameMiddle(picture: Sides, turn = 0): Framing {
  return confine(
    { x: picture.width / 2, y: picture.height / 2, size: Number.POSITIVE_INFINITY, turn },
    picture,
  )
}

/** A portrait of the largest of some faces; null where there is none. */
export function frameFace(faces: Part[], picture: Sides): Framing | null {
  const [face] = faces.toSorted((a, b) => b.width * b.height - a.width * a.height)
  if (!face) return null
  const size =
    Math.max(face.width * picture.width, face.height * picture.height, SMALLEST / AROUND_FACE) * AROUND_FACE
  return confine(
    {
      x: (face.x + face.width / 2) * picture.width,
      y: (face.y + face.height / 2) * picture.height,
      ...{ size, turn: 0 },
    },
    picture,
  )
}

/** The picture moved under the square, by parts of the square's side as people see it. */
export function move(framing: Framing, { right, down }: { right: number; down: number }): Framing {
  const [cos, sin] = [Math.cos(radians(framing.turn)), Math.sin(radians(framing.turn))]
  return {
    ...framing,
    x: framing.x - (right * cos + down * sin) * framing.size,
    y: framing.y - (down * cos - right * sin) * framing.size,
  }
}

/**
 * Nearer by a factor, or farther below 1. What is at `about` stays there, in parts of the square's side from its middle.
 */
export function zoom(
  framing: Framing,
  factor: number,
  picture: Sides,
  about = { right: 0, down: 0 },
): Framing {
  const size = clamp(framing.size / factor, narrowest(picture, framing.turn), widest(picture, framing.turn))
  const moved = move(framing, { right: -about.right, down: -about.down })
  return move({ ...moved, size }, about)
}

/** The transform from pixels of the picture to a square of a side, from that one's top left corner: as CSS and canvas have it. */
export function matrixOf(
  { x, y, size, turn }: Framing,
  side: number,
): [number, number, number, number, number, number] {
  const scale = side / size
  const [cos, sin] = [Math.cos(radians(turn)) * scale, Math.sin(radians(turn)) * scale]
  return [cos, sin, -sin, cos, side / 2 - cos * x + sin * y, side / 2 - sin * x - cos * y]
}

/** What the API keeps: the square around the same middle, which lies within the picture however it is turned. */
export function toBox({ x, y, size }: Framing, { width, height }: Sides): CropBox {
  const shorter = Math.min(width, height)
  const side = Math.min(size, shorter)
  const place = (middle: number, whole: number) => clamp(middle - side / 2, 0, whole - side) / whole
  return { x: place(x, width), y: place(y, height), size: side / shorter }
}

export function fromBox(box: CropBox, turn: number, picture: Sides): Framing {
  const size = box.size * Math.min(picture.width, picture.height)
  return confine(
    { x: box.x * picture.width + size / 2, y: box.y * picture.height + size / 2, size, turn },
    picture,
  )
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value))
}

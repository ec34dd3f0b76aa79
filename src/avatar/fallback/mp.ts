import { type Canvas, createCanvas } from './canvas'
import { fill } from './fill'
import { ellipse } from './shapes'

const BACKGROUND = 0xb9c4d3
const PERSON = 0xf3f6f9

/** A calm person, the same for everybody: light on a grey-blue that stands on white and on black pages. */
export function drawPerson(size: number): Canvas {
  const canvas = createCanvas(size, BACKGROUND, true)
  fill(canvas, ellipse(32, 25.5, 11.5, 12.5), PERSON)
  fill(canvas, ellipse(32, 64, 23, 21.5), PERSON)
  return canvas
}

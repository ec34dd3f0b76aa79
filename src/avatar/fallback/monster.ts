import { type Canvas, createCanvas } from './canvas'
import { oklch } from './color'
import { fill } from './fill'
import { type Dice, diceFrom } from './seed'
import { arc, blob, box, ellipse, type Path, pair, polygon, stroke, twice } from './shapes'

/** What is being painted, and with which colours. */
interface Lair {
  canvas: Canvas
  dice: Dice
  skin: number
  shade: number
  horn: number
  white: number
  ink: number
  /** Where the face is: the middle of the eyes, and the top of the body. */
  eyes: number
  top: number
}

interface Body {
  path: Path
  top: number
  eyes: number
  /** Half the width at the arms; 0 for no arms. */
  waist: number
}

const BODIES: readonly [Body, ...Body[]] = [
  { path: box(12, 14, 40, 60, 20, 0), top: 14, eyes: 30, waist: 20 },
  { path: box(9, 15, 46, 48, 22, 18), top: 15, eyes: 32, waist: 0 },
  { path: box(12, 17, 40, 60, 8, 0), top: 17, eyes: 31, waist: 20 },
  { path: box(17, 12, 30, 60, 15, 0), top: 12, eyes: 28, waist: 15 },
  {
    path: blob(32, 15, 44, 21, 50, 36, 55, 54, 56, 76, 8, 76, 9, 54, 14, 36, 20, 21),
    top: 15,
    eyes: 33,
    waist: 0,
  },
  { path: [...box(14, 15, 36, 40, 18, 0), ...box(9, 42, 46, 40, 12, 0)], top: 15, eyes: 31, waist: 23 },
  { path: shaggy(), top: 16, eyes: 33, waist: 20 },
]

function shaggy(): Path {
  const points: number[] = []
  for (let i = 0; i <= 12; i++) {
    const angle = Math.PI + (i * Math.PI) / 12
    const reach = i % 2 ? 24.5 : 20.5
    points.push(32 + reach * Math.cos(angle), 38 + reach * Math.sin(angle))
  }
  return polygon(...points, 52, 66, 12, 66)
}

/** A friendly monster that looks in from below: body, horns or ears, one to three eyes, a mouth, markings. */
export function drawMonster(size: number, seed: string): Canvas {
  const dice = diceFrom(seed)
  const hue = dice.below(360)
  const around = hue + dice.pick([60, 120, 180, 240, 300])
  const canvas = createCanvas(size, oklch(dice.pick([0.93, 0.86]), 0.05, around))
  const body = dice.pick(BODIES)
  const lair: Lair = {
    canvas,
    dice,
    skin: oklch(dice.between(0.64, 0.76), 0.15, hue),
    shade: oklch(0.5, 0.13, hue + dice.pick([-25, 0, 25])),
    horn: dice.chance(0.5) ? 0xfff1cf : oklch(0.82, 0.13, around),
    white: 0xffffff,
    ink: 0x2a2140,
    eyes: body.eyes,
    top: body.top,
  }
  dice.pick(TOPS)(lair)
  if (body.waist) drawArms(lair, body.waist)
  fill(canvas, body.path, lair.skin)
  dice.pick(MARKS)(lair)
  dice.pick(EYES)(lair)
  dice.pick(MOUTHS)(lair)
  return canvas
}

type Part = (lair: Lair) => void

const TOPS: readonly [Part, ...Part[]] = [
  ({ canvas, horn, top }) => fill(canvas, pair(polygon(18, top - 10, 29, top + 3, 19, top + 9)), horn),
  ({ canvas, horn, top }) =>
    fill(canvas, pair(blob(20, top - 9, 20, top - 1, 27, top + 4, 21, top + 11, 15, top + 3)), horn),
  ({ canvas, shade, horn, top }) => {
    fill(canvas, pair(stroke([23, top - 7, 27, top + 6], 2)), shade)
    fill(canvas, pair(ellipse(23, top - 7, 3.2)), horn)
  },
  ({ canvas, shade, top }) => fill(canvas, pair(ellipse(19, top + 3, 6.5)), shade),
  ({ canvas, shade, top }) => fill(canvas, pair(polygon(13, top - 7, 29, top + 2, 17, top + 14)), shade),
  ({ canvas, shade, top }) => {
    fill(
      canvas,
      polygon(25, top - 5, 30, top - 1, 32, top - 9, 34, top - 1, 39, top - 5, 37, top + 5, 27, top + 5),
      shade,
    )
  },
  ({ canvas, horn, top }) => fill(canvas, polygon(32, top - 12, 36.5, top + 4, 27.5, top + 4), horn),
  ({ canvas, shade, horn, top }) => {
    fill(canvas, box(31, top - 7, 2, 12), shade)
    fill(canvas, ellipse(32, top - 7, 3.6), horn)
  },
  ({ canvas, shade, top }) => fill(canvas, pair(box(20, top - 11, 7, 20, 3.5)), shade),
  ({ canvas, shade, top }) => {
    for (const x of [22, 32, 42])
      fill(canvas, polygon(x - 5, top + 8, x, top - (x === 32 ? 8 : 4), x + 5, top + 8), shade)
  },
]

function drawArms({ canvas, dice, skin }: Lair, waist: number): void {
  const side = 32 - waist
  const pose = dice.below(4)
  if (pose === 0) fill(canvas, pair(ellipse(side - 1, 50, 4, 8.5, 18)), skin)
  if (pose === 1) fill(canvas, pair(stroke([side + 3, 52, side - 4, 43], 6)), skin)
  if (pose === 2)
    fill(canvas, [...ellipse(side - 1, 50, 4, 8.5, 18), ...stroke([61 - side, 52, 68 - side, 43], 6)], skin)
}

const MARKS: readonly [Part, ...Part[]] = [
  ({ canvas, shade, skin, eyes }) => fill(canvas, box(20, eyes + 21.5, 24, 30, 12, 0), shade, skin),
  ({ canvas, horn, skin, eyes }) => fill(canvas, box(19, eyes + 21.5, 26, 30, 8, 0), horn, skin),
  ({ canvas, shade, skin }) => {
    for (const y of [52, 58]) fill(canvas, pair(box(6, y, 14, 3, 1.5)), shade, skin)
  },
  ({ canvas, shade, skin }) => {
    fill(canvas, [...twice(ellipse(20, 56, 2.8), 22), ...ellipse(27, 61, 2)], shade, skin)
  },
  ({ canvas, horn, skin, eyes }) => fill(canvas, pair(ellipse(18.5, eyes + 9, 3, 2.2)), horn, skin),
  () => {},
]

/** An eyeball with its pupil; `look` is how far the pupil is off the middle. */
function eye({ canvas, white, ink }: Lair, x: number, y: number, radius: number, look: number): void {
  fill(canvas, ellipse(x, y, radius), white)
  fill(canvas, ellipse(x + look * radius * 0.3, y + radius * 0.15, radius * 0.48), ink)
}

const EYES: readonly [Part, ...Part[]] = [
  (lair) => eye(lair, 32, lair.eyes - 1, 8.5, lair.dice.pick([-1, 0, 1])),
  ({ canvas, dice, white, ink, eyes }) => {
    const look = dice.pick([-2, 0, 2])
    fill(canvas, twice(ellipse(24.5, eyes, 6.5), 15), white)
    fill(canvas, twice(ellipse(24.5 + look, eyes + 1, 3.1), 15), ink)
  },
  ({ canvas, dice, white, ink, eyes }) => {
    const look = dice.pick([-1, 0, 1])
    fill(canvas, [...twice(ellipse(22, eyes + 1, 4.5), 20), ...ellipse(32, eyes - 3, 5.5)], white)
    fill(
      canvas,
      [...twice(ellipse(22 + look, eyes + 1.5, 2.2), 20), ...ellipse(32 + look, eyes - 2.5, 2.7)],
      ink,
    )
  },
  (lair) => {
    const look = lair.dice.pick([-1, 0, 1])
    eye(lair, 25, lair.eyes - 1, 7.5, look)
    eye(lair, 40.5, lair.eyes + 1, 4.8, look)
  },
  ({ canvas, white, ink, eyes }) => {
    fill(canvas, twice(ellipse(25, eyes, 3.4, 4.2), 14), ink)
    fill(canvas, twice(box(25, eyes - 2.5, 2, 2), 14), white)
  },
  ({ canvas, dice, shade, white, ink, eyes }) => {
    const look = dice.pick([-1.5, 0, 1.5])
    fill(canvas, twice(ellipse(24.5, eyes, 6.3), 15), white)
    fill(canvas, twice(ellipse(24.5 + look, eyes + 1.5, 3), 15), ink)
    fill(canvas, twice([arc(24.5, eyes - 0.5, 6.8, 6.4, 180, 360)], 15), shade)
  },
]

const MOUTHS: readonly [Part, ...Part[]] = [
  ({ canvas, white, ink, eyes }) => {
    fill(canvas, [arc(32, eyes + 11, 9, 8, 0, 180)], ink)
    fill(canvas, pair(box(25.5, eyes + 10.9, 3.5, 3.5, 0.2, 1.2)), white)
  },
  ({ canvas, white, ink, eyes }) => {
    fill(canvas, box(22, eyes + 11, 20, 7.5, 3.5), ink)
    for (let x = 24; x < 40; x += 4) fill(canvas, box(x + 0.4, eyes + 11, 3.2, 3), white)
  },
  ({ canvas, ink, eyes }) => fill(canvas, ellipse(32, eyes + 14, 3.6, 4), ink),
  ({ canvas, white, ink, eyes }) => {
    fill(canvas, stroke(arc(32, eyes + 9, 9, 6, 15, 165), 2), ink)
    fill(canvas, box(35, eyes + 14.5, 3.5, 3.5, 0.2, 1.2), white)
  },
  ({ canvas, ink, horn, eyes }) => {
    fill(canvas, [arc(32, eyes + 10.5, 7.5, 9, 0, 180)], ink)
    fill(canvas, ellipse(32, eyes + 19, 4.6, 4), horn, ink)
  },
  ({ canvas, white, ink, eyes }) => {
    fill(canvas, box(23, eyes + 13, 18, 2.2, 1.1), ink)
    fill(canvas, pair(polygon(25, eyes + 13.5, 29, eyes + 13.5, 27, eyes + 9)), white)
  },
]

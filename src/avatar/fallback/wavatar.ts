import { type Canvas, createCanvas } from './canvas'
import { oklch } from './color'
import { fill } from './fill'
import { type Dice, diceFrom } from './seed'
import { arc, blob, box, ellipse, type Path, pair, polygon, stroke, twice } from './shapes'

/** What is being painted, and with which colours. */
interface Portrait {
  canvas: Canvas
  dice: Dice
  skin: number
  blush: number
  hair: number
  cloth: number
  white: number
  ink: number
}

/** Skin tones of people, and of nobody in particular: lightness, chroma, hue. */
const SKINS: readonly [Tone, ...Tone[]] = [
  [0.88, 0.06, 65],
  [0.8, 0.09, 60],
  [0.7, 0.1, 58],
  [0.58, 0.09, 52],
  [0.48, 0.07, 48],
  [0.88, 0.15, 95],
  [0.82, 0.12, 150],
  [0.8, 0.1, 230],
  [0.78, 0.11, 300],
  [0.8, 0.12, 20],
]

type Tone = readonly [lightness: number, chroma: number, hue: number]

const HAIRS: readonly [Tone, ...Tone[]] = [
  [0.3, 0.03, 50],
  [0.42, 0.08, 50],
  [0.6, 0.13, 60],
  [0.85, 0.13, 90],
  [0.58, 0.17, 35],
  [0.8, 0.01, 250],
  [0.6, 0.18, 350],
  [0.55, 0.15, 265],
  [0.65, 0.13, 180],
]

/** A face that smiles: skin, hair or a hat, eyes, nose and mouth, each of several kinds and colours. */
export function drawWavatar(size: number, seed: string): Canvas {
  const dice = diceFrom(seed)
  const [lightness, chroma, tone] = dice.pick(SKINS)
  const hue = tone + dice.between(60, 300)
  const canvas = createCanvas(size, oklch(dice.pick([0.92, 0.83, 0.42]), 0.07, hue))
  const portrait: Portrait = {
    canvas,
    dice,
    skin: oklch(lightness, chroma, tone),
    blush: oklch(lightness - 0.07, chroma + 0.04, tone - 30),
    hair: oklch(...dice.pick(HAIRS)),
    cloth: oklch(dice.pick([0.45, 0.62, 0.75]), 0.16, hue + dice.pick([90, 150, 210, 270])),
    white: 0xffffff,
    ink: lightness < 0.5 ? 0x1c1210 : 0x33261f,
  }
  const face = dice.pick(FACES)
  const [behind, before] = dice.pick(HEADWEAR)
  behind?.(portrait)
  fill(canvas, face, portrait.skin)
  if (dice.chance(0.4)) fill(canvas, pair(ellipse(19.5, 44, 3.4, 2.6)), portrait.blush, portrait.skin)
  dice.pick(EYES)(portrait)
  dice.pick(NOSES)(portrait)
  dice.pick(MOUTHS)(portrait)
  before(portrait)
  return canvas
}

const FACES: readonly [Path, ...Path[]] = [
  box(11, 13, 42, 46, 20, 17),
  box(12, 13, 40, 45, 18, 14),
  box(13, 12, 38, 48, 19, 19),
  box(10, 15, 44, 43, 20, 17),
]

type Part = (portrait: Portrait) => void

const bare: Part = () => {}

/** Hair and hats: what lies behind the face, and what lies on it. */
const HEADWEAR: readonly [Headwear, ...Headwear[]] = [
  // Bald, with ears.
  [({ canvas, skin }) => fill(canvas, pair(box(7, 32, 9, 11, 4)), skin), bare],
  // A short fringe.
  [
    ({ canvas, hair }) => fill(canvas, box(9, 9, 46, 30, 21, 3), hair),
    ({ canvas, hair, skin }) => fill(canvas, box(8, 5, 48, 17.5, 8, 0), hair, skin),
  ],
  // Long hair, parted in the middle.
  [
    ({ canvas, hair }) => fill(canvas, box(7, 7, 50, 52, 24, 6), hair),
    ({ canvas, hair, skin }) => fill(canvas, pair(polygon(32, 10, 32, 16, 11, 34, 8, 10)), hair, skin),
  ],
  // A quiff.
  [
    bare,
    ({ canvas, hair }) => fill(canvas, blob(13, 25, 12, 11, 28, 5, 50, 6, 53, 24, 45, 19, 24, 21), hair),
  ],
  // Spikes.
  [
    ({ canvas, hair }) =>
      fill(canvas, polygon(9, 32, 9, 12, 18, 15, 21, 5, 30, 11, 38, 4, 43, 12, 55, 8, 55, 32), hair),
    bare,
  ],
  // Curls.
  [
    ({ canvas, hair }) => {
      const curls = [...ellipse(13, 25, 7.5), ...ellipse(21, 14, 8), ...ellipse(32, 11, 8)]
      fill(canvas, [...pair(curls), ...box(14, 14, 36, 20)], hair)
    },
    bare,
  ],
  // Two buns.
  [
    ({ canvas, hair }) => fill(canvas, [...pair(ellipse(14, 12, 7)), ...box(9, 10, 46, 28, 21, 3)], hair),
    ({ canvas, hair, skin }) => fill(canvas, box(8, 5, 48, 16, 4), hair, skin),
  ],
  // A knitted hat.
  [
    bare,
    ({ canvas, cloth, white }) => {
      fill(canvas, ellipse(32, 6, 4), white)
      fill(canvas, box(12, 8, 40, 16, 15, 0), cloth)
      fill(canvas, box(9, 19, 46, 6.5, 3), white)
    },
  ],
  // A cap.
  [
    bare,
    ({ canvas, cloth }) => fill(canvas, [...box(11, 9, 42, 15, 15, 0), ...box(11, 20, 51, 4.5, 2.2)], cloth),
  ],
  // A party hat.
  [
    ({ canvas, skin }) => fill(canvas, pair(box(7, 32, 8, 11, 4)), skin),
    ({ canvas, cloth, white }) => {
      fill(canvas, polygon(32, 2, 43, 19, 21, 19), cloth)
      fill(canvas, ellipse(32, 3.5, 2.8), white)
    },
  ],
  // A crown.
  [
    ({ canvas, hair }) => fill(canvas, box(9, 12, 46, 30, 20, 3), hair),
    ({ canvas }) => fill(canvas, polygon(15, 21, 13, 6, 23, 13, 32, 4, 41, 13, 51, 6, 49, 21), 0xf7c948),
  ],
  // A bow.
  [
    ({ canvas, hair }) => fill(canvas, box(8, 9, 48, 44, 22, 5), hair),
    ({ canvas, hair, skin, cloth }) => {
      fill(canvas, box(8, 5, 48, 15, 4), hair, skin)
      fill(canvas, polygon(38, 8, 45, 12, 52, 8, 52, 20, 45, 16, 38, 20), cloth)
    },
  ],
]
type Headwear = readonly [behind: Part, before: Part]

const EYES: readonly [Part, ...Part[]] = [
  ({ canvas, ink }) => fill(canvas, twice(ellipse(24, 34, 2.8, 3.4), 16), ink),
  ({ canvas, dice, white, ink }) => {
    const look = dice.pick([-1, 0, 1])
    fill(canvas, twice(ellipse(24, 34, 5), 16), white)
    fill(canvas, twice(ellipse(24 + look, 34.5, 2.6), 16), ink)
  },
  ({ canvas, ink }) => fill(canvas, twice(stroke(arc(24, 36, 4, 4, 200, 340), 2), 16), ink),
  ({ canvas, ink }) => {
    fill(canvas, ellipse(24, 34, 2.8, 3.4), ink)
    fill(canvas, stroke(arc(40, 36, 4, 3.6, 200, 340), 2), ink)
  },
  ({ canvas, white, ink }) => {
    fill(canvas, [...twice(box(16, 27.5, 14, 13, 4), 18), ...box(29, 32.5, 6, 2)], ink)
    fill(canvas, twice(box(18, 29.5, 10, 9, 2.5), 18), white)
    fill(canvas, twice(ellipse(23.5, 34.5, 2.2), 18), ink)
  },
  ({ canvas, hair, ink }) => {
    fill(canvas, twice(ellipse(24, 35, 2.6, 3), 16), ink)
    fill(canvas, twice(box(20.5, 28.5, 7, 2, 1), 16), hair)
  },
  ({ canvas, cloth, ink }) => {
    fill(canvas, [...twice(box(16.5, 29.5, 13, 9, 2, 4.5), 18), ...box(29, 31, 6, 2)], ink)
    fill(canvas, twice(box(19, 31.5, 4, 2, 1), 18), cloth)
  },
  ({ canvas, white, ink }) => {
    fill(canvas, twice(ellipse(24, 34, 4, 4.6), 16), ink)
    fill(canvas, twice(box(24.2, 31, 2.5, 2.5, 1), 16), white)
  },
]

const NOSES: readonly [Part, ...Part[]] = [
  bare,
  ({ canvas, blush }) => fill(canvas, ellipse(32, 40.5, 3, 2.4), blush),
  ({ canvas, blush }) => fill(canvas, box(30.5, 35, 3, 7, 1.5), blush),
  ({ canvas, blush }) => fill(canvas, box(28.5, 38.5, 7, 3.5, 1.7), blush),
]

const MOUTHS: readonly [Part, ...Part[]] = [
  ({ canvas, ink }) => fill(canvas, stroke(arc(32, 43, 8, 6.5, 15, 165), 2), ink),
  ({ canvas, ink, blush }) => {
    fill(canvas, [arc(32, 45, 8.5, 8.5, 0, 180)], ink)
    fill(canvas, box(28, 50, 8, 4, 2), blush, ink)
  },
  ({ canvas, ink, white }) => {
    fill(canvas, [arc(32, 45, 8.5, 8, 0, 180)], ink)
    fill(canvas, box(25.5, 45, 13, 2.6), white, ink)
  },
  ({ canvas, white, ink }) => {
    fill(canvas, [arc(32, 44.5, 9, 7, 0, 180)], white)
    fill(canvas, box(23, 43.8, 18, 1.4, 0.7), ink)
  },
  ({ canvas, ink }) => fill(canvas, stroke(arc(34, 43, 6.5, 6, 10, 130), 2), ink),
  ({ canvas, ink, blush }) => {
    fill(canvas, box(33, 47, 6, 6.5, 0, 2), blush)
    fill(canvas, stroke(arc(32, 42, 9, 6.5, 15, 165), 2), ink)
  },
]

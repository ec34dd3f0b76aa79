import { type Canvas, createCanvas, paintStretch, plainEntry } from './canvas'
import { oklch } from './color'
import { type Dice, diceFrom } from './seed'

const GRID = 12
const HALF = GRID / 2

/** The left half of a picture by rows; each cell is a colour's place in the palette. */
type Sprite = number[][]

const PAGE = 0
const SKIN = 1
const SHADE = 2
const BRIGHT = 3
const DARK = 4

/** An arcade character of twelve by twelve blocks: an invader or a hero's head, the same on both sides. */
export function drawRetro(size: number, seed: string): Canvas {
  const dice = diceFrom(seed)
  const hue = dice.below(360)
  const other = hue + dice.pick([60, 120, 180, 240, 300])
  const person = dice.chance(0.4)
  const lightness = person ? dice.pick([0.92, 0.85]) : dice.pick([0.25, 0.25, 0.9])
  const canvas = createCanvas(size, oklch(lightness, 0.05, other))
  const skin = person ? oklch(dice.pick([0.86, 0.76, 0.62, 0.5]), 0.08, 60) : oklch(0.75, 0.17, hue)
  const shade = person ? oklch(dice.pick([0.32, 0.5, 0.68]), 0.14, hue) : oklch(0.57, 0.15, hue)
  for (const color of [skin, shade, person ? oklch(0.68, 0.17, other) : 0xffffff, 0x1b1526, 0xfffffe])
    plainEntry(canvas, color)
  placeBlocks(canvas, person ? drawHero(dice) : drawInvader(dice))
  return canvas
}

/** Paints both halves with blocks of whole pixels, all of one size, in the middle. */
function placeBlocks(canvas: Canvas, sprite: Sprite): void {
  const block = Math.max(1, Math.round(canvas.size / 15))
  const margin = Math.floor((canvas.size - GRID * block) / 2)
  for (let row = 0; row < GRID; row++) {
    for (let column = 0; column < GRID; column++) {
      const color = sprite[row]?.[column < HALF ? column : GRID - 1 - column] ?? PAGE
      const left = margin + column * block
      const top = margin + row * block
      for (let y = top; y < top + block; y++) paintStretch(canvas, y, left, left + block, color)
    }
  }
}

/** A body of varying width with a shaded rim, eyes, antennae, arms and legs. */
function drawInvader(dice: Dice): Sprite {
  const sprite: Sprite = Array.from({ length: GRID }, () => new Array<number>(HALF).fill(PAGE))
  const put = (row: number, column: number, color: number) => {
    const cells = sprite[row]
    if (cells && column >= 0 && column < HALF) cells[column] = color
  }
  const top = 2
  const bottom = dice.pick([8, 9])
  let width = dice.pick([2, 3, 4])
  for (let row = top; row <= bottom; row++) {
    for (let i = 0; i < width; i++) put(row, HALF - 1 - i, row >= bottom - 1 ? SHADE : SKIN)
    if (row < 5) width = Math.min(5, Math.max(width, 3) + dice.below(2))
    else width = Math.min(6, Math.max(3, width + dice.below(3) - 1))
  }
  for (let row = 4; row <= 6; row++) put(row, 2, SKIN)
  const antenna = dice.pick([2, 3, 4])
  if (dice.chance(0.75)) {
    put(1, antenna, SHADE)
    put(2, antenna, SKIN)
    put(0, dice.chance(0.5) ? antenna - 1 : antenna, BRIGHT)
  }
  const eyeRow = dice.pick([4, 5])
  const eye = dice.below(4)
  put(eyeRow, 3, eye === 3 ? DARK : BRIGHT)
  put(eyeRow + 1, 3, DARK)
  if (eye === 1) put(eyeRow, 4, BRIGHT)
  if (eye === 1) put(eyeRow + 1, 4, BRIGHT)
  if (eye === 2) put(eyeRow, 4, DARK)
  const mouth = dice.below(4)
  const mouthRow = eyeRow + 3
  put(mouthRow, 5, mouth === 2 ? BRIGHT : DARK)
  if (mouth !== 1) put(mouthRow, 4, mouth === 2 ? DARK : mouth === 3 ? BRIGHT : DARK)
  if (mouth === 0) put(mouthRow - 1, 3, DARK)
  const arm = dice.below(4)
  if (arm < 3) {
    for (let column = 0; column < 3; column++) if (sprite[6]?.[column] === PAGE) put(6, column, SKIN)
    put(arm === 0 ? 5 : 7, 0, SKIN)
    put(arm === 0 ? 4 : 8, 0, arm === 2 ? SHADE : BRIGHT)
  }
  const legs = dice.pick([[2], [4], [1, 3], [2, 4], [3, 5], [1, 4], [3]])
  for (const column of legs) {
    put(bottom + 1, column, SHADE)
    put(bottom, column, SHADE)
    if (dice.chance(0.5)) put(bottom + 2, column, SHADE)
    else put(bottom + 2, column - 1, SHADE)
  }
  return sprite
}

/** Hair and headgear, laid on the head from its first row. */
const HAIR: readonly [string[], ...string[][]] = [
  ['......', '..2222', '.22222', '.22222', '.2....'],
  ['......', '..2222', '.22222', '222222', '222...', '22....', '2.....', '2.....', '2.....', '2.....'],
  ['..2.2.', '.22222', '.22222', '.2.2.2'],
  ['....33', '..3333', '.33333', '.33333', '333333'],
  ['......', '....22', '...222', '.22222', '.2...2'],
  ['......', '.33333', '.33333', '.55555', '.2....'],
  ['...222', '.22222', '222222', '22222.', '22....', '22....'],
  ['.....3', '....33', '....33', '....33', '.....3'],
  ['22....', '222222', '.22222', '.222..', '.2....'],
  ['......', '..3.33', '..3333', '.33333'],
]

const LOOKS: readonly [string[], ...string[][]] = [
  ['......', '...4..', '...4..'],
  ['......', '..55..', '..54..'],
  ['...22.', '...4..', '...4..'],
  ['......', '.44444', '..44..'],
  ['......', '..554.', '..554.'],
  ['......', '..44..', '......'],
]

const SMILES: readonly [string[], ...string[][]] = [
  ['...4..', '....44'],
  ['....44', '......'],
  ['...444', '....55'],
  ['..4...', '...444'],
  ['...222', '....44'],
]

/** A head and shoulders: face, hair or headgear, eyes, a smile, a shirt. */
function drawHero(dice: Dice): Sprite {
  const sprite: Sprite = Array.from({ length: GRID }, () => new Array<number>(HALF).fill(PAGE))
  const lay = (rows: string[], at: number) => {
    for (const [row, cells] of rows.entries()) {
      for (const [column, cell] of [...cells].entries()) {
        const target = sprite[at + row]
        if (target && cell !== '.') target[column] = Number(cell)
      }
    }
  }
  lay(['..1111', '.11111', '.11111', '.11111', '.11111', '.11111', '.11111', '..1111', '....11'], 2)
  lay(
    dice.pick([
      ['..3333', '.33333'],
      ['.33311', '333333'],
      ['..2233', '.22333'],
      ['.33355', '333355'],
    ]),
    10,
  )
  lay(dice.pick(HAIR), 0)
  lay(dice.pick(LOOKS), 4)
  lay(dice.pick(SMILES), 8)
  return sprite
}

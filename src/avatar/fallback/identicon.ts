import { type Canvas, createCanvas, mirrorCanvas } from './canvas'
import { oklch } from './color'
import { fill } from './fill'
import { type Dice, diceFrom } from './seed'
import { arc, box, ellipse, move, type Path, polygon, rotate } from './shapes'

const CELL = 16

/** Tiles of the cell whose upper left corner is 0, 0; each may be turned by quarters. */
const SLANTED: readonly [Path, ...Path[]] = [
  [[0, 0, ...arc(0, 0, CELL, CELL, 0, 90)]],
  [[0, 0, ...arc(0, 0, CELL, CELL, 0, 90)]],
  [[...arc(0, 0, CELL, CELL, 0, 90), ...arc(CELL, CELL, CELL, CELL, 180, 270)]],
  polygon(0, 0, CELL, 0, 0, CELL),
  polygon(0, 0, CELL, 0, 0, CELL),
  ellipse(CELL / 2, CELL / 2, 6),
]
const STRAIGHT: readonly [Path, ...Path[]] = [
  box(0, 0, CELL, CELL),
  box(0, 0, CELL, CELL / 2),
  box(4, 4, 8, 8),
]

/** A pattern of four by four tiles, mirrored both ways, in two related colours on a tint or a deep shade. */
export function drawIdenticon(size: number, seed: string): Canvas {
  const dice = diceFrom(seed)
  const hue = dice.below(360)
  const other = hue + dice.pick([40, 75, 150, 180, 285, 320])
  const deep = dice.chance(0.35)
  // Yellows and olives look muddy where other hues look rich.
  const lift = hue > 55 && hue < 125 ? 0.1 : 0
  const canvas = createCanvas(size, deep ? oklch(0.34, 0.08, hue) : oklch(0.94, 0.035, hue))
  const main = deep ? oklch(0.8, 0.13, hue) : oklch(0.55 + lift, 0.17, hue)
  const accent = deep ? oklch(0.9, 0.09, other) : oklch(0.74, 0.15, other)
  const straight = dice.below(4)
  const accented = dice.below(4)
  for (let cell = 0; cell < 4; cell++) {
    const kind = cell === straight ? STRAIGHT : SLANTED
    const tile = tileOf(dice, kind, (cell & 1) * CELL, (cell >> 1) * CELL)
    if (cell !== straight || dice.chance(0.6)) fill(canvas, tile, cell === accented ? accent : main)
  }
  mirrorCanvas(canvas)
  return canvas
}

/** A tile in the upper left quarter of the canvas. */
function tileOf(dice: Dice, kind: readonly [Path, ...Path[]], x: number, y: number): Path {
  const half = CELL / 2
  return move(rotate(dice.pick(kind), dice.below(4) * 90, half, half), x, y)
}

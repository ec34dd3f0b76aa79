import { type Canvas, createCanvas } from './canvas'
import { oklch } from './color'
import { fill } from './fill'
import { type Dice, diceFrom } from './seed'
import { arc, box, ellipse, pair, polygon, stroke } from './shapes'

/** What is being painted, and with which colours. */
interface Workshop {
  canvas: Canvas
  dice: Dice
  metal: number
  shade: number
  light: number
  glow: number
  ink: number
}

interface Head {
  width: number
  top: number
  radius: number
  lower: number
}

const HEADS: readonly [Head, ...Head[]] = [
  { width: 36, top: 17, radius: 5, lower: 5 },
  { width: 34, top: 15, radius: 12, lower: 12 },
  { width: 40, top: 18, radius: 8, lower: 8 },
  { width: 36, top: 14, radius: 17, lower: 4 },
  { width: 32, top: 14, radius: 3, lower: 9 },
  { width: 42, top: 20, radius: 3, lower: 3 },
]
const HEAD_BOTTOM = 47

/** A robot from the chest up: antenna, ears, eyes, a mouth of metal, and something on the chest. */
export function drawRobot(size: number, seed: string): Canvas {
  const dice = diceFrom(seed)
  const hue = dice.below(360)
  const signal = hue + dice.pick([60, 120, 180, 240, 300])
  const paint = dice.pick([0.03, 0.08, 0.12])
  const night = dice.chance(0.4)
  const canvas = createCanvas(size, night ? oklch(0.36, 0.06, signal) : oklch(0.92, 0.04, signal))
  const shop: Workshop = {
    canvas,
    dice,
    metal: oklch(0.74, paint, hue),
    shade: oklch(0.55, paint, hue),
    light: oklch(0.93, 0.025, hue),
    glow: night ? oklch(0.86, 0.14, signal) : oklch(0.74, 0.17, signal),
    ink: oklch(0.27, 0.04, hue),
  }
  const head = dice.pick(HEADS)
  dice.pick(ANTENNAS)(shop, head.top)
  dice.pick(EARS)(shop, 32 - head.width / 2)
  drawBody(shop)
  fill(
    canvas,
    box(32 - head.width / 2, head.top, head.width, HEAD_BOTTOM - head.top, head.radius, head.lower),
    shop.metal,
  )
  dice.pick(FACES)(shop, head)
  return canvas
}

type Part = (shop: Workshop, at: number) => void

const ANTENNAS: readonly [Part, ...Part[]] = [
  ({ canvas, shade, glow }, top) => {
    fill(canvas, box(31, 8, 2, top - 7), shade)
    fill(canvas, ellipse(32, 7, 3.5), glow)
  },
  ({ canvas, shade, glow }, top) => {
    fill(canvas, pair(polygon(21, 7, 22.5, 6.5, 28, top + 2, 25.5, top + 2)), shade)
    fill(canvas, pair(ellipse(21.5, 6.5, 2.8)), glow)
  },
  ({ canvas, shade, glow }, top) => {
    fill(canvas, box(26, top - 3, 12, 5, 1), shade)
    fill(canvas, box(27, top - 10, 10, 8, 5, 0), glow)
  },
  ({ canvas, shade, glow }, top) => {
    fill(canvas, box(31, 7, 2, top - 6), shade)
    for (const [width, y] of [
      [12, 5],
      [8, 9],
    ] as const)
      fill(canvas, box(32 - width / 2, y, width, 2, 1), glow)
  },
  ({ canvas, shade, glow }, top) => {
    fill(canvas, box(39, 6, 2, top), shade)
    fill(canvas, box(37.5, 5, 5, 5, 1), glow)
    fill(canvas, box(20, top - 2, 9, 4, 1), shade)
  },
  ({ canvas, shade, glow }, top) => {
    fill(canvas, polygon(32, 4, 37, top + 3, 27, top + 3), glow)
    fill(canvas, box(24, top - 2, 16, 4, 1), shade)
  },
]

const EARS: readonly [Part, ...Part[]] = [
  ({ canvas, shade }, side) => fill(canvas, pair(box(side - 4, 26, 6, 12, 2)), shade),
  ({ canvas, shade, glow }, side) => {
    fill(canvas, pair(box(side - 3, 29, 5, 6)), shade)
    fill(canvas, pair(box(side - 5, 25, 3, 14, 1.5)), glow)
  },
  ({ canvas, shade }, side) => fill(canvas, pair(ellipse(side, 31, 5)), shade),
  ({ canvas, shade, glow }, side) => {
    fill(canvas, pair(box(side - 3, 27, 5, 9)), shade)
    fill(canvas, pair(box(side - 3, 16, 1.5, 12)), shade)
    fill(canvas, pair(box(side - 4, 13, 3.5, 4)), glow)
  },
  () => {},
]

function drawBody({ canvas, dice, metal, shade, light, glow, ink }: Workshop): void {
  const neck = dice.pick([8, 12, 16])
  fill(canvas, box(32 - neck / 2, 45, neck, 8), shade)
  fill(canvas, box(32 - neck / 2, 48.5, neck, 1.5), ink)
  const shoulder = dice.pick([16, 18, 20])
  const radius = dice.pick([2, 4, 9])
  if (dice.chance(0.6)) fill(canvas, pair(box(32 - shoulder - 6, 54, 8, 14, 3)), shade)
  fill(canvas, box(32 - shoulder, 52, shoulder * 2, 20, radius, 0), metal)
  const chest = dice.below(5)
  if (chest === 0) fill(canvas, ellipse(32, 60, 3.5), glow)
  if (chest === 1) for (const x of [25, 30.5, 36]) fill(canvas, box(x, 57, 3, 3), x > 35 ? glow : ink)
  if (chest === 2) fill(canvas, box(24, 56, 16, 12, 2), light)
  if (chest === 3) for (const y of [56, 59, 62]) fill(canvas, box(25, y, 14, 1.5), ink)
  if (chest === 4) fill(canvas, polygon(25, 56, 39, 56, 32, 63), glow)
}

/** A whole face: a dark screen that smiles, or eyes and a mouth on metal, sometimes on a lighter plate. */
function drawScreen({ canvas, dice, glow, ink }: Workshop, head: Head): void {
  const width = head.width - 9
  fill(canvas, box(32 - width / 2, head.top + 5, width, 37 - head.top, 5), ink)
  const eyes = dice.below(4)
  const y = 30
  if (eyes === 0) fill(canvas, pair(ellipse(25, y - 1, 2.6, 3.4)), glow)
  if (eyes === 1) fill(canvas, pair(box(23, y - 4, 5, 5)), glow)
  if (eyes === 2) fill(canvas, pair(stroke(arc(25, y, 3, 3, 190, 350), 1.6)), glow)
  if (eyes === 3) fill(canvas, pair(box(21.5, y - 2, 6.5, 2.2)), glow)
  if (dice.chance(0.5)) fill(canvas, stroke(arc(32, 34, 5, 4, 20, 160), 1.6), glow)
  else
    for (const [i, tall] of [2, 4, 6, 4, 2].entries())
      fill(canvas, box(24 + i * 3.5, 37.5 - tall / 2, 2, tall), glow)
}

function drawFeatures(shop: Workshop, head: Head): void {
  const { canvas, dice, shade, light } = shop
  const plated = dice.chance(0.4)
  if (plated) fill(canvas, box(36 - head.width / 2, head.top + 5, head.width - 8, 38 - head.top, 4), light)
  else if (dice.chance(0.5)) fill(canvas, pair(box(34.5 - head.width / 2, 42, 2, 2)), shade)
  dice.pick(EYES)(shop, 28)
  dice.pick(MOUTHS)(shop, 37)
}

const FACES = [drawFeatures, drawFeatures, drawFeatures, drawScreen] as const

const EYES: readonly [Part, ...Part[]] = [
  ({ canvas, glow, ink }, y) => {
    fill(canvas, pair(ellipse(24, y, 5)), ink)
    fill(canvas, pair(ellipse(24, y, 2.4)), glow)
  },
  ({ canvas, glow, ink }, y) => {
    fill(canvas, pair(box(19.5, y - 4, 9, 8, 1)), ink)
    fill(canvas, pair(box(22.5, y - 2, 4, 4)), glow)
  },
  ({ canvas, dice, glow, ink }, y) => {
    fill(canvas, box(18, y - 4.5, 28, 9, 4.5), ink)
    if (dice.chance(0.5)) fill(canvas, pair(ellipse(25, y, 2.2)), glow)
    else fill(canvas, box(dice.pick([21, 28, 35]), y - 1.5, 8, 3), glow)
  },
  ({ canvas, glow, ink, light }, y) => {
    fill(canvas, ellipse(32, y - 0.5, 7.5), ink)
    fill(canvas, ellipse(32, y - 0.5, 4.2), glow)
    fill(canvas, box(33, y - 3, 2, 2), light)
  },
  ({ canvas, glow, ink }, y) => {
    fill(canvas, ellipse(24, y, 5.5), ink)
    fill(canvas, ellipse(24, y, 2.6), glow)
    fill(canvas, box(36, y - 3, 8, 6, 1), ink)
    fill(canvas, box(38, y - 1, 4, 2), glow)
  },
  ({ canvas, ink, light }, y) => {
    fill(canvas, pair(box(20, y - 5, 8, 10, 4)), ink)
    fill(canvas, pair(box(24.5, y - 3, 2, 2.5)), light)
  },
]

const MOUTHS: readonly [Part, ...Part[]] = [
  ({ canvas, ink, glow }, y) => {
    fill(canvas, box(22, y, 20, 6, 1), ink)
    for (let x = 24; x < 41; x += 3) fill(canvas, box(x, y + 1.5, 1.5, 3), glow)
  },
  ({ canvas, ink }, y) => {
    for (let row = 0; row < 3; row++) fill(canvas, box(25, y + row * 2.25, 14, 1.2), ink)
  },
  ({ canvas, ink }, y) => {
    for (let x = 23; x < 42; x += 4) fill(canvas, box(x, y + 1.5, 2, 3), ink)
  },
  ({ canvas, ink }, y) => fill(canvas, stroke(arc(32, y - 1, 8, 5, 15, 165), 2), ink),
  ({ canvas, ink, glow }, y) => {
    fill(canvas, box(24, y + 0.5, 16, 4.5, 2.25), ink)
    fill(canvas, box(26.5, y + 2, 7, 1.5), glow)
  },
  ({ canvas, ink, light }, y) => {
    fill(canvas, box(23, y, 18, 6, 1), ink)
    for (let x = 24; x < 40; x += 4) fill(canvas, box(x, y + 1, 3, 4), light)
  },
]

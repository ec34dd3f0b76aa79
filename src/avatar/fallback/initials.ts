import { type Canvas, createCanvas } from './canvas'
import { type Color, contrast, oklch } from './color'
import { fill } from './fill'
import { glyphOf } from './glyphs'
import { diceFrom } from './seed'
import { arc, move, type Path, stroke } from './shapes'

const MAX_LETTERS = 3
const INK = 0xffffff
/** WCAG 2.2 level AA for text: https://www.w3.org/TR/WCAG22/#contrast-minimum */
const MIN_CONTRAST = 4.5
/** In units of the glyph grid, where capitals are 10 high. */
const STROKE = 1.7
const GAP = 3.1
/** In units of the canvas: thinner strokes vanish at 24 px. */
const MIN_STROKE = 3.2

/**
 * The one to three letters to draw: `initials` if it has any, else the first letters of the name's first and
 * last word. Capitals without accents; what has no glyph is left out; '' where nothing is left.
 */
export function initialsOf({
  initials,
  name,
}: {
  initials?: string | undefined
  name?: string | undefined
}): string {
  if (initials) return lettersOf(initials).slice(0, MAX_LETTERS).join('')
  const firsts = (name ?? '')
    .split(/\s+/u)
    .map((word) => lettersOf(word)[0])
    .filter((letter) => letter !== undefined)
  return (firsts.length > 1 ? [firsts[0], firsts.at(-1)] : firsts).join('')
}

/** The drawable capitals of a text: É and é are E, full-width Ａ is A, ß is S. */
function lettersOf(text: string): string[] {
  // A bound on what a stranger's query string can make us normalise.
  const plain = text.slice(0, 200).normalize('NFKD').toUpperCase().normalize('NFKD')
  return [...plain].filter((letter) => glyphOf(letter) !== null)
}

/** White letters on a colour of the seed; the plain colour alone where no letter can be drawn. */
export function drawInitials(size: number, seed: string, initials: string): Canvas {
  const letters = [...initialsOf({ initials })]
  const canvas = createCanvas(size, seedColor(seed), true)
  if (letters.length > 0) fill(canvas, setLetters(letters), INK)
  return canvas
}

/** A seed's own colour, dark enough for white letters. */
export function seedColor(seed: string): Color {
  const dice = diceFrom(seed)
  // Round the yellows and olives, which are muddy once they are dark enough.
  const hue = dice.between(125, 415)
  const chroma = dice.between(0.09, 0.19)
  let lightness = dice.between(0.42, 0.58)
  let color = oklch(lightness, chroma, hue)
  while (contrast(color, INK) < MIN_CONTRAST) {
    lightness -= 0.01
    color = oklch(lightness, chroma, hue)
  }
  return color
}

/** The letters side by side in the middle of the canvas, as large as fits in a circle. */
function setLetters(letters: string[]): Path {
  const glyphs = letters.map((letter) => (glyphOf(letter) ?? '0:').split(':'))
  const width = glyphs.reduce((sum, [wide]) => sum + Number(wide), GAP * (glyphs.length - 1))
  const scale = Math.min(2.7, 41 / (width + STROKE), 42 / Math.hypot(width, 10))
  const weight = Math.max(MIN_STROKE, STROKE * scale)
  let left = 32 - (width * scale) / 2
  const path: Path = []
  for (const [wide, strokes = ''] of glyphs) {
    for (const line of strokes.trim().split(' ')) {
      const points = line.split(';').flatMap((point) => readPoint(point, scale))
      const [moved = []] = move([points], left, 32 - 5 * scale)
      path.push(...stroke(moved, weight))
    }
    left += (Number(wide) + GAP) * scale
  }
  return path
}

/** One entry of a glyph's stroke as points: a point, or the points along an ellipse. */
function readPoint(text: string, scale: number): number[] {
  const [x = 0, y = 0, rx, ry = 0, from = 0, to = 0] = text.replace(/[()]/g, '').split(',').map(Number)
  if (rx === undefined) return [x * scale, y * scale]
  return arc(x * scale, y * scale, rx * scale, ry * scale, from, to)
}

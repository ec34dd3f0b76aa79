import { inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import {
  type Canvas,
  createCanvas,
  MAX_DRAWN,
  paintStretch,
  plainEntry,
} from '../../src/avatar/fallback/canvas.ts'
import {
  drawCanvas,
  drawFallback,
  FALLBACK_STYLES,
  type FallbackStyle,
  repeatFor,
} from '../../src/avatar/fallback/draw.ts'
import { deflateRuns } from '../../src/avatar/fallback/png/deflate.ts'
import { buildCode, createCode } from '../../src/avatar/fallback/png/huffman.ts'
import { encodePng } from '../../src/avatar/fallback/png/png.ts'
import { addRun, createRuns } from '../../src/avatar/fallback/png/runs.ts'
import { type Dice, diceFrom } from '../../src/avatar/fallback/seed.ts'
import { SIZES } from '../../src/renditions/sizes.ts'

/** A canvas's palette indices, pixel by pixel, each repeated across and down. */
function pixelsOf({ size, marks, words, values }: Canvas, repeat: number): Buffer {
  const side = size * repeat
  const pixels = Buffer.alloc(side * side)
  for (let y = 0; y < size; y++) {
    let index = 0
    for (let x = 0; x < size; x++) {
      const isMarked = ((marks[y * words + (x >> 5)] ?? 0) >>> (x & 31)) & 1
      if (isMarked) index = values[y * size + x] ?? 0
      pixels.fill(index, (y * side + x) * repeat, (y * side + x + 1) * repeat)
    }
    const row = y * repeat * side
    for (let copy = 1; copy < repeat; copy++) pixels.copyWithin(row + copy * side, row, row + side)
  }
  return pixels
}

/** The palette indices in a PNG, inflated by zlib; null for a row with a filter, a wrong length or a bit too many. */
function readPixels(png: Uint8Array): Buffer | null {
  const file = Buffer.from(png)
  const side = file.readUInt32BE(16)
  const depth = file[24] ?? 0
  const start = file.indexOf('IDAT') + 4
  const rows = inflateSync(file.subarray(start, start + file.readUInt32BE(start - 8)))
  const stride = 1 + Math.ceil((side * depth) / 8)
  if (rows.length !== stride * side) return null
  const pixels = Buffer.alloc(side * side)
  for (let y = 0; y < side; y++) {
    if (rows[y * stride] !== 0) return null
    for (let x = 0; x < side; x++) {
      const bit = x * depth
      const byte = rows[y * stride + 1 + (bit >> 3)] ?? 0
      pixels[y * side + x] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1)
    }
  }
  return pixels
}

function expectSame(canvas: Canvas, repeat: number, what: string): void {
  const read = readPixels(encodePng(canvas, repeat))
  expect(read?.equals(pixelsOf(canvas, repeat)), what).toBe(true)
}

/** A row of stretches of all lengths. */
function randomRow(stride: number, dice: Dice): Buffer {
  const bytes = Buffer.alloc(stride)
  for (let from = 0; from < stride; ) {
    const end = Math.min(stride, from + 1 + dice.below(dice.pick([2, 10, 400, 2049])))
    bytes.fill(dice.below(dice.pick([2, 256])), from, end)
    from = end
  }
  return bytes
}

/** A canvas of the given number of colours whose pixels are chosen one by one. */
function paintPixels(size: number, colors: number, indexAt: (x: number, y: number) => number): Canvas {
  const canvas = createCanvas(size, 0)
  for (let color = 1; color < colors; color++) plainEntry(canvas, color)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) paintStretch(canvas, y, x, x + 1, indexAt(x, y))
  }
  return canvas
}

describe('encodePng', () => {
  it.each(FALLBACK_STYLES)(
    'gives zlib the very pixels that were drawn, for three hundred seeds: %s',
    (style) => {
      const small = SIZES.filter((size) => size <= 96)
      for (let i = 0; i < 300; i++) {
        const size = small[i % small.length] ?? 0
        const values = { style, seed: `seed ${i}`, size, initials: 'QW' }
        expectSame(drawCanvas(values), 1, `${i} at ${size} px`)
      }
    },
  )

  it.each(FALLBACK_STYLES)('gives zlib the very pixels that were drawn, in every size: %s', (style) => {
    for (const size of SIZES) {
      for (const seed of size > 300 ? ['a'] : ['a', 'b', 'c', 'd', 'e', 'f']) {
        const repeat = repeatFor(size)
        const drawn = { style, seed, size: size / repeat, initials: 'QW' }
        expectSame(drawCanvas(drawn), repeat, `${seed} at ${size} px`)
      }
    }
  })

  it.each([1, 2, 3, 4, 5, 15, 16, 17, 200, 256])(
    'takes noise of %i colours, pixels of any size',
    (colors) => {
      const dice = diceFrom(String(colors))
      for (const size of [1, 2, 3, 7, 8, 31, 32, 33, 64, 129]) {
        for (const repeat of size < 7 ? [1] : [1, 2, 3, 4, 5]) {
          const canvas = paintPixels(size, colors, () => dice.below(colors))
          expectSame(canvas, repeat, `${size} px × ${repeat}`)
        }
      }
    },
  )

  it('takes noise, chequers and slopes in the largest size', () => {
    const dice = diceFrom('large')
    expectSame(
      paintPixels(MAX_DRAWN, 256, () => dice.below(256)),
      4,
      'noise',
    )
    expectSame(
      paintPixels(MAX_DRAWN, 2, (x, y) => (x + y) & 1),
      4,
      'chequers',
    )
    expectSame(
      paintPixels(MAX_DRAWN, 256, (x, y) => (x + 3 * y) & 255),
      1,
      'slopes',
    )
    expectSame(
      paintPixels(MAX_DRAWN, 256, (x, y) => (x * y) & 255),
      1,
      'curves',
    )
  })

  it('takes random stretches', () => {
    const dice = diceFrom('stretches')
    for (let i = 0; i < 1000; i++) {
      const size = 1 + dice.below(90)
      const colors = 1 + dice.below(20)
      const canvas = createCanvas(size, 0)
      for (let color = 1; color < colors; color++) plainEntry(canvas, color)
      const expected = Buffer.alloc(size * size)
      for (let painted = 0; painted < 60; painted++) {
        const y = dice.below(size)
        const from = dice.below(size)
        const to = from + 1 + dice.below(size - from)
        const index = dice.below(colors)
        paintStretch(canvas, y, from, to, index)
        expected.fill(index, y * size + from, y * size + to)
      }
      expect(readPixels(encodePng(canvas))?.equals(expected), `picture ${i}`).toBe(true)
    }
  })

  it('encodes the same whatever was encoded before', () => {
    const values = { style: 'wavatar' as FallbackStyle, seed: 'x', size: 64 }
    const first = Buffer.from(drawFallback(values))
    for (const seed of ['a', 'b', 'c', 'd']) {
      for (const style of FALLBACK_STYLES) {
        drawFallback({ style, seed, size: 360, initials: 'X' })
        expect(first.equals(drawFallback(values)), `after ${style} of ${seed}`).toBe(true)
      }
    }
  })

  it.each(['identicon', 'monsterid', 'wavatar', 'robohash'] as const)(
    'stays within 2 KB at 256 px, with room for rarer keys than the five hundred: %s',
    (style) => {
      let largest = 0
      for (let i = 0; i < 500; i++)
        largest = Math.max(largest, drawFallback({ style, seed: `${i}`, size: 256 }).length)
      expect(largest).toBeLessThanOrEqual(2048 - 64) // the largest of 3,000 is at most 55 bytes larger
    },
  )
})

describe('deflateRuns', () => {
  it('takes runs of every length', () => {
    for (const stride of [1, 2, 3, 4, 5, 8, 33, 129, 257, 258, 259, 500, 1025, 2049]) {
      for (const repeat of stride < 3 ? [1] : [1, 2, 3, 4]) {
        const runs = createRuns()
        Object.assign(runs, { stride, repeat })
        const dice = diceFrom(`${stride} ${repeat}`)
        const kinds = Array.from({ length: 8 }, () => randomRow(stride, dice))
        const rows: Buffer[] = []
        for (let row = 0; row < 40; row++) {
          const bytes = dice.pick([randomRow(stride, dice), ...kinds])
          for (let at = 0; at < stride; at++) {
            if (at + 1 === stride || bytes[at] !== bytes[at + 1])
              addRun(runs, bytes[at] ?? 0, row * stride + at + 1)
          }
          for (let copy = 0; copy < repeat; copy++) rows.push(bytes)
        }
        expect(inflateSync(deflateRuns(runs)).equals(Buffer.concat(rows)), `${stride} × ${repeat}`).toBe(true)
      }
    }
  })
})

describe('buildCode', () => {
  it('fills the code, within the limit, however uneven the counts', () => {
    const fibonacci = [1, 1]
    while (fibonacci.length < 40) fibonacci.push((fibonacci.at(-1) as number) + (fibonacci.at(-2) as number))
    for (const [counts, limit] of [
      [fibonacci, 15],
      [fibonacci.slice(0, 19), 7],
      [Array(286).fill(1), 15],
      [[5, 0, 0], 15],
      [[0, 0, 0], 15],
      [[0, 7, 1], 7],
    ] as const) {
      const code = createCode(counts.length)
      buildCode(code, Int32Array.from(counts), limit)
      expect(Math.max(...code.lengths)).toBeLessThanOrEqual(limit)
      const used = code.lengths.filter((length) => length > 0)
      expect(used.reduce((sum, length) => sum + 2 ** -length, 0)).toBe(1)
      counts.forEach((count, symbol) => {
        if (count > 0) expect(code.lengths[symbol]).toBeGreaterThan(0)
      })
    }
  })
})

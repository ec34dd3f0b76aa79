import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  confine,
  type Framing,
  frameFace,
  fromBox,
  matrixOf,
  move,
  type Sides,
  toBox,
  zoom,
} from '../../src/web/shared/crop/framing.ts'

const sides = fc.record({
  width: fc.integer({ min: 1, max: 12_000 }),
  height: fc.integer({ min: 1, max: 12_000 }),
})
const far = fc.double({ min: -20_000, max: 20_000, noNaN: true })
const framing = fc.record({
  ...{ x: far, y: far },
  size: fc.double({ min: 0.1, max: 30_000, noNaN: true }),
  turn: fc.double({ min: -720, max: 720, noNaN: true }),
})

/** The place in the picture that shows at a place of the square, both from the top left corner. */
function seenAt(framing: Framing, across: number, down: number) {
  const [a, b, c, d, e, f] = matrixOf(framing, 1)
  const [x, y] = [across - e, down - f]
  const size = a * d - b * c
  return { x: (d * x - c * y) / size, y: (a * y - b * x) / size }
}

const corners = [0, 1].flatMap((across) => [0, 1].map((down) => ({ across, down })))

function expectWithin(framing: Framing, { width, height }: Sides) {
  for (const { across, down } of corners) {
    const { x, y } = seenAt(framing, across, down)
    expect(Math.min(x, y, width - x, height - y)).toBeGreaterThan(-0.01)
  }
}

describe('a framing', () => {
  it('shows nothing but picture, wherever it is put, however it is turned, moved and zoomed', () => {
    const step = fc.double({ min: -3, max: 3, noNaN: true })
    fc.assert(
      fc.property(
        sides,
        framing,
        step,
        step,
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (picture, wild, right, down, factor) => {
          const framed = confine(wild, picture)
          expectWithin(framed, picture)
          expect(confine(framed, picture).size).toBeCloseTo(framed.size)
          const moved = zoom(move(framed, { right, down }), factor, picture, { right, down })
          expectWithin(confine(moved, picture), picture)
        },
      ),
    )
  })

  it('goes to the API in parts of the picture, around the same middle, and comes back', () => {
    fc.assert(
      fc.property(sides, framing, (picture, wild) => {
        const framed = confine(wild, picture)
        const box = toBox(framed, picture)
        const side = box.size * Math.min(picture.width, picture.height)
        const over = Math.max(box.x + side / picture.width, box.y + side / picture.height) - 1
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0)
        expect(over).toBeLessThan(1e-9)
        const back = fromBox(box, framed.turn, picture)
        for (const part of ['x', 'y', 'size'] as const) expect(back[part]).toBeCloseTo(framed[part])
      }),
    )
  })

  it('moves as people see it, and zooms about where they point, turned or not', () => {
    const picture = { width: 4000, height: 3000 }
    for (const turn of [0, 30, 90, 222]) {
      const before = { x: 2000, y: 1500, size: 500, turn }
      const moved = move(before, { right: 0.1, down: -0.2 })
      const [old, fresh] = [seenAt(before, 0.5, 0.5), seenAt(moved, 0.6, 0.3)]
      expect(fresh.x).toBeCloseTo(old.x)
      expect(fresh.y).toBeCloseTo(old.y)
      const near = zoom(before, 2, picture, { right: 0.3, down: 0.1 })
      expect(near.size).toBe(250)
      expect(seenAt(near, 0.8, 0.6).x).toBeCloseTo(seenAt(before, 0.8, 0.6).x)
      expect(seenAt(near, 0.8, 0.6).y).toBeCloseTo(seenAt(before, 0.8, 0.6).y)
    }
  })

  it('holds the largest face in its middle', () => {
    const faces = [
      { x: 0.1, y: 0.1, width: 0.05, height: 0.05 },
      { x: 0.5, y: 0.4, width: 0.2, height: 0.2 },
    ]
    const picture = { width: 2000, height: 1000 }
    const framed = frameFace(faces, picture)
    expect([framed?.x, framed?.y, Math.round(framed?.size ?? 0), framed?.turn]).toEqual([1200, 500, 880, 0])
    expect(frameFace([], picture)).toBeNull()
  })
})

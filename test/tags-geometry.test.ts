import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinChunks } from '../src/lib/png'
import type { TagJson } from '../src/tags/answers'
import { type Box, MIN_SIDE, readBox, toPixels, turnBack, turnUpright } from '../src/tags/boxes'
import { ask, complete, decode, newPerson, type Person, prepare, store } from './support'
import { exif, u32, withExif } from './surgery'

const ORIENTATIONS = [1, 2, 3, 4, 5, 6, 7, 8]

const part = fc.double({ min: 0, max: 1, noNaN: true })
const anyBox = fc
  .tuple(part, part, part, part)
  .map(([x, y, width, height]) => ({
    x: x * (1 - MIN_SIDE),
    y: y * (1 - MIN_SIDE),
    width: MIN_SIDE + width * (1 - MIN_SIDE) * (1 - x),
    height: MIN_SIDE + height * (1 - MIN_SIDE) * (1 - y),
  }))
  .map((box) => readBox(box) as Box)

/** Where the corners of a pixel at (x, y) of a stored picture come to be seen, by the words of EXIF itself. */
const SEEN: Record<number, (x: number, y: number) => [number, number]> = {
  1: (x, y) => [x, y], // the 0th row is at the top, the 0th column on the left
  2: (x, y) => [1 - x, y], // top, right
  3: (x, y) => [1 - x, 1 - y], // bottom, right
  4: (x, y) => [x, 1 - y], // bottom, left
  5: (x, y) => [y, x], // left, top
  6: (x, y) => [1 - y, x], // right, top
  7: (x, y) => [1 - y, 1 - x], // right, bottom
  8: (x, y) => [y, 1 - x], // left, bottom
}

describe('a box', () => {
  it('is turned with the picture, for all eight orientations, and back', () => {
    fc.assert(
      fc.property(anyBox, fc.constantFrom(...ORIENTATIONS), (box, orientation) => {
        const turned = turnUpright(box, orientation)
        const corners = [
          [box.x, box.y],
          [box.x + box.width, box.y + box.height],
        ].map(([x = 0, y = 0]) => SEEN[orientation]?.(x, y) ?? [])
        const [left, right] = corners.map(([x = 0]) => x).sort((a, b) => a - b)
        const [top, bottom] = corners.map(([, y = 0]) => y).sort((a, b) => a - b)
        const wanted = [left, top, right, bottom].map((edge) => expect.closeTo(edge as number, 12))
        expect([turned.x, turned.y, turned.x + turned.width, turned.y + turned.height]).toEqual(wanted)
        const back = turnBack(turned, orientation)
        for (const side of ['x', 'y', 'width', 'height'] as const)
          expect(back[side]).toBeCloseTo(box[side], 12)
      }),
    )
  })

  it('of whole pixels comes back as the same pixels, up to 12,000', () => {
    const size = fc.integer({ min: 1000, max: 12_000 })
    const sides = fc.tuple(size, size).chain(([width, height]) =>
      fc.record({
        size: fc.constant({ width, height }),
        x: fc.integer({ min: 0, max: width - 12 }),
        y: fc.integer({ min: 0, max: height - 12 }),
      }),
    )
    fc.assert(
      fc.property(sides, ({ size, x, y }) => {
        const pixels = { x, y, width: Math.min(12, size.width - x), height: Math.min(12, size.height - y) }
        const box = {
          x: x / size.width,
          y: y / size.height,
          width: pixels.width / size.width,
          height: pixels.height / size.height,
        }
        expect(toPixels(readBox(box) as Box, size)).toEqual(pixels)
      }),
    )
  })

  it('covers at least a pixel of every picture, and none beside it', () => {
    fc.assert(
      fc.property(
        anyBox,
        fc.integer({ min: 1, max: 2048 }),
        fc.integer({ min: 1, max: 2048 }),
        (box, w, h) => {
          const { x, y, width, height } = toPixels(box, { width: w, height: h })
          expect(Math.min(x, y, width - 1, height - 1)).toBeGreaterThanOrEqual(0)
          expect(x + width).toBeLessThanOrEqual(w)
          expect(y + height).toBeLessThanOrEqual(h)
        },
      ),
    )
  })
})

/** A grey picture with a white square, as a camera stores it that was held in some way. */
async function drawSubject(size: { width: number; height: number }, box: Box, orientation: number) {
  const { width, height } = size
  const { x, y, width: across, height: down } = toPixels(turnBack(box, orientation), size)
  const rows = new Uint8Array((width + 1) * height).fill(40)
  for (let row = 0; row < height; row++) {
    rows[row * (width + 1)] = 0
    if (row >= y && row < y + down)
      rows.fill(255, row * (width + 1) + 1 + x, row * (width + 1) + 1 + x + across)
  }
  const packed = new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'))
  const png = joinChunks([
    ['IHDR', Uint8Array.from([...u32(width), ...u32(height), 8, 0, 0, 0, 0])],
    ['IDAT', new Uint8Array(await new Response(packed).arrayBuffer())],
    ['IEND', new Uint8Array(0)],
  ])
  const jpeg = await env.IMAGES.input(new Blob([png]).stream()).output({ format: 'image/jpeg', quality: 95 })
  return withExif(new Uint8Array(await jpeg.response().arrayBuffer()), exif(orientation))
}

async function upload(person: Person, file: Uint8Array): Promise<string> {
  const id = await prepare(person, 'image/jpeg', file.length)
  await store(person, id, file)
  expect((await complete(person, id)).status).toBe(200)
  return id
}

describe('a tag', () => {
  it('covers the same pixels of the subject in every rendition, however the camera was held', async () => {
    const owner = await newPerson()
    const seconds = ORIENTATIONS.map(async (orientation) => {
      const stored = { width: 500 + 17 * orientation, height: 341 }
      const [box, asked] = fc.sample(fc.tuple(anyBox, fc.constantFrom(160, 300, 640)), {
        numRuns: 1,
        seed: 7 * orientation,
      })[0] as [Box, number]
      const wide = { ...box, x: Math.min(box.x, 0.7), y: Math.min(box.y, 0.7) }
      const subject = {
        ...wide,
        width: Math.max(0.1, Math.min(box.width, 1 - wide.x)),
        height: Math.max(0.1, Math.min(box.height, 1 - wide.y)),
      }
      const id = await upload(owner, await drawSubject(stored, subject, orientation))
      await ask('PUT', `/api/photos/${id}/tags/${owner.hash}`, { as: owner.session, json: subject })
      for (const w of new Set([asked, 320])) {
        const answer = await ask('GET', `/api/photos/${id}/tags?w=${w}`, { as: owner.session })
        const [tag] = (await answer.json<{ items: TagJson[] }>()).items
        const picture = await ask('GET', `/raw/${owner.id}/${id}?w=${w}`, { as: owner.session })
        const seen = await findSubject(new Uint8Array(await picture.arrayBuffer()))
        const { x = 0, y = 0, width = 0, height = 0 } = tag?.pixels ?? {}
        const said = [x, y, x + width, y + height]
        for (const [edge, at] of said.entries()) {
          const distance = Math.abs(at - (seen[edge] as number))
          expect([orientation, w, edge, said, seen, distance <= 1.5]).toEqual([
            orientation,
            w,
            edge,
            said,
            seen,
            true,
          ])
        }
      }
    })
    await Promise.all(seconds)
  })
})

/** The edges of what is bright: left, top, right, bottom. */
async function findSubject(bytes: Uint8Array<ArrayBuffer>): Promise<number[]> {
  const { width, height, rows, channels } = await decode(bytes)
  const isBright = (x: number, y: number) => (rows[y]?.[x * channels] as number) > 147
  const columns = Array.from({ length: width }, (_, x) => rows.some((_, y) => isBright(x, y)))
  const lines = Array.from({ length: height }, (_, y) => columns.some((_, x) => isBright(x, y)))
  return [
    columns.indexOf(true),
    lines.indexOf(true),
    columns.lastIndexOf(true) + 1,
    lines.lastIndexOf(true) + 1,
  ]
}

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { scratch } from './workers.mjs'

const NOISE = { width: 300, height: 225, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 40 } }

/** A picture with more detail at every size than any photograph has: the hardest to decode and to encode. */
export async function makeNoise() {
  const picture = sharp({ create: NOISE }).resize(2400, 1800, { kernel: 'cubic' })
  return keep('noise.jpg', await picture.jpeg({ quality: 85 }).toBuffer())
}

/** A phone's 12 megapixels with what photographs have: shapes and light, less detail the finer it is, a sensor's noise. Or a real one. */
export async function makeScene(file) {
  return keep('scene.jpg', file ? readFileSync(file) : await drawScene(4000, 3000))
}

/** Levels of 255, from the darkest to the lightest: so many that the file is as large as a phone's, 3 to 4 MB. */
const SENSOR_NOISE = 32

/**
 * Noise of six sizes on top of each other, each half as strong as the next larger one, as the detail of photographs
 * falls off with its size (1/f), over shapes with sharp edges. The same at every run.
 */
export async function drawScene(width, height) {
  const random = seeded(1)
  let layer = await sharp(Buffer.from(shapes(random)), { density: 72 })
    .resize(125, 94, { fit: 'fill' })
    .removeAlpha()
    .raw()
    .toBuffer()
  let size = { width: 125, height: 94 }
  for (let strength = 48; size.width < width; strength /= 2) {
    for (let at = 0; at < layer.length; at++) layer[at] = clamp(layer[at] + (random() - 0.5) * strength)
    const next = { width: Math.min(width, 2 * size.width), height: Math.min(height, 2 * size.height) }
    layer = await sharp(layer, { raw: { ...size, channels: 3 } })
      .resize({ ...next, fit: 'fill' })
      .raw()
      .toBuffer()
    size = next
  }
  for (let at = 0; at < layer.length; at++) layer[at] = clamp(layer[at] + (random() - 0.5) * SENSOR_NOISE)
  const edges = await sharp(Buffer.from(shapes(random)))
    .resize(width, height, { fit: 'fill' })
    .png()
    .toBuffer()
  return sharp(layer, { raw: { ...size, channels: 3 } })
    .composite([{ input: edges, blend: 'soft-light' }])
    .jpeg({ quality: 90 })
    .toBuffer()
}

function shapes(random) {
  const pick = (from, to) => Math.round(from + random() * (to - from))
  const all = Array.from({ length: 60 }, () => {
    const colour = `rgb(${pick(0, 255)},${pick(0, 255)},${pick(0, 255)})`
    return `<ellipse cx="${pick(0, 400)}" cy="${pick(0, 300)}" rx="${pick(4, 80)}" ry="${pick(4, 60)}" fill="${colour}"/>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#889"/>${all.join('')}</svg>`
}

/** Numbers from 0 to 1, the same at every run (mulberry32). */
function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const clamp = (value) => Math.max(0, Math.min(255, value))

/** A photograph, the masters that Cameo makes of it (src/renditions/master.ts), and where it lies for others. */
export async function keep(name, original) {
  const { width, height } = await sharp(original).metadata()
  const within = { width: 2048, height: 2048, fit: 'inside', withoutEnlargement: true }
  const master = await sharp(original).resize(within).jpeg({ quality: 92 }).toBuffer()
  const small = await sharp(master)
    .resize({ width: 640, height: 640, fit: 'outside' })
    .jpeg({ quality: 90 })
    .toBuffer()
  const file = join(scratch, name)
  writeFileSync(file, original)
  return { name, width, height, original, master, small, file }
}

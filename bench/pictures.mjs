import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { scratch } from './workers.mjs'

const NOISE = { width: 300, height: 225, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 40 } }

/** A picture of a phone's proportions with detail at every size, and the master that Cameo would make of it. */
export async function makePhoto() {
  const [width, height] = [2400, 1800]
  const original = await sharp({ create: NOISE })
    .resize(width, height, { kernel: 'cubic' })
    .jpeg({ quality: 85 })
    .toBuffer()
  const master = await sharp(original).resize(2048).webp({ quality: 90 }).toBuffer()
  const file = join(scratch, 'photo.jpg')
  writeFileSync(file, original)
  return { width, height, original, master, file }
}

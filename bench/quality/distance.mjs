/**
 * How far a decoded picture is from the picture that was encoded: 0 is identical, larger is worse. Both
 * metrics are other people's work on purpose: one of our own could be tuned until it liked the outcome.
 * Each is prepared once per reference, `{ data, size }` with packed 8-bit RGB, because a reference is
 * compared with dozens of encodings, and then takes those one by one.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'

const run = promisify(execFile)

/** 1 − mean SSIM of the grey picture at full size, by ssim.js. Sees structure and is blind to colour. */
async function ssim(reference) {
  const { ssim: compare } = (await import('ssim.js')).default
  const toRgba = ({ data, size }) => {
    const rgba = new Uint8ClampedArray(size * size * 4).fill(255)
    for (let i = 0; i < size * size; i++) {
      for (let channel = 0; channel < 3; channel++) rgba[i * 4 + channel] = data[i * 3 + channel]
    }
    return { data: rgba, width: size, height: size }
  }
  const original = toRgba(reference)
  return (picture) => 1 - compare(original, toRgba(picture), { downsample: false }).mssim
}

/**
 * Butteraugli's distance, by the command `butteraugli A.png B.png`. Models the eye, colour included, and
 * judges by the worst place of the picture: about 1 is just visible side by side.
 */
async function butteraugli(reference) {
  const toPng = ({ data, size }, file) =>
    sharp(data, { raw: { width: size, height: size, channels: 3 } })
      .png({ compressionLevel: 1 })
      .toFile(file)
  return async (picture) => {
    const folder = await mkdtemp(join(tmpdir(), 'quality-'))
    try {
      const files = [join(folder, 'a.png'), join(folder, 'b.png')]
      await Promise.all([toPng(reference, files[0]), toPng(picture, files[1])])
      return Number.parseFloat((await run('butteraugli', files)).stdout)
    } finally {
      await rm(folder, { recursive: true })
    }
  }
}

export const METRICS = { ssim, butteraugli }

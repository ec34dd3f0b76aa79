import sharp from 'sharp'
import { rgbaToThumbHash } from 'thumbhash'

/** The strokes of the digits in a field of 60 by 100: a font would be another one on the next machine. */
const DIGITS = [
  'M30 0C50 0 58 20 58 50S50 100 30 100 2 80 2 50 10 0 30 0Z',
  'M12 18 34 0V100',
  'M4 26C4 8 16 0 30 0C46 0 56 10 56 27C56 46 38 62 4 100H58',
  'M6 2H54L28 38C46 36 58 50 58 68C58 88 46 100 29 100C16 100 6 93 2 82',
  'M42 100V0L2 70H60',
  'M52 0H12L8 44C14 37 22 34 31 34C48 34 58 48 58 66C58 86 46 100 28 100C15 100 6 93 2 84',
  'M46 0C22 18 2 42 2 68C2 88 14 100 30 100C46 100 58 87 58 69C58 52 47 40 31 40C17 40 7 49 3 62',
  'M2 0H58L22 100',
  'M30 46C14 46 6 36 6 23C6 9 16 0 30 0S54 9 54 23C54 36 46 46 30 46C12 46 2 58 2 73C2 89 13 100 30 100S58 89 58 73C58 58 48 46 30 46Z',
  'M14 100C38 82 58 58 58 32C58 12 46 0 30 0C14 0 2 13 2 31C2 48 13 60 29 60C43 60 53 51 57 38',
]

/**
 * Draws a picture of the seed: the same bytes every time with the same sharp.
 * @param {import('./people.mjs').Picture} original
 * @param {number} [scale] of its sides
 * @param {{ isNumbered?: boolean }} [look] without its number it looks like somebody's photo
 * @returns {Promise<{ contentType: string, bytes: Buffer, standIn: string }>} stand-in: a ThumbHash, as the page makes it
 */
export async function drawPicture(original, scale = 1, { isNumbered = true } = {}) {
  const picture = { ...original, size: scaleSize(original, scale) }
  const { format = 'jpeg', turned = false, frames = 1 } = picture
  const drawn = Array.from({ length: frames }, (_, frame) =>
    Buffer.from(svgOf(picture, { frame, isNumbered })),
  )
  let image = sharp(frames > 1 ? drawn : drawn[0], frames > 1 ? { join: { animated: true } } : {})
  // As a camera held upright writes it: lying pixels, and a note to turn them.
  if (turned) image = sharp(await image.rotate(-90).png().toBuffer()).withMetadata({ orientation: 6 })
  const bytes = await {
    jpeg: () => image.flatten({ background: '#fff' }).withExifMerge(takenAt(picture)).jpeg({ quality: 86 }),
    png: () => image.png(),
    webp: () => image.webp({ quality: 86 }),
    gif: () => image.gif(frames > 1 ? { delay: 120, loop: 0 } : {}),
  }
    [format]()
    .toBuffer()
  return { contentType: `image/${format}`, bytes, standIn: await standInOf(bytes) }
}

/** As a camera notes it: every picture eleven days before the last one. */
function takenAt({ number, taken = Date.UTC(2026, 5, 20, 16, 40) - number * 11 * 86_400_000 }) {
  const date = new Date(taken)
  return { IFD2: { DateTimeOriginal: date.toISOString().replace(/-/g, ':').replace('T', ' ').slice(0, 19) } }
}

async function standInOf(bytes) {
  const small = sharp(bytes).autoOrient().resize(100, 100, { fit: 'inside' }).ensureAlpha().raw()
  const { data, info } = await small.toBuffer({ resolveWithObject: true })
  return Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64')
}

/** Width and height in pixels. */
export function scaleSize({ size }, scale) {
  return size.map((side) => Math.max(1, Math.round(side * scale)))
}

function svgOf({ number, size: [w, h], scene, colors, options }, { frame, isNumbered }) {
  const canvas = { w, h, u: Math.min(w, h), between: sequenceOf(number + frame * 1000) }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">${scene(canvas, colors, options)}${isNumbered ? numberTag(canvas, number) : ''}</svg>`
}

/** The number stands within the square in the middle: that is what an avatar shows. */
function numberTag({ w, h, u }, number) {
  const digits = [...`${number}`].map(
    (digit, i) => `<path d="${DIGITS[digit]}" transform="translate(${i * 84})"/>`,
  )
  const scale = (u * 0.2) / 100
  const x = w / 2 + u * 0.45 - scale * (digits.length * 84 - 24)
  const y = h / 2 + u * 0.45 - u * 0.2
  const strokes = (color, width) =>
    `<g transform="translate(${x} ${y}) scale(${scale})" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round">${digits.join('')}</g>`
  return `<g opacity=".55">${strokes('#141821', 30)}</g>${strokes('#fff', 15)}`
}

/** Numbers that look random and are the same every time (the mulberry32 generator). */
function sequenceOf(seed) {
  let state = seed * 0x9e3779b1
  return (low, high) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return low + (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (high - low)
  }
}

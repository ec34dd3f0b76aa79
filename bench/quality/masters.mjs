/**
 * Measures what a master costs in quality: how far the picture that is served stands from the photograph, cut from
 * one master or another. `node bench/quality/masters.mjs --photos DIR[,DIR]`; docs/quality.md holds the outcome.
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { METRICS } from './distance.mjs'

const { values: options } = parseArgs({
  options: {
    photos: { type: 'string' },
    metric: { type: 'string', default: 'ssim,butteraugli' },
    small: { type: 'string', default: '32,80,128,200,256' },
    large: { type: 'string', default: '400,512,800,1200' },
  },
})

/** A photograph with a shorter side has no small master. */
const SHORT = 640
/** Photographs at once. */
const LANES = 2

const metrics = options.metric.split(',')
const sizesOf = (list) => list.split(',').filter(Boolean).map(Number)

const clean = (photo, encode) =>
  encode(sharp(photo).autoOrient().resize(2048, 2048, { fit: 'inside', withoutEnlargement: true })).toBuffer()
const webp = (quality) => (image) => image.webp({ quality })
const jpeg = (quality) => (image) => image.jpeg({ quality })
const small = async (photo, short, encode, quality) =>
  jpeg(quality)(
    sharp(await clean(photo, encode)).resize(short, short, { fit: 'outside', withoutEnlargement: true }),
  ).toBuffer()

/** The first is what the others are divided by. */
const SMALL = {
  'WebP 92, 2048': (photo) => clean(photo, webp(92)),
  'JPEG 92, 512, of WebP': (photo) => small(photo, 512, webp(92), 92),
  'JPEG 90, 640, of WebP': (photo) => small(photo, 640, webp(92), 90),
  'JPEG 90, 640, of JPEG': (photo) => small(photo, 640, jpeg(92), 90),
}
const LARGE = {
  'WebP 92, 2048': (photo) => clean(photo, webp(92)),
  'JPEG 90, 2048': (photo) => clean(photo, jpeg(90)),
  'JPEG 92, 2048': (photo) => clean(photo, jpeg(92)),
}

/** Encoded as a browser that takes everything gets it: src/renditions/formats.ts. */
function encodeServed(image, size) {
  if (size < 72) return image.webp({ quality: 80 })
  if (size < 128) return image.avif({ quality: 60 })
  return image.avif({ quality: size < 400 ? 64 : 67 })
}

async function measure(photo, masters, size) {
  const cut = (source) => sharp(source).autoOrient().resize(size, size, { fit: 'cover' }).removeAlpha()
  const raw = (image) => image.raw().toBuffer()
  const reference = { data: await raw(cut(photo)), size }
  const result = {}
  for (const metric of metrics) {
    const distanceTo = await METRICS[metric](reference)
    for (const [name, master] of Object.entries(masters)) {
      const served = await encodeServed(cut(master), size).toBuffer()
      result[name] ??= { bytes: served.length, master: master.length }
      result[name][metric] = await distanceTo({ data: await raw(sharp(served).removeAlpha()), size })
    }
  }
  return result
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

async function readPhotos() {
  const photos = []
  for (const folder of options.photos.split(',')) {
    for (const name of (await readdir(folder)).filter((each) => /\.jpe?g$/i.test(each)).sort()) {
      const photo = await readFile(join(folder, name))
      const { width, height } = await sharp(photo).metadata()
      if (Math.min(width, height) > SHORT) photos.push({ photo, side: Math.min(width, height) })
    }
  }
  return photos
}

sharp.cache(false)
const photos = await readPhotos()
console.log(`| size | photos | cut from | ${metrics.join(' | ')} | bytes | master, KB |`)
console.log(`| --- | --- | --- | ${metrics.map(() => '---').join(' | ')} | --- | --- |`)
for (const [kinds, list] of [
  [SMALL, options.small],
  [LARGE, options.large],
]) {
  const all = []
  for (const { photo, side } of photos) {
    const masters = {}
    for (const [name, make] of Object.entries(kinds)) masters[name] = await make(photo)
    all.push({ photo, side, masters })
  }
  const [first, ...others] = Object.keys(kinds)
  for (const size of sizesOf(list)) {
    const large = all.filter(({ side }) => side >= size)
    const measured = []
    for (let at = 0; at < large.length; at += LANES) {
      const lanes = large.slice(at, at + LANES)
      measured.push(...(await Promise.all(lanes.map((each) => measure(each.photo, each.masters, size)))))
    }
    for (const name of others) {
      const ratio = (of) => `×${median(measured.map((each) => of(each[name]) / of(each[first]))).toFixed(2)}`
      const distances = metrics.map((metric) => ratio((each) => each[metric]))
      const kilobytes = [name, first].map((each) => median(measured.map((m) => m[each].master)) / 1000)
      const cells = [size, measured.length, name, ...distances, ratio((each) => each.bytes)]
      console.log(`| ${[...cells, kilobytes.map((each) => each.toFixed(0)).join(' : ')].join(' | ')} |`)
    }
  }
}

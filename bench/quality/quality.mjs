/**
 * Measures what each output format costs for real photographs, so that the qualities in use are chosen and
 * not guessed. `node bench/quality/quality.mjs --help` says how; docs/quality.md holds the outcome.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { METRICS } from './distance.mjs'

/**
 * The choice under test: Cloudflare Images' `quality` per format, in bands of [from this size up, quality].
 * docs/quality.md gives the reasons.
 */
const CHOICE = {
  jpeg: [[0, 85]],
  webp: [
    [0, 80],
    [128, 82],
    [400, 86],
  ],
  avif: [
    [0, 60],
    [128, 64],
    [400, 67],
  ],
}

/** A browser that takes AVIF gets it in these sizes, else WebP. Cloudflare Images makes none above 1200. */
const AVIF_MIN = 72
const AVIF_MAX = 1200

const SIZES = [16, 24, 32, 40, 48, 64, 72, 80, 96, 128, 200, 256, 400, 512, 800, 1200, 2048]

/** The size that an avatar is asked for in most often, and what an answer to a current browser may weigh. */
const GOAL = { size: 80, ratio: 0.6 }

/** From this size up only every other quality and the first few photographs are measured: AVIF and the metrics are slow. */
const BIG = 200

/** `mozjpeg` is only measured: were production's JPEG as good as that, the savings would be smaller. */
const FORMATS = {
  jpeg: { grid: range(75, 90, 5), encode: (image, quality) => image.jpeg({ quality }) },
  mozjpeg: { grid: range(75, 95, 5), encode: (image, quality) => image.jpeg({ quality, mozjpeg: true }) },
  webp: { grid: range(60, 95, 5), encode: (image, quality) => image.webp({ quality }) },
  avif: {
    grid: range(45, 80, 5),
    encode: (image, quality) =>
      image.avif({ quality, effort: Number(options.effort), chromaSubsampling: options.chroma }),
  },
}

const HELP = `Bytes and perceptual distance of photographs per size, format and quality.

  node bench/quality/quality.mjs --photos DIR [options]

  --photos DIR     folder of photographs (jpg, jpeg, png, webp); not searched below
  --sizes LIST     comma-separated pixels; ${SIZES.join(',')}
  --metric LIST    of ssim (ssim.js on the grey picture; npm install in bench/quality first) and
                   butteraugli (the command of that name); default ssim
  --reference Q    the JPEG quality whose distance the others are brought to, default 85
  --big N          how many photographs to measure from ${BIG} px up (default 10, 0 for all)
  --chroma MODE    AVIF colour sampling, 4:4:4 (default) or 4:2:0
  --effort N       how hard the AVIF encoder tries, 0 to 9 (default 4)
  --csv FILE       write every single measurement
  --markdown FILE  write the table into FILE, between the lines "<!-- table -->" and "<!-- /table -->"

Each photograph becomes a clean master (WebP, quality 90, long side at most 2048), is cropped to a centred
square and encoded. Distances are to the crop before encoding. Sizes above the photograph's short side are
left out. "Equal" figures are the bytes at the distance of the reference JPEG, interpolated
between measured qualities, as a part of the bytes of that JPEG; medians over the photographs.`

const { values: options } = parseArgs({
  options: {
    photos: { type: 'string' },
    sizes: { type: 'string', default: SIZES.join(',') },
    metric: { type: 'string', default: 'ssim' },
    reference: { type: 'string', default: '85' },
    big: { type: 'string', default: '10' },
    chroma: { type: 'string', default: '4:4:4' },
    effort: { type: 'string', default: '4' },
    csv: { type: 'string' },
    markdown: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
})

/** Photographs at once: the encoders and the metrics keep different cores busy. */
const LANES = 2

const metrics = options.metric.split(',')
const referenceQuality = Number(options.reference)

function range(from, to, step) {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => from + i * step)
}

/** The middle value, or null of an empty list. */
function median(values) {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b)
  if (sorted.length === 0) return null
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The quality chosen for a format at a size; null for a format that is only measured. */
function chosenQuality(format, size) {
  return CHOICE[format]?.findLast(([from]) => size >= from)?.[1] ?? null
}

/** The format that a browser which takes everything is answered with. */
function servedFormat(size) {
  return size >= AVIF_MIN && size <= AVIF_MAX ? 'avif' : 'webp'
}

async function makeMaster(file) {
  return sharp(await readFile(file))
    .autoOrient()
    .toColourspace('srgb')
    .resize(2048, 2048, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: 'white' })
    .webp({ quality: 90 })
    .toBuffer()
}

function qualitiesFor(format, size) {
  const { grid } = FORMATS[format]
  const thinned = size < BIG ? grid : grid.filter((_, i) => i % 2 === 1)
  const extra = format in CHOICE ? [chosenQuality(format, size)] : []
  if (format === 'jpeg') extra.push(referenceQuality)
  return [...new Set([...thinned, ...extra])].sort((a, b) => a - b)
}

/**
 * `{ format, quality, bytes, distance }` for every format and quality of one photograph at one size, distance
 * holding one number per metric.
 */
async function measure(master, size) {
  const { data } = await sharp(master)
    .resize(size, size, { fit: 'cover', position: 'centre' })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const measures = []
  for (const metric of metrics) measures.push([metric, await METRICS[metric]({ data, size })])
  const points = []
  for (const [format, { encode }] of Object.entries(FORMATS)) {
    if (format === 'avif' && size > AVIF_MAX) continue
    for (const quality of qualitiesFor(format, size)) {
      const image = sharp(data, { raw: { width: size, height: size, channels: 3 } })
      const encoded = await encode(image, quality).toBuffer()
      const decoded = await sharp(encoded).removeAlpha().raw().toBuffer()
      const distance = {}
      for (const [metric, distanceTo] of measures)
        distance[metric] = await distanceTo({ data: decoded, size })
      points.push({ format, quality, bytes: encoded.length, distance })
    }
  }
  return points
}

/**
 * Where a format's curve meets a distance: `{ bytes, quality }`, straight lines between the logarithms of
 * neighbouring points. Null where the measured qualities do not reach it: nothing is extrapolated.
 */
function meet(points, metric, distance) {
  for (let i = 1; i < points.length; i++) {
    const [worse, better] = [points[i - 1], points[i]]
    const [far, near] = [worse.distance[metric], better.distance[metric]]
    if (far < distance || near > distance) continue
    const span = Math.log(far / near)
    const part = span === 0 ? 1 : Math.log(far / distance) / span
    return {
      bytes: worse.bytes * (better.bytes / worse.bytes) ** part,
      quality: worse.quality + (better.quality - worse.quality) * part,
    }
  }
  return null
}

/** Medians over the photographs of one size: at equal distance by each metric, and at the chosen quality. */
function summarise(size, photos) {
  const of = (points, format) => points.filter((point) => point.format === format)
  const at = (points, format, quality) => of(points, format).find((point) => point.quality === quality)
  const references = photos.map((points) => at(points, 'jpeg', referenceQuality))
  const over = (list, value) => median(list.map((item, i) => (item ? value(item, references[i]) : null)))
  const formats = {}
  for (const format of Object.keys(FORMATS)) {
    const quality = chosenQuality(format, size)
    const chosen = photos.map((points) => at(points, format, quality))
    formats[format] = {
      quality,
      bytes: over(chosen, (item) => item.bytes),
      ratio: over(chosen, (item, reference) => item.bytes / reference.bytes),
      byMetric: metrics.map((metric) => {
        const met = photos.map((points, i) =>
          meet(of(points, format), metric, references[i].distance[metric]),
        )
        return {
          met,
          reached: met.filter((item) => item !== null).length,
          equal: over(met, (item, reference) => item.bytes / reference.bytes),
          equalQuality: over(met, (item) => item.quality),
          distance: over(chosen, (item, reference) => item.distance[metric] / reference.distance[metric]),
        }
      }),
    }
  }
  const avifToWebp = metrics.map((_, m) => {
    const [webp, avif] = [formats.webp.byMetric[m].met, formats.avif.byMetric[m].met]
    return median(avif.map((item, i) => (item && webp[i] ? item.bytes / webp[i].bytes : null)))
  })
  return { size, photos: photos.length, formats, avifToWebp }
}

/** Medians of bytes and distance of every measured quality: the curve itself. */
function printCurve(size, photos) {
  for (const format of Object.keys(FORMATS)) {
    const cells = (photos[0] ?? [])
      .filter((point) => point.format === format)
      .map(({ quality }) => {
        const same = photos.flat().filter((point) => point.format === format && point.quality === quality)
        const bytes = Math.round(median(same.map((point) => point.bytes)))
        const distances = metrics.map((metric) => median(same.map(({ distance }) => distance[metric])))
        return `q${quality} ${bytes} B ${distances.map((distance) => distance.toPrecision(3)).join(' ')}`
      })
    if (cells.length > 0) console.log(`${size} px ${format}: ${cells.join(' | ')}`)
  }
}

const number = (value, digits = 2) => (value === null ? '–' : value.toFixed(digits))

/** The figures of each metric side by side. */
const each = (values, digits) => values.map((value) => number(value, digits)).join(' / ')

function printSummary({ size, photos, formats, avifToWebp }) {
  console.log(`${size} px, ${photos} photographs, by ${metrics.join(' / ')}:`)
  for (const [format, { quality, bytes, ratio, byMetric }] of Object.entries(formats)) {
    const pick = (name, digits) =>
      each(
        byMetric.map((row) => row[name]),
        digits,
      )
    const equal = `equal at quality ${pick('equalQuality', 0)}, bytes ×${pick('equal')} (${pick('reached', 0)} reached)`
    const chosen = `; at ${quality}: ${number(bytes, 0)} B ×${number(ratio)}, distance ×${pick('distance')}`
    console.log(`  ${format.padEnd(7)} ${equal}${bytes === null ? '' : chosen}`)
  }
  console.log(`  avif to webp ×${each(avifToWebp)}; served: ${servedFormat(size)}`)
  if (size !== GOAL.size) return
  const equal = formats[servedFormat(size)].byMetric.map((row) => row.equal)
  const met = equal.every((value) => value !== null && value <= GOAL.ratio)
  console.log(`  goal of ×${GOAL.ratio} at equal distance ${met ? 'met' : 'missed'}: ×${each(equal)}`)
}

function toMarkdown(summaries) {
  const head = ['size', 'photos', 'JPEG', 'WebP', 'AVIF', 'WebP, equal', 'AVIF, equal', 'mozjpeg, equal']
  head.push('AVIF to WebP', 'served', 'bytes', 'distance')
  const rows = summaries.map(({ size, photos, formats, avifToWebp }) => {
    const bytesOf = ({ quality, bytes }) => (bytes === null ? '–' : `${Math.round(bytes)} (${quality})`)
    const equalOf = ({ byMetric }) => each(byMetric.map((row) => row.equal))
    const served = servedFormat(size)
    return [
      size,
      photos,
      ...['jpeg', 'webp', 'avif'].map((format) => bytesOf(formats[format])),
      ...['webp', 'avif', 'mozjpeg'].map((format) => equalOf(formats[format])),
      each(avifToWebp),
      served === 'avif' ? 'AVIF' : 'WebP',
      `×${number(formats[served].ratio)}`,
      `×${each(formats[served].byMetric.map((row) => row.distance))}`,
    ]
  })
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

async function writeTable(file, table) {
  const [open, close] = ['<!-- table -->', '<!-- /table -->']
  const before = await readFile(file, 'utf8').catch(() => `${open}\n${close}\n`)
  const [start, end] = [before.indexOf(open), before.indexOf(close)]
  if (start === -1 || end < start) throw new Error(`${file} lacks the lines ${open} and ${close}`)
  await writeFile(file, `${before.slice(0, start + open.length)}\n\n${table}\n\n${before.slice(end)}`)
}

async function main() {
  if (options.help || !options.photos) {
    console.log(HELP)
    process.exitCode = options.help ? 0 : 2
    return
  }
  if (!metrics.every((metric) => metric in METRICS))
    throw new Error(`--metric takes ${Object.keys(METRICS).join(', ')}`)
  sharp.cache(false)
  const names = (await readdir(options.photos)).filter((name) => /\.(jpe?g|png|webp)$/i.test(name)).sort()
  if (names.length === 0) throw new Error(`no photographs in ${options.photos}`)
  const masters = []
  for (const name of names) {
    const master = await makeMaster(join(options.photos, name))
    const { width, height } = await sharp(master).metadata()
    masters.push({ name, master, side: Math.min(width, height) })
  }

  const csv = [['photo', 'size', 'format', 'quality', 'bytes', ...metrics].join(',')]
  const summaries = []
  for (const size of options.sizes.split(',').map(Number)) {
    const enough = masters.filter(({ side }) => side >= size)
    const limit = size >= BIG && Number(options.big) > 0 ? Number(options.big) : enough.length
    // Spread over the folder, or its alphabet would decide which kind of photograph is measured.
    const step = Math.max(1, enough.length / limit)
    const picked = enough.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step))
    if (picked.length === 0) continue
    const photos = []
    for (let i = 0; i < picked.length; i += LANES) {
      const lanes = picked.slice(i, i + LANES)
      photos.push(...(await Promise.all(lanes.map(({ master }) => measure(master, size)))))
    }
    for (const [i, { name }] of picked.entries()) {
      for (const { format, quality, bytes, distance } of photos[i]) {
        csv.push([name, size, format, quality, bytes, ...metrics.map((metric) => distance[metric])].join(','))
      }
    }
    const summary = summarise(size, photos)
    printCurve(size, photos)
    printSummary(summary)
    summaries.push(summary)
  }
  if (options.csv) await writeFile(options.csv, `${csv.join('\n')}\n`)
  if (options.markdown) await writeTable(options.markdown, toMarkdown(summaries))
}

await main()

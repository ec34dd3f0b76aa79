// `node bench/completion.mjs [--rounds 5 --only PNG --at-once 1,6]`
// What it takes to complete an upload: CPU time, wall-clock time and the isolate's peak, alone and six at once; beside
// it the same without the small master. Each run has a Worker of its own, so that no memory is left from the last.
import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import sharp from 'sharp'

process.env.WRANGLER_LOG = 'error'
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1)) // not without cleaning up

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    'at-once': { type: 'string', default: '1,6' },
  },
})
const { prepareUploads, runIsolate } = await import('./isolate.mjs')
const { median } = await import('./measure.mjs')
const { drawScene } = await import('./pictures.mjs')
const { buildCameo } = await import('./workers.mjs')

const WITHOUT_SMALL = ['smallSize({ width, height, transparent })', 'null']

const scene = await drawScene(4000, 3000)
const [width, height] = [1860, 1860]
const UPLOADS = {
  'JPEG of 12 megapixels': { bytes: scene, contentType: 'image/jpeg' },
  'JPEG of 48 megapixels': {
    bytes: await sharp(scene).resize(8000).jpeg({ quality: 85 }).toBuffer(),
    contentType: 'image/jpeg',
  },
  'PNG of 10 MB': {
    bytes: await sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer(),
    contentType: 'image/png',
  },
}

buildCameo()
console.log(
  '| upload | at once | CPU ms each | wall ms, all | peak, MB | without small master: CPU, wall, peak | refused for now |',
)
console.log('| --- | --- | --- | --- | --- | --- | --- |')
for (const [what, upload] of Object.entries(UPLOADS).filter(([name]) => name.startsWith(options.only))) {
  for (const count of options['at-once'].split(',').map(Number)) {
    const runs = { now: [], without: [] }
    for (let round = 0; round < Number(options.rounds); round++) {
      const prepare = (miniflare) => prepareUploads(miniflare, { ...upload, count })
      runs.now.push(await runIsolate(prepare))
      runs.without.push(await runIsolate(prepare, WITHOUT_SMALL))
    }
    const [now, without] = [runs.now, runs.without].map((all) => ({
      cpu: median(all.map(({ cpu }) => cpu / count)).toFixed(0),
      wall: median(all.map(({ seconds }) => 1000 * seconds)).toFixed(0),
      peak: (median(all.map(({ peak }) => peak)) / 1e6).toFixed(1),
      refused: median(all.map(({ refused }) => refused)),
    }))
    const size = `${what} (${(upload.bytes.length / 1e6).toFixed(1)} MB)`
    const beside = `${without.cpu}, ${without.wall}, ${without.peak}`
    console.log(`| ${[size, count, now.cpu, now.wall, now.peak, beside, now.refused].join(' | ')} |`)
  }
}

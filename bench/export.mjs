// `node bench/export.mjs [--photos 200] [--megabytes 5] [--save FILE]`
// What one isolate holds while it streams exports: one, four at once, one to somebody who takes a megabyte and then
// nothing for five seconds, and twenty archives of twenty chosen photos at once. The platform ends an isolate at 128 MB. `--save` keeps the first archive, for `unzip -t`.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

process.env.WRANGLER_LOG = 'error'
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1)) // not without cleaning up

const { values: options } = parseArgs({
  options: {
    photos: { type: 'string', default: '200' },
    megabytes: { type: 'string', default: '5' },
    save: { type: 'string' },
  },
})
const { runIsolate, USER } = await import('./isolate.mjs')
const { buildCameo } = await import('./workers.mjs')

const MB = 1e6
const path = '/api/me/export'

/** Photos of one person, ready. @returns their ids */
async function seedPhotos(miniflare) {
  const ids = []
  const db = await miniflare.getD1Database('DB')
  const bucket = await miniflare.getR2Bucket('PHOTOS')
  for (let number = 0; number < Number(options.photos); number++) {
    const bytes = randomBytes(Number(options.megabytes) * MB)
    const id = randomUUID()
    ids.push(id)
    await bucket.put(`${USER}/${id}`, bytes)
    await db
      .prepare(
        `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
         VALUES (?, ?, 'ready', 'image/jpeg', ?, 1, 1, ?, ?)`,
      )
      .bind(id, USER, bytes.length, createHash('md5').update(bytes).digest('hex'), number)
      .run()
  }
  return ids
}

function takeSlowly() {
  let taken = 0
  let rested = false
  return async (chunk) => {
    taken += chunk.length
    if (taken < MB || rested) return
    rested = true
    await sleep(5000)
  }
}

function saveTo(file) {
  const stream = createWriteStream(file)
  return (chunk) => stream.write(chunk) || new Promise((done) => stream.once('drain', done))
}

/** One person of the benchmark stands for many. */
const MANY = ['mostEach: 4', 'mostEach: 20']

const CASES = {
  one: () => [{ path, ...(options.save && { take: saveTo(options.save) }) }],
  'four at once': () => Array.from({ length: 4 }, () => ({ path })),
  'one, slowly': () => [{ path, take: takeSlowly() }],
  'twenty of twenty photos at once': (ids) =>
    Array.from({ length: 20 }, () => ({ path: `/api/photos/zip?ids=${ids.slice(0, 20).join()}` })),
}

buildCameo()
const megabytes = (bytes) => `${(bytes / MB).toFixed(1)} MB`
for (const [what, requests] of Object.entries(CASES)) {
  const { peak, idle, rss, cpu, mean, seconds } = await runIsolate(async (miniflare) => {
    return requests(await seedPhotos(miniflare))
  }, MANY)
  console.log(
    `${what}: peak ${megabytes(peak)}, ${megabytes(idle)} before; workerd grew by ${megabytes(rss)}; ` +
      `${megabytes(mean)} an answer, ${(cpu / 1000).toFixed(1)} s of CPU, storage and client included, ${seconds.toFixed(0)} s`,
  )
}

// `node bench/memory.mjs [--only completions,pictures,defaults]`
// What one isolate holds at its peak while many people want something large at once. The platform ends an isolate at
// 128 MB, with everything that runs in it. docs/storage.md, "Ceilings", says what keeps it below.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import sharp from 'sharp'

process.env.WRANGLER_LOG = 'error'
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1)) // not without cleaning up

const { values: options } = parseArgs({ options: { only: { type: 'string' } } })
const { prepareUploads, runIsolate } = await import('./isolate.mjs')
const { buildCameo } = await import('./workers.mjs')

const MB = 1e6
const GOAL = 64 * MB

/** Nothing compresses worse. */
const noise = (width, height) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })

/** People's uploads of 10 MB, put and waiting to be completed. */
async function completions(miniflare) {
  const bytes = await noise(4000, 2640).jpeg({ quality: 94 }).toBuffer()
  return prepareUploads(miniflare, { bytes, contentType: 'image/jpeg', count: 30 })
}

/** Pictures of 2048 pixels that nobody has asked for, as PNG: the largest thing that is served. */
async function pictures(miniflare) {
  const master = await noise(2048, 2048).jpeg({ quality: 92 }).toBuffer()
  const db = await miniflare.getD1Database('DB')
  const bucket = await miniflare.getR2Bucket('PHOTOS')
  const hashes = Array.from({ length: 50 }, (_, number) =>
    createHash('sha256').update(`${number}`).digest('hex'),
  )
  for (const [number, hash] of hashes.entries()) {
    const [userId, photoId] = [randomUUID(), randomUUID()]
    await db.batch([
      db.prepare('INSERT INTO users (id, public_key, created_at) VALUES (?, ?, 0)').bind(userId, `${number}`),
      db
        .prepare(
          `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
           VALUES (?, ?, 'ready', 'image/jpeg', 1, 2048, 2048, 'x', 0)`,
        )
        .bind(photoId, userId),
      db
        .prepare(
          `INSERT INTO addresses (hash, md5, email, user_id, is_primary, active_photo_id, created_at)
           VALUES (?1, ?2, ?2, ?3, 1, ?4, 0)`,
        )
        .bind(hash, `${number}`, userId, photoId),
    ])
    await bucket.put(`${userId}/${photoId}/master`, master)
  }
  return hashes.map((hash) => ({ path: `/${hash}.png?s=2048` }))
}

/** Default pictures of 2048 pixels, another one each. */
async function defaults() {
  const styles = ['identicon', 'monsterid', 'wavatar', 'retro', 'robohash']
  return Array.from({ length: 100 }, (_, number) => {
    const hash = createHash('sha256').update(`nobody ${number}`).digest('hex')
    return { path: `/${hash}?s=2048&d=${styles[number % styles.length]}` }
  })
}

const CASES = {
  completions: ['30 completions of 10 MB', completions],
  pictures: ['50 cold PNGs of 2048 px', pictures],
  defaults: ['100 default pictures of 2048 px', defaults],
}

buildCameo()
const megabytes = (bytes) => `${(bytes / MB).toFixed(1)} MB`
for (const name of options.only?.split(',') ?? Object.keys(CASES)) {
  const [what, prepare] = CASES[name]
  const { peak, idle, rss, refused, mean, seconds } = await runIsolate(prepare)
  console.log(
    `${what}: peak ${megabytes(peak)} (${peak < GOAL ? 'met' : 'missed'}: below ${megabytes(GOAL)}), ` +
      `${megabytes(idle)} before; workerd grew by ${megabytes(rss)}; ` +
      `${refused} answers of 503, ${megabytes(mean)} an answer, ${seconds.toFixed(0)} s`,
  )
}

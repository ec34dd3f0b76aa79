// `node bench/memory.mjs [--only completions,pictures,defaults]`
// What one isolate holds at its peak while many people want something large at once. The platform ends an isolate at
// 128 MB, with everything that runs in it. docs/storage.md, "Ceilings", says what keeps it below.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import sharp from 'sharp'
import { Agent, request } from 'undici'
import { workerdOf } from './cpu.mjs'
import { convertV4MiniflareOptions, Miniflare } from './miniflare.mjs'

process.env.WRANGLER_LOG = 'error'
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1)) // not without cleaning up

const { values: options } = parseArgs({ options: { only: { type: 'string' } } })
const { buildCameo, cameoWorker, root } = await import('./workers.mjs')

const MB = 1e6
const GOAL = 64 * MB
const TOKEN = 'bench'
const USER = '00000000-0000-4000-8000-000000000000'

/** Every client at once, and the patience that `Retry-After` asks for: nothing is lost, it comes later. */
async function all(origin, requests) {
  const agent = new Agent({ connections: null, headersTimeout: 0, bodyTimeout: 0 })
  let refused = 0
  const work = async ({ method = 'GET', path }) => {
    for (;;) {
      const headers = { cookie: `session=${TOKEN}`, 'sec-fetch-site': 'same-origin' }
      const answer = await request(`${origin}${path}`, { method, headers, dispatcher: agent })
      let bytes = 0
      for await (const chunk of answer.body) bytes += chunk.length
      if (answer.statusCode === 200) return bytes
      if (answer.statusCode !== 503) throw new Error(`${path}: ${answer.statusCode}`)
      refused++
      await sleep(1000 * Number(answer.headers['retry-after']))
    }
  }
  const sizes = await Promise.all(requests.map(work))
  await agent.close()
  return { refused, mean: sizes.reduce((sum, size) => sum + size, 0) / sizes.length }
}

/** The isolate's own count, asked of its inspector without a pause: its heap, and what lies outside of it. */
async function watchIsolate(port) {
  const targets = await (await fetch(`http://127.0.0.1:${port}/json`)).json()
  const target = targets.find(({ id }) => id.endsWith('cameo'))
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${target.id}`)
  await new Promise((done, fail) => {
    socket.onopen = done
    socket.onerror = fail
  })
  const waiting = new Map()
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(data)
    waiting.get(id)?.(result)
  }
  let last = 0
  const call = (method) =>
    new Promise((done) => {
      waiting.set(++last, done)
      socket.send(JSON.stringify({ id: last, method }))
    })
  const size = async () => {
    const { usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 } = await call('Runtime.getHeapUsage')
    return usedSize + embedderHeapUsedSize + backingStorageSize
  }
  return { size, close: () => socket.close() }
}

const rssOf = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024

/** Runs the work and returns the peaks above what there was before it: counted by the isolate, and by the system. */
async function measure(miniflare, port, work) {
  const isolate = await watchIsolate(port)
  const pid = workerdOf(process.pid)
  const before = { isolate: await isolate.size(), rss: rssOf(pid) }
  const peak = { ...before }
  let done = false
  const sample = async () => {
    while (!done) {
      peak.isolate = Math.max(peak.isolate, await isolate.size())
      peak.rss = Math.max(peak.rss, rssOf(pid))
      await sleep(2)
    }
  }
  const sampling = sample()
  const start = performance.now()
  const result = await work(String(await miniflare.ready).replace(/\/$/, ''))
  done = true
  await sampling
  const seconds = (performance.now() - start) / 1000
  isolate.close()
  return { ...result, seconds, peak: peak.isolate, idle: before.isolate, rss: peak.rss - before.rss }
}

/** Nothing compresses worse. */
const noise = (width, height) =>
  sharp(randomBytes(width * height * 3), { raw: { width, height, channels: 3 } })

/** People's uploads of 10 MB, put and waiting to be completed. */
async function completions(miniflare) {
  const bytes = await noise(4000, 2640).jpeg({ quality: 94 }).toBuffer()
  const db = await miniflare.getD1Database('DB')
  const uploads = await miniflare.getR2Bucket('UPLOADS')
  const ids = Array.from({ length: 30 }, () => randomUUID())
  for (const id of ids) {
    await db
      .prepare(
        `INSERT INTO photos (id, user_id, content_type, bytes, upload_secret, created_at) VALUES (?, ?, 'image/jpeg', ?, 'secret', ?)`,
      )
      .bind(id, USER, bytes.length, Date.now())
      .run()
    await uploads.put(`${USER}/${id}/secret`, bytes)
  }
  return ids.map((id) => ({ method: 'POST', path: `/api/photos/${id}/complete` }))
}

/** Pictures of 2048 pixels that nobody has asked for, as PNG: the largest thing that is served. */
async function pictures(miniflare) {
  const master = await noise(2048, 2048).webp({ quality: 92 }).toBuffer()
  const db = await miniflare.getD1Database('DB')
  const bucket = await miniflare.getR2Bucket('PHOTOS')
  const hashes = Array.from({ length: 50 }, (_, number) =>
    createHash('sha256').update(`${number}`).digest('hex'),
  )
  for (const [number, hash] of hashes.entries()) {
    const [userId, photoId] = [randomUUID(), randomUUID()]
    await db.batch([
      db
        .prepare('INSERT INTO users (id, email, hash, md5, public_key, created_at) VALUES (?, ?, ?, ?, ?, 0)')
        .bind(userId, `${number}@example.com`, hash, `${number}`, `${number}`),
      db
        .prepare(
          `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
           VALUES (?, ?, 'ready', 'image/jpeg', 1, 2048, 2048, 'x', 0)`,
        )
        .bind(photoId, userId),
      db.prepare('UPDATE users SET active_photo_id = ? WHERE id = ?').bind(photoId, userId),
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

/** What the Worker logs says nothing here: an answer of 503 is counted. */
function ignore(...streams) {
  for (const stream of streams) stream.resume()
}

async function freePort() {
  const server = createServer()
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address()
  await new Promise((done) => server.close(done))
  return port
}

async function migrate(miniflare) {
  const db = await miniflare.getD1Database('DB')
  const folder = join(root, 'migrations')
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.sql')) continue
    const statements = readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint')
    await db.batch(statements.map((sql) => db.prepare(sql)))
  }
  await db.batch([
    db
      .prepare(
        `INSERT INTO users (id, email, hash, md5, public_key, created_at) VALUES (?, 'e', 'h', 'm', 'k', 0)`,
      )
      .bind(USER),
    db
      .prepare('INSERT INTO sessions (token_hash, user_id, expires_at, created_at) VALUES (?, ?, ?, ?)')
      .bind(createHash('sha256').update(TOKEN).digest('hex'), USER, Date.now() + 86_400_000, Date.now()),
  ])
}

buildCameo()
const megabytes = (bytes) => `${(bytes / MB).toFixed(1)} MB`
for (const name of options.only?.split(',') ?? Object.keys(CASES)) {
  const [what, prepare] = CASES[name]
  const inspectorPort = await freePort()
  const worker = { ...cameoWorker(), host: '127.0.0.1', cf: false, inspectorPort, handleRuntimeStdio: ignore }
  const miniflare = new Miniflare(convertV4MiniflareOptions(worker))
  try {
    await miniflare.ready
    await migrate(miniflare)
    const requests = await prepare(miniflare)
    const { peak, idle, rss, refused, mean, seconds } = await measure(miniflare, inspectorPort, (origin) =>
      all(origin, requests),
    )
    console.log(
      `${what}: peak ${megabytes(peak)} (${peak < GOAL ? 'met' : 'missed'}: below ${megabytes(GOAL)}), ` +
        `${megabytes(idle)} before; workerd grew by ${megabytes(rss)}; ` +
        `${refused} answers of 503, ${megabytes(mean)} an answer, ${seconds.toFixed(0)} s`,
    )
  } finally {
    await miniflare.dispose()
  }
}

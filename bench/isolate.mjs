// One isolate of Cameo, and what it takes: its memory as it counts it, and the CPU time of its processes.
import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { cpuTime, workerdOf } from './cpu.mjs'
import { convertV4MiniflareOptions, Miniflare } from './miniflare.mjs'
import { cameoWorker, root } from './workers.mjs'

const TOKEN = 'bench'
export const USER = '00000000-0000-4000-8000-000000000000'

/**
 * Runs requests against a Worker of their own, all at once.
 * @param prepare makes the requests, `{ method, path, take }`, of the Miniflare that will answer them; what `take`
 *   promises of a part of the answer is waited for before the next is read
 * @param patches as `cameoWorker` takes them
 * @returns `peak` and `idle` of the isolate and the growth `rss` of workerd in bytes, `cpu` in milliseconds of workerd
 *   and of this process (which simulates Images), `seconds`, how many were `refused` for now, and `mean` bytes an answer
 */
export async function runIsolate(prepare, ...patches) {
  const inspectorPort = await freePort()
  const worker = {
    ...cameoWorker(...patches),
    host: '127.0.0.1',
    cf: false,
    inspectorPort,
    handleRuntimeStdio: ignore,
  }
  const miniflare = new Miniflare(convertV4MiniflareOptions(worker))
  try {
    await miniflare.ready
    await migrate(miniflare)
    const requests = await prepare(miniflare)
    return await measure(miniflare, inspectorPort, (origin) => all(origin, requests))
  } finally {
    await miniflare.dispose()
  }
}

/** Uploads of one person, put and waiting: requests that complete them. */
export async function prepareUploads(miniflare, { bytes, contentType, count }) {
  const db = await miniflare.getD1Database('DB')
  const uploads = await miniflare.getR2Bucket('UPLOADS')
  const ids = Array.from({ length: count }, () => randomUUID())
  for (const id of ids) {
    await db
      .prepare(
        `INSERT INTO photos (id, user_id, content_type, bytes, upload_secret, created_at) VALUES (?, ?, ?, ?, 'secret', ?)`,
      )
      .bind(id, USER, contentType, bytes.length, Date.now())
      .run()
    await uploads.put(`${USER}/${id}/secret`, bytes)
  }
  return ids.map((id) => ({ method: 'POST', path: `/api/photos/${id}/complete` }))
}

/** Every client at once, and the patience that `Retry-After` asks for: nothing is lost, it comes later. */
async function all(origin, requests) {
  const agent = new Agent({ connections: null, headersTimeout: 0, bodyTimeout: 0 })
  let refused = 0
  const work = async ({ method = 'GET', path, take }) => {
    for (;;) {
      const headers = { cookie: `session=${TOKEN}`, 'sec-fetch-site': 'same-origin' }
      const answer = await request(`${origin}${path}`, { method, headers, dispatcher: agent })
      let bytes = 0
      for await (const chunk of answer.body) {
        bytes += chunk.length
        await take?.(chunk)
      }
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
  const cpu = cpuTime([process.pid, pid])
  const start = performance.now()
  const result = await work(String(await miniflare.ready).replace(/\/$/, ''))
  done = true
  await sampling
  const seconds = (performance.now() - start) / 1000
  isolate.close()
  return {
    ...result,
    seconds,
    cpu: cpuTime([process.pid, pid]) - cpu,
    peak: peak.isolate,
    idle: before.isolate,
    rss: peak.rss - before.rss,
  }
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

export async function migrate(miniflare) {
  const db = await miniflare.getD1Database('DB')
  const folder = join(root, 'migrations')
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.sql')) continue
    const statements = readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint')
    await db.batch(statements.map((sql) => db.prepare(sql)))
  }
  await db.batch([
    db.prepare(`INSERT INTO users (id, public_key, created_at) VALUES (?, 'k', 0)`).bind(USER),
    db
      .prepare(
        `INSERT INTO addresses (hash, md5, email, user_id, is_primary, created_at) VALUES ('h', 'm', 'e', ?, 1, 0)`,
      )
      .bind(USER),
    db
      .prepare(
        `INSERT INTO sessions (token_hash, id, user_id, expires_at, created_at) VALUES (?, 's', ?, ?, ?)`,
      )
      .bind(createHash('sha256').update(TOKEN).digest('hex'), USER, Date.now() + 86_400_000, Date.now()),
  ])
}

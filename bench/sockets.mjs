// `node bench/sockets.mjs [--people 50] [--sockets 20] [--rate 200] [--seconds 30]`
// A thousand open inboxes in one process of workerd while people write to them, 200 messages a second for half a
// minute. Prints how long a push takes, and ends with 1 where a message was lost or a socket's last number is wrong.
import { createHash, randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Agent, request, WebSocket } from 'undici'

process.env.WRANGLER_LOG = 'error'
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1)) // not without cleaning up

const { values: options } = parseArgs({
  options: {
    people: { type: 'string', default: '50' },
    sockets: { type: 'string', default: '20' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '30' },
  },
})
const [people, each, rate, seconds] = [options.people, options.sockets, options.rate, options.seconds].map(
  Number,
)
const { cpuTime, workerdOf } = await import('./cpu.mjs')
const { migrate } = await import('./isolate.mjs')
const { convertV4MiniflareOptions, Miniflare } = await import('./miniflare.mjs')
const { buildCameo, cameoWorker } = await import('./workers.mjs')

/** People who write: enough of them that no allowance of a day ends the run. */
const WRITERS = 200

const sha256 = (text) => createHash('sha256').update(text).digest('hex')

/** Somebody with a session, as they stand in the tables. */
function makePerson(name) {
  return { id: randomUUID(), hash: sha256(`${name}@example.com`), token: `token-${name}`, name }
}

async function seed(miniflare, persons) {
  const db = await miniflare.getD1Database('DB')
  for (const { id, hash, token, name } of persons)
    await db.batch([
      db.prepare('INSERT INTO users (id, public_key, created_at) VALUES (?, ?, 0)').bind(id, name),
      db
        .prepare(
          `INSERT INTO addresses (hash, md5, email, user_id, is_primary, created_at) VALUES (?, ?, ?, ?, 1, 0)`,
        )
        .bind(hash, name, `${name}@example.com`, id),
      db
        .prepare(
          `INSERT INTO sessions (token_hash, id, user_id, browser, expires_at, created_at) VALUES (?, ?, ?, '', ?, 0)`,
        )
        .bind(sha256(token), randomUUID(), id, Date.now() + 30 * 86_400_000),
    ])
}

/** An open socket: the last number that it was sent, and how many pushes there were. */
async function listen(origin, person) {
  const headers = { cookie: `session=${person.token}`, origin }
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/inbox/live`, { headers })
  const live = { person, socket, people: null, pushes: 0 }
  socket.addEventListener('message', ({ data }) => {
    live.people = JSON.parse(data).people
    live.pushes++
    live.at = performance.now()
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', ({ error }) => reject(error ?? new Error('no socket')))
  })
  return live
}

buildCameo()
const worker = cameoWorker()
const bindings = { ...worker.bindings, BUDGET_MESSAGES: '0' }
const miniflare = new Miniflare(
  convertV4MiniflareOptions({ ...worker, bindings, host: '127.0.0.1', cf: false }),
)
let failed = false
try {
  const origin = (await miniflare.ready).origin
  await migrate(miniflare)
  const readers = Array.from({ length: people }, (_, number) => makePerson(`reader-${number}`))
  const writers = Array.from({ length: WRITERS }, (_, number) => makePerson(`writer-${number}`))
  await seed(miniflare, [...readers, ...writers])

  const lives = []
  const opening = performance.now()
  for (const person of readers)
    lives.push(...(await Promise.all(Array.from({ length: each }, () => listen(origin, person)))))
  const opened = performance.now() - opening

  const agent = new Agent({ connections: 64 })
  const wrote = new Map(readers.map(({ id }) => [id, new Set()]))
  const times = []
  const refused = []
  const pids = [workerdOf(process.pid)]
  const cpu = cpuTime(pids)
  const began = performance.now()
  const sends = []
  for (let number = 0; number < rate * seconds; number++) {
    const due = began + (number * 1000) / rate
    const wait = due - performance.now()
    if (wait > 0) await sleep(wait)
    const writer = writers[number % WRITERS]
    const reader = readers[(number * 7 + Math.floor(number / WRITERS)) % people]
    sends.push(
      (async () => {
        const start = performance.now()
        const { statusCode, body } = await request(`${origin}/api/messages`, {
          method: 'POST',
          headers: {
            cookie: `session=${writer.token}`,
            'sec-fetch-site': 'same-origin',
            'content-type': 'application/json',
          },
          body: JSON.stringify({ to: reader.hash, text: `message ${number}` }),
          dispatcher: agent,
        })
        const text = await body.text()
        if (statusCode === 201) wrote.get(reader.id).add(writer.id)
        else refused.push(`${statusCode} ${text.slice(0, 200)}`)
        times.push(performance.now() - start)
      })(),
    )
  }
  const asked = performance.now() - began
  await Promise.all(sends)
  const sent = performance.now() - began
  const answered = performance.now()
  const isRight = (live) => live.people === wrote.get(live.person.id).size
  while (!lives.every(isRight) && performance.now() - answered < 30_000) await sleep(20)
  const settled = performance.now() - answered
  const db = await miniflare.getD1Database('DB')
  const { count } = await db.prepare('SELECT count(*) AS count FROM messages').first()
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0)
  const sorted = times.toSorted((a, b) => a - b)
  const wrong = lives.filter((live) => !isRight(live)).length
  const lost = times.length - refused.length - count
  failed = wrong > 0 || lost !== 0 || refused.length > 0
  console.log(
    [
      `${lives.length} sockets of ${people} people, opened in ${(opened / 1000).toFixed(1)} s`,
      `${times.length} messages asked in ${(asked / 1000).toFixed(1)} s, all answered after ${(sent / 1000).toFixed(1)} s: ${((times.length / sent) * 1000).toFixed(0)} a second`,
      `an answer: median ${sorted[sorted.length >> 1].toFixed(0)} ms, 99 of 100 within ${sorted[Math.floor(sorted.length * 0.99)].toFixed(0)} ms`,
      `refused: ${refused.length}; lost: ${lost}; sockets whose last number is wrong: ${wrong}`,
      `pushes: ${sum(lives.map(({ pushes }) => pushes))}, ${(sum(lives.map(({ pushes }) => pushes)) / lives.length).toFixed(1)} a socket; the last number was right everywhere ${settled.toFixed(0)} ms after the last answer`,
      `CPU of workerd: ${((cpuTime(pids) - cpu) / times.length).toFixed(2)} ms a message, with D1 and all pushes`,
    ].join('\n'),
  )
  if (refused.length) console.log(refused.slice(0, 3).join('\n'))
  for (const { socket } of lives) socket.close()
  await agent.close()
} finally {
  await miniflare.dispose()
}
process.exit(failed ? 1 : 0)

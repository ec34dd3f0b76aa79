// `npm install --prefix bench && node bench/lighthouse.mjs [--rounds 3] [--only photos,inbox] [--device phone]
//   [--reports DIR] [--origin URL --session TOKEN]`
// Lighthouse on the pages that people open first, on a phone and a desktop, against a server as `npm run dev` starts it
// with the people of `npm run seed`. Prints the medians of the rounds as a table, then what cost a point; ends with 1
// where a goal is missed. With an origin and a session, a server that runs already is measured as it stands.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import lighthouse from 'lighthouse'
import desktopConfig from 'lighthouse/core/config/desktop-config.js'
import puppeteer from 'puppeteer-core'
import sharp from 'sharp'
import { listPhotos, signIn, uploadPhoto } from '../scripts/seed/door.mjs'
import { PEOPLE } from '../scripts/seed/people.mjs'
import { drawPicture } from '../scripts/seed/pictures.mjs'
import { startServer } from '../test/node/server.ts'

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1)) // not without cleaning up

/** How many photos the person has: more than a page of them by far. */
const PHOTOS = 200

/** Of the sides of the pictures that are drawn: what is measured is a page, and it shows thumbnails. */
const SCALE = 0.5

const GOAL = 95

const CATEGORIES = ['performance', 'accessibility', 'best-practices']

const root = resolve(import.meta.dirname, '..')

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    device: { type: 'string' },
    reports: { type: 'string' },
    origin: { type: 'string' },
    session: { type: 'string' },
  },
})
if (Boolean(options.origin) !== Boolean(options.session))
  throw new Error('--origin and --session go together')

const DEVICES = { phone: undefined, desktop: desktopConfig }
const devices = options.device ? [options.device] : Object.keys(DEVICES)
const server = options.origin ? null : await startServer()
try {
  const origin = options.origin ?? server.origin
  const session = options.session ?? (await fillServer(origin))
  const pages = await choosePages(origin, session)
  const chosen = options.only?.split(',') ?? Object.keys(pages)
  const rows = []
  for (const name of chosen)
    for (const device of devices) {
      console.error(`measuring: ${name}, ${device}`)
      const results = []
      for (let round = 0; round < Number(options.rounds); round++)
        results.push(await measure({ name, device, round, origin, ...pages[name] }))
      rows.push({ name, device, ...summarize(results) })
    }
  const load = loadavg().map((value) => value.toFixed(1))
  console.log(
    `${options.rounds} rounds, ${availableParallelism()} × ${cpus()[0].model}, load average ${load.join(', ')}\n`,
  )
  console.log(formatRows(rows))
  for (const { name, device, faults } of rows)
    for (const fault of faults) console.log(`${name}, ${device}: ${fault}`)
  if (rows.some(({ isMet }) => !isMet)) process.exitCode = 1
} finally {
  await server?.stop()
}

/** The people of the seed, the first of them with many photos. Gives that one's session. */
async function fillServer(origin) {
  const port = new URL(origin).port
  console.error('filling the server: some minutes')
  execFileSync(process.execPath, ['scripts/seed.mjs', '--port', port, '--scale', `${SCALE}`], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [first] = PEOPLE
  const call = await signIn(origin, first.email)
  await addPhotos(call, first)
  return call.cookies.get('session')
}

/** Photos of every shape the person has already, each taken three days before the last one. */
async function addPhotos(call, { photos }) {
  const drawn = await Promise.all(
    photos
      .filter(({ frames = 1, format = 'jpeg' }) => frames === 1 && format === 'jpeg')
      .map((picture) => drawPicture(picture, SCALE)),
  )
  const { length } = await listPhotos(call)
  for (let number = length; number < PHOTOS; number++) {
    const { bytes, ...picture } = drawn[number % drawn.length]
    const taken = new Date(Date.now() - number * 3 * 86_400_000).toISOString()
    const DateTimeOriginal = taken.slice(0, 19).replaceAll('-', ':').replace('T', ' ')
    const dated = await sharp(bytes).withExif({ IFD2: { DateTimeOriginal } }).jpeg({ quality: 86 }).toBuffer()
    await uploadPhoto(patiently(call), { ...picture, bytes: dated })
  }
}

/** What is too much for a minute is done in the next one: a quick machine uploads more than a person may. */
function patiently(call) {
  return async (...args) => {
    for (;;)
      try {
        return await call(...args)
      } catch (error) {
        if (!/: 429 /.test(error.message)) throw error
        await sleep(5000)
      }
  }
}

/** Where each page is, and with which session it is opened. */
async function choosePages(origin, session) {
  const headers = { cookie: `session=${session}` }
  const { items } = await (await fetch(`${origin}/api/photos?limit=5`, { headers })).json()
  if (items.length === 0) throw new Error('Whose session this is has no photos.')
  return {
    landing: { path: '/' },
    'sign-in': { path: '/sign-in' },
    photos: { path: '/photos', session },
    photo: { path: `/photos/${items.at(-1).id}`, session },
    inbox: { path: '/inbox', session },
  }
}

/** One run in a browser of its own; anew where Lighthouse lost its own trace of it. */
async function measure(values) {
  for (let tries = 1; ; tries++) {
    const lhr = await measureOnce(values)
    const { code, message } = lhr.runtimeError ?? {}
    if (!code) return lhr
    if (code !== 'NO_NAVSTART' || tries === 3) throw new Error(`${values.name}: ${message}`)
  }
}

async function measureOnce({ name, device, round, origin, path, session }) {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-component-update', '--disable-sync'],
  })
  try {
    if (session)
      await browser.setCookie({
        name: 'session',
        value: session,
        domain: new URL(origin).hostname,
        path: '/',
        httpOnly: true,
      })
    const page = await browser.newPage()
    const flags = { logLevel: 'error', onlyCategories: CATEGORIES }
    const { lhr } = await lighthouse(`${origin}${path}`, flags, DEVICES[device], page)
    if (lhr.runtimeError) return lhr
    if (new URL(lhr.finalDisplayedUrl).pathname !== path)
      throw new Error(`${name}: led to ${lhr.finalDisplayedUrl}`)
    if (options.reports) {
      mkdirSync(options.reports, { recursive: true })
      writeFileSync(join(options.reports, `${name}-${device}-${round}.json`), JSON.stringify(lhr))
    }
    return lhr
  } finally {
    await browser.close()
  }
}

function summarize(results) {
  const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]
  const scores = CATEGORIES.map((id) =>
    median(results.map((lhr) => Math.round(lhr.categories[id].score * 100))),
  )
  const figure = (id) => median(results.map((lhr) => lhr.audits[id].numericValue))
  const shift = Math.max(...results.map((lhr) => lhr.audits['cumulative-layout-shift'].numericValue))
  return {
    scores,
    shift,
    first: figure('first-contentful-paint'),
    largest: figure('largest-contentful-paint'),
    blocked: figure('total-blocking-time'),
    server: figure('server-response-time'),
    faults: readFaults(results),
    isMet: scores.every((score) => score >= GOAL) && shift === 0,
  }
}

/** Audits that took a point in any round, and how often: what has no weight is a hint and costs none. */
function readFaults(results) {
  const faults = results.flatMap((lhr) =>
    CATEGORIES.flatMap((id) => lhr.categories[id].auditRefs)
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => id),
  )
  return [...new Set(faults)].map((id) => {
    const { title, displayValue = '' } = results.findLast((lhr) => lhr.audits[id].score < 0.9).audits[id]
    return `${id} in ${faults.filter((other) => other === id).length} of ${results.length}: ${title} ${displayValue}`
  })
}

function formatRows(rows) {
  const head = [
    'page',
    'device',
    'performance',
    'accessibility',
    'best practices',
    'CLS',
    'FCP ms',
    'LCP ms',
    'TBT ms',
    'server ms',
  ]
  const cells = rows.map(({ name, device, scores, shift, first, largest, blocked, server }) => [
    ...[name, device, ...scores.map(String), shift === 0 ? '0' : shift.toFixed(4)],
    ...[first, largest, blocked, server].map((value) => value.toFixed(0)),
  ])
  return [head, head.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n')
}

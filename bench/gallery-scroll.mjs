// `node bench/gallery-scroll.mjs [--photos 2000] [--slower 4] [--cold] [--trace FILE]`: scrolls a gallery to its end in Chromium, as a
// phone with a slower CPU, and prints the largest gap between two frames, and what memory the page takes.
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import sharp from 'sharp'
import { Subject } from './subject.mjs'
import { buildCameo, cameoWorker, root, scratch } from './workers.mjs'

const GOAL_MS = 100

/** In CSS pixels a second: a thumb that is in a hurry, and one so slow that every picture is fetched. */
const SPEED = 4000
const SLOWLY = 2400

const SIZES = [
  [640, 480],
  [480, 640],
  [640, 360],
  [512, 512],
  [640, 427],
  [427, 640],
  [640, 280],
  [360, 640],
]

const options = {
  photos: { type: 'string', default: '2000' },
  slower: { type: 'string', default: '4' },
  cold: { type: 'boolean', default: false },
  trace: { type: 'string' },
}
const { photos, slower, cold, trace } = parseArgs({ options }).values

buildCameo()
// The Worker of the benchmark runs without its assets, and a build meanwhile must not change them.
const assets = join(scratch, 'client')
cpSync(join(root, 'dist/client'), assets, { recursive: true })
const worker = cameoWorker()
const pictures = await Promise.all(SIZES.map(drawPicture))
const subject = await Subject.start('host.mjs', {
  worker,
  seed: 'seedScroll',
  values: { photos: Number(photos), pictures, migrations: join(root, 'migrations') },
})
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'],
})
try {
  const context = await browser.newContext({
    // The phone of Lighthouse.
    viewport: { width: 412, height: 823 },
    deviceScaleFactor: 1.75,
    isMobile: true,
    hasTouch: true,
  })
  await context.addCookies([{ name: 'session', value: 'bench', url: subject.origin }])
  // No phone makes its own answers: once everything has been seen, the browser has the pictures, and the server rests.
  // In a tab of its own: what that leaves to collect is not to be collected while the other is measured.
  if (!cold) {
    const seen = await openGallery()
    await scrollToEnd(seen, SLOWLY)
    await seen.page.close()
  }
  const { page, session } = await openGallery()
  await session.send('Emulation.setCPUThrottlingRate', { rate: Number(slower) })
  const path = trace ?? join(scratch, 'trace.json')
  await browser.startTracing(page, {
    path,
    categories: trace ? undefined : ['toplevel', 'devtools.timeline'],
  })
  await page.evaluate(watchFrames)
  const { heap, images } = await scrollToEnd({ page, session }, SPEED)
  await browser.stopTracing()
  const { tiles, paths, heap: heapAfter, gaps, nodes, shift } = await page.evaluate(readState)
  await page.close()
  const plain = await measurePlain(paths)

  /** The Worker has no assets here. While they are put in their place the browser keeps nothing, so only then. */
  async function openGallery() {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    await context.route('**/static/*', (route) =>
      route.fulfill({ path: join(assets, new URL(route.request().url()).pathname) }),
    )
    await page.goto(`${subject.origin}/photos`, { waitUntil: 'networkidle' })
    await context.unrouteAll()
    await page.evaluate('scrollTo(0, 0)')
    return { page, session }
  }

  /** The same pictures in boxes of one size, left to the browser: what it takes itself on this machine, with no code of ours. */
  async function measurePlain(paths) {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    const boxes = paths.map((path) => `<img loading="lazy" decoding="async" src="${path}">`)
    const body = `<!doctype html><meta name="viewport" content="width=device-width"><style>body { margin: 0; font-size: 0; } img { width: 33%; height: 150px; background: #ccc; }</style>${boxes.join('')}<i data-more hidden></i>`
    await context.route('**/plain', (route) => route.fulfill({ body, contentType: 'text/html' }))
    await page.goto(`${subject.origin}/plain`, { waitUntil: 'networkidle' })
    await context.unrouteAll()
    await session.send('Emulation.setCPUThrottlingRate', { rate: Number(slower) })
    await page.evaluate(watchFrames)
    await scrollToEnd({ page, session }, SPEED)
    return page.evaluate(() => globalThis.frames_.gaps)
  }

  /** @returns what the page held at most on the way */
  async function scrollToEnd({ page, session }, speed) {
    let [heap, images] = [0, 0]
    for (let still = 0, before = 0; still < 3; ) {
      await session.send('Input.synthesizeScrollGesture', {
        x: 195,
        y: 600,
        yDistance: -6000,
        speed,
        gestureSourceType: 'mouse',
        preventFling: true,
      })
      // Little: what the page is asked stands between two frames, too.
      const [scroll, isWhole, held, bytes] = await page.evaluate(glance)
      heap = Math.max(heap, bytes)
      images = Math.max(images, held)
      still = scroll === before && isWhole ? still + 1 : 0
      before = scroll
    }
    return { heap, images }
  }

  for (const each of [gaps, plain]) each.sort((a, b) => b - a)
  const figure = (value) => `${value.toFixed(0)} ms`
  console.log(`${tiles} photos, ${slower} times slower CPU, ${gaps.length} frames`)
  console.log(`largest gaps between frames: ${gaps.slice(0, 5).map(figure).join(', ')} (goal: ${GOAL_MS} ms)`)
  console.log(`99 of 100 frames after at most ${figure(gaps[Math.floor(gaps.length / 100)] ?? 0)}`)
  console.log(
    `the same pictures in a plain page, lazy: ${plain.slice(0, 5).map(figure).join(', ')}; 99 of 100 after at most ${figure(plain[Math.floor(plain.length / 100)] ?? 0)}`,
  )
  const { tasks, between } = readTrace(path)
  const first = (values) => values.slice(0, 5).map(figure).join(', ')
  console.log(
    `CPU time of the page's thread between two frames, at most: ${first(between)}; of one task: ${first(tasks)}`,
  )
  console.log(`JavaScript heap: ${mib(heap)} at most, ${mib(heapAfter)} at the end; ${nodes} elements`)
  console.log(`pictures held at a time: ${images} at most; layout shift: ${shift.toFixed(4)}`)
  if (tiles !== Number(photos) || gaps[0] > GOAL_MS) process.exitCode = 1
} finally {
  await browser.close()
  await subject.stop()
}

function watchFrames() {
  const gaps = []
  let shift = 0
  let last = performance.now()
  const tick = (now) => {
    gaps.push(now - last)
    last = now
    requestAnimationFrame(tick)
  }
  requestAnimationFrame((now) => {
    last = now
    requestAnimationFrame(tick)
  })
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) shift += value
  }).observe({ type: 'layout-shift' })
  globalThis.frames_ = { gaps, shift: () => shift }
}

function glance() {
  const isWhole = document.querySelector('[data-more]').hidden
  return [scrollY, isWhole, document.images.length, performance.memory.usedJSHeapSize]
}

function readState() {
  const tiles = [...document.querySelectorAll('[data-photo]')]
  const isWide = ({ offsetWidth, offsetHeight }) => offsetWidth / offsetHeight > 1.41 // as browsers choose, at this density
  const [start] = new URL(document.querySelector('[data-photo] img').src).pathname.match(/^\/raw\/[^/]+\//)
  return {
    tiles: tiles.length,
    paths: tiles.map((tile) => `${start}${tile.dataset.photo}?w=${isWide(tile) ? 640 : 320}`),
    nodes: document.querySelectorAll('*').length,
    heap: performance.memory.usedJSHeapSize,
    gaps: globalThis.frames_.gaps,
    shift: globalThis.frames_.shift(),
  }
}

/**
 * Milliseconds of CPU that the page's own thread took, the most first: in one task, and between two frames. What stands
 * between two frames on a machine that does nothing else; on a busy one they wait for others, too.
 */
function readTrace(path) {
  const { traceEvents: events } = JSON.parse(readFileSync(path, 'utf8'))
  const threadOf = ({ pid, tid }) => `${pid} ${tid}`
  const frames = Map.groupBy(
    events.filter(({ name }) => name === 'FireAnimationFrame'),
    threadOf,
  )
  const [thread, drawn] = [...frames].sort(([, one], [, other]) => other.length - one.length)[0]
  const times = drawn.map(({ ts }) => ts).sort((a, b) => a - b)
  const isTask = (each) => each.name === 'ThreadControllerImpl::RunTask' && each.tdur
  const tasks = events.filter((each) => isTask(each) && threadOf(each) === thread).sort((a, b) => a.ts - b.ts)
  const between = Array.from(times, () => 0)
  let frame = 0
  for (const { ts, tdur } of tasks) {
    while (frame < times.length && times[frame] < ts) frame++
    if (frame > 0 && frame < times.length) between[frame] += tdur / 1000
  }
  const most = (values) => values.sort((a, b) => b - a)
  return { tasks: most(tasks.map(({ tdur }) => tdur / 1000)), between: most(between) }
}

function mib(bytes) {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

/** Something with edges and grain, in the widths and formats that a phone is given. */
async function drawPicture([width, height], number) {
  const noise = await sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 20 },
    },
  })
    .tint({ r: (number * 70) % 256, g: (number * 150) % 256, b: 128 })
    .png()
    .toBuffer()
  const renditions = []
  for (const pixels of [320, 640, 1280])
    for (const format of ['avif', 'webp']) {
      const made = sharp(noise).resize({ width: Math.min(pixels, width) })
      renditions.push({ pixels, format, bytes: await made.toFormat(format, { quality: 40 }).toBuffer() })
    }
  return { width, height, renditions }
}

// Default pictures: CPU of drawing one, and its bytes; small and large; before and after; and beside other drawers.
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { Pool } from 'undici'
import { alternate, compare, median, pairedDifference, spread } from './measure.mjs'
import { keyOf } from './people.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, cameoWorker, importSource, root, scratch } from './workers.mjs'

/** Pictures a turn. */
const REQUESTS = 25

/** Different pictures of each style. */
const SEEDS = 100
const SIZE = 256
const LARGE = 2048
const MAX_RATIO = 3
const MAX_BYTES = 2048
const MAX_OF_BEFORE = 0.6
const MAX_OF_SMALL = 4
const MAX_OF_PEER = 0.25

/** Large pictures asked for at once, and by how many MiB the Worker's process may grow. */
const AT_ONCE = 100
const MAX_GROWTH = 64

/** Styles that are asked of the whole Worker too: the one most asked for, and a pattern. */
const WHOLE = ['mp', 'identicon']

/** The styles whose every picture is another drawing, each with what others draw in its place. */
const PEERS = {
  identicon: ['jdenticon', 'dicebear-identicon'],
  monsterid: ['dicebear-critters'],
  wavatar: ['dicebear-avataaars'],
  robohash: ['dicebear-bottts'],
}

/** @param before a commit whose drawing is measured beside today's; none without it */
export async function measureDefaults({ rounds, before }) {
  const { FALLBACK_STYLES } = await importSource('src/avatar/fallback/draw.ts')
  const drawer = await Subject.start('host.mjs', { worker: await benchWorker('draw') })
  const cameo = await Subject.start('host.mjs', { worker: cameoWorker() })
  const nothing = await Subject.start('host.mjs', { worker: await benchWorker('null') })
  const earlier = before && (await Subject.start('host.mjs', { worker: await earlierWorker(before) }))
  const peers = await Subject.start('drawers.mjs', {})
  const series = {
    // So short that CPU time, which is counted in steps of 10 ms, needs more of them.
    nothing: () => nothing.run(Array(4 * REQUESTS).fill({ path: '/' })),
    'nothing in Node': () => peers.run(Array(4 * REQUESTS).fill({ path: '/nothing/1/1' })),
  }
  const bytes = {}
  const add = async (name, subject, pathOf) => {
    const requests = Array.from({ length: SEEDS }, (_, i) => ({ path: pathOf(keyOf(i + 1)) }))
    const answers = []
    for (const request of requests) answers.push(await subject.get(request))
    bytes[name] = answers.map((answer) => answer.bytes.length)
    series[name] = (turn) => {
      const first = (turn * REQUESTS) % SEEDS
      return subject.run(requests.slice(first, first + REQUESTS))
    }
  }
  for (const style of FALLBACK_STYLES) {
    await add(style, drawer, (key) => `/${style}/${SIZE}/${key}`)
    await add(`${style} large`, drawer, (key) => `/${style}/${LARGE}/${key}`)
    if (earlier) await add(`${style} before`, earlier, (key) => `/${style}/${SIZE}/${key}`)
  }
  for (const style of WHOLE)
    await add(`${style} whole`, cameo, (key) => `/${key}?d=${style}&f=y&s=${SIZE}&name=Ada+Lovelace`)
  for (const name of new Set(Object.entries(PEERS).flat(2)))
    await add(`${name} in Node`, peers, (key) => `/${name}/${SIZE}/${key}`)
  const measured = await alternate(series, rounds)
  const growth = await measureGrowth(drawer)
  const growthBefore = earlier && (await measureGrowth(earlier))
  await Promise.all([drawer, cameo, nothing, earlier, peers].map((subject) => subject?.stop()))

  const noteOf = (name) => {
    const { median: ms } = pairedDifference(measured[name], measured.nothing)
    return `${ms.toFixed(2)} ms more, ${sizesOf(bytes[name])}`
  }
  const drawings = FALLBACK_STYLES.map((style) => {
    const row = compare(measured[style], measured.nothing, {
      what: `drawing ${style}`,
      against: 'Worker that does nothing',
      goal: `≤ ${MAX_RATIO}×, ≤ ${MAX_BYTES} bytes`,
      note: noteOf(style),
    })
    row.met = row.ratio.median <= MAX_RATIO && Math.max(...bytes[style]) <= MAX_BYTES
    return row
  })
  const whole = WHOLE.map((style) =>
    compare(measured[`${style} whole`], measured.nothing, {
      what: `default picture ${style}, whole request`,
      against: 'Worker that does nothing',
      note: noteOf(`${style} whole`),
    }),
  )
  const large = FALLBACK_STYLES.map((style) =>
    compare(measured[`${style} large`], measured[style], {
      what: `drawing ${style}, ${LARGE} px`,
      against: `${SIZE} px`,
      target: MAX_OF_SMALL,
      note: noteOf(`${style} large`),
    }),
  )
  const earlierRows = (before ? FALLBACK_STYLES : []).map((style) => ({
    what: `drawing ${style}, beyond nothing`,
    against: 'before',
    ratio: ratioBeyond(measured[style], measured[`${style} before`], measured.nothing),
    target: PEERS[style] ? MAX_OF_BEFORE : undefined,
    note: `before: ${noteOf(`${style} before`)}`,
  }))
  const memory = {
    what: `${AT_ONCE} default pictures of ${LARGE} px at once: memory`,
    against: `${MAX_GROWTH} MiB`,
    ratio: { median: growth / MAX_GROWTH },
    target: 1,
    note: `workerd grows by ${growth.toFixed(0)} MiB${earlier ? `; before: ${growthBefore.toFixed(0)}` : ''}`,
  }
  const peerRows = Object.entries(PEERS).flatMap(([style, others]) =>
    others.map((other) => comparePeer(style, other, measured, bytes)),
  )
  return [...drawings, ...whole, ...large, memory, ...earlierRows, ...peerRows]
}

/** Both in Node, over HTTP, beyond a server there that does nothing. */
function comparePeer(style, other, measured, bytes) {
  const [ours, theirs] = [`${style} in Node`, `${other} in Node`]
  const nothing = measured['nothing in Node']
  const ms = [ours, theirs].map((name) => pairedDifference(measured[name], nothing).median.toFixed(2))
  const row = {
    ...compare(measured[ours], measured[theirs], {}),
    what: `drawing ${style} in Node, beyond nothing`,
    against: other.startsWith('dicebear-') ? `${other.replace('-', ' ')} with resvg` : other,
    ratio: ratioBeyond(measured[ours], measured[theirs], nothing),
    goal: `≤ ${MAX_OF_PEER}×, smaller`,
    note: `${ms[0]} ms, ${sizesOf(bytes[ours])}; theirs: ${ms[1]} ms, ${sizesOf(bytes[theirs])}`,
  }
  row.met = row.ratio.median <= MAX_OF_PEER && median(bytes[ours]) < median(bytes[theirs])
  return row
}

/** By how many MiB the Worker's process grows at most, above what it holds after some pictures, drawing many at once. */
async function measureGrowth(subject) {
  const pid = subject.pids.at(-1)
  const read = (field) =>
    Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(`${field}:\\s+(\\d+)`)[1]) / 1024
  const pathOf = (number) => `/${Object.keys(PEERS)[number % 4]}/${LARGE}/${keyOf(number + 1)}`
  const rest = read('VmRSS')
  writeFileSync(`/proc/${pid}/clear_refs`, '5') // proc(5): the peak counts anew
  // On connections of their own, so that all of them are under way together.
  const pool = new Pool(subject.origin, { connections: AT_ONCE, pipelining: 1 })
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, i) => {
      const { body } = await pool.request({ path: pathOf(i), method: 'GET' })
      await body.arrayBuffer()
    }),
  )
  await pool.close()
  return read('VmHWM') - rest
}

/** The ratio of what two take beyond doing nothing, pair by pair of the same round. */
function ratioBeyond(ours, theirs, nothing) {
  return spread(
    ours.map(({ cpu }, round) => (cpu - nothing[round].cpu) / (theirs[round].cpu - nothing[round].cpu)),
  )
}

function sizesOf(bytes) {
  return `${median(bytes).toFixed(0)} bytes, at most ${Math.max(...bytes)}`
}

/** Today's Worker around the drawing of an earlier commit. */
async function earlierWorker(commit) {
  const tree = join(scratch, 'before')
  mkdirSync(join(tree, 'bench/workers'), { recursive: true })
  const tar = execFileSync('git', ['archive', commit, 'src'], { cwd: root, maxBuffer: 2 ** 28 })
  execFileSync('tar', ['-x', '-C', tree], { input: tar })
  cpSync(join(root, 'bench/workers/draw.mjs'), join(tree, 'bench/workers/draw.mjs'))
  await build({
    entryPoints: [join(tree, 'bench/workers/draw.mjs')],
    bundle: true,
    format: 'esm',
    outfile: join(scratch, 'before.js'),
  })
  return { ...(await benchWorker('draw')), name: 'before', scriptPath: 'before.js' }
}

// Default pictures: CPU of drawing one, and its bytes.
import { alternate, compare, pairedDifference } from './measure.mjs'
import { keyOf } from './people.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, cameoWorker, importSource } from './workers.mjs'

/** Pictures a turn. */
const REQUESTS = 20

/** Different pictures of each style. */
const SEEDS = 100
const MAX_MS = 1
const MAX_BYTES = 2048

const asked = (style, number) => ({ path: `/${keyOf(number)}?d=${style}&f=y&s=256&name=Ada+Lovelace` })

/** Styles that are asked of the whole Worker too: the one most asked for, and a pattern. */
const WHOLE = ['mp', 'identicon']

export async function measureDefaults({ rounds }) {
  const { FALLBACK_STYLES } = await importSource('src/avatar/fallback/draw.ts')
  const drawer = await Subject.start('host.mjs', { worker: await benchWorker('draw') })
  const cameo = await Subject.start('host.mjs', { worker: cameoWorker() })
  const nothing = await Subject.start('host.mjs', { worker: await benchWorker('null') })
  const series = {
    // So short that CPU time, which is counted in steps of 10 ms, needs more of them.
    nothing: () => nothing.run(Array(5 * REQUESTS).fill(asked('null', 1))),
  }
  const largest = {}
  const add = async (name, subject, style) => {
    const requests = Array.from({ length: SEEDS }, (_, i) => asked(style, i + 1))
    const answers = await Promise.all(requests.map((request) => subject.get(request)))
    largest[name] = Math.max(...answers.map(({ bytes }) => bytes.length))
    series[name] = (turn) => {
      const first = (turn * REQUESTS) % SEEDS
      return subject.run(requests.slice(first, first + REQUESTS))
    }
  }
  for (const style of FALLBACK_STYLES) await add(style, drawer, style)
  for (const style of WHOLE) await add(`${style}, whole`, cameo, style)
  const measured = await alternate(series, rounds)
  await Promise.all([drawer, cameo, nothing].map((subject) => subject.stop()))
  return Object.keys(largest).map((name) => {
    const { median: ms } = pairedDifference(measured[name], measured.nothing)
    const row = {
      what: name.endsWith('whole') ? `default picture ${name} request` : `drawing ${name}`,
      against: 'Worker that does nothing',
      note: `${ms.toFixed(2)} ms more, at most ${largest[name]} bytes`,
    }
    const goal = {
      met: ms <= MAX_MS && largest[name] <= MAX_BYTES,
      goal: `≤ ${MAX_MS} ms, ≤ ${MAX_BYTES} bytes`,
    }
    return compare(
      measured[name],
      measured.nothing,
      WHOLE.some((style) => name === `${style}, whole`) ? row : { ...row, ...goal },
    )
  })
}

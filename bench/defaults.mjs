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

export async function measureDefaults({ rounds }) {
  const { FALLBACK_STYLES } = await importSource('src/avatar/fallback/draw.ts')
  const cameo = await Subject.start('host.mjs', { worker: cameoWorker() })
  const nothing = await Subject.start('host.mjs', { worker: await benchWorker('null') })
  const series = {
    // So short that CPU time, which is counted in steps of 10 ms, needs more of them.
    nothing: () => nothing.run(Array(5 * REQUESTS).fill(asked('null', 1))),
  }
  const largest = {}
  for (const style of FALLBACK_STYLES) {
    const requests = Array.from({ length: SEEDS }, (_, i) => asked(style, i + 1))
    const answers = await Promise.all(requests.map((request) => cameo.get(request)))
    largest[style] = Math.max(...answers.map(({ bytes }) => bytes.length))
    series[style] = (turn) => {
      const first = (turn * REQUESTS) % SEEDS
      return cameo.run(requests.slice(first, first + REQUESTS))
    }
  }
  const measured = await alternate(series, rounds)
  await Promise.all([cameo, nothing].map((subject) => subject.stop()))
  return FALLBACK_STYLES.map((style) => {
    const { median: ms } = pairedDifference(measured[style], measured.nothing)
    return compare(measured[style], measured.nothing, {
      what: `default picture ${style}`,
      against: 'Worker that does nothing',
      note: `${ms.toFixed(2)} ms more, at most ${largest[style]} bytes`,
      met: ms <= MAX_MS && largest[style] <= MAX_BYTES,
      goal: `≤ ${MAX_MS} ms, ≤ ${MAX_BYTES} bytes`,
    })
  })
}

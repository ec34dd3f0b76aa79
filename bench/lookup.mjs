// The look-up of a picture among a thousand people and among a million.
import { alternate, compare } from './measure.mjs'
import { Subject } from './subject.mjs'
import { benchWorker, importSource } from './workers.mjs'

const DATABASES = { THOUSAND: 1000, HUNDRED_THOUSAND: 100_000, MILLION: 1_000_000 }
/** Requests a turn. */
const REQUESTS = 4

/** Look-ups a request: enough that they and not HTTP are what is measured. */
const LOOKUPS = 20

export async function measureLookup({ rounds }) {
  const { LOOKUP_SQL } = await importSource('src/avatar/lookup.ts')
  const worker = await benchWorker('lookup', {
    d1Databases: Object.fromEntries(Object.keys(DATABASES).map((name) => [name, name])),
    bindings: { SQL: LOOKUP_SQL[64] },
  })
  const values = { databases: DATABASES, width: 2400, height: 1800 }
  const subject = await Subject.start('host.mjs', { worker, seed: 'seedLookup', values })
  const asked = (name, request) => {
    const step = Math.floor(DATABASES[name] / LOOKUPS) - 1
    return { path: `/${name}/${1 + (request % step)}/${step}/${LOOKUPS}` }
  }
  const rows = {}
  for (const name of Object.keys(DATABASES)) {
    const { bytes } = await subject.get(asked(name, 0))
    rows[name] = Number(bytes.toString()) / LOOKUPS
  }
  const series = Object.fromEntries(
    Object.keys(DATABASES).map((name) => [
      name,
      (turn) => subject.run(Array.from({ length: REQUESTS }, (_, i) => asked(name, turn * REQUESTS + i))),
    ]),
  )
  const measured = await alternate(series, rounds)
  await subject.stop()
  const perLookup = Object.fromEntries(
    Object.entries(measured).map(([name, all]) => [
      name,
      all.map(({ cpu, wall }) => ({ cpu: cpu / LOOKUPS, wall: wall / LOOKUPS })),
    ]),
  )
  return ['HUNDRED_THOUSAND', 'MILLION'].map((name) =>
    compare(perLookup[name], perLookup.THOUSAND, {
      what: `look-up among ${DATABASES[name].toLocaleString('en')}`,
      against: 'among 1,000',
      note: `${rows[name]} rows read against ${rows.THOUSAND}`,
      goal: 'the same rows',
      met: rows[name] === rows.THOUSAND,
    }),
  )
}

// How long purges wait: the real consumer against a simulated budget of the platform. `node bench/purges.mjs`
// Needs nothing but the project's own packages; takes seconds.

import { DatabaseSync } from 'node:sqlite'
import { build } from 'esbuild'
import { openBefore } from './purges/before.mjs'

const { outputFiles } = await build({
  entryPoints: ['test/purge-simulation.ts'],
  absWorkingDir: new URL('..', import.meta.url).pathname,
  bundle: true,
  external: ['cloudflare:workers'],
  write: false,
  format: 'esm',
})
const code = Buffer.from(outputFiles[0].contents).toString('base64')
const { SCENARIOS, openSubject, simulate } = await import(`data:text/javascript;base64,${code}`)

console.warn = console.error = () => {} // what the Worker would log
const sql = openSql()
const rows = []
for (const scenario of SCENARIOS) {
  for (const [which, open] of [
    ['before', openBefore],
    ['now', (edge) => openSubject(sql, edge)],
  ]) {
    rows.push({ scenario: scenario.name, which, ...(await simulate(scenario, open)) })
  }
}

const seconds = ({ median, max }) => `${time(median)} / ${time(max)}`
const time = (ms) => (ms < 100_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 60_000)} min`)
console.log(
  '| scenario, 20 minutes | consumer | changes | privacy: median / longest | ordinary: median / longest | lost | calls | refused | of everything | tags a call, at most |',
)
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |')
for (const row of rows) {
  const { scenario, which, changes, privacy, ordinary, lost, dead, calls, refused, sweeps, mostTags } = row
  const cells = [
    scenario,
    which,
    changes,
    seconds(privacy),
    seconds(ordinary),
    lost + dead,
    calls,
    refused,
    sweeps,
    mostTags,
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

/** SqlStorage of a Durable Object, on Node's SQLite. */
function openSql() {
  const database = new DatabaseSync(':memory:')
  const statements = new Map()
  return {
    exec(text, ...values) {
      if (!statements.has(text)) statements.set(text, database.prepare(text))
      const rows = statements.get(text).all(...values)
      return { toArray: () => rows, one: () => rows[0] }
    },
  }
}

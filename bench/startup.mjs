// What starting the Worker costs, as `wrangler check startup` profiles it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { median, spread } from './measure.mjs'
import { root, runWrangler, scratch } from './workers.mjs'

const STARTS = 9

export async function measureStartup() {
  const reference = join(scratch, 'reference.json')
  const main = join(root, 'bench/workers/hono-drizzle.mjs')
  writeFileSync(reference, JSON.stringify({ name: 'reference', main, compatibility_date: '2026-08-01' }))
  const ours = []
  const theirs = []
  for (let start = 0; start < STARTS; start++) {
    ours.push(profileStartup(join(root, 'wrangler.toml')))
    theirs.push(profileStartup(reference))
  }
  const ratio = spread(ours.map((ms, start) => ms / theirs[start]))
  ratio.median = median(ours) / median(theirs)
  return [
    {
      what: 'start-up',
      against: 'Worker with Hono and Drizzle only',
      ratio,
      cpu: [median(ours), median(theirs)],
      target: 1.5,
    },
  ]
}

/** Milliseconds in which the isolate was not idle. */
function profileStartup(config) {
  const file = join(scratch, 'startup.cpuprofile')
  runWrangler(['check', 'startup', '--config', config, '--outfile', file])
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'))
  const idle = nodes.find(({ callFrame }) => callFrame.functionName === '(idle)')?.id
  return timeDeltas.reduce((sum, delta, i) => (samples[i] === idle ? sum : sum + delta / 1000), 0)
}

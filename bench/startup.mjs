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
  const built = { ours: bundle('ours', join(root, 'wrangler.toml')), theirs: bundle('theirs', reference) }
  const ours = []
  const theirs = []
  for (let start = 0; start < STARTS; start++) {
    ours.push(profileStartup(built.ours))
    theirs.push(profileStartup(built.theirs))
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

/** Built once: building takes longer than all of the starts. */
function bundle(name, config) {
  const file = join(scratch, `${name}.bundle`)
  runWrangler(['deploy', '--dry-run', '--config', config, '--outfile', file])
  return file
}

/** Milliseconds in which the isolate was not idle. */
function profileStartup(built) {
  const file = join(scratch, 'startup.cpuprofile')
  runWrangler(['check', 'startup', '--worker', built, '--outfile', file], scratch)
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'))
  const idle = nodes.find(({ callFrame }) => callFrame.functionName === '(idle)')?.id
  return timeDeltas.reduce((sum, delta, i) => (samples[i] === idle ? sum : sum + delta / 1000), 0)
}

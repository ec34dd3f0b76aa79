// `npm run bench [-- --rounds 30 --only hit,designs,defaults,gallery,lookup,access,inbox,startup,bundle --before COMMIT --photo FILE --write FILE]`
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'

process.env.WRANGLER_LOG = 'error'
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1)) // not without cleaning up

const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    only: { type: 'string' },
    before: { type: 'string' },
    photo: { type: 'string' },
    write: { type: 'string' },
  },
})
const rounds = Number(values.rounds ?? 24)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1')

const { makeNoise, makeScene } = await import('./pictures.mjs')
const { formatTable, writeTable } = await import('./table.mjs')
const { buildCameo } = await import('./workers.mjs')

const BUDGET_KIB = 250
const kib = buildCameo()
const photos = { noise: await makeNoise(), scene: await makeScene(values.photo) }

const sections = {
  hit: async () => (await import('./hit.mjs')).measureHit({ rounds, photo: photos.noise }),
  designs: async () => (await import('./designs.mjs')).measureDesigns({ rounds, photos }),
  defaults: async () => (await import('./defaults.mjs')).measureDefaults({ rounds, before: values.before }),
  gallery: async () =>
    (await import('./gallery.mjs')).measureGallery({ rounds, photo: photos.noise, before: values.before }),
  lookup: async () => (await import('./lookup.mjs')).measureLookup({ rounds }),
  access: async () => (await import('./questions.mjs')).measureAccess({ rounds }),
  inbox: async () => (await import('./questions.mjs')).measureInbox({ rounds }),
  startup: async () => (await import('./startup.mjs')).measureStartup(),
  bundle: () => [
    {
      what: 'bundle, gzip',
      against: `${BUDGET_KIB} KiB`,
      ratio: { median: kib / BUDGET_KIB },
      target: 1,
      note: `${kib.toFixed(1)} KiB`,
    },
  ],
}
const chosen = values.only?.split(',') ?? Object.keys(sections)
const unknown = chosen.filter((name) => !sections[name])
if (unknown.length > 0)
  throw new Error(`--only knows ${Object.keys(sections).join(', ')}, not ${unknown.join(', ')}`)

const rows = []
for (const name of chosen) {
  console.error(`measuring: ${name}`)
  rows.push(...(await sections[name]()))
}
const machine = `${availableParallelism()} × ${cpus()[0].model}, Node ${process.versions.node}`
const text = `${rounds} rounds, ${machine}\n\n${formatTable(rows)}`
console.log(text)
if (values.write) writeTable(values.write, text)

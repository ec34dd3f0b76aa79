// Fails when the Worker grows above its budget: what is uploaded, gzipped, decides the start-up time.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const BUDGET_KIB = 250
const root = resolve(import.meta.dirname, '..')
const out = mkdtempSync(join(tmpdir(), 'cameo-bundle-'))
process.on('exit', () => rmSync(out, { recursive: true, force: true }))

const deploy = spawnSync('wrangler', ['deploy', '--dry-run', '--outdir', out], {
  cwd: root,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'pipe'],
  env: {
    ...process.env,
    PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH,
    CI: '1',
    WRANGLER_SEND_METRICS: 'false',
  },
})
if (deploy.status !== 0) fail(`${deploy.stdout ?? ''}${deploy.stderr ?? ''}${deploy.error?.message ?? ''}`)

// Source maps and wrangler's own note are written beside the modules, but not part of the Worker.
const modules = readdirSync(out, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && !/\.map$|^README\.md$/.test(entry.name))
  .map((entry) => readFileSync(join(entry.parentPath, entry.name)))
if (modules.length === 0) fail('wrangler wrote no Worker')

const kib = modules.reduce((sum, bytes) => sum + gzipSync(bytes).length, 0) / 1024
const figure = `Worker: ${kib.toFixed(1)} KiB gzip (budget ${BUDGET_KIB} KiB)`
if (kib > BUDGET_KIB) fail(figure)
console.log(figure)

function fail(message) {
  console.error(message.trim())
  process.exit(1)
}

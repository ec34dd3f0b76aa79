import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { unstable_getMiniflareWorkerOptions as readOptions } from 'wrangler'

export const root = resolve(import.meta.dirname, '..')
export const scratch = mkdtempSync(join(tmpdir(), 'cameo-bench-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

const bundle = join(scratch, 'bundle')

/** Bundles the Worker as `wrangler deploy` does and returns its size in KiB gzip. */
export function buildCameo() {
  runWrangler(['deploy', '--dry-run', '--outdir', bundle])
  return (
    moduleNames().reduce((sum, name) => sum + gzipSync(readFileSync(join(bundle, name))).length, 0) / 1024
  )
}

/** The entry first. Source maps and wrangler's own note lie beside the modules, but are not part of the Worker. */
function moduleNames(folder = bundle) {
  const others = readdirSync(folder).filter((name) => !/\.map$|^README\.md$|^index\.js$/.test(name))
  return ['index.js', ...others]
}

export function runWrangler(args, cwd = root) {
  const env = {
    ...process.env,
    PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH,
    CI: '1',
    WRANGLER_SEND_METRICS: 'false',
  }
  const { status, stdout, stderr } = spawnSync('wrangler', args, { cwd, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`wrangler ${args.join(' ')}: ${stdout}${stderr}`)
}

/**
 * The built Worker with the bindings of wrangler.toml. Without its assets, whose router stands in front of the
 * Worker in production, and with rate limits out of reach.
 * @param patches what to measure otherwise: pairs of a text of the bundle, which must be there, and its replacement
 */
export function cameoWorker(...patches) {
  return workerOf(patches.length ? patchBundle(patches) : bundle)
}

/** The Worker of an earlier commit, with the bindings of now, and the folder of its migrations. */
export function earlierCameo(commit) {
  const tree = checkOut(commit)
  const folder = join(scratch, `bundle-${commit}`)
  runWrangler(['deploy', '--dry-run', '--outdir', folder], tree)
  return { worker: workerOf(folder), migrations: join(tree, 'migrations') }
}

/** What an earlier commit holds, with what it depended on; the tools of today are found above it. */
function checkOut(commit) {
  const tree = join(scratch, `tree-${commit}`)
  mkdirSync(tree)
  const tar = execFileSync('git', ['archive', commit], { cwd: root, maxBuffer: 2 ** 28 })
  execFileSync('tar', ['-x', '-C', tree], { input: tar })
  symlinkSync(join(root, 'node_modules'), join(scratch, 'node_modules'))
  const options = { cwd: tree, stdio: 'ignore' }
  execFileSync('npm', ['ci', '--omit=dev', '--omit=optional', '--ignore-scripts', '--no-audit'], options)
  return tree
}

function workerOf(folder) {
  const { assets: _, modulesRules: __, ratelimits, ...options } = readBindings()
  const modules = moduleNames(folder).map((name) => ({
    type: name.endsWith('.js') ? 'ESModule' : 'Text',
    path: join(folder, name),
  }))
  for (const limit of Object.values(ratelimits)) limit.simple = { limit: 1e9, period: 60 }
  return { ...options, ratelimits, name: 'cameo', rootPath: folder, modulesRoot: folder, modules }
}

let patched = 0

function patchBundle(patches) {
  const folder = join(scratch, `bundle-${++patched}`)
  cpSync(bundle, folder, { recursive: true })
  const file = join(folder, 'index.js')
  let code = readFileSync(file, 'utf8')
  for (const [text, other] of patches) {
    if (code.split(text).length !== 2) throw new Error(`the bundle does not have once: ${text}`)
    code = code.replace(text, other)
  }
  writeFileSync(file, code)
  return folder
}

/** A Worker of bench/workers, bundled, with the storage and Images bindings of wrangler.toml. */
export async function benchWorker(name, options = {}) {
  const { compatibilityDate, compatibilityFlags, d1Databases, r2Buckets, images } = readBindings()
  await build({
    entryPoints: [join(root, 'bench/workers', `${name}.mjs`)],
    bundle: true,
    format: 'esm',
    outfile: join(scratch, `${name}.js`),
  })
  const bindings = { compatibilityDate, compatibilityFlags, d1Databases, r2Buckets, images }
  return { ...bindings, name, modules: true, rootPath: scratch, scriptPath: `${name}.js`, ...options }
}

/** What a file of Cameo's source exports; for files that need no binding. */
export async function importSource(file) {
  const { outputFiles } = await build({
    entryPoints: [join(root, file)],
    bundle: true,
    format: 'esm',
    write: false,
  })
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`)
}

function readBindings() {
  return readOptions(join(root, 'wrangler.toml')).workerOptions
}

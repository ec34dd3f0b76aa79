// Bundles the browser code: src/client/* → dist/client/static, and writes dist/assets.json,
// the map from a plain name to the hashed one, which the pages import.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { build } from 'esbuild'

const out = 'dist/client/static'
await rm('dist/client', { recursive: true, force: true })
await mkdir(out, { recursive: true })

const entry = /\.(entry\.ts|css|svg)$/
const entries = (await readdir('src/client')).filter((name) => entry.test(name))
const result = await build({
  entryPoints: entries.map((name) => ({ in: `src/client/${name}`, out: name.replace(entry, '') })),
  loader: { '.svg': 'copy' },
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['chrome109', 'firefox115', 'safari16'],
  entryNames: '[name]-[hash]',
  outdir: out,
  metafile: true,
  logLevel: 'warning',
})

const assets = {}
for (const file of Object.keys(result.metafile.outputs)) {
  const name = basename(file)
  assets[name.replace(/-[A-Z0-9]{8}(?=\.)/, '')] = `/static/${name}`
}
await writeFile('dist/assets.json', `${JSON.stringify(assets, null, 2)}\n`)
await cp('src/client/public', 'dist/client', { recursive: true })

// `npm run docs`: writes README's table of settings from src/config.ts. With `--check` it only says whether it is current.
import { readFileSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'

const readme = new URL('../README.md', import.meta.url)
const { outputFiles } = await build({
  entryPoints: [new URL('../src/config.ts', import.meta.url).pathname],
  bundle: true,
  format: 'esm',
  write: false,
})
const code = Buffer.from(outputFiles[0].contents).toString('base64')
const { SETTINGS, variableOf } = await import(`data:text/javascript;base64,${code}`)

const rows = Object.entries(SETTINGS).map(
  ([name, { shown, meaning, secret }]) =>
    `| \`${variableOf(name)}\` | ${shown} | ${secret ? 'secret: ' : ''}${meaning} |`,
)
const table = ['| setting | default | meaning |', '| --- | --- | --- |', ...rows].join('\n')
const marks = /(<!-- settings -->\n).*?(\n<!-- \/settings -->)/s
const text = readFileSync(readme, 'utf8')
if (!marks.test(text)) throw new Error('README.md has no place for the settings')
const written = text.replace(marks, (_, start, end) => start + table + end)

if (process.argv.includes('--check')) {
  if (written !== text) {
    console.error('The settings in README.md are not those of src/config.ts: npm run docs')
    process.exit(1)
  }
} else writeFileSync(readme, written)

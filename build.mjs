// Bundles the browser code: src/web/{page}/entry.client.* → dist/client/static/{page}.js, the style sheet and the
// pictures, the icons among them; writes dist/assets.json, the map from a plain name to the hashed one, and dist/guide.json, docs/embed.md
// in parts. The pages import both.
import { globSync, rmSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { build } from 'esbuild'
import { marked } from 'marked'
import sharp from 'sharp'

// Made aside and moved into place file by file: a server or a test that reads dist meanwhile finds all of it.
const staging = `dist/.build-${process.pid}`
const out = `${staging}/client/static`
process.on('exit', () => rmSync(staging, { recursive: true, force: true })) // of a build that fails, too
await mkdir(out, { recursive: true })

const shared = {
  bundle: true,
  minify: true,
  entryNames: '[name]-[hash]',
  outdir: out,
  metafile: true,
  logLevel: 'warning',
}
const scripts = globSync('src/web/*/entry.client.{ts,tsx}').map((path) => ({
  in: path,
  out: basename(dirname(path)),
}))
const code = await build({
  ...shared,
  entryPoints: [...scripts, { in: 'src/web/shared/style.css', out: 'style' }],
  loader: { '.svg': 'text' },
  // What the pages draw on the server is drawn here by the same components.
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx/dom',
  format: 'esm',
  target: ['chrome109', 'firefox115', 'safari16'],
  tsconfig: 'tsconfig.client.json',
})
const pictures = await build({
  ...shared,
  entryPoints: ['src/web/shared/icon.svg', ...globSync('docs/fallback/*.png')],
  loader: { '.svg': 'copy', '.png': 'copy' },
})

// What browsers and crawlers ask for by a fixed name: src/web/routes.tsx serves these.
const icon = await readFile('src/web/shared/icon.svg')
await writeFile(`${staging}/client/apple-touch-icon.png`, await drawTouchIcon(icon))
await writeFile(
  `${staging}/client/favicon.ico`,
  wrapIco(await sharp(icon, { density: 288 }).resize(32).png().toBuffer(), 32),
)

const assets = {}
for (const file of Object.keys({ ...code.metafile.outputs, ...pictures.metafile.outputs })) {
  const name = basename(file)
  assets[name.replace(/-[A-Z0-9]{8}(?=\.)/, '')] = `/static/${name}`
}
await writeFile(`${staging}/assets.json`, `${JSON.stringify(assets, null, 2)}\n`)
await writeFile(`${staging}/guide.json`, JSON.stringify(readGuide(await readFile('docs/embed.md', 'utf8'))))
await publish(staging, 'dist')

/** Moves all files of a folder into another, then removes what is older than them in `client`. */
async function publish(from, to) {
  const filesOf = (folder) =>
    globSync('**/*', { cwd: folder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
  const made = filesOf(from)
  for (const name of made) {
    await mkdir(dirname(join(to, name)), { recursive: true })
    await rename(join(from, name), join(to, name))
  }
  for (const name of filesOf(join(to, 'client')))
    if (!made.includes(join('client', name))) await rm(join(to, 'client', name), { force: true })
}

/** A home screen rounds the corners by itself and shows what is clear in black, so the picture fills its square. */
function drawTouchIcon(svg) {
  return sharp(svg, { density: 720 }).resize(180).flatten({ background: '#0b6e66' }).png().toBuffer()
}

/** A PNG as an ICO file of one picture. https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10) */
function wrapIco(png, pixels) {
  const head = Buffer.alloc(22)
  head.writeUInt16LE(1, 2) // an icon
  head.writeUInt16LE(1, 4) // pictures
  head.writeUInt8(pixels, 6)
  head.writeUInt8(pixels, 7)
  head.writeUInt16LE(1, 10) // planes
  head.writeUInt16LE(32, 12) // bits a pixel
  head.writeUInt32LE(png.length, 14)
  head.writeUInt32LE(head.length, 18) // where it starts
  return Buffer.concat([head, png])
}

/**
 * Markdown → sections in their order: `{ id, title, depth, blocks }`, where a block is `{ code }`, `{ terms }` (a
 * table of two columns) or `{ html }`. Ids are those of GitHub, so that links work in both places.
 */
function readGuide(markdown) {
  const sections = []
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading') {
      const title = token.text
      const id = title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-')
      sections.push({ id, title, depth: token.depth, blocks: [] })
    } else if (token.type !== 'space') {
      sections.at(-1).blocks.push(readBlock(token))
    }
  }
  return sections
}

function readBlock(token) {
  if (token.type === 'code') return { code: token.text }
  if (token.type !== 'table') return { html: marked.parser([token]) }
  const toHtml = (cell) => marked.Parser.parseInline(cell.tokens)
  if (token.header.length !== 2) throw new Error(`docs/embed.md: not two columns: ${token.raw}`)
  const terms = token.rows.map(([name, text]) => ({
    name: name.tokens[0].text,
    term: toHtml(name),
    text: toHtml(text),
  }))
  return { terms }
}

// Bundles the browser code: src/web/{page}/entry.client.* → dist/client/static/{page}.js, and what pages load when it is
// needed, src/web/shared/{part}/entry.client.* → {part}.js; the style sheet and the
// pictures, the icons among them; writes dist/assets.json, the map from a plain name to the hashed one, and dist/guide.json, docs/embed.md
// and docs/embed.de.md in parts, which the pages import; and the reference of the API, which they serve: openapi.json and
// reference.txt.
import { existsSync, globSync, rmSync } from 'node:fs'
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
const browsers = ['chrome109', 'firefox115', 'safari16']
const scripts = globSync('src/web/{*,shared/*}/entry.client.{ts,tsx}').map((path) => ({
  in: path,
  out: basename(dirname(path)),
}))
const languages = ['en', 'de', ...(process.env.PSEUDO ? ['en-XA'] : [])]
const code = await Promise.all(
  languages.map((language) =>
    build({
      ...shared,
      entryPoints: scripts.map((script) => ({ in: script.in, out: `${script.out}.${language}` })),
      loader: { '.svg': 'text' },
      plugins: [speakOnly(language)],
      define: { LANGUAGE: JSON.stringify(language) },
      // What the pages draw on the server is drawn here by the same components.
      jsx: 'automatic',
      jsxImportSource: '#drawing',
      format: 'esm',
      target: browsers,
      tsconfig: 'tsconfig.client.json',
    }),
  ),
)
// A service worker has a name that does not change, and no texts: src/web/routes.tsx serves it.
await build({
  ...shared,
  entryPoints: [{ in: 'src/web/tray/sw.client.ts', out: 'sw' }],
  entryNames: '[name]',
  outdir: `${staging}/client`,
  target: browsers,
  tsconfig: 'tsconfig.client.json',
})
const styles = await build({
  ...shared,
  entryPoints: [{ in: 'src/web/shared/style.css', out: 'style' }],
  target: browsers,
})
const icon = await readFile('src/web/shared/icon.svg')
await drawAppIcons(icon)
const pictures = await build({
  ...shared,
  entryPoints: ['src/web/shared/icon.svg', ...globSync(['docs/fallback/*.png', `${staging}/icons/*.png`])],
  loader: { '.svg': 'copy', '.png': 'copy' },
})

// What browsers and crawlers ask for by a fixed name: src/web/fixed/routes.ts serves these.
await writeFile(`${staging}/client/apple-touch-icon.png`, await drawTouchIcon(icon))
await writeFile(
  `${staging}/client/favicon.ico`,
  wrapIco(await sharp(icon, { density: 288 }).resize(32).png().toBuffer(), 32),
)

const assets = {}
for (const file of [...code, styles, pictures].flatMap(({ metafile }) => Object.keys(metafile.outputs))) {
  const name = basename(file)
  assets[name.replace(/-[A-Z0-9]{8}(?=\.)/, '')] = `/static/${name}`
}
await writeFile(`${staging}/assets.json`, `${JSON.stringify(assets, null, 2)}\n`)
const guide = await readGuide('docs/embed.md')
const translated = followGuide(guide, await readGuide('docs/embed.de.md'))
await writeFile(`${staging}/guide.json`, JSON.stringify({ en: guide, de: translated }))
const reference = await makeReference()
await writeFile(`${staging}/client/openapi.json`, JSON.stringify(reference.document))
await writeFile(`${staging}/client/reference.txt`, reference.page)
await rm(`${staging}/icons`, { recursive: true })
await publish(staging, 'dist')

/** The API's reference, by the schemas that validate and answer: src/reference. */
async function makeReference() {
  const { outputFiles } = await build({
    entryPoints: ['src/reference/index.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    loader: { '.svg': 'text' },
    logLevel: 'warning',
  })
  const code = Buffer.from(outputFiles[0].contents).toString('base64')
  const { FOLDERS, makeReference } = await import(`data:text/javascript;base64,${code}`)
  const sources = {}
  for (const folder of FOLDERS) {
    const files = ['answers.ts', 'schemas.ts'].map((name) => `src/${folder}/${name}`).filter(existsSync)
    sources[folder] = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
  }
  const { version } = JSON.parse(await readFile('package.json', 'utf8'))
  const guide = await readGuide('docs/api.md')
  return makeReference({ version, sources, guide, inline: (markdown) => marked.parseInline(markdown) })
}

/** Browser code holds the texts of one language: each catalogue that is imported is the one of that language. */
function speakOnly(language) {
  const spoken = language === 'en-XA' ? 'en' : language
  return {
    name: 'speak-only',
    setup(bundler) {
      bundler.onResolve({ filter: /^\.\/(en|de)\/[\w-]+$/ }, ({ path, resolveDir }) =>
        basename(resolveDir) === 'lang'
          ? { path: join(resolveDir, `${path.replace(/^\.\/(en|de)\//, `${spoken}/`)}.ts`) }
          : undefined,
      )
    },
  }
}

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

/** The icons of the installed app. A maskable one may be cut to its middle four fifths: https://w3c.github.io/manifest/#icon-masks */
async function drawAppIcons(svg) {
  const folder = `${staging}/icons`
  await mkdir(folder, { recursive: true })
  const draw = (pixels) => sharp(svg, { density: 1440 }).resize(pixels)
  await draw(192).png().toFile(`${folder}/app-192.png`)
  await draw(512).png().toFile(`${folder}/app-512.png`)
  const background = '#0b6e66'
  const whole = await draw(416).flatten({ background }).png().toBuffer()
  await sharp(whole)
    .extend({ top: 48, bottom: 48, left: 48, right: 48, background })
    .png()
    .toFile(`${folder}/app-maskable-512.png`)
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
async function readGuide(path) {
  const markdown = await readFile(path, 'utf8')
  const sections = []
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading') {
      const title = token.text
      const id = title
        .toLowerCase()
        .replace(/[^\p{L}\p{N}_ -]/gu, '')
        .replaceAll(' ', '-')
      sections.push({ id, title, depth: token.depth, blocks: [] })
    } else if (token.type !== 'space') {
      sections.at(-1).blocks.push(readBlock(token, path))
    }
  }
  return sections
}

/**
 * The guide in another language, with the ids of the first, so that a link leads to the same place in both. What is
 * there to copy must be the same, section by section.
 */
function followGuide(guide, other) {
  const shape = (sections) =>
    JSON.stringify(
      sections.map(({ depth, blocks }) => [
        depth,
        blocks.map(({ html, terms, code }) => code ?? [Boolean(html), terms?.length]),
      ]),
    )
  if (shape(guide) !== shape(other)) throw new Error('docs/embed.de.md: not as docs/embed.md')
  const ids = new Map(other.map(({ id }, at) => [`href=\\"#${id}\\"`, `href=\\"#${guide[at].id}\\"`]))
  const text = JSON.stringify(other).replace(/href=\\"#[^"\\]*\\"/g, (href) => ids.get(href) ?? href)
  return JSON.parse(text).map((section, at) => ({ ...section, id: guide[at].id }))
}

function readBlock(token, path) {
  if (token.type === 'code') return { code: token.text }
  if (token.type !== 'table') return { html: marked.parser([token]) }
  const toHtml = (cell) => marked.Parser.parseInline(cell.tokens)
  if (token.header.length !== 2) throw new Error(`${path}: not two columns: ${token.raw}`)
  const terms = token.rows.map(([name, text]) => ({
    name: name.tokens[0].text,
    term: toHtml(name),
    text: toHtml(text),
  }))
  return { terms }
}

// Draws a hundred default pictures of each style into docs/fallback/{style}.png: `node scripts/contact-sheets.mjs`.
// Look at them after every change of the art, on both backgrounds.
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { build } from 'esbuild'
import sharp from 'sharp'

const root = new URL('..', import.meta.url)
const COLUMNS = 10
const PICTURE = 48
const STEP = PICTURE + 8
const NAMES = [
  'Ada Lovelace',
  'Émile Zola',
  'Ωmega',
  'Юлия Жукова',
  'Q',
  'Max Weber',
  'Øyvind Ås',
  'Σωκράτης',
]

const { outputFiles } = await build({
  entryPoints: [new URL('src/avatar/fallback/draw.ts', root).pathname],
  bundle: true,
  format: 'esm',
  write: false,
})
const code = Buffer.from(outputFiles[0].contents).toString('base64')
const { drawFallback, FALLBACK_STYLES, initialsOf } = await import(`data:text/javascript;base64,${code}`)

const folder = new URL('docs/fallback/', root)
await mkdir(folder, { recursive: true })
for (const style of FALLBACK_STYLES) {
  const pictures = await Promise.all(
    Array.from({ length: COLUMNS * COLUMNS }, async (_, i) => ({
      input: Buffer.from(drawFallback({ style, seed: keyOf(i), size: PICTURE, initials: lettersFor(i) })),
      left: 4 + (i % COLUMNS) * STEP,
      top: 4 + Math.floor(i / COLUMNS) * STEP,
    })),
  )
  const width = COLUMNS * STEP
  const darkHalf = { create: { width, height: width / 2, channels: 3, background: '#111418' } }
  const dark = { input: darkHalf, left: 0, top: width / 2 }
  const sheet = sharp({ create: { width, height: width, channels: 3, background: '#fff' } })
  await sheet
    .composite([dark, ...pictures])
    .png({ palette: true, effort: 10 })
    .toFile(new URL(`${style}.png`, folder).pathname)
}

function keyOf(number) {
  return createHash('sha256').update(`person${number}@example.com`).digest('hex')
}

function lettersFor(number) {
  return initialsOf(number % 5 === 4 ? { initials: keyOf(number) } : { name: NAMES[number % NAMES.length] })
}

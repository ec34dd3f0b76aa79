// `node scripts/screenshots.mjs [--port 8787]`, while `npm run dev` runs: signs somebody new in, gives them pictures of the
// seed, and writes what they see, docs/photos-light.webp and docs/photos-dark.webp, for README. Needs Chromium at
// /usr/bin/chromium; CHROMIUM names another.
import { statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'
import sharp from 'sharp'
import { checkServer, signIn, uploadPhoto } from './seed/door.mjs'
import { PEOPLE } from './seed/people.mjs'
import { drawPicture } from './seed/pictures.mjs'

/** The numbers of their photos, newest first; the portrait is what shows. */
const MONTHS = [
  [2, 6, 3, 1, 24, 10, 5],
  [15, 19, 21, 36, 8, 32, 30, 16],
]
const PORTRAIT = 1
const NAME = 'Ada Lindqvist'

const DESKTOP = { viewport: { width: 1280, height: 960 }, deviceScaleFactor: 1.25 }
const PHONE = {
  viewport: { width: 390, height: 780 },
  deviceScaleFactor: 1.25,
  hasTouch: true,
  isMobile: true,
}

/** In pixels of the picture: how wide the two stand in it, and the phone's distance from its right and lower edge. */
const [WIDTH, HEIGHT] = [1600, 1114]
const PLACES = { desktop: { width: 1400, left: 32, top: 32 }, phone: { width: 372, right: 32, bottom: 32 } }

const MOST_BYTES = 200_000

const { values } = parseArgs({ options: { port: { type: 'string', default: '8787' } } })
const origin = `http://localhost:${values.port}`
const args = ['--no-sandbox', '--disable-gpu', '--hide-scrollbars']
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args })
try {
  await checkServer(origin)
  const { cookies } = await settle()
  const session = {
    cookies: [...cookies].map(([name, value]) => ({ name, value, domain: 'localhost', path: '/' })),
    origins: [],
  }
  for (const colorScheme of ['light', 'dark']) {
    const desktop = await shoot({ ...DESKTOP, colorScheme, storageState: session }, showGallery)
    const phone = await shoot({ ...PHONE, colorScheme, storageState: session }, showPhoto)
    const path = `docs/photos-${colorScheme}.webp`
    await compose(path, { desktop, phone, colorScheme })
    const { size } = statSync(path)
    console.log(`${path}  ${size} bytes`)
    if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES} bytes`)
  }
} finally {
  await browser.close()
}

/** Makes somebody with photos and one that shows. @returns what calls the API as them */
async function settle() {
  const call = await signIn(origin, `screenshots-${Date.now()}@example.com`)
  await call('PATCH', '/api/me', { displayName: NAME })
  const all = new Map(PEOPLE.flatMap(({ photos }) => photos).map((picture) => [picture.number, picture]))
  for (const [month, numbers] of MONTHS.entries()) {
    for (const [place, number] of numbers.entries()) {
      const picture = all.get(number)
      const taken = Date.UTC(2026, 9 - month, 24 - 2 * place, 12)
      const altText = picture.altText.replace(/ \(.*/, '')
      const drawn = await drawPicture({ ...picture, taken }, 0.75, { isNumbered: false })
      const { id } = await uploadPhoto(call, { ...drawn, altText, rating: 'g' })
      if (number === PORTRAIT) await call('PUT', '/api/me/active-photo', { photoId: id })
    }
  }
  return call
}

/** @returns what a window shows, as PNG */
async function shoot(options, show) {
  const context = await browser.newContext({
    ...{ baseURL: origin, locale: 'en', reducedMotion: 'reduce' },
    ...options,
  })
  const page = await context.newPage()
  await show(page)
  // Those below the window wait until they are scrolled to.
  await page.evaluate(`new Promise((resolve) => {
    const isThere = (image) => image.complete || image.getBoundingClientRect().top > innerHeight
    const look = () => ([...document.images].every(isThere) ? resolve() : setTimeout(look, 100))
    look()
  })`)
  const picture = await page.screenshot()
  await context.close()
  return picture
}

async function showGallery(page) {
  await page.goto('/photos')
  await page.waitForLoadState('load')
  // As README's examples name the service.
  await page.evaluate(`{
    const code = document.querySelector('#embed-code')
    code.textContent = code.textContent.replace(location.origin, 'https://cameo.example')
  }`)
}

/** The photo that shows, with who can see it. */
async function showPhoto(page) {
  await page.goto('/photos')
  await page.locator('.photo.active [data-open]').click()
  await page.waitForURL('**/photos/*')
  await page.waitForLoadState('load')
}

/** Puts the phone over the corner of the desktop. */
async function compose(path, { desktop, phone, colorScheme }) {
  const large = await roundOff(desktop, PLACES.desktop.width, 14)
  const small = await roundOff(phone, PLACES.phone.width, 28)
  const left = WIDTH - PLACES.phone.width - PLACES.phone.right
  const top = HEIGHT - small.height - PLACES.phone.bottom
  const background = colorScheme === 'light' ? '#dfe7e4' : '#1f2b2a'
  const layers = [
    castShadow({ ...large, ...PLACES.desktop }),
    { input: large.input, left: PLACES.desktop.left, top: PLACES.desktop.top },
    castShadow({ ...small, left, top }),
    { input: small.input, left, top },
  ]
  await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background } })
    .composite(layers)
    .webp({ quality: 82, effort: 6 })
    .toFile(path)
}

async function roundOff(picture, width, radius) {
  const { data, info } = await sharp(picture).resize({ width }).png().toBuffer({ resolveWithObject: true })
  const { height } = info
  const mask = Buffer.from(`<svg width="${width}" height="${height}">
    <rect width="${width}" height="${height}" rx="${radius}" fill="#fff"/></svg>`)
  const input = await sharp(data)
    .composite([{ input: mask, blend: 'dest-in' }])
    .png()
    .toBuffer()
  return { input, width, height, radius }
}

/** A layer as large as the picture, behind what is put there next. */
function castShadow({ left, top, width, height, radius = 14 }) {
  const input = Buffer.from(`<svg width="${WIDTH}" height="${HEIGHT}">
    <filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="16"/></filter>
    <rect x="${left}" y="${top + 8}" width="${width}" height="${height}" rx="${radius}" fill="#000"
      fill-opacity="0.35" filter="url(#soft)"/></svg>`)
  return { input, left: 0, top: 0 }
}

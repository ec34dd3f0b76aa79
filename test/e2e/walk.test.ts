import { mkdir } from 'node:fs/promises'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFaults } from './faults'
import { SIGHTS, type Sight } from './sights'
import { findViolations, openBrowser, openPage } from './visitor'
import { makeWorld, type World } from './world'

// Every page and every dialog, on a desktop and a phone, in both languages and themes. What each looks like is kept:
// dist/screenshots/{language}-{theme}-{device}/{page}.png

const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} satisfies Record<string, BrowserContextOptions>
/** The desktop at 200 %, and the smallest phone. */
const NARROW = { desktop: { width: 640, height: 400 }, phone: { width: 320, height: 568 } }
const LOCALES = { en: 'en-GB', de: 'de-DE' }
const THEMES = ['light', 'dark'] as const

interface Walk {
  language: keyof typeof LOCALES
  device: keyof typeof DEVICES
}
const WALKS: Walk[] = [
  { language: 'en', device: 'desktop' },
  { language: 'de', device: 'phone' },
  { language: 'de', device: 'desktop' },
  { language: 'en', device: 'phone' },
]

/** What each of them looks at, side by side, and one after the other in one window. */
const CASES = SIGHTS.flatMap((sight) => WALKS.map((walk) => ({ ...walk, name: sight.name, sight })))

let browser: Browser
let world: World
const windows = new Map<string, Promise<Window>>()
const turns = new Map<string, Promise<void>>()

interface Window {
  page: Page
  errors: string[]
}

beforeAll(async () => {
  browser = await openBrowser()
  world = await makeWorld(browser)
  for (const { language, device } of WALKS)
    for (const theme of THEMES)
      await mkdir(`dist/screenshots/${language}-${theme}-${device}`, { recursive: true })
}, 300_000)
afterAll(() => browser?.close())

describe('every page and dialog', () => {
  it.concurrent.each(CASES)('$name has no fault in $language on a $device', ({ sight, ...walk }) =>
    inTurn(`${walk.language} ${walk.device}`, async () => {
      const { page, errors } = await windowOf(walk, sight)
      errors.splice(0)
      const faults = await look(page, walk, sight)
      expect([...faults, ...(sight.fails ? [] : errors)]).toEqual([])
    }),
  )
})

/** Waits until those before it with the same key are through. */
async function inTurn(key: string, work: () => Promise<void>): Promise<void> {
  const turn = (turns.get(key) ?? Promise.resolve()).then(work)
  turns.set(
    key,
    turn.catch(() => undefined),
  )
  return turn
}

/** A window of whoever looks there. */
function windowOf({ language, device }: Walk, { as }: Sight): Promise<Window> {
  const key = `${language} ${device} ${as}`
  const storageState = as === 'guest' ? undefined : world[as]
  const window =
    windows.get(key) ?? openPage(browser, { ...DEVICES[device], locale: LOCALES[language], storageState })
  windows.set(key, window)
  return window
}

/** Looks at a page in both themes, without loading it anew, and with little room; gives what is wrong with it. */
async function look(page: Page, walk: Walk, sight: Sight): Promise<string[]> {
  const { language, device } = walk
  const { viewport } = DEVICES[device]
  await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme: THEMES[0], reducedMotion: 'reduce' })
  await page.goto(typeof sight.path === 'string' ? sight.path : sight.path(world.paths))
  await sight.act?.(page)
  await seePictures(page)
  const faults: string[] = []
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    const violations = await examine(page, theme, walk, sight)
    faults.push(...violations.map((fault) => `${theme}: ${fault}`))
    await capture(page, device, `dist/screenshots/${language}-${theme}-${device}/${sight.name}.png`)
  }
  faults.push(...(await findFaults(page)))
  await page.setViewportSize(NARROW[device])
  faults.push(...(await findFaults(page)).map((fault) => `narrow: ${fault}`))
  return faults
}

/** axe-core, on the dialog alone where one is open: what is behind it is a sight of its own. */
async function examine(
  page: Page,
  theme: (typeof THEMES)[number],
  { language }: Walk,
  { isEnglish }: Sight,
): Promise<string[]> {
  if (language !== 'en' && isEnglish) return []
  const part = (await page.locator('dialog[open]').count()) ? 'dialog[open]' : 'html'
  // What the themes differ in is colour.
  return findViolations(page, theme === 'light' ? '{}' : '{ runOnly: ["color-contrast"] }', part)
}

/** Waits for all pictures, those further down too: the first who asks for them waits until they are made. */
async function seePictures(page: Page): Promise<void> {
  await page.evaluate(`Promise.race([
    new Promise((resolve) => setTimeout(resolve, 30_000)),
    Promise.all([...document.images].map((image) => {
      image.loading = 'eager'
      return image.complete || new Promise((resolve) => { image.onload = image.onerror = resolve })
    }))
  ])`)
}

/** The page from its top, as far as somebody is likely to scroll; of a dialog what is in the window. */
async function capture(page: Page, device: Walk['device'], path: string): Promise<void> {
  const [height, isOpen] = await page.evaluate<[number, boolean]>(
    '[document.documentElement.scrollHeight, Boolean(document.querySelector("dialog[open]"))]',
  )
  const { width } = DEVICES[device].viewport
  const size = { width, height: Math.min(height, 1600) }
  if (isOpen) await page.screenshot({ path })
  else if (device === 'desktop')
    await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, ...size } })
  else {
    // A picture of more than the window is taken as if there were a mouse.
    await page.setViewportSize(size)
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    )
    await page.screenshot({ path })
    await page.setViewportSize(DEVICES[device].viewport)
  }
}

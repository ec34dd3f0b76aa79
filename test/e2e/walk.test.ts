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

let browser: Browser
let world: World

beforeAll(async () => {
  browser = await openBrowser()
  world = await makeWorld(browser)
  for (const { language, device } of WALKS)
    for (const theme of THEMES)
      await mkdir(`dist/screenshots/${language}-${theme}-${device}`, { recursive: true })
})
afterAll(() => browser?.close())

describe.concurrent.each(WALKS)('in $language on a $device', (walk) => {
  it.each(SIGHTS)('$name has no fault in either theme', async (sight) => {
    // In a window of its own: one that is made narrow takes its neighbours along.
    const { page, errors } = await openPage(browser, {
      ...DEVICES[walk.device],
      locale: LOCALES[walk.language],
      storageState: sight.as === 'guest' ? undefined : world[sight.as],
    })
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(typeof sight.path === 'string' ? sight.path : sight.path(world.paths))
    await sight.act?.(page)
    await seePictures(page)
    const faults: string[] = []
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      const violations = await examine(page, theme, walk, sight)
      faults.push(...violations.map((fault) => `${theme}: ${fault}`))
      await capture(
        page,
        walk.device === 'phone',
        `dist/screenshots/${walk.language}-${theme}-${walk.device}/${sight.name}.png`,
      )
    }
    faults.push(...(await findFaults(page)))
    await page.setViewportSize(NARROW[walk.device])
    faults.push(...(await findFaults(page)).map((fault) => `narrow: ${fault}`))
    await page.context().close()
    expect([...faults, ...(sight.fails ? [] : errors)]).toEqual([])
  })
})

/** axe-core, on the dialog alone where one is open: what is behind it is a sight of its own. */
async function examine(
  page: Page,
  theme: (typeof THEMES)[number],
  { language }: Walk,
  { isEnglish }: Sight,
): Promise<string[]> {
  // What the themes differ in is colour, and no language has one of its own.
  if (language !== 'en' && (theme === 'dark' || isEnglish)) return []
  const part = (await page.locator('dialog[open]').count()) ? 'dialog[open]' : 'html'
  return findViolations(page, theme === 'light' ? '{}' : '{ runOnly: ["color-contrast"] }', part)
}

/** Waits for all pictures, those further down too. */
async function seePictures(page: Page): Promise<void> {
  await page.evaluate(`Promise.race([
    new Promise((resolve) => setTimeout(resolve, 5_000)),
    Promise.all([...document.images].map((image) => {
      image.loading = 'eager'
      return image.complete || new Promise((resolve) => { image.onload = image.onerror = resolve })
    }))
  ])`)
}

/** The page from its top, as far as somebody is likely to scroll; of a dialog what is in the window. */
async function capture(page: Page, isPhone: boolean, path: string): Promise<void> {
  const [width, height, isOpen] = await page.evaluate<[number, number, boolean]>(
    '[innerWidth, document.documentElement.scrollHeight, Boolean(document.querySelector("dialog[open]"))]',
  )
  const size = { width, height: Math.min(height, 2000) }
  if (isOpen) await page.screenshot({ path })
  else if (!isPhone) await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, ...size } })
  else {
    // A picture of more than the window is taken as if there were a mouse.
    const usual = page.viewportSize() ?? size
    await page.setViewportSize(size)
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
    )
    await page.screenshot({ path })
    await page.setViewportSize(usual)
  }
}

import { mkdir } from 'node:fs/promises'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFaults } from './faults'
import { SIGHTS, type Sight } from './sights'
import { findViolations, listenToConsole, openBrowser, openContext } from './visitor'
import { makeWorld, type World } from './world'

// Every page and every dialog, on a desktop and a phone, in both languages and themes. What each looks like is kept:
// dist/screenshots/{language}-{theme}-{device}/{page}.png

const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
} satisfies Record<string, BrowserContextOptions>
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
const contexts = new Map<string, Promise<BrowserContext>>()

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
    const context = await contextOf(walk, sight)
    const page = await context.newPage()
    const errors = listenToConsole(page)
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    await page.goto(typeof sight.path === 'string' ? sight.path : sight.path(world.paths))
    await sight.act?.(page)
    await seePictures(page)
    const faults: string[] = []
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      // What the themes differ in is colour.
      const only = theme === 'light' ? '{}' : '{ runOnly: ["color-contrast"] }'
      faults.push(...(await findViolations(page, only)).map((fault) => `${theme}: ${fault}`))
      await capture(
        page,
        walk.device === 'phone',
        `dist/screenshots/${walk.language}-${theme}-${walk.device}/${sight.name}.png`,
      )
    }
    faults.push(...(await findFaults(page)))
    await page.close()
    if (sight.alone) await context.close()
    expect([...faults, ...(sight.fails ? [] : errors)]).toEqual([])
  })
})

/** The profile of whoever looks, which those who look at other pages share. */
function contextOf({ language, device }: Walk, { as, alone }: Sight): Promise<BrowserContext> {
  const storageState = as === 'guest' ? undefined : world[as]
  const open = () => openContext(browser, { ...DEVICES[device], locale: LOCALES[language], storageState })
  if (alone) return open()
  const key = `${language} ${device} ${as}`
  const context = contexts.get(key) ?? open()
  contexts.set(key, context)
  return context
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
  const size = { width, height: Math.min(height, 2400) }
  if (isOpen) await page.screenshot({ path })
  else if (!isPhone) await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, ...size } })
  else {
    // A picture of more than the window is taken as if there were a mouse.
    const usual = page.viewportSize() ?? size
    await page.setViewportSize(size)
    await page.screenshot({ path })
    await page.setViewportSize(usual)
  }
}

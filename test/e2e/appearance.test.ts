import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine, openBrowser, openPage, signIn } from './visitor'

// The header on every page: its menu, the theme and the language, on a desktop and a phone.

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await openBrowser()
  ;({ page, errors } = await openPage(browser))
  await signIn(page, 'hue@example.com')
})
afterAll(() => browser?.close())

const menuOf = (of: Page) => of.getByRole('banner').locator('summary')
const isOpen = (of: Page) => of.getByRole('banner').locator('details[open]').count()
const themeOf = (of: Page) =>
  of.evaluate<[string, string]>(
    '[getComputedStyle(document.documentElement).colorScheme, getComputedStyle(document.body).backgroundColor]',
  )
const LIGHT = ['light', 'rgb(250, 249, 247)']
const DARK = ['dark', 'rgb(18, 20, 19)']

describe('the menu', () => {
  it('opens, and closes by Escape, a press elsewhere and the focus going on, by keyboard alone', async () => {
    await page.goto('/albums')
    await menuOf(page).focus()
    await page.keyboard.press('Enter')
    expect(await isOpen(page)).toBe(1)
    await page.keyboard.press('Tab')
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toBe('Settings')
    await page.keyboard.press('Escape')
    expect(await isOpen(page)).toBe(0)
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY')
    await page.keyboard.press('Space')
    await page.getByRole('heading', { level: 1 }).click()
    expect(await isOpen(page)).toBe(0)
    await menuOf(page).click()
    await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).focus()
    await page.keyboard.press('Tab')
    expect(await isOpen(page)).toBe(0)
  })

  it.each(['/albums', '/docs'])('has nothing that axe finds on %s, in both themes', async (path) => {
    await page.goto(path)
    await menuOf(page).click()
    await examine(page)
  })
})

describe('the theme', () => {
  it('changes at once, without the page being loaded anew, and stays', async () => {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto('/albums')
    await page.evaluate('window.same = true')
    await menuOf(page).click()
    const kept = page.waitForResponse('**/appearance**')
    await page.getByRole('button', { name: 'Dark' }).click()
    expect(await themeOf(page)).toEqual(DARK)
    expect(await page.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true')
    expect((await kept).status()).toBe(303)
    expect(await page.evaluate('window.same')).toBe(true)
    await page.goto('/docs')
    expect(await themeOf(page)).toEqual(DARK)
    expect(await page.locator('meta[name=theme-color]').first().getAttribute('content')).toBe('#1b1e1d')
    await menuOf(page).click()
    await Promise.all([
      page.waitForResponse('**/appearance**'),
      page.getByRole('button', { name: 'System' }).click(),
    ])
    expect(await themeOf(page)).toEqual(['light dark', LIGHT[1]])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect((await themeOf(page))[1]).toBe(DARK[1])
  })

  it('is light for who wants it so on a dark system, and back on its page, without JavaScript', async () => {
    const guest = (await openPage(browser, { javaScriptEnabled: false, colorScheme: 'dark' })).page
    await guest.goto('/docs/errors')
    await menuOf(guest).click()
    await guest.getByRole('button', { name: 'Light' }).click()
    await guest.waitForURL('**/docs/errors')
    const ground = await guest.locator('body').evaluate('getComputedStyle(document.body).backgroundColor')
    expect(ground).toBe(LIGHT[1])
    await guest.context().close()
  })
})

describe('the language', () => {
  it('is spoken as soon as it is chosen, on the page where it was', async () => {
    await page.goto('/albums')
    await menuOf(page).click()
    await page.getByRole('button', { name: 'Deutsch' }).click()
    await page.getByRole('link', { name: 'Postfach' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/albums')
    await page.getByRole('banner').locator('summary').click()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('link', { name: 'Inbox' }).waitFor()
  })
})

describe('the next page', () => {
  it('is fetched when the button goes down, though nobody may store it', async () => {
    await page.goto('/albums')
    await page.waitForLoadState('networkidle')
    const link = page.getByRole('link', { name: 'Shared', exact: true })
    await link.hover()
    const early = page.waitForRequest('**/shared')
    await page.mouse.down()
    expect((await early).headers()['sec-purpose']).toBe('prefetch')
    await page.waitForTimeout(300)
    await page.mouse.up()
    await page.waitForURL('**/shared')
    const timing = await page.evaluate('performance.getEntriesByType("navigation")[0].deliveryType')
    expect(timing).toBe('navigational-prefetch')
  })
})

describe('a page after a page', () => {
  it.each([
    ['no-preference', true],
    ['reduce', false],
  ] as const)('fades in where motion is wanted: %s', async (reducedMotion, fades) => {
    const mover = (await openPage(browser, { reducedMotion })).page
    await mover.addInitScript(
      "addEventListener('pagereveal', (event) => (window.faded = Boolean(event.viewTransition)))",
    )
    await mover.goto('/docs')
    await mover.getByRole('contentinfo').getByRole('link', { name: 'Error codes' }).click()
    await mover.waitForURL('**/docs/errors')
    await expect.poll(() => mover.evaluate('window.faded')).toBe(fades) // undefined until the page is drawn
    await mover.context().close()
  })
})

describe('the bar of a phone', () => {
  it('stands at the lower edge, covers nothing that has the focus, and has no complaint', async () => {
    const phone = (await openPage(browser, { viewport: { width: 390, height: 844 }, hasTouch: true })).page
    await signIn(phone, 'hue-phone@example.com')
    for (const path of ['/docs', '/settings']) {
      await phone.goto(path)
      const bar = await phone.getByRole('navigation', { name: 'Main' }).boundingBox()
      expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBe(844)
      await phone.getByRole('contentinfo').getByRole('link').last().focus()
      const link = await phone.getByRole('contentinfo').getByRole('link').last().boundingBox()
      expect((link?.y ?? 0) + (link?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0)
    }
    await phone.context().close()
    expect(errors).toEqual([])
  })
})

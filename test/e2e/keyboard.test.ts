import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage, plainPicture, signIn } from './visitor'
import { caller } from './world'

// Tasks by the keyboard alone, where the focus goes after each step of them, and that it is seen there. Signing in,
// uploading and addresses: access.test.ts; framing: crop.test.ts; tagging: tagging.test.ts; the gallery's arrow keys:
// gallery.test.ts; the menu: appearance.test.ts.

let browser: Browser
let page: Page
let errors: string[]
let photo: string

beforeAll(async () => {
  browser = await openBrowser()
  ;({ page, errors } = await openPage(browser, { viewport: { width: 1280, height: 800 } }))
  await signIn(page, 'keys@example.com')
  await page
    .getByLabel('Choose photos')
    .setInputFiles([await plainPicture('one.jpg', '#204080'), await plainPicture('two.jpg', '#802040')])
  await page.locator('[data-photo]').nth(1).waitFor()
  const { items } = await caller(page)<{ items: { id: string }[] }>('GET', '/photos')
  photo = `/photos/${items[0]?.id}`
})
afterAll(() => browser?.close())

const press = (key: string) => page.keyboard.press(key)
const dialog = () => page.getByRole('dialog')

/** Goes on by Tab, or back, until something has the focus, and sees it there. */
async function go(to: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let steps = 0; steps < 60; steps++) {
    if (await isFocused(to)) return expectSeen()
    await press(key)
  }
  throw new Error(`${to} is not reached`)
}

const isFocused = (locator: Locator) => locator.and(page.locator(':focus')).count()

/** Waits until the focus is there, and sees it. */
async function expectFocus(locator: Locator): Promise<void> {
  await locator.and(page.locator(':focus')).waitFor()
  await expectSeen()
}

/** What has the focus is in the window, with nothing over it, and has a ring; a heading needs none, since nothing is done there. */
async function expectSeen(): Promise<void> {
  const fault = await page.evaluate<string>(`(() => {
    const element = document.activeElement
    const ring = element.labels?.[0]?.control === element && element.matches('.visually-hidden') ? element.labels[0] : element
    const { outlineStyle } = getComputedStyle(ring)
    const after = getComputedStyle(element, '::after').boxShadow
    if (outlineStyle === 'none' && after === 'none' && !element.matches('h1, h2, h3')) return 'no ring'
    const { left, top, width, height } = ring.getBoundingClientRect()
    const [x, y] = [left + width / 2, top + height / 2]
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return 'out of the window'
    const above = document.elementFromPoint(x, y)
    return ring.contains(above) || above?.contains(ring) ? '' : 'below ' + above?.outerHTML.slice(0, 80)
  })()`)
  expect(fault, await page.evaluate('document.activeElement.outerHTML.slice(0, 120)')).toBe('')
}

describe('an album', () => {
  it('is made, filled, renamed, sorted out and deleted', async () => {
    await page.goto('/albums')
    const create = page.getByRole('button', { name: 'New album' })
    await go(create)
    await press('Enter')
    await expectFocus(dialog().getByLabel('Title'))
    await press('Escape')
    await expectFocus(create)
    await press('Enter')
    await expectFocus(dialog().getByLabel('Title'))
    await page.keyboard.type('By keys')
    await press('Enter')
    await page.waitForURL(/\/albums\/./)
    await page.waitForLoadState('networkidle') // the keys are not there before their code is

    const pick = page.getByRole('button', { name: 'Pick from mine' })
    await go(pick)
    await press('Enter')
    await expectFocus(dialog().getByRole('checkbox').first())
    await press('Space')
    await press('Tab')
    await press('Space')
    await go(dialog().getByRole('button', { name: 'Add 2 photos' }))
    await press('Enter')
    await dialog().waitFor({ state: 'hidden' })
    await expectFocus(pick)

    const rename = page.getByRole('button', { name: 'Rename the album' })
    await go(rename, 'Shift+Tab')
    await press('Enter')
    await expectFocus(dialog().getByLabel('Title'))
    await press('Control+A')
    await page.keyboard.type('Renamed')
    await press('Enter')
    await page.getByRole('heading', { name: 'Renamed' }).waitFor()
    await expectFocus(rename)

    const cover = page.locator('[data-cover]')
    await go(cover.first())
    await press('Enter')
    await page.locator('[data-cover][aria-pressed=true]').waitFor()
    await expectFocus(cover.first())
    await press('Tab')
    await press('Enter')
    await expect.poll(() => page.locator('[data-tile]').count()).toBe(1)
    await expectFocus(page.locator('[data-tile]').getByRole('button', { name: /^Take out/ }))
    await press('Enter')
    await page.getByText('No photos in it yet').waitFor()
    await expectFocus(page.getByRole('heading', { name: 'Renamed' }))

    const end = page.getByRole('button', { name: 'Delete album' })
    await go(end)
    await press('Enter')
    await expectFocus(dialog().getByRole('button', { name: 'Keep it' }))
    await press('Escape')
    await expectFocus(end)
    await press('Enter')
    await expectFocus(dialog().getByRole('button', { name: 'Keep it' }))
    await go(dialog().getByRole('button', { name: 'Delete', exact: true }))
    await press('Enter')
    await page.waitForURL('**/albums', { waitUntil: 'commit' })
    await page.getByText('No albums yet').waitFor()
  })
})

describe('a photo', () => {
  it('is described, shared, linked to, and nobody sees it any more', async () => {
    await page.goto(photo)
    await go(page.getByLabel('Description'))
    await page.keyboard.type('A red wall')
    const save = page.getByRole('button', { name: 'Save' })
    await go(save)
    await press('Enter')
    await page.getByText('Saved.').waitFor()
    await expectFocus(save)

    const share = page.getByRole('button', { name: 'Share', exact: true }).first()
    await go(share, 'Shift+Tab')
    await press('Enter')
    await dialog().getByText('Shared with nobody yet.').waitFor()
    await go(dialog().getByLabel('E-mail address'))
    await page.keyboard.type('cleo@example.com')
    await press('Tab')
    await page.keyboard.type('Cleo')
    await press('Enter')
    await dialog().getByText('Cleo', { exact: true }).waitFor()
    await expectFocus(dialog().getByLabel('E-mail address'))
    await go(dialog().getByRole('button', { name: 'Stop sharing with Cleo' }))
    await press('Enter')
    await expectFocus(dialog().getByLabel('E-mail address'))
    await go(dialog().getByRole('button', { name: 'Create link' }))
    await press('Enter')
    await expectFocus(dialog().getByRole('button', { name: 'Copy the link' }))
    await go(dialog().getByRole('button', { name: /^Revoke the link/ }), 'Shift+Tab')
    await press('Enter')
    await expectFocus(dialog().getByRole('button', { name: 'Create link' }))
    await press('Escape')
    await expectFocus(share)
    await page.getByText('Only you can see this photo.').waitFor()
  })
})

describe('a message', () => {
  it('is written to somebody new, and they are blocked and let in again', async () => {
    await page.goto('/inbox')
    const write = page.getByRole('button', { name: 'New message' })
    await go(write)
    await press('Enter')
    await expectFocus(dialog().getByLabel('E-mail address'))
    await press('Escape')
    await expectFocus(write)
    await press('Enter')
    await page.keyboard.type('dora@example.com')
    await press('Enter')
    await page.waitForURL(/\/inbox\/./)
    const box = page.getByRole('textbox', { name: /^Message to/ })
    await go(box)
    await page.keyboard.type('Hello')
    await press('Enter')
    await page.locator('[data-thread]').getByText('Hello').waitFor()
    await expectFocus(box)
    await go(page.getByRole('button', { name: 'Block' }), 'Shift+Tab')
    await press('Enter')
    await expectFocus(page.getByRole('button', { name: 'Unblock' }))
    await press('Enter')
    await expectFocus(page.getByRole('button', { name: 'Block' }))
  })
})

describe('the settings', () => {
  it('lead from section to section, each from its heading on', async () => {
    await page.goto('/settings')
    await go(page.getByRole('link', { name: 'Privacy' }))
    await press('Enter')
    await expectFocus(page.getByRole('heading', { level: 1, name: 'Privacy' }))
    await press('Tab')
    await expectFocus(page.getByRole('radio', { name: /^Anyone/ }))
    await press('ArrowDown')
    await page.getByText('Nobody can tag you from now on.').waitFor()
    await expectFocus(page.getByRole('radio', { name: /^Nobody/ }))
    await go(page.getByRole('link', { name: 'Profile' }), 'Shift+Tab')
    await press('Enter')
    await expectFocus(page.getByRole('heading', { level: 1, name: 'Profile' }))
    await go(page.getByLabel('Display name'))
    await page.keyboard.type('Kay')
    await press('Enter')
    await page.getByText('Saved.').waitFor()
    await expectFocus(page.getByLabel('Display name'))
  })

  it('make a token and revoke it', async () => {
    await page.goto('/settings/tokens')
    const name = page.getByLabel('Name of a new token')
    await go(name)
    await page.keyboard.type('By keys')
    await press('Enter')
    await go(dialog().getByRole('button', { name: 'Copy the token' }))
    await go(dialog().getByRole('button', { name: 'Done' }))
    await press('Enter')
    await expectFocus(name)
    const revoke = page.getByRole('button', { name: 'Revoke By keys' })
    await go(revoke, 'Shift+Tab')
    await press('Enter')
    await expectFocus(dialog().getByRole('button', { name: 'Cancel' }))
    await press('Escape')
    await expectFocus(revoke)
    await press('Enter')
    await go(dialog().getByRole('button', { name: 'Revoke', exact: true }))
    await press('Enter')
    await page.getByText('You have no tokens.').waitFor()
    await expectFocus(page.getByRole('heading', { name: 'Your tokens' }))
  })
})

describe('the console', () => {
  it('is silent', () => expect(errors).toEqual([]))
})

import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine, openBrowser, openPage, origin, plainPicture, signIn } from './visitor'

// Two people in two browsers, one at a desktop and one with a phone, and strangers with a link.

const BO = 'bo@example.com'

let browser: Browser
let ada: Page
let bo: Page
/** All that Ada's browser sent: addresses and bodies. */
const sent: string[] = []
const errors: string[][] = []

beforeAll(async () => {
  browser = await openBrowser()
  const desktop = await openPage(browser, { viewport: { width: 1280, height: 800 } })
  const phone = await openPage(browser, {
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' },
  })
  ada = desktop.page
  bo = phone.page
  errors.push(desktop.errors, phone.errors)
  await Promise.all([signIn(ada, 'ada-shares@example.com'), signIn(bo, BO)])
  ada.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  for (const [name, colour] of [
    ['three.jpg', '#10a010'],
    ['two.jpg', '#1010e0'],
    ['one.jpg', '#e01010'],
  ] as const) {
    await ada.getByLabel('Choose photos').setInputFiles([await plainPicture(name, colour)])
    await photo(name).waitFor()
  }
})
afterAll(() => browser?.close())

const photo = (name: string) => ada.getByRole('link', { name: `Open photo: ${name}` })
const tiles = (page: Page) => page.locator('[data-tiles] .tile-open')
const dialog = (page: Page) => page.getByRole('dialog')

describe('a photo', () => {
  it('is shared by an address that never leaves the browser, seen, and gone once it is revoked', async () => {
    await photo('one.jpg').click()
    await ada.waitForURL('**/photos/*')
    await ada.getByText('Only you can see this photo.').waitFor()
    await examine(ada)
    await ada.getByRole('button', { name: 'Share' }).click()
    await dialog(ada).getByText('Shared with nobody yet.').waitFor()
    await ada.getByRole('dialog').getByLabel('E-mail address').fill('no address')
    await ada.keyboard.press('Enter')
    await dialog(ada).getByText('Type your e\u2011mail address').waitFor()
    await ada.getByRole('dialog').getByLabel('E-mail address').fill('  Bo@Example.COM ')
    await ada.getByRole('dialog').getByLabel('Your name for them').fill('Bo the painter')
    await ada.keyboard.press('Enter')
    await dialog(ada).getByText('Bo the painter', { exact: true }).waitFor()
    await ada.locator('[name=email]:focus').waitFor()
    await examine(ada)
    await ada.keyboard.press('Escape')
    await ada.locator('[data-audience]', { hasText: 'Bo the painter' }).waitFor()
    await ada.locator('[data-share]:focus').waitFor()
    const hash = createHash('sha256').update(BO).digest('hex')
    expect(sent.filter((request) => request.includes(hash)).length).toBeGreaterThan(0)
    expect(sent.filter((request) => /bo(@|%40)example/i.test(request))).toEqual([])

    await bo.goto('/shared')
    await examine(bo)
    await bo.getByRole('link', { name: /^Open photo/ }).click()
    await bo.getByText('shared this with you on').waitFor()
    await expectSharp(bo)
    await examine(bo)
    for (const hidden of ['Rating', 'one.jpg', 'KB', 'Original']) {
      expect(await bo.locator('main').getByText(hidden).count(), hidden).toBe(0)
    }
    const buttons = await bo.locator('main').getByRole('button').allTextContents()
    expect(buttons.map((text) => text.trim())).toEqual(['Tag people'])
    const picture = await bo.locator('.sharp').getAttribute('src')

    await ada.getByRole('button', { name: 'Share' }).click()
    await ada.getByRole('button', { name: 'Stop sharing with Bo the painter' }).click()
    await ada.locator('[name=email]:focus').waitFor()
    await dialog(ada).getByText('People you know').waitFor() // one press shares again
    await ada.keyboard.press('Escape')
    await ada.getByText('Only you can see this photo.').waitFor()
    expect((await bo.request.get(picture ?? '')).status()).toBe(404)
    errors[1]?.splice(0)
    await bo.reload()
    await bo.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await bo.goto('/shared')
    await bo.getByText('Nothing yet').waitFor()
    errors[1]?.splice(0) // what is gone is 404, which a console tells
  })

  it('leads on by keys, and Back to the list', async () => {
    const first = ada.url()
    await ada.keyboard.press('ArrowRight')
    await ada.waitForURL((url) => url.href !== first)
    await ada.getByRole('heading', { name: 'two.jpg' }).waitFor()
    await ada.getByLabel('Description').press('ArrowRight') // here it moves the caret
    await ada.getByLabel('Next photo').click()
    await ada.getByRole('heading', { name: 'three.jpg' }).waitFor()
    expect(await ada.getByLabel('Next photo').count()).toBe(0)
    await ada.keyboard.press('Escape')
    await ada.waitForURL('**/photos')
    await photo('one.jpg').waitFor()
  })

  it('does not move anything while it loads', async () => {
    let go = () => {}
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    await ada.route(/\/raw\/.*w=(640|960|1280|2048)/, (route) => held.then(() => route.continue()))
    await photo('one.jpg').click({ noWaitAfter: true })
    await ada.waitForURL('**/photos/*', { waitUntil: 'domcontentloaded' })
    const isThere = (selector: string) =>
      ada.locator(selector).evaluate((one: { naturalWidth: number }) => one.naturalWidth > 0)
    const box = () => ada.locator('[data-stage]').boundingBox()
    const early = await box()
    await expect.poll(() => isThere('.stage img:not(.sharp)')).toBe(true)
    expect(await isThere('.sharp')).toBe(false)
    go()
    await expectSharp(ada)
    expect(await box()).toEqual(early)
    await ada.unroute(/\/raw\/.*w=(640|960|1280|2048)/)
  })

  it('is deleted from its page, and can be had back on the next', async () => {
    const here = ada.url()
    await ada.getByRole('button', { name: 'Delete' }).click()
    await ada.waitForURL((url) => url.href !== here)
    await ada.getByText('Photo deleted.').waitFor()
    expect(await ada.locator(`a[href="${new URL(here).pathname}"]:visible`).count()).toBe(0)
    await ada.getByRole('button', { name: 'Undo' }).click()
    await ada.waitForURL(here)
    await expectSharp(ada)
  })

  it('is shown by a link until that is revoked', async () => {
    await ada.getByRole('button', { name: 'Share' }).click()
    await ada.getByRole('button', { name: 'Create link' }).click()
    await ada.locator('[data-made] [data-copy]:focus').waitFor()
    const url = (await ada.locator('#share-url').textContent()) ?? ''
    const { page: stranger } = await openPage(browser)
    expect((await stranger.goto(url))?.status()).toBe(200)
    await ada.getByRole('button', { name: /^Revoke the link/ }).click()
    await ada.locator('[data-link-form] [type=submit]:focus').waitFor()
    expect(await ada.locator('[data-made]').isVisible()).toBe(false)
    expect((await stranger.goto(url))?.status()).toBe(404)
    await stranger.context().close()
    await ada.keyboard.press('Escape')
    await ada.goBack()
    await photo('one.jpg').waitFor()
  })
})

describe('several photos', () => {
  const select = (name: string) => ada.getByRole('checkbox', { name: `Select photo: ${name}` }).check()

  it('go into an album, to which a contributor adds, until they are removed', async () => {
    await select('one.jpg')
    await select('two.jpg')
    await ada.getByText('2 selected').waitFor()
    await examine(ada)
    await ada.getByRole('button', { name: 'To album' }).click()
    await ada.getByLabel('Title of the new album').fill('Trip')
    await examine(ada)
    await ada.keyboard.press('Enter')
    await ada.getByText('2 photos added to “Trip”.').waitFor()
    expect(await ada.locator('[data-select]:checked').count()).toBe(0)

    await ada.getByRole('link', { name: 'Albums' }).click()
    await examine(ada)
    await ada.getByRole('link', { name: 'Trip 2 photos' }).click()
    await ada.waitForURL('**/albums/*')
    await ada.getByText('Only you are in it.').waitFor()
    await ada.getByRole('button', { name: 'Share' }).click()
    await ada.getByLabel('They may', { exact: true }).selectOption('contributor')
    await ada.getByRole('button', { name: 'Share with Bo the painter' }).click()
    await dialog(ada).getByRole('combobox', { name: 'What Bo the painter may do' }).waitFor()
    await examine(ada)
    await ada.keyboard.press('Escape')
    await ada.locator('[data-members]', { hasText: 'Shared with Bo the painter.' }).waitFor()
    await examine(ada)

    await bo.goto('/albums')
    await bo.getByRole('link', { name: /^Trip/ }).click()
    await bo.waitForURL('**/albums/*')
    await bo.getByLabel('Choose photos').setInputFiles([await plainPicture('bo.jpg', '#a0a010')])
    await tiles(bo).nth(2).waitFor()
    await bo.getByText('3 photos, of').waitFor()
    await examine(bo)
    expect(await bo.getByRole('button', { name: /^Take out/ }).count()).toBe(1)
    await tiles(bo).first().tap()
    await bo.waitForURL('**/photos/*')
    await expectSharp(bo)
    const own = bo.url()
    await swipe(bo, -200)
    await bo.waitForURL((url) => url.href !== own)
    await bo.getByText('shows you this photo').waitFor()
    await bo.goBack()
    await bo.waitForURL('**/albums/*')

    await ada.reload()
    expect(await tiles(ada).count()).toBe(3)
    await ada
      .getByRole('button', { name: /^Cover of the album/ })
      .nth(1)
      .click()
    await ada.getByText('This photo is the cover now.').waitFor()
    await ada.getByRole('button', { name: 'Rename the album' }).click()
    await ada.getByLabel('Title').fill('Mountains')
    await ada.keyboard.press('Enter')
    await ada.getByRole('heading', { name: 'Mountains' }).waitFor()
    await ada.getByRole('button', { name: 'Pick from mine' }).click()
    await ada.getByRole('checkbox', { name: 'three.jpg' }).check()
    await examine(ada)
    await ada.getByRole('button', { name: 'Add 1 photo' }).click()
    await ada.locator('[data-members]', { hasText: '4 photos' }).waitFor()

    await ada.getByRole('button', { name: 'Share' }).click()
    await ada.getByRole('button', { name: 'Stop sharing with Bo the painter' }).click()
    await dialog(ada).getByText('Shared with nobody yet.').waitFor()
    await ada.keyboard.press('Escape')
    await ada.reload()
    expect(await tiles(ada).count()).toBe(3) // Bo's photo left with Bo
    errors[1]?.splice(0)
    await bo.reload()
    await bo.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    errors[1]?.splice(0)
    await ada.getByRole('button', { name: 'Delete album' }).click()
    await dialog(ada).getByRole('button', { name: 'Delete' }).click()
    await ada.getByText('No albums yet').waitFor()
  })

  it('are shared at once, and deleted at once; what fails is said and comes back', async () => {
    await ada.goto('/photos')
    await ada.getByRole('button', { name: 'Select', exact: true }).click()
    await photo('one.jpg').click() // the whole picture is the box
    await photo('three.jpg').click({ modifiers: ['Shift'] })
    await ada.getByText('3 selected').waitFor()
    await ada.getByRole('button', { name: 'Share' }).click()
    await ada.getByRole('button', { name: 'Share with Bo the painter' }).click()
    await ada.locator('[data-people]', { hasText: 'Bo the painter' }).waitFor()
    await ada.keyboard.press('Escape')
    await bo.goto('/shared')
    expect(await bo.getByRole('link', { name: /^Open photo/ }).count()).toBe(3)

    const id = /[^/]+$/.exec((await photo('two.jpg').getAttribute('href')) ?? '')?.[0]
    await ada.route(`**/api/photos/${id}`, (route) =>
      route.fulfill({ status: 503, json: { code: 'unavailable' } }),
    )
    await ada.getByRole('button', { name: 'Delete', exact: true }).click()
    await ada.getByText('3 photos deleted.').waitFor()
    await examine(ada)
    expect(await ada.locator('[data-photo]').count()).toBe(0)
    await ada.getByText('The photo could not be deleted.').waitFor({ timeout: 30_000 })
    expect(await ada.locator('[data-photo]').count()).toBe(1)
    errors[0]?.splice(0)
    await ada.unroute(`**/api/photos/${id}`)
    await ada.locator('[data-open]:focus').press('Delete')
    await ada.getByRole('heading', { name: 'Three steps to your picture' }).waitFor()
    await ada.goto('/photos') // does for good what could be undone
    await expect.poll(async () => (await ada.request.get(`/api/photos/${id}`)).status()).toBe(404)
    // The new page deletes it too, which it is told is gone, and then knows of nothing that is left to do.
    await expect.poll(() => ada.evaluate('Object.keys(localStorage)')).toEqual([])
    errors[0]?.splice(0)
    await bo.reload()
    await bo.getByText('Nothing yet').waitFor()
  })

  it('leave the consoles of both browsers silent', () => {
    expect(errors).toEqual([[], []])
  })
})

describe('the pages', () => {
  it('send whoever is not signed in to do so, and back', async () => {
    const { page } = await openPage(browser)
    for (const path of ['/albums', '/shared', `/photos/${crypto.randomUUID()}?album=x`]) {
      await page.goto(path)
      expect(page.url()).toBe(
        `${origin}/sign-in?next=${path === '/albums' || path === '/shared' ? path : encodeURIComponent(path)}`,
      )
    }
    await page.context().close()
  })
})

/** The large picture is there, sharper than a thumbnail. */
async function expectSharp(page: Page): Promise<void> {
  const width = () => page.locator('.sharp').evaluate((one: { naturalWidth: number }) => one.naturalWidth)
  await expect.poll(width, { timeout: 10_000 }).toBeGreaterThan(320)
}

/** One finger that goes sideways over the picture. */
async function swipe(page: Page, distance: number): Promise<void> {
  const box = await page.locator('[data-stage]').boundingBox()
  if (!box) throw new Error('no stage')
  const browser = await page.context().newCDPSession(page)
  const [middle, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] })
  await touch('touchStart', middle - distance / 2)
  for (let step = 1; step <= 5; step++)
    await touch('touchMove', middle - distance / 2 + (distance * step) / 5)
  await touch('touchEnd')
  await browser.detach()
}

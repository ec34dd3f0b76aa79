import { createHash } from 'node:crypto'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine, openBrowser, openPage, origin, plainPicture, signIn } from './visitor'

// An owner at a desktop, whom she tags, with a phone, and a third person who looks. Chromium here finds no faces by
// itself: a stand-in does.

const ADA = 'ada-tags@example.com'
const BO = 'bo-tagged@example.com'
const CY = 'cy-looks@example.com'
const LONG = 'Grace Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const PHONE: BrowserContextOptions = {
  ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' },
}
const hashOf = (email: string) => createHash('sha256').update(email).digest('hex')

let browser: Browser
let ada: Page
let bo: Page
let cy: Page
let photo: string
const sent: string[] = []
const errors: string[][] = []

beforeAll(async () => {
  browser = await openBrowser()
  const opened = await Promise.all([
    openPage(browser, { viewport: { width: 1280, height: 800 } }),
    openPage(browser, PHONE),
    openPage(browser),
  ])
  ;[ada, bo, cy] = opened.map(({ page }) => page) as [Page, Page, Page]
  errors.push(...opened.map((each) => each.errors))
  await Promise.all([signIn(ada, ADA), signIn(bo, BO), signIn(cy, CY)])
  ada.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
  await ada.getByLabel('Choose photos').setInputFiles([await plainPicture('group.jpg', '#804010')])
  await ada.getByRole('link', { name: 'Open photo: group.jpg' }).click()
  await ada.waitForURL('**/photos/*')
  photo = ada.url()
})
afterAll(() => browser?.close())

interface Rect {
  x: number
  y: number
  width: number
  height: number
}

const dialog = (page: Page) => page.locator('[data-who-dialog]')
const suggestion = (name: string) => ada.locator('[data-suggestion]', { hasText: `Tag ${name}?` })
const box = (page: Page, name: string) => page.locator('.tag-box').and(page.getByLabel(name, { exact: true }))
const row = (page: Page, name: string) => page.locator('[data-row]', { hasText: name })

/** Where the picture's own pixels are: inside an element that may be wider or higher than it. */
function pictureOf(page: Page): Promise<Rect> {
  return page.locator('.sharp').evaluate((image) => {
    const { x, y, width, height } = (
      image as unknown as { getBoundingClientRect(): Rect }
    ).getBoundingClientRect()
    const [w, h] = ['width', 'height'].map((side) => Number(image.getAttribute(side))) as [number, number]
    const scale = Math.min(width / w, height / h)
    return {
      x: x + (width - w * scale) / 2,
      y: y + (height - h * scale) / 2,
      ...{ width: w * scale, height: h * scale },
    }
  })
}

/** A box on the screen, in parts of the picture there. */
async function partsOf(page: Page, name: string): Promise<Rect> {
  const [picture, shown] = [await pictureOf(page), await box(page, name).boundingBox()]
  if (!shown) throw new Error(`no box of ${name}`)
  return {
    x: (shown.x - picture.x) / picture.width,
    y: (shown.y - picture.y) / picture.height,
    width: shown.width / picture.width,
    height: shown.height / picture.height,
  }
}

/** By a pixel and a half of the narrowest picture. */
function expectAt(found: Rect, wanted: Rect): void {
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    expect(Math.abs(found[side] - wanted[side]), `${side}: ${found[side]}`).toBeLessThan(0.005)
  }
}

async function drag(
  page: Page,
  [fromX, fromY]: [number, number],
  [toX, toY]: [number, number],
): Promise<void> {
  const { x, y, width, height } = await pictureOf(page)
  await page.mouse.move(x + fromX * width, y + fromY * height)
  await page.mouse.down()
  await page.mouse.move(x + toX * width, y + toY * height, { steps: 4 })
  await page.mouse.up()
}

/** One finger across the picture, as a screen tells of it. */
async function swipe(
  page: Page,
  [fromX, fromY]: [number, number],
  [toX, toY]: [number, number],
): Promise<void> {
  const { x, y, width, height } = await pictureOf(page)
  const at = (across: number, down: number) => [{ x: x + across * width, y: y + down * height }]
  const session = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  await touch('touchStart', at(fromX, fromY))
  for (const part of [0.3, 0.7, 1]) {
    await touch('touchMove', at(fromX + (toX - fromX) * part, fromY + (toY - fromY) * part))
  }
  await touch('touchEnd', [])
}

describe('a photo', () => {
  it('has somebody tagged by mouse, whose address stays in the browser; the box is right at every width', async () => {
    await ada.getByText('Nobody is tagged yet.').waitFor()
    await ada.getByRole('button', { name: 'Tag people' }).click()
    await drag(ada, [0.1, 0.2], [0.3, 0.5])
    await examine(ada)
    await ada.getByRole('button', { name: 'Who is it?' }).click()
    await dialog(ada).getByLabel('E-mail address').fill('nobody')
    await ada.keyboard.press('Enter')
    await dialog(ada).getByText('Type your e\u2011mail address').waitFor()
    await dialog(ada).getByLabel('E-mail address').fill(' Bo-Tagged@example.com')
    await dialog(ada).getByLabel('Your name for them').fill('Bo the painter')
    await examine(ada)
    await ada.context().setOffline(true)
    await ada.keyboard.press('Enter')
    await dialog(ada).getByText('No connection.').waitFor() // what was typed is still there
    await ada.context().setOffline(false)
    errors[0]?.splice(0)
    await ada.keyboard.press('Enter')
    await ada.getByText('Bo the painter is tagged.').waitFor()
    await ada.locator('[data-draft]:focus').waitFor()
    await ada.getByRole('button', { name: 'Done' }).click()
    await ada.locator('[data-tag]:focus').waitFor()
    await ada.locator('[data-audience]', { hasText: 'Whom you tagged in it: Bo the painter' }).waitFor()
    expect(sent.some((request) => request.includes(`/tags/${hashOf(BO)}`))).toBe(true)
    expect(sent.filter((request) => /bo-tagged(@|%40)/i.test(request))).toEqual([])
    const wanted = { x: 0.1, y: 0.2, width: 0.2, height: 0.3 }
    for (const width of [1280, 700, 320]) {
      await ada.setViewportSize({ width, height: width === 700 ? 420 : 800 }) // a low window: the picture has bars
      expectAt(await partsOf(ada, 'Bo the painter'), wanted)
    }
    await ada.setViewportSize({ width: 1280, height: 800 })
    await box(ada, 'Bo the painter').hover()
    await box(ada, 'Bo the painter').locator('.tag-name').waitFor()
  })

  it('has somebody tagged by keys alone', async () => {
    await ada.getByRole('button', { name: 'Tag people' }).focus()
    await ada.keyboard.press('Enter')
    await ada.locator('[data-draft]:focus').waitFor()
    await ada.keyboard.press('Escape')
    await ada.locator('[data-tag]:focus').waitFor()
    await ada.keyboard.press('Enter')
    for (let press = 0; press < 10; press++) await ada.keyboard.press('ArrowRight')
    for (let press = 0; press < 4; press++) await ada.keyboard.press('Shift+ArrowDown')
    expect(ada.url()).toBe(photo) // arrows lead to no other photo
    await ada.keyboard.press('Enter')
    await ada.locator('#who-email:focus').waitFor()
    await ada.keyboard.type('grace-tags@example.com')
    await ada.keyboard.press('Tab')
    await ada.keyboard.type(LONG)
    await ada.keyboard.press('Enter')
    await row(ada, LONG).waitFor()
    await ada.locator('[data-draft]:focus').waitFor()
    await ada.keyboard.press('Escape')
    expectAt(await partsOf(ada, LONG), { x: 0.495, y: 0.36, width: 0.21, height: 0.32 })
    await ada.getByRole('button', { name: `Move the box of ${LONG}` }).focus()
    await ada.keyboard.press('Enter')
    for (let press = 0; press < 5; press++) await ada.keyboard.press('ArrowUp')
    await ada.keyboard.press('Enter')
    await ada.getByText('Moved.').waitFor()
    await ada.locator('[data-adjust]:focus').waitFor()
    expectAt(await partsOf(ada, LONG), { x: 0.495, y: 0.31, width: 0.21, height: 0.32 })
    await examine(ada)
  })

  it('explains what is refused, and shows what stands', async () => {
    await ada.getByRole('button', { name: 'Tag people' }).click()
    await ada.getByRole('button', { name: 'Who is it?' }).click()
    await ada.route('**/tags/*', (route) =>
      route.fulfill({
        ...{ status: 409, contentType: 'application/problem+json' },
        json: { code: 'quota_exceeded', detail: 'At most 20 people can be tagged in a photo.' },
      }),
    )
    await dialog(ada).getByLabel('E-mail address').fill(CY)
    await ada.keyboard.press('Enter')
    await dialog(ada).getByText('At most 20 people').waitFor()
    errors[0]?.splice(0)
    await ada.unroute('**/tags/*')
    await cy.goto('/settings/privacy')
    await cy.getByRole('radio', { name: 'Nobody but myself' }).check()
    await cy.getByText('Nobody can tag you from now on.').waitFor()
    await examine(cy)
    await ada.keyboard.press('Enter')
    await ada.getByText(`The tag of ${CY} did not stay`).waitFor()
    expect(await row(ada, CY).count()).toBe(0)
    await ada.getByRole('button', { name: 'Done' }).click()
  })

  it('offers the faces of the file and of the browser, and tags none by itself', async () => {
    await ada.route('**/suggestions', (route) =>
      route.fulfill({
        json: { items: [face('Linus', 0.75), face('Not a face', 0.5, 0.8)], nextCursor: null },
      }),
    )
    await ada.addInitScript(
      'window.FaceDetector = class { async detect({ width, height }) { return [{ boundingBox: new DOMRect(0.05 * width, 0.7 * height, 0.1 * width, 0.2 * height) }] } }',
    )
    await ada.goto(photo)
    await suggestion('Linus').waitFor()
    expect(await row(ada, 'Linus').count()).toBe(0)
    await examine(ada)
    await ada.getByRole('button', { name: 'Dismiss Not a face' }).click()
    await ada.locator('[data-dismiss]:focus').waitFor()
    await ada.getByRole('button', { name: 'Tag Linus', exact: true }).click()
    await expect.poll(() => dialog(ada).getByLabel('Your name for them').inputValue()).toBe('Linus')
    await dialog(ada).getByLabel('E-mail address').fill('linus-tags@example.com')
    await ada.keyboard.press('Enter')
    await row(ada, 'Linus').waitFor()
    await box(ada, 'Tag this face?').click()
    await dialog(ada).getByRole('button', { name: 'Dismiss this suggestion' }).click()
    await expect.poll(() => box(ada, 'Tag this face?').count()).toBe(0)
    await ada.getByRole('button', { name: 'Done' }).click()
    await ada.getByRole('button', { name: 'Remove the tag of Linus' }).click()
    await ada.getByText('The tag of Linus is gone.').waitFor()
    await ada.reload()
    await suggestion('Linus').waitFor() // dismissed it is not
    expect(await suggestion('Not a face').count()).toBe(0)
  })
})

const face = (name: string, x: number, y = 0.1) => ({ name, x, y, width: 0.15, height: 0.15 })

describe('whoever is tagged', () => {
  it('finds the photo, sees the names by a tap, moves their box by a finger', async () => {
    await bo.goto('/shared')
    await examine(bo)
    await bo.getByRole('link', { name: 'Photos of me' }).tap()
    await bo.waitForURL('**/tagged')
    await bo.locator('.tile').waitFor()
    await examine(bo)
    await bo.getByRole('link', { name: /^Open photo/ }).tap()
    await bo.waitForURL('**/photos/*')
    await bo.getByRole('link', { name: 'Photos of me' }).waitFor()
    expectAt(await partsOf(bo, 'You'), { x: 0.1, y: 0.2, width: 0.2, height: 0.3 })
    const { x, y, width, height } = await pictureOf(bo)
    await bo.touchscreen.tap(x + width * 0.9, y + height * 0.9)
    await box(bo, 'You').locator('.tag-name').waitFor()
    await bo.getByRole('button', { name: 'Move your box' }).tap()
    await swipe(bo, [0.2, 0.35], [0.3, 0.45])
    await examine(bo)
    await bo.getByRole('button', { name: 'Save' }).tap()
    await bo.getByText('Moved.').waitFor()
    expectAt(await partsOf(bo, 'You'), { x: 0.2, y: 0.3, width: 0.2, height: 0.3 })
    await bo.setViewportSize({ width: 844, height: 390 }) // turned
    expectAt(await partsOf(bo, 'You'), { x: 0.2, y: 0.3, width: 0.2, height: 0.3 })
    await bo.setViewportSize({ width: 390, height: 844 })
  })

  it('is seen by others under a name, without a hash', async () => {
    await ada.request.put(`${photo.replace('/photos/', '/api/photos/')}/shares/${hashOf(CY)}`, {
      headers: { origin },
    })
    await cy.goto(photo)
    await row(cy, 'Somebody').first().waitFor()
    const told = await cy.content()
    for (const email of [BO, 'grace-tags@example.com']) expect(told).not.toContain(hashOf(email))
    expect(await cy.locator('[data-adjust], [data-remove]').count()).toBe(0)
    await cy.getByRole('button', { name: 'Tag people' }).click()
    await cy.getByRole('button', { name: 'Who is it?' }).click()
    await dialog(cy).getByRole('button', { name: 'Tag Me' }).click()
    await row(cy, 'You').waitFor()
  })

  it('leaves for good by one question', async () => {
    await bo.goto('/tagged')
    await bo.getByRole('button', { name: /^Remove me/ }).tap()
    await bo.getByText('Your tag goes for good').waitFor()
    await examine(bo)
    await bo.locator('[data-untag-dialog]').getByRole('button', { name: 'Remove me' }).tap()
    await bo.getByText('Nothing yet').waitFor()
    await bo.locator('h1:focus').waitFor()
    expect((await bo.request.get(photo)).status()).toBe(404)
    await ada.reload()
    await ada.getByRole('button', { name: 'Tag people' }).click()
    await ada.getByRole('button', { name: 'Who is it?' }).click()
    await dialog(ada).getByRole('button', { name: 'Tag Bo the painter' }).click()
    await ada.getByText('The tag of Bo the painter did not stay').waitFor()
    await ada.getByRole('button', { name: 'Done' }).click()
    await bo.reload()
    await bo.getByText('Nothing yet').waitFor()
    await cy.getByRole('button', { name: 'Done' }).click()
    await cy.getByRole('button', { name: 'Remove me' }).click()
    await cy.locator('[data-untag-dialog]').getByRole('button', { name: 'Remove me' }).click()
    await cy.locator('[data-tag]:focus').waitFor() // it is shared with Cy, who stays
    expect(await row(cy, 'You').count()).toBe(0)
  })

  it('leaves the consoles silent', () => {
    expect(errors).toEqual([[], [], []])
  })
})

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage, signIn } from './visitor'

let browser: Browser
let axe: string
/** Of an album of three photos with downloads, of one of them alone, and of the album with a password: `open sesame`. */
let links: { album: string; photo: string; locked: string }

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const DESKTOP = { viewport: { width: 1280, height: 800 } }

beforeAll(async () => {
  browser = await openBrowser()
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const { page } = await openPage(browser, DESKTOP)
  await signIn(page, 'host@example.com')
  const sizes: [number, number, string][] = [
    [1600, 1000, '#e01010'],
    [1000, 1500, '#10a010'],
    [1500, 1500, '#1010e0'],
  ]
  for (const [width, height, background] of sizes) {
    const buffer = await sharp({ create: { width, height, channels: 3, background } })
      .jpeg()
      .toBuffer()
    const before = await page.locator('[data-photo]').count()
    const name = `${background}.jpg`
    await page.getByLabel('Choose photos').setInputFiles([{ name, mimeType: 'image/jpeg', buffer }])
    await page.locator('[data-photo]').nth(before).waitFor()
  }
  const call = async <T>(method: string, path: string, data?: object): Promise<T> => {
    const answer = await page.request.fetch(`/api${path}`, { method, data })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return (answer.status() === 204 ? null : await answer.json()) as T
  }
  const { items } = await call<{ items: { id: string }[] }>('GET', '/photos')
  const album = await call<{ id: string }>('POST', '/albums', { title: 'A week by the sea' })
  for (const { id } of items) await call('PUT', `/albums/${album.id}/photos/${id}`)
  const link = async (to: string, asked: object) =>
    new URL((await call<{ url: string }>('POST', `/${to}/links`, { expiresIn: 3600, ...asked })).url).pathname
  links = {
    album: await link(`albums/${album.id}`, { download: true }),
    photo: await link(`photos/${items[0]?.id}`, { download: true }),
    locked: await link(`albums/${album.id}`, { password: 'open sesame' }),
  }
  await page.context().close()
})

afterAll(() => browser?.close())

/** Whoever has the link and no account. What goes out to anybody else than this server, or with a Referer, is noted. */
async function openStranger(options: BrowserContextOptions) {
  const { page, errors } = await openPage(browser, options)
  const leaks: string[] = []
  page.on('request', (request) => {
    const { referer } = request.headers()
    if (referer) leaks.push(`${request.url()} knows ${referer}`)
  })
  return { page, errors, leaks }
}

/** Waits until a picture is there, and says whether it is as wide as the window or as high. */
async function seeLarge(page: Page, selector: string): Promise<boolean> {
  const image = page.locator(selector)
  await image.waitFor()
  const isThere = () =>
    image.evaluate((element) => {
      const { complete, naturalWidth } = element as unknown as { complete: boolean; naturalWidth: number }
      return complete && naturalWidth > 0
    })
  await expect.poll(isThere).toBe(true)
  const box = await image.boundingBox()
  const window = page.viewportSize()
  if (!box || !window) return false
  return box.width <= window.width && box.height <= window.height && Math.max(box.width, box.height) > 300
}

const shown = (page: Page) => page.evaluate('document.querySelector(".view.open")?.ariaLabel ?? null')

async function examine(page: Page): Promise<void> {
  await page.evaluate(axe)
  const violations = await page.evaluate(
    'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + nodes.map(({ html }) => html)))',
  )
  expect(violations, page.url()).toEqual([])
}

describe.each([
  ['a desktop', DESKTOP],
  ['a phone', PHONE],
])('a stranger with a link, on %s', (_name, device) => {
  it('sees a photo without script, and nothing leads elsewhere', async () => {
    const { page, leaks } = await openStranger({ ...device, javaScriptEnabled: false })
    await page.goto(links.photo)
    expect(await seeLarge(page, '.single img')).toBe(true)
    const leads = await page.evaluate(
      "[...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))",
    )
    expect(leads).toEqual([expect.stringMatching(/^\/l\/[^/]+\/[\da-f-]{36}\?original$/)])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('photo.jpg')
    expect(leaks).toEqual([])
    await page.context().close()
  })

  it('walks through an album without script', async () => {
    const { page, leaks } = await openStranger({ ...device, javaScriptEnabled: false })
    await page.goto(links.album)
    await page.getByRole('heading', { name: 'A week by the sea' }).waitFor()
    await page.getByRole('link', { name: 'Photo 1' }).click()
    expect(await seeLarge(page, '.view.open img')).toBe(true)
    await page.locator('.view.open').getByRole('link', { name: 'Next photo' }).click()
    await page.locator('.view.open[aria-label="Photo 2"]').waitFor()
    await page.locator('.view.open').getByRole('link', { name: 'Close' }).click()
    await page.locator('.view.open').waitFor({ state: 'detached' })
    expect(new URL(page.url()).search).toBe('')
    expect(leaks).toEqual([])
    await page.context().close()
  })

  it('gives the password without script, and is let in once it is right', async () => {
    const { page, leaks } = await openStranger({ ...device, javaScriptEnabled: false })
    await page.goto(links.locked)
    await page.getByLabel('Password').fill('open barley')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByText('This password is wrong.').waitFor()
    await page.getByLabel('Password').fill('open sesame')
    await page.getByRole('button', { name: 'Open' }).click()
    await page.getByRole('heading', { name: 'A week by the sea' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(links.locked)
    await page.reload()
    await page.getByRole('link', { name: 'Photo 1' }).click()
    expect(await seeLarge(page, '.view.open img')).toBe(true)
    expect(leaks).toEqual([])
    await page.context().close()
  })

  it('looks at large photos by keys, keeps the focus, and is back at the gallery by one step', async () => {
    const { page, errors } = await openStranger(device)
    await page.goto(links.album)
    await page.getByRole('link', { name: 'Photo 2' }).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => shown(page)).toBe('Photo 2')
    expect(await seeLarge(page, '.view.open img')).toBe(true)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => shown(page)).toBe('Photo 3')
    await page.keyboard.press('ArrowRight') // there is none
    for (const photo of ['Photo 2', 'Photo 1']) {
      await page.keyboard.press('ArrowLeft')
      await expect.poll(() => shown(page)).toBe(photo)
    }
    for (let presses = 0; presses < 8; presses++) {
      await page.keyboard.press('Tab')
      const inside =
        'document.activeElement === document.body || !!document.activeElement.closest(".view.open")'
      expect(await page.evaluate(inside)).toBe(true)
    }
    await page.locator('.view.open [data-way=next]').focus()
    await page.keyboard.press('Enter')
    await page.locator('.view.open[aria-label="Photo 2"] [data-way=next]:focus').waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => shown(page)).toBe(null)
    await page.locator('[id^=t-]:focus img[alt="Photo 2"]').waitFor()
    expect(errors).toEqual([])
    await page.context().close()
  })
})

it('swipes to the next photo and back, and leaves by the way back', async () => {
  const { page } = await openStranger(PHONE)
  await page.goto(links.album)
  await page.getByRole('link', { name: 'Photo 1' }).tap()
  await expect.poll(() => shown(page)).toBe('Photo 1')
  const touch = await page.context().newCDPSession(page)
  const swipe = async (from: number, to: number) => {
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: 400 }] })
    await send('touchStart', from)
    await send('touchMove', to)
    await send('touchEnd')
  }
  await swipe(300, 80)
  await expect.poll(() => shown(page)).toBe('Photo 2')
  await swipe(300, 80)
  await expect.poll(() => shown(page)).toBe('Photo 3')
  await swipe(80, 300)
  await expect.poll(() => shown(page)).toBe('Photo 2')
  await page.goBack()
  await expect.poll(() => shown(page)).toBe(null)
  expect(new URL(page.url()).pathname).toBe(links.album)
  await page.context().close()
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it('axe-core finds nothing on any page of a link, and a phone never scrolls sideways', async () => {
    const { page } = await openStranger({ ...DESKTOP, colorScheme })
    const look = async () => {
      await examine(page)
      for (const width of [320, 390, 1280]) {
        await page.setViewportSize({ width, height: 844 })
        const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        expect(overhang, `${page.url()} at ${width}`).toBeLessThanOrEqual(0)
      }
    }
    for (const path of [links.photo, links.album, links.locked, '/l/nothing']) {
      await page.goto(path)
      await look()
    }
    await page.goto(links.locked)
    await page.getByLabel('Password').fill('x')
    await page.keyboard.press('Enter')
    await page.getByText('This password is wrong.').waitFor()
    await look()
    await page.goto(links.album)
    await page.getByRole('link', { name: 'Photo 2' }).click()
    await expect.poll(() => shown(page)).toBe('Photo 2')
    await examine(page)
    await page.context().close()
  })
})

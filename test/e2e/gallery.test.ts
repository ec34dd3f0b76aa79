import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  examine,
  openBrowser,
  openPage,
  plainPicture,
  selectPhoto,
  signIn,
  signOut,
  useAsPicture,
} from './visitor'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(() => browser?.close())

interface Moved {
  /** The width that was asked for. */
  width: string | null
  status: number
  type: string | undefined
  bytes: number
}

interface Box {
  x: number
  right: number
  width: number
  height: number
  /** Of the picture, as the page tells the browser. */
  ratio: number
}

/** What the network brings for private pictures while the page is opened, by the browser's own count. */
async function openGallery(page: Page): Promise<Moved[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  const moved = new Map<string, Moved>()
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const url = new URL(response.url)
    if (!url.pathname.startsWith('/raw/')) return
    const [width, type] = [url.searchParams.get('w'), response.headers['content-type']]
    moved.set(requestId, { width, status: response.status, type, bytes: 0 })
  })
  session.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
    const each = moved.get(requestId)
    if (each) each.status = statusCode // what came, where the page is told that of the cache
  })
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const each = moved.get(requestId)
    if (each) each.bytes += Math.max(0, encodedDataLength)
  })
  await page.goto('/photos', { waitUntil: 'networkidle' })
  const shown = () =>
    page
      .locator('.photo img')
      .evaluateAll((images) =>
        images.every((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 0),
      )
  await expect.poll(shown).toBe(true)
  await session.detach()
  return [...moved.values()]
}

describe.each([1, 2])('a gallery on a screen of %i pixels per CSS pixel', (deviceScaleFactor) => {
  it('moves no bytes of pictures when it is opened again', async () => {
    const { page } = await openPage(browser, { deviceScaleFactor, viewport: { width: 1280, height: 800 } })
    await signIn(page, `gallery-${deviceScaleFactor}@example.com`)
    const colours = ['#e01010', '#1010e0', '#10e010']
    const files = await Promise.all(colours.map((colour, n) => plainPicture(`${n}.jpg`, colour)))
    await page.getByLabel('Choose photos').setInputFiles(files)
    await page.locator('.photo').nth(2).waitFor()
    await page.getByRole('list', { name: 'Uploads' }).waitFor({ state: 'hidden' })

    const again = await openGallery(page)
    const width = String(320 * deviceScaleFactor)
    expect(again.length).toBeGreaterThanOrEqual(3)
    for (const each of again) expect(each).toMatchObject({ width, bytes: 0 })
    await page.context().close()
  })
})

describe('the grid', () => {
  // In the order of the list. On a phone the first has no room beside the second.
  const SHAPES = [
    [480, 640],
    [1200, 500],
    [640, 480],
    [500, 500],
    [640, 360],
    [300, 700],
    [700, 460],
    [400, 600],
    [800, 800],
  ] as const
  let page: Page
  let errors: string[]

  beforeAll(async () => {
    const opened = await openPage(browser, { viewport: { width: 1280, height: 800 } })
    page = opened.page
    errors = opened.errors
    await signIn(page, 'grid@example.com')
    const files = await Promise.all(
      SHAPES.map(async ([width, height], n) => {
        const picture = sharp({
          create: { width, height, channels: 3, background: `hsl(${n * 40}, 60%, 50%)` },
        })
        const dated = picture.withExif({ IFD2: { DateTimeOriginal: `2026:05:01 12:00:${50 - n}` } })
        return { name: `${n}.jpg`, mimeType: 'image/jpeg', buffer: await dated.jpeg().toBuffer() }
      }),
    )
    await page.getByLabel('Choose photos').setInputFiles(files)
    await tiles()
      .nth(SHAPES.length - 1)
      .waitFor()
    await page.getByRole('list', { name: 'Uploads' }).waitFor({ state: 'hidden' })
  })

  afterAll(() => page.context().close())

  const tiles = () => page.locator('[data-photo]')

  it.each([320, 390, 1280, 2560])(
    'shows whole pictures in rows of one height, %i pixels wide',
    async (width) => {
      const context = await browser.newContext({
        baseURL: new URL(page.url()).origin,
        storageState: await page.context().storageState(),
        viewport: { width, height: 800 },
        javaScriptEnabled: false,
      })
      const plain = await context.newPage()
      await plain.goto('/photos')
      const { boxes, list } = await plain.evaluate<{ boxes: Box[]; list: Box }>(`(() => {
        const place = (element) => element.getBoundingClientRect().toJSON()
        const ratioOf = (image) => image.getAttribute('width') / image.getAttribute('height')
        const boxes = [...document.querySelectorAll('[data-photo]')].map((tile) =>
          ({ ...place(tile), ratio: ratioOf(tile.querySelector('img')) }))
        return { boxes, list: place(document.querySelector('[data-shots]')) }
      })()`)
      for (const { width, height, ratio } of boxes) expect(width / height / ratio).toBeCloseTo(1, 1)
      let row = 0
      const rows = Map.groupBy(boxes, ({ x }, at) => (x <= (boxes[at - 1]?.x ?? 0) ? ++row : row))
      expect(rows.size).toBeGreaterThan(width > 2000 ? 0 : 1)
      for (const row of [...rows.values()].slice(0, -1)) {
        const isNarrow = row.length === 1 && (row[0]?.ratio ?? 1) < 1 // it would fill the window
        if (isNarrow) expect((row[0]?.height ?? 0) / list.width).toBeLessThan(1.4)
        else expect(row.at(-1)?.right).toBeCloseTo(list.right, -1)
        for (const { height } of row) expect(height).toBeCloseTo(row[0]?.height ?? 0, 0)
      }
      await context.close()
    },
  )

  it.each([390, 1280])('moves nothing while it loads, %i pixels wide', async (width) => {
    await page.setViewportSize({ width, height: 800 })
    await page.addInitScript(`globalThis.shifts = []
      const place = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join()
      const tell = ({ node, previousRect, currentRect }) =>
        (node?.outerHTML ?? 'what is gone').slice(0, 120) + ' ' + place(previousRect) + ' > ' + place(currentRect)
      new PerformanceObserver((list) => {
        for (const shift of list.getEntries()) globalThis.shifts.push(...shift.sources.map(tell))
      }).observe({ type: 'layout-shift', buffered: true })`)
    await page.goto('/photos', { waitUntil: 'networkidle' })
    expect(await page.evaluate('globalThis.shifts')).toEqual([])
    // Nor where the page comes in pieces, and all that it is drawn with is there already.
    const session = await page.context().newCDPSession(page)
    const pieces = { offline: false, latency: 50, downloadThroughput: 4000, uploadThroughput: 4000 }
    await session.send('Network.emulateNetworkConditions', pieces)
    await page.goto('/photos', { waitUntil: 'networkidle' })
    expect(await page.evaluate('globalThis.shifts')).toEqual([])
    await session.detach()
    // What is far away is as high before it is laid out as after.
    const wrong = await page.evaluate(`[...document.querySelectorAll('[data-month]')].map((month) =>
      Math.abs(Number.parseFloat(month.style.containIntrinsicSize.replace('auto', '')) - month.offsetHeight))`)
    for (const pixels of wrong as number[]) expect(pixels).toBeLessThan(2)
    await examine(page)
  })

  it('goes on as it is scrolled, and Back leads to the same spot', async () => {
    await page.setViewportSize({ width: 390, height: 400 })
    await page.goto('/photos?limit=2')
    await tiles()
      .nth(SHAPES.length - 1)
      .waitFor()
    const opened = tiles().nth(SHAPES.length - 2)
    await opened.scrollIntoViewIfNeeded()
    const before = await opened.boundingBox()
    await opened.getByRole('link').click()
    await page.waitForURL(/photos\/[0-9a-f-]{36}/)
    await page.goBack()
    await expect.poll(() => opened.boundingBox()).toEqual(before)
    await opened.locator('[data-open]:focus').waitFor()
    await page.setViewportSize({ width: 1280, height: 800 })
  })

  it('is selected and left by keys alone', async () => {
    await page.goto('/photos')
    await tiles().first().getByRole('link').focus()
    await page.keyboard.press('ArrowDown')
    const below = await page.locator('[data-open]:focus').boundingBox()
    expect(below?.y).toBeGreaterThan((await tiles().first().boundingBox())?.y ?? 0)
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Space')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await page.getByText('3 selected').waitFor()
    await examine(page)
    await page.keyboard.press('Control+a')
    await page.getByText(`${SHAPES.length} selected`).waitFor()
    await page.keyboard.press('Escape')
    await page.locator('[data-selection]').waitFor({ state: 'hidden' })
    const at = await page.locator('[data-photo]:focus-within').getAttribute('data-photo')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**/photos/${at}`)
  })

  describe('what is deleted', () => {
    const statusOf = async (id: string | null | undefined) =>
      (await page.request.get(`/api/photos/${id}`)).status()

    it('leaves the others in sight as they are, and so does what comes in', async () => {
      await page.goto('/photos')
      const empty = page.locator('[data-photo]:empty')
      const rest = () => page.waitForTimeout(800) // what is far away is emptied soon, and nothing here is
      await tiles().first().getByRole('link').press('Delete')
      await rest()
      expect([await tiles().count(), await empty.count()]).toEqual([SHAPES.length - 1, 0])
      await page.keyboard.press('Control+z')
      await rest()
      expect([await tiles().count(), await empty.count()]).toEqual([SHAPES.length, 0])
      // In a window so low that most of the list is far away.
      await page.setViewportSize({ width: 1280, height: 60 })
      await tiles().first().getByRole('link').press('Delete')
      await tiles().last().scrollIntoViewIfNeeded()
      await page.keyboard.press('Control+z')
      await tiles().first().scrollIntoViewIfNeeded()
      await rest()
      expect(await tiles().first().locator('img').count()).toBe(1)
      await page.setViewportSize({ width: 1280, height: 800 })
    })

    it('in a row is one undo', async () => {
      await page.goto('/photos')
      await tiles().first().getByRole('link').focus()
      for (const _ of [1, 2]) await page.keyboard.press('Delete')
      await page.getByText('2 photos deleted.').waitFor()
      await page.keyboard.press('Control+z')
      await page.getByText('Undone.').waitFor()
      expect(await tiles().count()).toBe(SHAPES.length)
    })

    it('can be undone while a dialog is open', async () => {
      await page.goto('/photos')
      await selectPhoto(page)
      await page.getByRole('button', { name: 'Delete' }).click()
      await page.getByText('Photo deleted.').waitFor()
      await selectPhoto(page)
      await page.getByRole('button', { name: 'Share' }).click()
      await page.getByRole('dialog').waitFor()
      await examine(page)
      await page.getByRole('button', { name: 'Undo' }).click()
      expect(await tiles().count()).toBe(SHAPES.length)
      await page.keyboard.press('Escape')
    })

    it('comes back where the server refuses, and it says so', async () => {
      await page.goto('/photos')
      await page.route('**/api/photos/*', (route) =>
        route.fulfill({ status: 503, json: { code: 'unavailable' } }),
      )
      await tiles().first().getByRole('link').press('Delete')
      await page.getByText('The photo could not be deleted.').waitFor({ timeout: 20_000 })
      expect(await tiles().count()).toBe(SHAPES.length)
      await page.unroute('**/api/photos/*')
      errors.splice(0)
    })

    it('is sent when the page goes, and what was not is sent by the next one', async () => {
      await page.goto('/photos')
      const ids = await tiles().evaluateAll((all) =>
        all.slice(0, 2).map((one) => one.getAttribute('data-photo')),
      )
      await tiles().first().getByRole('link').press('Delete')
      await page.goto('/docs')
      await expect.poll(() => statusOf(ids[0])).toBe(404)
      expect(await statusOf(ids[1])).toBe(200)
      await page.evaluate(`localStorage.setItem(Object.keys(localStorage).find((key) => key.startsWith('deleting:')),
        '["${ids[1]}"]')`)
      await page.goto('/photos')
      await expect.poll(() => statusOf(ids[1])).toBe(404)
      expect(await tiles().count()).toBe(SHAPES.length - 2)
      expect(errors).toEqual([])
    })

    it('is deleted by the next page where this one goes in the middle of it', async () => {
      await page.goto('/photos')
      const id = await tiles().first().getAttribute('data-photo')
      let sent = 0
      await page.route('**/api/photos/*', (route) => {
        if (route.request().method() === 'DELETE')
          sent++ // and no answer
        else void route.continue()
      })
      await tiles().first().getByRole('link').press('Delete')
      await useAsPicture(page) // so that it can be undone no more
      await expect.poll(() => sent).toBe(1)
      await page.goto('/docs')
      await page.unroute('**/api/photos/*')
      expect(await statusOf(id)).toBe(200)
      await page.goto('/photos')
      await expect.poll(() => statusOf(id)).toBe(404)
      expect(await page.evaluate('Object.keys(localStorage)')).toEqual([])
      errors.splice(0)
    })

    it('is deleted before whoever did so is signed out, and nothing of the list stays in the browser', async () => {
      await page.goto('/photos')
      const id = await tiles().first().getAttribute('data-photo')
      await page.evaluate('sessionStorage.setItem("any", "thing"), localStorage.setItem("any", "thing")')
      let refuses = true
      await page.route('**/api/photos/*', (route) =>
        refuses ? route.fulfill({ status: 503, json: { code: 'unavailable' } }) : route.continue(),
      )
      const deleted = page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.ok())
      await tiles().first().getByRole('link').press('Delete')
      await signOut(page)
      await page.getByText('The photo could not be deleted.').waitFor()
      refuses = false
      await tiles().first().getByRole('link').press('Delete')
      await signOut(page)
      expect((await deleted).url()).toContain(id)
      await page.getByRole('heading', { name: 'One URL for your face' }).waitFor()
      expect(await page.evaluate('[Object.keys(sessionStorage), Object.keys(localStorage)]')).toEqual([
        [],
        [],
      ])
      errors.splice(0)
    })
  })
})

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage, plainPicture, signIn } from './visitor'

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

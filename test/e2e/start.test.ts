import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine, openBrowser, openPage, origin } from './visitor'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await openBrowser()
  ;({ page, errors } = await openPage(browser))
})
afterAll(() => browser?.close())

const hashOf = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')

/** Each picture of the try-out as PNG, by its style: drawn anew, since the page may not read its own blobs. */
function readDrawn(): Promise<[string, string][]> {
  return page.evaluate(`Promise.all([...document.querySelectorAll('[data-style]')].map(async (image) => {
    await image.decode()
    const canvas = Object.assign(document.createElement('canvas'), { width: 144, height: 144 })
    canvas.getContext('2d').drawImage(image, 0, 0)
    return [image.dataset.style, canvas.toDataURL('image/png').split(',')[1]]
  }))`)
}

const readPixels = (png: Buffer) => sharp(png).removeAlpha().raw().toBuffer()

describe('the try-out of the start page', () => {
  it('shows hash and pictures as one types, and asks nothing of any server meanwhile', async () => {
    await page.goto('/')
    const field = page.getByLabel('An e\u2011mail address')
    const loaded = page.waitForResponse('**/drawing.*')
    await field.focus()
    await loaded
    await page.waitForLoadState('networkidle')
    const asked: string[] = []
    page.on('request', (request) => {
      if (!request.url().startsWith('blob:')) asked.push(request.url())
    })
    const shown = async () => [
      await page.locator('[data-sha256]').textContent(),
      await page.locator('[data-md5]').textContent(),
    ]
    const texts: string[] = []
    for (const letter of ' Ada.Lovelace@Example.com') {
      await page.keyboard.type(letter)
      texts.push(((await field.inputValue()) || letter).trim().toLowerCase())
      const text = texts.at(-1)
      if (text) await expect.poll(shown).toEqual([hashOf('sha256', text), hashOf('md5', text)])
    }
    const drawn = await readDrawn()
    await page.waitForTimeout(500)
    expect(asked).toEqual([])
    expect(texts.at(-1)).toBe('ada.lovelace@example.com')

    // What the server draws for the hash: asked here, by nobody's browser.
    const sha256 = hashOf('sha256', 'ada.lovelace@example.com')
    for (const [style, png] of drawn) {
      const initials = style === 'initials' ? '&initials=al' : ''
      const answer = await fetch(`${origin}/${sha256}?s=144&d=${style}${initials}`)
      const asServed = await readPixels(Buffer.from(await answer.arrayBuffer()))
      expect([style, asServed.equals(await readPixels(Buffer.from(png, 'base64')))]).toEqual([style, true])
    }
    expect(drawn).toHaveLength(6)
  })

  it('shows its example again when nothing is typed, moves nothing, and has no complaint', async () => {
    await page.getByLabel('An e\u2011mail address').fill('')
    await expect.poll(() => page.locator('[data-sha256]').textContent()).toMatch(/^facade7+$/)
    await page.getByLabel('An e\u2011mail address').fill('grace@example.com')
    await page.getByText('The pictures are those').waitFor({ state: 'attached' })
    const shift = await page.evaluate(`new Promise((resolve) => {
      let sum = 0
      new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value)))
        .observe({ type: 'layout-shift', buffered: true })
      setTimeout(() => resolve(sum), 200)
    })`)
    expect(shift).toBe(0)
    await examine(page)
    expect(errors).toEqual([])
  })

  it('is typed once: signing in has the address already, and not a second time', async () => {
    await page.getByRole('main').getByRole('link', { name: 'Get your URL' }).click()
    await page.locator('#email:focus').waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe('grace@example.com')
    await page.goto('/sign-in')
    expect(await page.getByLabel('E-mail').inputValue()).toBe('')
  })
})

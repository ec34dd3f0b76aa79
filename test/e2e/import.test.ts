import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { nameColour, openBrowser, openPage, plainPicture, signIn, useAsPicture } from './visitor'

const EMAIL = 'dorothy@example.com'

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  page = (await openPage(browser)).page
  await signIn(page, EMAIL)
})

afterAll(() => browser?.close())

describe('importing my picture', () => {
  it('says that there is none', async () => {
    await press('Gravatar')
    await page.getByText(`Gravatar has no picture for ${EMAIL}.`).waitFor()
  })

  it('says that the service did not answer', async () => {
    await stock('fail', 'image/jpeg', Buffer.from('x'))
    await press('Libravatar')
    await page
      .getByText('Your picture could not be fetched from Libravatar. Try again in a minute.')
      .waitFor()
    expect(await page.getByText('Gravatar has no picture').count()).toBe(0)
  })

  it.each([
    [415, 'unsupported_type', 'What Gravatar has of you is not a JPEG, PNG, WebP, GIF or AVIF picture.'],
    [422, 'damaged', 'What Gravatar sent cannot be read as a picture.'],
    [413, 'too_large', 'Your picture at Gravatar is larger than 10 MB.'],
    [429, 'rate_limited', 'At most 1000 uploads an hour. Try again later.'],
    [409, 'quota_exceeded', 'Your account is full.'],
  ])('says what a %i is for: %s', async (status, code, words) => {
    const detail =
      { rate_limited: 'At most 1000 uploads an hour. Try again later.' }[code] ?? 'Your account is full.'
    await page.route('**/api/photos/import', (route) => route.fulfill({ status, json: { code, detail } }), {
      times: 1,
    })
    await press('Gravatar')
    await page.locator('[data-imports]').getByText(words).waitFor()
  })

  it('shows that it works, and then the photo among the others', async () => {
    await stock('', 'image/jpeg', (await plainPicture('red.jpg', '#e01010')).buffer)
    let go = () => {}
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    await page.route('**/api/photos/import', (route) => held.then(() => route.continue()), { times: 1 })
    await press('Gravatar')
    await page.getByRole('progressbar', { name: 'Import' }).waitFor()
    await page.getByText('Asking Gravatar for your picture').waitFor()
    expect(await button('Gravatar').getAttribute('aria-busy')).toBe('true')
    expect(await button('Libravatar').getAttribute('aria-disabled')).toBe('true')
    await page.locator('[data-imports] [role=alert]:empty').waitFor({ state: 'attached' })
    go()

    const card = page.locator('[data-photo]')
    await card.waitFor()
    await page.getByText('Your picture from Gravatar is among your photos.').waitFor()
    await page.getByRole('link', { name: 'Frame it' }).waitFor()
    await page.getByRole('progressbar', { name: 'Import' }).waitFor({ state: 'hidden' })
    expect(await button('Libravatar').getAttribute('aria-disabled')).toBe('false')
    const shown = async () => nameColour(await card.locator('img').screenshot())
    await expect.poll(shown, { timeout: 10_000 }).toBe('red')
    await useAsPicture(page)
    await page.locator('.photo.active').waitFor()
    await page.reload()
    expect(await card.count()).toBe(1)
  })
})

function button(service: string) {
  return page.getByRole('button', { name: `Import my picture from ${service}` })
}

function press(service: string): Promise<void> {
  return button(service).click()
}

/** Says what the other services have for the person. */
async function stock(behaviour: string, type: string, body: Buffer): Promise<void> {
  const hash = createHash('sha256').update(EMAIL).digest('hex')
  const url = `${inject('elsewhere')}/avatar/${hash}?${behaviour}`
  await fetch(url, { method: 'PUT', body: new Uint8Array(body), headers: { 'content-type': type } })
}

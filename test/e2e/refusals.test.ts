import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage, openUploads, plainPicture, readCode, signIn, uploadsOver } from './visitor'

/** The first bytes of what iPhones save. */
const HEIC = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')

const LIMIT = 10 * 1024 * 1024

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  page = (await openPage(browser)).page
  await signIn(page, 'grace@example.com')
})

afterAll(() => browser?.close())

describe('what an upload is refused for', () => {
  it.each([
    ['a text named like a picture', 'notes.png', Buffer.from('Not a picture at all.'), 'is not a picture'],
    ['a text', 'notes.txt', Buffer.from('Not a picture at all.'), 'This type of file is not supported'],
    ['a HEIC', 'IMG_0001.heic', HEIC, 'Settings, Camera, Formats, Most Compatible'],
    ['a HEIC named .jpg', 'IMG_0002.jpg', HEIC, 'Export it as JPEG'],
    ['a HEIC of which the name alone tells', 'short.heic', Buffer.from('x'), 'Export it as JPEG'],
    ['an SVG', 'drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not supported'],
    ['an empty file', 'empty.png', Buffer.alloc(0), 'This file is empty'],
    ['a file above the limit', 'huge.png', Buffer.alloc(LIMIT + 1), 'The limit is 10 MB'],
  ])('is said clearly: %s', async (_, name, buffer, words) => {
    const mimeType = { png: 'image/png', txt: 'text/plain', svg: 'image/svg+xml' }[name.slice(-3)] ?? ''
    await choose([{ name, mimeType, buffer }])
    const row = page.locator('.upload', { hasText: name })
    await row.getByText(words).waitFor()
    await row.getByRole('button', { name: `Retry ${name}` }).waitFor({ state: 'hidden' })
    await row.getByRole('button', { name: `Dismiss ${name}` }).click()
    await row.waitFor({ state: 'hidden' })
  })

  it('is said for a damaged picture', async () => {
    const { buffer, ...picture } = await plainPicture('broken.jpg', '#208040')
    await choose([{ ...picture, buffer: buffer.subarray(0, buffer.length / 2) }])
    await page
      .locator('.upload', { hasText: 'broken.jpg' })
      .getByText(/damaged|not a picture/)
      .waitFor()
    await page.getByRole('button', { name: 'Dismiss broken.jpg' }).click()
  })
})

describe('an upload that fails on the way', () => {
  it('goes on where it was when the server could not check it', async () => {
    await page.route(
      '**/complete',
      (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }),
      {
        times: 1,
      },
    )
    let puts = 0
    page.on('request', (request) => {
      if (request.method() === 'PUT') puts++
    })
    await choose([await plainPicture('later.jpg', '#208040')])
    await page.getByRole('button', { name: 'Retry later.jpg' }).click()
    await page.locator('[data-photo]').first().waitFor()
    expect(puts).toBe(1)
  })

  it('sends again what the network lost', async () => {
    const before = await page.locator('[data-photo]').count()
    await page.route('**/local/r2/s3/**', (route) => route.abort(), { times: 1 })
    await choose([await plainPicture('lost.jpg', '#802080')])
    const row = page.locator('.upload', { hasText: 'lost.jpg' })
    await row.getByText('The connection was lost').waitFor()
    await row.getByRole('button', { name: 'Retry lost.jpg' }).click()
    await page.locator('[data-photo]').nth(before).waitFor()
  })

  it('can be cancelled', async () => {
    await page.route('**/local/r2/s3/**', () => undefined) // never answered
    await choose([await plainPicture('slow.jpg', '#802080')])
    await openUploads(page)
    await page.getByRole('button', { name: 'Cancel slow.jpg' }).click()
    await page.locator('.upload', { hasText: 'slow.jpg' }).waitFor({ state: 'hidden' })
    await page.unroute('**/local/r2/s3/**')
  })

  it('takes files that are dropped', async () => {
    const before = await page.locator('[data-photo]').count()
    const { buffer } = await plainPicture('dropped.jpg', '#d0a020')
    await drop('dropped.jpg', 'image/jpeg', buffer)
    await page.locator('[data-photo]').nth(before).waitFor()
  })
})

describe('a file with a wrong label, or none', () => {
  it.each([
    ['untyped.jpg', ''],
    ['UNTYPED.JPEG', ''],
    ['picture.jfif', ''],
    ['picture', ''],
    ['untyped.heic', 'image/heic'],
    ['picture.txt', 'text/plain'],
    ['picture.bin', 'application/octet-stream'],
    ['picture.png', 'image/png'],
    ['picture.jpg', 'image/jpg'],
  ])('is taken for what it is: a JPEG called %s, of type "%s"', async (name, type) => {
    const { buffer } = await plainPicture(name, '#40a0a0')
    await expectTaken(name, type, buffer, 'image/jpeg')
  })

  it.each(['webp', 'png', 'gif', 'avif'] as const)(
    'is taken for what it is: a %s called .jpg',
    async (format) => {
      const { buffer } = await plainPicture('chat.jpg', '#40a0a0')
      const other = await sharp(buffer).toFormat(format).toBuffer()
      await expectTaken('chat.jpg', 'image/jpeg', other, `image/${format}`)
    },
  )
})

describe('an AVIF', () => {
  it('is among the kinds that are offered, and is taken', async () => {
    await page.getByText('JPEG, PNG, WebP, GIF or AVIF, up to 10 MB each').waitFor()
    const accept = await page.getByLabel('Choose photos').getAttribute('accept')
    expect(accept?.split(',')).toEqual(expect.arrayContaining(['image/avif', '.avif']))
    const { buffer } = await plainPicture('photo.avif', '#40a060')
    await expectTaken('photo.avif', 'image/avif', await sharp(buffer).avif().toBuffer(), 'image/avif')
  })
})

describe('a long list', () => {
  it('goes on below', async () => {
    await page.goto('/photos')
    const all = await page.locator('[data-photo]').count()
    await page.route('**/api/photos?*cursor=*', (route) =>
      route.fulfill({ status: 503, json: { code: 'unavailable' } }),
    )
    await page.goto('/photos?limit=1')
    expect(await page.locator('[data-photo]').count()).toBe(1)
    await page.unroute('**/api/photos?*cursor=*')
    await page.getByRole('link', { name: 'Show more photos' }).click() // what failed by itself
    await page.getByRole('link', { name: 'Show more photos' }).waitFor({ state: 'hidden' })
    expect(await page.locator('[data-photo]').count()).toBe(all)
    expect(all).toBeGreaterThan(1)
  })
})

describe('signing in', () => {
  it('says what is wrong with an address and a code, and takes the right one after', async () => {
    const { page: stranger } = await openPage(browser)
    await stranger.goto('/settings')
    const email = stranger.getByLabel('E-mail')
    await email.fill('not-an-address')
    await email.press('Enter')
    await stranger.getByText('Type your e\u2011mail address').waitFor()
    await email.fill('edith@example.com')
    await email.press('Enter')
    const code = stranger.getByLabel('Code', { exact: true })
    await code.fill('123')
    await code.press('Enter')
    await stranger.getByText('The code has eight digits.').waitFor()
    const right = await readCode('edith@example.com')
    await code.fill(right === '00000000' ? '00000001' : '00000000')
    await stranger.getByText('That code is not right. 4 tries left.').waitFor()
    await code.fill(right)
    await stranger.waitForURL('**/settings')
    await stranger.context().close()
  })

  it('never goes on to another site', async () => {
    for (const next of ['//evil.example', '/.//evil.example', '/\\evil.example', 'https://evil.example/']) {
      await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
      expect(new URL(page.url()).pathname).toBe('/photos')
    }
  })
})

describe('a page that is not there', () => {
  it('says so in HTML to browsers', async () => {
    const response = await page.goto('/no/such/page')
    expect(response?.status()).toBe(404)
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
    await page.getByRole('link', { name: 'not_found' }).click()
    await page.waitForURL('**/docs/errors#not_found')
  })
})

function choose(files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  return page.getByLabel('Choose photos').setInputFiles(files)
}

/** Drops a file, and sees it announced as what it is, uploaded, and among the photos. */
async function expectTaken(name: string, type: string, buffer: Buffer, contentType: string): Promise<void> {
  const before = await page.locator('[data-photo]').count()
  const announced = page.waitForRequest(
    (request) => request.method() === 'POST' && request.url().endsWith('/api/photos'),
  )
  await drop(name, type, buffer)
  expect((await announced).postDataJSON()).toEqual({ contentType, bytes: buffer.length, fileName: name })
  await page.locator('[data-photo]').nth(before).waitFor()
  await uploadsOver(page)
}

async function drop(name: string, type: string, buffer: Buffer): Promise<void> {
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer()
    const bytes = Uint8Array.from(atob('${buffer.toString('base64')}'), (c) => c.charCodeAt(0))
    transfer.items.add(new File([bytes], '${name}', { type: '${type}' }))
    return transfer
  })()`)
  await page.dispatchEvent('body', 'drop', { dataTransfer })
}

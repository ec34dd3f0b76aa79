import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine, openBrowser, openPage, origin, signIn } from './visitor'

// Which square of a photo shows: framed, described, cut in the browser, and seen by everybody.

const ADA = 'crop@example.com'
const [WIDTH, HEIGHT] = [1200, 800]

let browser: Browser
let page: Page
let errors: string[]
let original: Buffer
let photoId: string

beforeAll(async () => {
  browser = await openBrowser()
  ;({ page, errors } = await openPage(browser, { viewport: { width: 1280, height: 900 } }))
  await signIn(page, ADA)
  original = await makePicture()
  photoId = await upload(page, original)
})

afterAll(() => browser?.close())

/** No two places of it look the same. */
function makePicture(): Promise<Buffer> {
  const pixels = Buffer.alloc(WIDTH * HEIGHT * 3)
  for (let at = 0; at < WIDTH * HEIGHT; at++) {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)]
    pixels.set([(255 * x) / WIDTH, (255 * y) / HEIGHT, (x + y) % 400 < 200 ? 60 : 180], at * 3)
  }
  return sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .jpeg({ quality: 95 })
    .toBuffer()
}

async function upload(on: Page, file: Buffer): Promise<string> {
  const { request } = on.context()
  const data = { contentType: 'image/jpeg', bytes: file.length, fileName: 'wall.jpg' }
  const prepared = await (await request.post('/api/photos', { data })).json()
  await request.put(prepared.upload.url, { headers: prepared.upload.headers, data: file })
  await request.post(`/api/photos/${prepared.id}/complete`)
  return prepared.id
}

const dialog = () => page.locator('[data-crop-dialog]')
const room = () => dialog().locator('[data-room]')
const button = (name: string) => dialog().getByRole('button', { name, exact: true })
const readPhoto = async () => (await page.context().request.get(`/api/photos/${photoId}`)).json()

/** What everybody sees, against a square of the original: how far a pixel is off, on the average of 0 to 255. */
async function differFrom(box: { x: number; y: number; size: number }, turn = 0): Promise<number> {
  const size = 128
  const hash = createHash('sha256').update(ADA).digest('hex')
  const shown = await fetch(`${origin}/${hash}?s=${size}&d=404&at=${crypto.randomUUID()}`, {
    headers: { accept: 'image/png' },
  })
  expect(shown.status).toBe(200)
  const side = Math.round(box.size * HEIGHT)
  const [left, top] = [Math.round(box.x * WIDTH), Math.round(box.y * HEIGHT)]
  const cut = await sharp(original).extract({ left, top, width: side, height: side }).toBuffer()
  const [seen, meant] = await Promise.all(
    [Buffer.from(await shown.arrayBuffer()), await sharp(cut).rotate(turn).toBuffer()].map((picture) =>
      sharp(picture).resize(size, size).removeAlpha().raw().toBuffer(),
    ),
  )
  if (!seen || !meant) throw new Error('no pixels')
  return seen.reduce((sum, value, at) => sum + Math.abs(value - (meant[at] ?? 0)), 0) / seen.length
}

describe('a photo', () => {
  it('is framed by keys, described, and shows as its square to everybody', async () => {
    await page.goto(`/photos/${photoId}`)
    await page.getByRole('button', { name: 'Use as my picture' }).click()
    await room().and(page.locator(':focus')).waitFor()
    expect(page.url()).toContain('frame')
    await examine(page)
    for (let press = 0; press < 6; press++) await page.keyboard.press('+')
    for (let press = 0; press < 3; press++) await page.keyboard.press('Shift+ArrowLeft')
    await page.keyboard.press('ArrowUp')
    await button('Continue').click()
    await dialog().getByLabel('Description').fill('A wall')
    await examine(page)
    await button('Use as my picture').click()
    await page.getByText('This photo is your picture now.').waitFor()
    await page.getByRole('button', { name: 'Frame again' }).and(page.locator(':focus')).waitFor()

    const photo = await readPhoto()
    expect([photo.active, photo.altText]).toEqual([true, 'A wall'])
    const { box } = photo.crop
    expect(box.size).toBeLessThan(0.75)
    expect(box.x + (box.size * HEIGHT) / WIDTH / 2).toBeLessThan(0.5)
    expect(await differFrom(box)).toBeLessThan(6)
    expect(await page.getByLabel('Description').inputValue()).toBe('A wall')
    await page.locator('header img[src^="blob:"]').first().waitFor() // one's own, in the header
  })

  it('opens as it was framed, keeps a framing over a reload, and shows the new square in the place of the old', async () => {
    const before = await readPhoto()
    const zoomed = () => dialog().getByLabel('Zoom').inputValue()
    await page.getByRole('button', { name: 'Frame again' }).click()
    const old = await zoomed()
    expect(Number(old)).toBeGreaterThan(0)
    await button('Turn right').click()
    await page.keyboard.press('Shift+Tab')
    await room().focus()
    await page.keyboard.press('+')
    const fresh = await zoomed()
    await page.reload()
    await room().waitFor()
    expect(await zoomed()).toBe(fresh)
    await button('Continue').click()
    await button('Skip').click()
    await page.getByText('Your picture is framed anew.').waitFor()
    const after = await readPhoto()
    expect(after.crop.id).not.toBe(before.crop.id)
    expect(after.altText).toBe('A wall')
    expect(await differFrom(after.crop.box, 90)).toBeLessThan(6)
    expect(page.url()).not.toContain('frame')
  })

  it('survives a lost connection and says what the server refuses', async () => {
    const before = await readPhoto()
    await page.getByRole('button', { name: 'Frame again' }).click()
    await room().press('ArrowRight')
    await button('Continue').click()
    await page.route('**/s3/**', (route) => route.abort(), { times: 1 })
    await button('Save').click()
    await dialog().getByText('No connection. Check your network and try again.').waitFor()
    expect((await readPhoto()).crop.id).toBe(before.crop.id)
    await page.route('**/api/photos', (route) =>
      route.fulfill({ status: 409, json: { code: 'quota_exceeded', detail: 'Your account is full.' } }),
    )
    await button('Back').click()
    await room().press('ArrowRight')
    await button('Continue').click()
    await button('Save').click()
    await dialog().getByText('Your account is full.').waitFor()
    await page.unroute('**/api/photos')
    errors.splice(0) // what fails is told by a console
    await button('Try again').click()
    await dialog().waitFor({ state: 'detached' })
    expect((await readPhoto()).crop.id).not.toBe(before.crop.id)
  })

  it('shows whole again, where somebody wants that', async () => {
    await page.getByRole('button', { name: 'Frame again' }).click()
    await button('Use the whole picture').click()
    await button('Save').click()
    await dialog().waitFor({ state: 'detached' })
    expect((await readPhoto()).crop).toBeNull()
    // The middle of the whole, as the picture of a person is a square.
    expect(await differFrom({ x: 1 / 6, y: 0, size: 1 })).toBeLessThan(6)
  })

  it('has a face in its middle where the browser finds one, and is zoomed by two fingers', async () => {
    const { page: phone, errors } = await openPage(browser, {
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
      storageState: await page.context().storageState(),
    })
    await phone.addInitScript(() => {
      const detect = () =>
        Promise.resolve([{ boundingBox: { left: 768, top: 480, right: 896, bottom: 608 } }])
      Object.assign(globalThis, {
        FaceDetector: class {
          detect = detect
        },
      })
    })
    await phone.goto(`/photos/${photoId}?frame`)
    const zoom = async () => Number(await phone.getByLabel('Zoom').inputValue())
    await expect.poll(zoom).toBeGreaterThan(0)
    const found = await zoom()
    const box = await phone.locator('[data-room]').boundingBox()
    if (!box) throw new Error('no room')
    const session = await phone.context().newCDPSession(phone)
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: apart ? [-apart, apart].map((by, id) => ({ x: x + by, y, id })) : [],
      })
    await touch('touchStart', 30)
    for (const apart of [40, 50, 60]) await touch('touchMove', apart)
    await touch('touchEnd', 0)
    expect(await zoom()).toBeGreaterThan(found)
    await examine(phone)
    expect(errors).toEqual([])
    await phone.context().close()
  })

  it('is framed in the gallery itself: by somebody new, who finds the URL to copy next', async () => {
    const { page: fresh, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } })
    const framing = fresh.locator('[data-crop-dialog]')
    await signIn(fresh, 'crop-new@example.com')
    const id = await upload(fresh, original)
    const read = async () => (await fresh.request.get(`/api/photos/${id}`)).json()
    await fresh.reload()
    await fresh.getByRole('link', { name: 'Frame it' }).click()
    await framing.locator('[data-room]:focus').waitFor()
    await fresh.keyboard.press('Escape')
    await fresh.locator('[data-frame]:focus').waitFor()
    expect([(await read()).active, (await read()).crop]).toEqual([false, null])
    await fresh.keyboard.press('Enter')
    await framing.getByRole('button', { name: 'Continue' }).click()
    await framing.getByLabel('Description').fill('A wall of colours')
    await framing.getByRole('button', { name: 'Use as my picture' }).click()
    await fresh.locator('[data-copy]:focus').waitFor()
    await fresh.getByText('This photo is your picture now.').waitFor()
    await fresh.getByRole('link', { name: 'Open photo: A wall of colours' }).waitFor()
    await fresh.locator('header img[src^="blob:"]').first().waitFor() // one's own, in the header
    const { active, crop } = await read()
    expect([active, crop !== null, new URL(fresh.url()).pathname]).toEqual([true, true, '/photos'])
    expect(errors).toEqual([])
    await fresh.context().close()
  })

  it('leaves the console silent', () => {
    expect(errors).toEqual([])
  })
})

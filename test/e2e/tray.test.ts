import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  examine,
  type NamedFile,
  openBrowser,
  openPage,
  openUploads,
  origin,
  plainPicture,
  signIn,
  signOut,
  uploadsOver,
} from './visitor'

const STORAGE = '**/local/r2/s3/**'

let browser: Browser
let page: Page
let context: BrowserContext
let people = 0
/** How many files were sent, from whichever tab. */
let puts: string[]

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

beforeEach(async () => {
  page = (await openPage(browser)).page
  context = page.context()
  puts = []
  context.on(
    'request',
    (request) => request.method() === 'PUT' && /\/s3\//.test(request.url()) && puts.push(request.url()),
  )
  await signIn(page, `tray-${++people}@example.com`)
})
afterEach(() => context.close())

const expectPuts = (count: number) => expect.poll(() => puts.length, { timeout: 10_000 }).toBe(count)
const cards = (of = page) => of.locator('[data-grid] [data-photo]')
const row = (name: string, of = page) => of.locator('.upload', { hasText: name })
const title = (of = page) => of.locator('[data-tray] [data-title]')

const choose = async (...names: string[]) =>
  page
    .getByLabel('Choose photos')
    .setInputFiles(await Promise.all(names.map((name) => plainPicture(name, '#208040'))))

/** Lets nothing through to the storage until it is called. */
async function holdStorage(): Promise<() => Promise<void>> {
  await context.route(STORAGE, () => undefined)
  return () => context.unroute(STORAGE)
}

/** The photos as the API lists them. */
async function listPhotos(): Promise<
  { fileName: string; contentType: string; width: number; height: number; standIn: string | null }[]
> {
  const response = await context.request.get(`${origin}/api/photos`)
  return (await response.json()).items
}

/** What the browser has kept of the uploads. */
const readKept = (of: Page) =>
  of.evaluate(`new Promise((resolve, reject) => {
    const request = indexedDB.open('uploads')
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const database = request.result
      if (!database.objectStoreNames.length) return resolve({ rows: 0, files: 0 })
      const transaction = database.transaction(['rows', 'files'])
      const counts = ['rows', 'files'].map((name) => transaction.objectStore(name).count())
      transaction.oncomplete = () => {
        database.close()
        resolve({ rows: counts[0].result, files: counts[1].result })
      }
    }
  })`)

/** Files as a transfer of the page, which is called `given` there. */
const transfer = (files: NamedFile[]) =>
  page.evaluateHandle(
    `(() => {
      const transfer = new DataTransfer()
      for (const [name, type, text] of ${JSON.stringify(files.map(({ name, mimeType, buffer }) => [name, mimeType, buffer.toString('base64')]))})
        transfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name, { type }))
      return (globalThis.given = transfer)
    })()`,
  )

/** The path of a photo above the limit, held upright by its EXIF: noise cannot be made small. */
async function writeLargePhoto(): Promise<string> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const
  const photo = sharp({ create: { width: 4400, height: 3300, channels: 3, background: '#808080', noise } })
  const path = join(await mkdtemp(join(tmpdir(), 'cameo-large-')), 'large.jpg')
  await photo.jpeg({ quality: 92 }).withMetadata({ orientation: 6 }).toFile(path)
  return path
}

describe('an upload whose page goes', () => {
  it('goes on on another page of the app, and is there once', async () => {
    const release = await holdStorage()
    await choose('one.jpg', 'two.jpg', 'three.jpg', 'four.jpg')
    await expectPuts(3)
    await page.getByRole('link', { name: 'Albums' }).click()
    await page.waitForURL('**/albums')
    await title().getByText('0 of 4').waitFor()
    await release()
    await page.reload()
    await title().getByText('4 uploaded').waitFor()
    await page.goto('/photos')
    await cards().nth(3).waitFor()
    expect((await listPhotos()).map(({ fileName }) => fileName).sort()).toEqual([
      'four.jpg',
      'one.jpg',
      'three.jpg',
      'two.jpg',
    ])
    await title().getByText('4 uploaded').waitFor()
    expect(await readKept(page)).toEqual({ rows: 4, files: 0 })
  })

  it('is not sent again where its bytes had got through', async () => {
    await context.route('**/complete', () => undefined)
    await choose('sent.jpg')
    await openUploads(page)
    await row('sent.jpg').getByText('Checking the picture').waitFor()
    await context.unroute('**/complete')
    await page.reload()
    await cards().first().waitFor()
    const photos = await listPhotos()
    expect([puts.length, photos.length]).toEqual([1, 1])
    expect(photos[0]?.standIn).toMatch(/^[A-Za-z0-9+/]{20,}/) // what is seen until the picture is there
  })

  it('is still known as the same picture after it', async () => {
    const release = await holdStorage()
    await choose('twin.jpg')
    await expectPuts(1)
    await page.reload()
    await expectPuts(2)
    await choose('twin.jpg')
    await row('twin.jpg').getByText('This picture is already here.').waitFor()
    await release()
    await page.reload()
    await cards().first().waitFor()
    expect((await listPhotos()).length).toBe(1)
  })

  it('lands in its album, though another page is open by then', async () => {
    await page.goto('/albums')
    await page.getByRole('button', { name: 'New album' }).click()
    await page.getByRole('dialog').getByLabel('Title').fill('Summer')
    await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click()
    await page.waitForURL(/\/albums\/./)
    const album = page.url()
    await choose('seen.jpg')
    await page.locator('[data-tile]').first().waitFor()
    const release = await holdStorage()
    await choose('away.jpg')
    await expectPuts(2)
    await page.goto('/inbox')
    await release()
    await page.reload()
    await openUploads(page)
    await row('away.jpg').getByText('Uploaded to “Summer”').waitFor()
    await page.goto(album)
    await page.locator('[data-tile]').nth(1).waitFor()
  })

  it('asks before it goes only where something would be lost', async () => {
    await holdStorage()
    await choose('kept.jpg')
    await expectPuts(1)
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.accept()
    })
    await page.reload()
    expect(asked).toEqual([])
    // A browser that keeps nothing.
    await page.addInitScript('IDBFactory.prototype.open = () => { throw new Error("not here") }')
    await page.goto('/photos')
    await choose('lost.jpg')
    await openUploads(page)
    await row('lost.jpg')
      .getByText(/Starting|of/)
      .waitFor()
    await page.reload()
    expect(asked).toEqual(['beforeunload'])
  })
})

describe('two tabs', () => {
  it('show the same, send once, and go on when the one that sends is closed', async () => {
    const other = await context.newPage()
    await other.goto('/photos')
    const release = await holdStorage()
    await choose('a.jpg', 'b.jpg')
    await expectPuts(2)
    await title(other).getByText('0 of 2').waitFor()
    await openUploads(other)
    await row('b.jpg', other).getByText('Starting').waitFor()
    await release()
    await page.close()
    await title(other).getByText('2 uploaded').waitFor()
    await cards(other).nth(1).waitFor()
    expect((await listPhotos()).length).toBe(2)
  })

  it('take files in either, and cancel in either', async () => {
    const release = await holdStorage()
    await choose('a.jpg')
    await expectPuts(1)
    const other = await context.newPage()
    await other.goto('/photos')
    await title(other).getByText('0 of 1').waitFor()
    await other
      .getByLabel('Choose photos')
      .setInputFiles([await plainPicture('b.jpg', '#208040'), await plainPicture('c.jpg', '#208040')])
    await title().getByText('0 of 3').waitFor()
    await openUploads(other)
    await other.getByRole('button', { name: 'Cancel c.jpg' }).click()
    await title().getByText('0 of 2').waitFor()
    await release()
    await page.reload()
    await uploadsOver(other)
    await cards(other).nth(1).waitFor()
    await cards().nth(1).waitFor()
    expect((await listPhotos()).map(({ fileName }) => fileName).sort()).toEqual(['a.jpg', 'b.jpg'])
  })
})

describe('a connection that is lost', () => {
  it('is waited for, and the uploads go on by themselves', async () => {
    await page.goto('/photos')
    const sends = page.waitForResponse(/uploader/)
    await page.locator('[data-uploads]').hover() // what sends comes where files are about to
    await (await sends).finished()
    await context.setOffline(true)
    await choose('far.jpg', 'away.jpg')
    await title().getByText('0 of 2, waiting for the connection').waitFor()
    await openUploads(page)
    await row('far.jpg').getByText('The connection was lost. It goes on by itself.').waitFor()
    await context.setOffline(false)
    await title().getByText('2 uploaded').waitFor()
    await cards().nth(1).waitFor()
  })

  it('is waited for where what sends is not there yet either', async () => {
    await page.goto('/photos')
    await context.setOffline(true)
    await choose('first.jpg')
    await page.getByText('The connection was lost. It goes on by itself.').waitFor()
    await context.setOffline(false)
    await title().getByText('1 uploaded').waitFor()
    await page.locator('[data-photo]').first().waitFor()
  })
})

describe('thirty files of which two are none', () => {
  it('stay open where the list opened by itself just as it was to be opened', async () => {
    await page.evaluate(`(() => {
      const toggle = document.querySelector('[data-tray] [data-toggle]')
      new MutationObserver((_, observer) => {
        if (toggle.ariaExpanded !== 'true') return
        observer.disconnect()
        toggle.click()
      }).observe(toggle, { attributes: true })
    })()`)
    const text = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('text') }
    await page.getByLabel('Choose photos').setInputFiles([text])
    await row('notes.txt').getByText('This type of file is not supported.').waitFor()
  })

  it('are counted, the bad ones stand first, and nothing moves under a pointer', async () => {
    const good = await Promise.all(
      Array.from({ length: 28 }, (_, n) => plainPicture(`good-${n}.jpg`, '#2040c0')),
    )
    const bad = ['bad-1.png', 'bad-2.png'].map((name) => ({
      name,
      mimeType: 'image/png',
      buffer: Buffer.from(`${name} is no picture`),
    }))
    const release = await holdStorage()
    await page.getByLabel('Choose photos').setInputFiles([...good.slice(0, 14), ...bad, ...good.slice(14)])
    await title().getByText('0 of 30, 2 failed').waitFor()
    const names = () => page.locator('.upload:not(.gone) [data-name]').allTextContents()
    await expect.poll(async () => (await names()).slice(0, 2)).toEqual(['bad-1.png', 'bad-2.png'])
    await release()
    await page.reload()
    await openUploads(page)
    const pointed = page.locator('.upload').nth(2)
    await pointed.hover()
    const [held, order] = [await pointed.boundingBox(), await names()]
    await title().getByText('28 of 30, 2 failed').waitFor({ timeout: 60_000 })
    expect(await names()).toEqual(order)
    expect(await pointed.boundingBox()).toEqual(held)
    await page.getByRole('button', { name: 'Dismiss bad-1.png' }).hover()
    const second = await page.getByRole('button', { name: 'Dismiss bad-2.png' }).boundingBox()
    await page.getByRole('button', { name: 'Dismiss bad-1.png' }).click()
    await title().getByText('28 of 29, 1 failed').waitFor()
    expect(await page.getByRole('button', { name: 'Dismiss bad-2.png' }).boundingBox()).toEqual(second)
    await page.mouse.move(0, 0)
    await expect.poll(async () => (await names()).length).toBe(29)
    await examine(page)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.locator('[data-tray]').waitFor({ state: 'hidden' })
    expect(await readKept(page)).toEqual({ rows: 0, files: 0 })
  })
})

describe('files from anywhere', () => {
  it('are taken from a drop on a page of no photos, with a word on where they go', async () => {
    await page.goto('/settings')
    const dataTransfer = await transfer([await plainPicture('dropped.jpg', '#208040')])
    await page.dispatchEvent('body', 'dragover', { dataTransfer })
    await page.getByText('Drop to add to your photos').waitFor()
    await page.dispatchEvent('body', 'drop', { dataTransfer })
    await page.getByText('Drop to add to your photos').waitFor({ state: 'hidden' })
    await title().getByText('1 uploaded').waitFor()
  })

  it('are taken from the clipboard, but not out of a text that is pasted', async () => {
    await page.goto('/settings')
    /** With a text beside the picture, as a word processor copies it, or alone. */
    const paste = async (target: string, name: string, text = '') => {
      await transfer([await plainPicture(name, '#208040')])
      await page.evaluate(`{
        if ('${text}') given.setData('text/plain', '${text}')
        const event = new ClipboardEvent('paste', { clipboardData: given, bubbles: true, cancelable: true })
        document.querySelector('${target}').dispatchEvent(event)
      }`)
    }
    await paste('input[name=displayName]', 'beside.jpg', 'words')
    await paste('body', 'pasted.jpg')
    await title().getByText('1 uploaded').waitFor()
    expect((await listPhotos()).map(({ fileName }) => fileName)).toEqual(['pasted.jpg'])
  })

  it('are taken with the camera of a phone', async () => {
    expect(await page.getByText('Take a photo').isVisible()).toBe(false)
    const phone = await browser.newContext({
      ...{ baseURL: origin, hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } },
      storageState: await context.storageState(),
      locale: 'en',
    })
    const handheld = await phone.newPage()
    await handheld.goto('/photos')
    const camera = handheld.getByLabel('Take a photo')
    expect(await camera.getAttribute('capture')).toBe('environment')
    const chosen = handheld.waitForEvent('filechooser')
    await handheld.locator('label[for=camera]').click() // a sign, on a phone
    await (await chosen).setFiles([await plainPicture('camera.jpg', '#208040')])
    await title(handheld).getByText('1 uploaded').waitFor()
    await examine(handheld)
    await phone.close()
  })
})

describe('a picture that cannot be uploaded as it is', () => {
  it('is made smaller in the browser, upright and without metadata, when the person wants it', async () => {
    await page.getByLabel('Choose photos').setInputFiles(await writeLargePhoto())
    await row('large.jpg')
      .getByText(/the limit is 10 MB: a smaller copy can be made here, without/)
      .waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Make large.jpg smaller' }).click()
    await cards().first().waitFor({ timeout: 60_000 })
    const [photo] = await listPhotos()
    // Turned by its EXIF, so that it is higher than wide.
    expect(photo?.contentType).toBe('image/jpeg')
    expect(photo?.height).toBeGreaterThan(photo?.width ?? 0)
    expect((photo?.height ?? 0) / (photo?.width ?? 1)).toBeCloseTo(4 / 3, 2)
    const { id } = photo as unknown as { id: string }
    const me = await (await context.request.get(`${origin}/api/me`)).json()
    const original = await context.request.get(`${origin}/raw/${me.id}/${id}`)
    const read = await sharp(await original.body()).metadata()
    expect([read.exif, read.orientation]).toEqual([undefined, undefined])
  })

  it('is a HEIC, which becomes a JPEG where the browser can read it', async () => {
    // As Safari does; Chromium cannot.
    await page.addInitScript(`{
      const decode = createImageBitmap
      globalThis.createImageBitmap = (file, ...more) =>
        file.name?.endsWith('.heic') ? decode(new ImageData(60, 40)) : decode(file, ...more)
    }`)
    await page.goto('/photos')
    const buffer = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')
    await page
      .getByLabel('Choose photos')
      .setInputFiles([{ name: 'IMG_1.heic', mimeType: 'image/heic', buffer }])
    await cards().first().waitFor()
    expect(await listPhotos()).toMatchObject([
      { fileName: 'IMG_1.jpg', contentType: 'image/jpeg', width: 60, height: 40 },
    ])
  })
})

describe('what another app shares', () => {
  /** As the system does with the share sheet: a form that leads to a page. */
  const share = async (...files: NamedFile[]) => {
    await transfer(files)
    await page.evaluate(`{
      const form = document.createElement('form')
      Object.assign(form, { method: 'post', action: '/photos/share', enctype: 'multipart/form-data' })
      const input = document.createElement('input')
      Object.assign(input, { type: 'file', name: 'photos', multiple: true, files: given.files })
      form.append(input)
      document.body.append(form)
      form.submit()
    }`)
    await page.waitForURL((url) => url.pathname === '/photos')
  }

  it('waits in the tray until the person wants it', async () => {
    await page.goto('/settings')
    await page.waitForFunction(
      'navigator.serviceWorker.getRegistration("/photos/share").then((it) => it?.active)',
    )
    await share(await plainPicture('shared-1.jpg', '#208040'), await plainPicture('shared-2.jpg', '#208040'))
    await row('shared-1.jpg').getByText('Shared from another app.').waitFor()
    expect(await listPhotos()).toEqual([])
    await page.getByRole('button', { name: 'Add all' }).click()
    await title().getByText('2 uploaded').waitFor()
    await cards().nth(1).waitFor()
  })

  it('is said to be missed where no service worker takes it', async () => {
    await page.goto('/settings')
    await page.waitForFunction(
      'navigator.serviceWorker.getRegistration("/photos/share").then((it) => it?.active)',
    )
    await page.evaluate(
      'navigator.serviceWorker.getRegistration("/photos/share").then((it) => it.unregister())',
    )
    await share(await plainPicture('missed.jpg', '#208040'))
    await page.getByText('What you shared did not arrive.').waitFor()
    expect(page.url()).toBe(`${origin}/photos`)
    expect(await listPhotos()).toEqual([])
  })
})

describe('signing out', () => {
  it('leaves nothing of the uploads in the browser', async () => {
    await holdStorage()
    await choose('left.jpg')
    await expectPuts(1)
    expect(await readKept(page)).toEqual({ rows: 1, files: 1 })
    await signOut(page)
    await page.getByRole('heading', { name: 'One URL for your face' }).waitFor()
    expect(await readKept(page)).toEqual({ rows: 0, files: 0 })
  })
})

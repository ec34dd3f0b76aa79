import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  openBrowser,
  openPage,
  openUploads,
  origin,
  plainPicture,
  readCode,
  selectPhoto,
  signIn,
  signInByPage,
  signOut,
  uploadsOver,
  useAsPicture,
} from './visitor'

let browser: Browser
let page: Page
let context: BrowserContext
let people = 0
let email: string

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

beforeEach(async () => {
  await context?.close()
  page = (await openPage(browser)).page
  context = page.context()
  email = `interrupted-${++people}@example.com`
  await signIn(page, email)
})

const cards = () => page.locator('[data-photo]')
const row = (name: string) => page.locator('.upload', { hasText: name })
const notice = () => page.locator('[data-session]')

/** Another tab of the same browser. */
async function openTab(path = '/photos'): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(path)
  return tab
}

async function signOutElsewhere(): Promise<void> {
  const tab = await openTab('/settings')
  await signOut(tab)
  await tab.getByRole('heading', { name: 'One URL for your face' }).waitFor()
  await tab.close()
}

/** Follows the link of the notice and signs in in the tab that it opens. */
async function signInAgain(as = email): Promise<void> {
  const opened = context.waitForEvent('page')
  await notice().getByRole('link', { name: 'Sign in' }).click()
  const tab = await opened
  await tab.getByLabel('E-mail').fill(as)
  const old = await readCode(as).catch(() => '')
  await tab.getByRole('button', { name: 'E-mail me a code' }).click()
  await tab.getByLabel('Code', { exact: true }).waitFor()
  let code = await readCode(as)
  while (code === old) code = await readCode(as)
  await tab.getByLabel('Code', { exact: true }).fill(code)
  await tab.waitForURL(/\/photos/)
  await tab.close()
}

const upload = (...names: string[]) =>
  Promise.all(names.map((name) => plainPicture(name, '#208040'))).then((files) =>
    page.getByLabel('Choose photos').setInputFiles(files),
  )

describe('a session that ends', () => {
  it('while files are uploaded: they wait, and go on after signing in in another tab', async () => {
    let go = () => {}
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    await page.route('**/local/r2/s3/**', (route) => held.then(() => route.continue()))
    await upload('a.jpg', 'b.jpg', 'c.jpg', 'd.jpg')
    await openUploads(page)
    await row('a.jpg').waitFor()
    await signOutElsewhere()
    go()
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) {
      await row(name).getByText('Waiting until you are signed in').waitFor()
    }
    await notice().getByText('You are signed out.').waitFor()
    expect(page.url()).toBe(`${origin}/photos`)
    await signInAgain()
    await cards().nth(3).waitFor()
    await notice().waitFor({ state: 'hidden' })
    expect(await cards().count()).toBe(4)
    await uploadsOver(page)
  })

  it('lets go of an upload that is cancelled meanwhile', async () => {
    await signOutElsewhere()
    await upload('cancelled.jpg')
    await openUploads(page)
    await row('cancelled.jpg').getByText('Waiting until you are signed in').waitFor()
    await page.getByRole('button', { name: 'Cancel cancelled.jpg' }).click()
    await row('cancelled.jpg').waitFor({ state: 'hidden' })
    await signInAgain()
    await notice().waitFor({ state: 'hidden' })
    await page.reload()
    expect(await cards().count()).toBe(0)
  })

  it('while a photo is edited: the text stays, the way to sign in is within reach, and Save works after', async () => {
    await upload('edited.jpg')
    await cards().getByRole('link').click()
    await page.getByLabel('Description').fill('A long description that nobody wants to type twice')
    await signOutElsewhere()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('You are signed out. Sign in, then try again').waitFor()
    await signInAgain()
    await notice().waitFor({ state: 'hidden' })
    expect(await page.getByLabel('Description').inputValue()).toContain('nobody wants to type twice')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: /nobody wants to type twice/ }).waitFor()
  })

  it('in the settings: the name that was typed stays and can be saved after', async () => {
    await page.goto('/settings')
    await page.getByLabel('Display name').fill('Katherine Johnson')
    await context.clearCookies()
    await page.getByRole('button', { name: 'Save' }).click()
    await notice().getByText('You are signed out.').waitFor()
    const opened = context.waitForEvent('page')
    await notice().getByRole('link', { name: 'Sign in' }).click()
    const tab = await opened
    expect(tab.url()).toBe(`${origin}/sign-in?next=%2Fsettings`)
    await tab.close()
    expect(await page.getByLabel('Display name').inputValue()).toBe('Katherine Johnson')
    await signInByPage(await context.newPage(), email)
    await notice().waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
  })

  it('sends nothing as somebody else who signs in instead', async () => {
    await signOutElsewhere()
    await upload('mine.jpg')
    await openUploads(page)
    await row('mine.jpg').getByText('Waiting until you are signed in').waitFor()
    const other = `other-${people}@example.com`
    await signInAgain(other)
    await notice().getByText('Somebody else is signed in now.').waitFor()
    await upload('second.jpg')
    await row('second.jpg').getByText('Waiting until you are signed in').waitFor()
    const tab = await openTab()
    expect(await tab.locator('[data-photo]').count()).toBe(0)
  })
})

describe('a photo that was deleted in another tab', () => {
  beforeEach(async () => {
    await upload('one.jpg', 'two.jpg')
    await cards().nth(1).waitFor()
    await page.reload() // both tabs in the server's order
    const tab = await openTab()
    const id = await tab.locator('[data-photo]').first().getAttribute('data-photo')
    await selectPhoto(tab)
    await tab.getByRole('button', { name: 'Delete' }).click()
    await tab.goto('/docs') // does for good what could be undone
    await expect.poll(async () => (await tab.request.get(`/api/photos/${id}`)).status()).toBe(404)
    await tab.close()
  })

  const expectRight = async () => {
    await page.getByText('This photo was deleted elsewhere.').waitFor()
    expect(await cards().count()).toBe(1)
    await page.locator('[data-open]:focus').waitFor()
  }

  it('cannot be made active: the page says why, and takes it away', async () => {
    await selectPhoto(page)
    await page.getByRole('button', { name: 'Use as my picture' }).click()
    await expectRight()
    await useAsPicture(page)
    await page.locator('.photo.active').waitFor()
  })

  it('has no page any more', async () => {
    await cards().first().getByRole('link').click()
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  })

  it('is deleted again without a fault', async () => {
    await selectPhoto(page)
    const answered = page.waitForResponse((response) => response.request().method() === 'DELETE')
    await page.getByRole('button', { name: 'Delete' }).click()
    await page.getByText('Photo deleted.').waitFor()
    expect((await answered).status()).toBe(404)
    await page.getByText('Photo deleted.').waitFor({ state: 'hidden' })
    expect([await cards().count(), await page.locator('.toast').count()]).toEqual([1, 0])
  })
})

describe('two tabs that edit one photo', () => {
  beforeEach(async () => {
    await upload('both.jpg')
    await cards().first().waitFor()
    await cards().getByRole('link').click()
    await page.getByLabel('Description').waitFor()
  })

  it('say where it was deleted in the other one', async () => {
    const tab = await openTab(new URL(page.url()).pathname)
    await tab.getByRole('button', { name: 'Delete' }).click()
    await tab.waitForURL('**/photos')
    await tab.getByText('Photo deleted.').waitFor()
    await tab.goto('/docs') // does for good what could be undone
    const id = new URL(page.url()).pathname.split('/').pop()
    await expect.poll(async () => (await page.request.get(`/api/photos/${id}`)).status()).toBe(404)
    await page.getByLabel('Description').fill('Too late')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('This photo was deleted elsewhere.').waitFor()
  })

  it('keep what each has changed', async () => {
    const tab = await openTab(new URL(page.url()).pathname)
    for (const [each, label, value] of [
      [page, 'Description', 'From the first tab'],
      [tab, 'Rating', 'pg'],
    ] as const) {
      const field = each.getByLabel(label)
      if (label === 'Rating') await field.selectOption(value)
      else await field.fill(value)
      await each.getByRole('button', { name: 'Save' }).click()
      await each.getByText('Saved.').waitFor()
    }
    await page.goBack()
    await page.getByRole('link', { name: 'Open photo: From the first tab' }).waitFor()
    await cards().locator('[data-badge=rating]', { hasText: 'PG' }).waitFor()
  })
})

describe('a token that was revoked in another tab', () => {
  it('is revoked again without a fault', async () => {
    await page.goto('/settings/tokens')
    await page.getByLabel('Name of a new token').fill('Old')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('button', { name: 'Done' }).click()
    const tab = await openTab('/settings/tokens')
    for (const each of [tab, page]) {
      await each.getByRole('button', { name: 'Revoke Old' }).click()
      await each.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
      await each.getByText('You have no tokens.').waitFor()
    }
  })
})

describe('the same file again', () => {
  it('is noticed before it is sent, and is taken in if the person wants it', async () => {
    await upload('twin.jpg')
    await cards().first().waitFor()
    let puts = 0
    page.on('request', (request) => {
      if (request.method() === 'PUT') puts++
    })
    await upload('twin.jpg')
    await row('twin.jpg').getByText('This picture is already here.').waitFor()
    expect([puts, await cards().count()]).toEqual([0, 1])
    await page.getByRole('button', { name: 'Add twin.jpg anyway' }).click()
    await cards().nth(1).waitFor()
    expect(puts).toBe(1)
  })

  it('is noticed within one choice of files', async () => {
    const file = await plainPicture('first.jpg', '#208040')
    await page.getByLabel('Choose photos').setInputFiles([file, { ...file, name: 'copy.jpg' }])
    await row('copy.jpg').getByText('This picture is already here.').waitFor()
    await cards().first().waitFor()
    await page.getByRole('button', { name: 'Dismiss copy.jpg' }).click()
    expect(await cards().count()).toBe(1)
  })
})

describe('a picture that cannot be had at once', () => {
  it.each([429, 503])('comes after a %i, when the server says', async (status) => {
    await upload('late.jpg')
    await expectPicture(cards().first().locator('img')) // or what this page still asks for would be counted
    let refused = 0
    let until = Number.POSITIVE_INFINITY
    await page.route('**/raw/**', (route) => {
      if (Date.now() > until) return route.continue()
      if (refused++ === 0) until = Date.now() + 2000
      return route.fulfill({ status, headers: { 'retry-after': '2' }, json: { code: 'rate_limited' } })
    })
    await page.reload()
    await expectPicture(cards().first().locator('img'))
    // The picture, and the question why: after that nobody asks before the time is over.
    expect(refused).toBe(2)
  })

  it('is mended once, however often the browser says that it failed', async () => {
    await upload('twice.jpg')
    const picture = cards().first().locator('img')
    await expectPicture(picture)
    const asked: string[] = []
    await page.route('**/raw/**', (route) => {
      const method = route.request().method()
      asked.push(method)
      const refusal = { status: 503, headers: { 'retry-after': '1' } }
      return method === 'HEAD' ? route.fulfill(refusal) : route.continue()
    })
    await picture.evaluate((image: { dispatchEvent(event: Event): void }) => {
      for (const _ of [1, 2]) image.dispatchEvent(new Event('error'))
    })
    await expect.poll(() => asked, { timeout: 10_000 }).toContain('GET')
    expect(asked.filter((method) => method === 'HEAD')).toEqual(['HEAD'])
  })

  it('on the pages for everybody too', async () => {
    const { page: stranger } = await openPage(browser)
    let refused = 0
    await stranger.route(/d=wavatar/, (route) =>
      refused++ < 2 ? route.fulfill({ status: 503, headers: { 'retry-after': '1' } }) : route.continue(),
    )
    for (const path of ['/', '/docs']) {
      refused = 0
      await stranger.goto(path)
      const picture = stranger.locator('img[src*="d=wavatar"]').first()
      await picture.scrollIntoViewIfNeeded()
      await expect.poll(() => refused).toBeGreaterThanOrEqual(2)
      await expectPicture(picture)
    }
    await stranger.context().close()
  })
})

/** Waits until a picture is there. */
async function expectPicture(picture: Locator): Promise<void> {
  const width = () => picture.evaluate((one: { naturalWidth: number }) => one.naturalWidth)
  await expect.poll(width, { timeout: 15_000 }).toBeGreaterThan(0)
}

describe('a dialog', () => {
  const press = (value: string) => page.getByRole('dialog').locator(`[value=${value}]`)
  const end = () => page.getByRole('button', { name: 'Delete album' })

  beforeEach(async () => {
    const made = await page.request.post('/api/albums', { data: { title: 'Away' } })
    const { id } = await made.json()
    await page.goto(`/albums/${id}`, { waitUntil: 'networkidle' })
    await end().click()
    await press('end').waitFor()
  })

  it('does what is asked of it where it is opened again in the moment that it was closed', async () => {
    // The browser tells of the first end only now.
    await page.evaluate(`(() => {
      document.querySelector('[data-end-dialog]').close()
      document.querySelector('[data-end]').click()
    })()`)
    await press('end').click()
    await page.waitForURL('**/albums')
  })

  it('does what was begun though it is closed meanwhile, and says what failed', async () => {
    const held: (() => Promise<void>)[] = []
    await page.route('**/api/albums/*', (route) => {
      const fails = held.length === 0
      held.push(() =>
        fails ? route.fulfill({ status: 503, json: { code: 'unavailable' } }) : route.continue(),
      )
    })
    for (const turn of [0, 1]) {
      if (turn > 0) await end().click()
      await press('end').click()
      await expect.poll(() => held.length).toBe(turn + 1)
      await page.keyboard.press('Escape')
      await press('end').waitFor({ state: 'hidden' })
      await held[turn]?.()
      if (turn === 0) await page.locator('[data-toasts] .error').waitFor()
    }
    await page.waitForURL('**/albums')
  })
})

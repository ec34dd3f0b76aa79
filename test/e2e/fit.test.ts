import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFaults } from './faults'
import { fillAccount, tower, WORD } from './full-account'
import { openBrowser, openMore, openPage, openUploads, selectPhoto } from './visitor'

// A long e-mail, a long name and long words without a blank, on every page and in every dialog, on small phones and
// with the browser's font at twice its size.

const EMAIL = 'bartholomew.fitzgerald-montgomery.the.third@a-rather-long-department.example.com'

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  page = (await openPage(browser)).page
  await fillAccount(page, EMAIL)
})
afterAll(() => browser?.close())

const press = (name: RegExp) => () => page.getByRole('button', { name }).first().click()

async function openPhoto(): Promise<void> {
  await page.getByRole('link', { name: `Open photo: ${WORD}`, exact: true }).click()
  await page.waitForURL('**/photos/*')
}

/** What every visit looks at: a page, and what to do on it. */
const SIGHTS: [string, string, (() => Promise<unknown>)?][] = [
  ['the photos', '/photos'],
  [
    'the code in HTML',
    '/photos',
    async () => {
      await openMore(page)
      await page.getByRole('radio', { name: 'HTML' }).check()
    },
  ],
  ['a photo', '/photos', openPhoto],
  [
    'who a photo is shared with',
    '/photos',
    async () => {
      await openPhoto()
      await page.getByRole('button', { name: 'Share' }).click()
      await page.getByRole('button', { name: 'Create link' }).click()
      await page.locator('[data-copy]:focus').waitFor()
    },
  ],
  [
    'photos that are selected',
    '/photos',
    async () => {
      await page.getByRole('button', { name: 'Select', exact: true }).click()
      await page.locator('[data-open]').first().click()
      await page.getByText('1 selected').waitFor()
    },
  ],
  [
    'a photo that is deleted',
    '/photos',
    async () => {
      await selectPhoto(page, 'b.jpg')
      await page.getByRole('button', { name: 'Delete' }).click()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Undone.').waitFor()
    },
  ],
  ['the albums', '/albums'],
  ['what is shared', '/shared'],
  ['photos of oneself', '/tagged'],
  [
    'a face that is tagged',
    '/photos',
    async () => {
      await openPhoto()
      await page.getByRole('button', { name: 'Tag people' }).click()
      await page.getByRole('button', { name: 'Who is it?' }).click()
      await page.locator('[data-who-dialog] [data-hash]').first().waitFor()
    },
  ],
  [
    'an album',
    '/albums',
    async () => {
      await page.getByRole('link', { name: WORD }).click()
      await page.waitForURL('**/albums/*')
      await page.getByRole('heading', { name: WORD }).waitFor()
    },
  ],
  [
    'who is in an album',
    '/albums',
    async () => {
      await page.getByRole('link', { name: WORD }).click()
      await page.waitForURL('**/albums/*')
      await page.getByRole('button', { name: 'Share' }).click()
      await page.locator('[data-role]').waitFor()
    },
  ],
  [
    'a list of uploads',
    '/photos',
    async () => {
      const text = { name: `${WORD}.txt`, mimeType: 'text/plain', buffer: Buffer.from('text') }
      await page.getByLabel('Choose photos').setInputFiles([text, await tower()])
      await openUploads(page)
      await page.locator('.upload').getByText('This picture is already here.').first().waitFor()
    },
  ],
  [
    'the notice of a session that is over',
    '/photos',
    async () => {
      await page.route('**/api/me/active-photo', (route) =>
        route.fulfill({ status: 401, json: { code: 'unauthenticated' } }),
      )
      await selectPhoto(page, 'b.jpg')
      await page.getByRole('button', { name: 'Use as my picture' }).click()
      await page.getByRole('button', { name: 'Use the whole picture' }).click()
      await page.getByRole('button', { name: 'Skip' }).click()
      await page.getByText('You are signed out.').first().waitFor()
    },
  ],
  ['the menu', '/albums', () => page.getByRole('banner').locator('summary').click()],
  ['the list of settings', '/settings'],
  ['the settings of addresses', '/settings/addresses'],
  ['the settings of data', '/settings/data'],
  ['the question before the URL is renewed', '/settings/privacy', press(/^Renew/)],
  ['the question before a token is revoked', '/settings/tokens', press(/^Revoke/)],
  ['the guide', '/docs'],
  ['the reference of the API', '/docs/api'],
  ['the codes', '/docs/errors'],
  ['a page that is not there', '/no/such/page'],
]

const SCREENS = [
  { width: 320, font: 16 },
  { width: 360, font: 16 },
  { width: 360, font: 32 },
  { width: 768, font: 32 },
]

it('gives an album whose cover is five times as high as wide the place of any other', async () => {
  await page.goto('/albums')
  const covers = await page.locator('.album-cover').all()
  const boxes = await Promise.all(covers.map((cover) => cover.boundingBox()))
  expect(boxes.map((box) => box && Math.round((box.width / box.height) * 100))).toEqual([133, 133])
})

describe.each(SCREENS)('$width pixels wide, with a font of $font', ({ width, font }) => {
  beforeAll(async () => {
    await page.setViewportSize({ width, height: 800 })
    await setFont(page, font)
  })

  it.each(SIGHTS)('shows %s whole', async (_name, path, act) => {
    await page.goto(path)
    await act?.()
    expect(await findFaults(page)).toEqual([])
    const clear = page.locator('[data-tray] [data-clear]') // what failed would be in the way on every page
    if (await clear.isVisible()) await clear.click()
  })

  it.each(['/', '/sign-in', '/docs'])('shows %s whole to somebody new', async (path) => {
    const { page: stranger } = await openPage(browser, { viewport: { width, height: 800 } })
    await setFont(stranger, font)
    await stranger.goto(path)
    expect(await findFaults(stranger)).toEqual([])
    if (path === '/sign-in') {
      await stranger
        .getByLabel('E-mail')
        .fill(`${'a'.repeat(60)}@${width}-${font}.${'b'.repeat(50)}.example.com`)
      await stranger.keyboard.press('Enter')
      await stranger.getByLabel('Code', { exact: true }).waitFor()
      expect(await findFaults(stranger)).toEqual([])
    }
    await stranger.context().close()
  })
})

/** What a person sets as the size of text in the browser's settings. */
async function setFont(page: Page, standard: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setFontSizes', { fontSizes: { standard, fixed: (standard * 13) / 16 } })
}

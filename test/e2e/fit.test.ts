import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  openBrowser,
  openMore,
  openPage,
  openUploads,
  plainPicture,
  selectPhoto,
  signIn,
  useAsPicture,
} from './visitor'

// A long e-mail, a long name and long words without a blank, on every page and in every dialog, on small phones and
// with the browser's font at twice its size.

const EMAIL = 'bartholomew.fitzgerald-montgomery.the.third@a-rather-long-department.example.com'
const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'
const tower = () => plainPicture('b.jpg', '#204080', [300, 1500])
const NAME = `Bartholomew ${WORD}`.slice(0, 100)

let browser: Browser
let page: Page

beforeAll(async () => {
  browser = await openBrowser()
  page = (await openPage(browser)).page
  await signIn(page, EMAIL)
  await page
    .getByLabel('Choose photos')
    .setInputFiles([await plainPicture(`${WORD}.jpg`, '#802040'), await tower()])
  await page.locator('[data-photo]').nth(1).waitFor()
  await useAsPicture(page, `${WORD}.jpg`)
  const id = await page.locator('.photo.active').evaluate((card) => (card as unknown as Card).dataset.photo)
  await call('PATCH', `/api/photos/${id}`, { altText: WORD, rating: 'r' })
  await call('PATCH', '/api/me', { displayName: NAME })
  await call('POST', '/api/tokens', { name: WORD })
  const [ada, bo] = ['a'.repeat(64), 'b'.repeat(64)]
  await call('PUT', `/api/contacts/${ada}`, { name: NAME })
  for (const hash of [ada, bo]) await call('PUT', `/api/photos/${id}/shares/${hash}`)
  const me = await call<{ hash: string }>('GET', '/api/me')
  const box = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 }
  for (const hash of [ada, bo, me.hash]) await call('PUT', `/api/photos/${id}/tags/${hash}`, box)
  await call('PUT', `/api/contacts/${'c'.repeat(64)}`, { name: NAME })
  await call('POST', `/api/photos/${id}/links`, { expiresIn: 3600, password: WORD, download: true })
  const album = await call<{ id: string }>('POST', '/api/albums', { title: WORD })
  await call('PUT', `/api/albums/${album.id}/photos/${id}`)
  const tall = await page
    .locator('.photo:not(.active)')
    .evaluate((card) => (card as unknown as Card).dataset.photo)
  const high = await call<{ id: string }>('POST', '/api/albums', { title: 'Tower' })
  await call('PUT', `/api/albums/${high.id}/photos/${tall}`)
  await call('PUT', `/api/albums/${album.id}/members/${ada}`, { role: 'contributor' })
})
afterAll(() => browser?.close())

interface Card {
  dataset: { photo: string }
}

/** Calls the API as the page would. */
async function call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const [status, text] = await page.evaluate<[number, string]>(
    `fetch('${path}', ${JSON.stringify(init)}).then(async (answer) => [answer.status, await answer.text()])`,
  )
  expect(status, path).toBeLessThan(300)
  return (text ? JSON.parse(text) : undefined) as T
}

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
      await page.getByText('You are signed out.').waitFor()
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

/**
 * What cannot be seen whole: a page that scrolls sideways; an element that hangs out of the window; text that is wider
 * than what holds it, unless it says so by an ellipsis and holds the whole as its title; neighbours in the header that
 * lie over each other.
 */
function findFaults(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const faults = []
    const name = (element) => element.outerHTML.slice(0, 120)
    const overhang = document.documentElement.scrollWidth - innerWidth
    if (overhang > 0) faults.push('scrolls sideways by ' + overhang)
    const seen = [...document.body.querySelectorAll('*')].filter((element) =>
      element.checkVisibility({ visibilityProperty: true }) && !element.closest('.visually-hidden, .skip, svg, option, [data-toasts], [data-beside]'))
    for (const element of seen) {
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (box.width <= 1 || box.height <= 1) continue // for screen readers alone
      const scrolls = element.closest('pre, textarea')
      if (!scrolls && (box.right > innerWidth + 1 || box.left < -1)) faults.push('hangs out: ' + name(element))
      const isText = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
      if (isText && !scrolls && element.scrollWidth > element.clientWidth + 1 && style.display !== 'inline') {
        const told = style.textOverflow === 'ellipsis' && element.title.includes(element.textContent.trim())
        if (!told) faults.push('is cut off: ' + name(element))
      }
      if (isText && style.overflow !== 'visible' && element.scrollHeight > element.clientHeight + 1 && !scrolls) faults.push('is cut off below: ' + name(element))
    }
    const header = [...document.querySelectorAll('.header .brand, .header nav > :not(details), .menu > summary')].map((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      const seen = [...element.children].filter((child) => child.getBoundingClientRect().width > 1)
      if (seen.length) range.setStartBefore(seen[0]) || range.setEndAfter(seen.at(-1)) // a word may be for screen readers alone
      return range.getBoundingClientRect()
    })
    for (const [index, one] of header.entries()) for (const other of header.slice(index + 1)) {
      if (one.right > other.left + 1 && other.right > one.left + 1 && one.bottom > other.top + 1 && other.bottom > one.top + 1) faults.push('the header lies over itself')
    }
    return [...new Set(faults)].slice(0, 10)
  })()`)
}

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findFaults } from './faults'
import { call, fillAccount, NAME, tower, WORD } from './full-account'
import { openBrowser, openPage, openUploads, origin, plainPicture, signIn } from './visitor'

// Every page and dialog in English in disguise (src/lang/pseudo.ts), half as long again and then from right to left: what
// is not in its brackets is from no catalogue, and what is not seen whole will not be in another language either.

const EMAIL = 'bartholomew@a-rather-long-department.example.com'

/** Not from the catalogue: what people typed, and names of things. The longest first. */
const KNOWN = [
  `${WORD}.jpg`,
  `${WORD}.txt`,
  EMAIL,
  'new@a-rather-long-department.example.com',
  '@a-rather-long-department.example.com', // an address may break before its sign
  'bartholomew',
  NAME,
  WORD,
  'b.jpg',
  'c.jpg',
  'Hello there',
  'Tower',
  'somebody-new@example.com',
  'not_found',
  'SHA-256',
  'Libravatar',
  'Gravatar',
  'Markdown',
  'Chrome',
  'Linux',
  'Cameo',
  'JPEG',
  'HTML',
  'MD5',
  'URL',
  'px',
]

let browser: Browser
let page: Page
let link = ''
let thread = ''

beforeAll(async () => {
  browser = await openBrowser()
  page = (await openPage(browser)).page
  const other = (await openPage(browser)).page
  await fillAccount(page, EMAIL)
  await signIn(other, 'other@a-rather-long-department.example.com')
  await other
    .getByLabel('Choose photos')
    .setInputFiles([await plainPicture('b.jpg', '#204080'), await plainPicture('c.jpg', '#208040')])
  await other.locator('[data-photo]').nth(1).waitFor()
  const [me, them] = [await call<Me>(page, 'GET', '/api/me'), await call<Me>(other, 'GET', '/api/me')]
  await call(page, 'PUT', `/api/contacts/${them.hash}`, { name: NAME })
  const theirs = await call<List>(other, 'GET', '/api/photos')
  const [first = '', second = ''] = theirs.items.map(({ id }) => id)
  await call(other, 'PUT', `/api/photos/${first}/shares/${me.hash}`)
  await call(other, 'PUT', `/api/photos/${second}/tags/${me.hash}`, { x: 0, y: 0, width: 0.2, height: 0.2 })
  const theirAlbum = await call<{ id: string }>(other, 'POST', '/api/albums', { title: WORD })
  await call(other, 'PUT', `/api/albums/${theirAlbum.id}/photos/${first}`)
  await call(other, 'PUT', `/api/albums/${theirAlbum.id}/members/${me.hash}`, { role: 'viewer' })
  await call(other, 'POST', '/api/messages', { to: me.hash, text: 'Hello there', photoId: first })
  await call(page, 'POST', '/api/messages', { to: them.hash, text: 'Hello there' })
  thread = `/inbox/${them.hash}`
  const mine = await call<List>(page, 'GET', '/api/photos')
  const album = (await call<List>(page, 'GET', '/api/albums')).items.at(-1)?.id
  for (const { id } of mine.items) await call(page, 'PUT', `/api/albums/${album}/photos/${id}`)
  const sent = { expiresIn: 3600, password: WORD }
  link = (await call<{ url: string }>(page, 'POST', `/api/albums/${album}/links`, sent)).url
  await speak(page, 'en-XA')
  await other.context().close()
})
afterAll(() => browser?.close())

interface Me {
  hash: string
}

interface List {
  items: { id: string }[]
}

type Act = (page: Page) => Promise<unknown>

/** Presses what stands for a selector and waits for what it opens. */
const press =
  (selector: string, opens = 'dialog[open]'): Act =>
  async (page) => {
    await page.locator(selector).locator('visible=true').first().click()
    await page.locator(opens).locator('visible=true').first().waitFor()
  }

const all =
  (...acts: Act[]): Act =>
  async (page) => {
    for (const act of acts) await act(page)
  }

const openPhoto: Act = async (page) => {
  await page.locator('[data-open]').last().click()
  await page.waitForURL('**/photos/*')
}

const openAlbum: Act = async (page) => {
  await page.locator('a[href^="/albums/"]').last().click()
  await page.waitForURL('**/albums/*')
}

const select: Act = async (page) => {
  await page.locator('.photo-select input').first().check()
  await page.locator('.selection').locator('visible=true').first().waitFor()
}

/** Deletes a photo and takes it back. */
const undo: Act = all(select, press('[data-tool=delete]', '.toast.undo'), async (page) => {
  await page.locator('.toast.undo button').click()
  await page.locator('.toast:not(.undo)').waitFor()
})

/** What is done when a session ended meanwhile. */
const signedOut: Act = all(
  async (page) => {
    await page.route('**/api/me/active-photo', (route) =>
      route.fulfill({ status: 401, json: { code: 'unauthenticated' } }),
    )
  },
  select,
  press('[data-tool=use]', '[data-crop-dialog] [data-whole]'),
  press('[data-crop-dialog] [data-whole]', '[data-crop-dialog] [data-skip]'),
  press('[data-crop-dialog] [data-skip]', '[data-session]'),
)

const SIGHTS: [string, string, Act?][] = [
  ['the photos', '/photos'],
  ['the code to embed', '/photos', press('.embed-more summary', '.embed-more [name=size]')],
  ['what the URL shows', '/photos', press('[data-check]', '[data-check-state]:not(:empty)')],
  ['photos that are selected', '/photos', select],
  ['a photo that came back', '/photos', undo],
  ['the notice of a session that is over', '/photos', signedOut],
  ['a photo', '/photos', openPhoto],
  ['whom a photo is shared with', '/photos', all(openPhoto, press('[data-share]'))],
  ['where a photo shows', '/photos', all(openPhoto, press('[data-activate], [data-frame]'))],
  ['tags', '/photos', all(openPhoto, press('[data-tag]', '[data-tag-bar]'))],
  ['the albums', '/albums'],
  ['a new album', '/albums', press('[data-create]')],
  ['an album', '/albums', openAlbum],
  ['what is shared', '/shared'],
  ['photos of oneself', '/tagged'],
  ['the question before a tag goes', '/tagged', press('[data-remove-me]')],
  ['the inbox', '/inbox'],
  ['a new message', '/inbox', press('[data-new]')],
  ['a list of uploads', '/photos', upload],
  ['the menu', '/albums', press('header summary', 'header details[open]')],
  ['the settings', '/settings'],
  ['the profile', '/settings/profile'],
  ['the addresses', '/settings/addresses'],
  ['the picture of an address', '/settings/addresses', press('.address [data-pick]')],
  ['the privacy', '/settings/privacy'],
  ['the question before the URL is renewed', '/settings/privacy', press('[data-renew]')],
  ['the devices', '/settings/devices'],
  ['the tokens', '/settings/tokens'],
  ['the question before a token is revoked', '/settings/tokens', press('[data-revoke]')],
  ['the data', '/settings/data'],
  ['the guide', '/docs'],
  ['the reference of the API', '/docs/api'],
  ['the codes', '/docs/errors'],
  ['a page that is not there', '/no/such/page'],
  ['the start page', '/'],
]

async function upload(page: Page): Promise<void> {
  const text = { name: `${WORD}.txt`, mimeType: 'text/plain', buffer: Buffer.from('text') }
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([text, await tower()])
  await openUploads(page)
  await page.locator('.upload').nth(1).waitFor()
}

/** Goes on in a language that only tests speak. */
async function speak(page: Page, language: string): Promise<void> {
  await page.context().addCookies([{ name: 'language', value: language, url: origin }])
}

const WIDTHS = [1280, 390, 320]

/** Looks at what a page shows, as it is and mirrored. */
async function look(page: Page): Promise<void> {
  const found = await findWords(page)
  for (const direction of ['ltr', 'rtl']) {
    await page.evaluate(`document.documentElement.dir = '${direction}'`)
    for (const width of direction === 'ltr' ? WIDTHS : WIDTHS.toReversed()) {
      await page.setViewportSize({ width, height: 844 })
      for (const fault of await findFaults(page)) found.push(`${direction} ${width}: ${fault}`)
    }
  }
  expect(found).toEqual([])
}

describe('English in disguise', () => {
  it.each(SIGHTS)('shows %s whole and in its words, in both directions', async (_name, path, act) => {
    await page.goto(path)
    await act?.(page)
    await look(page)
    const clear = page.locator('[data-tray] [data-clear]')
    if (await clear.isVisible()) await clear.click()
  })

  it('shows a thread so', async () => {
    await page.goto(thread)
    await look(page)
  })

  it('shows a stranger so what is for them', async () => {
    const { page: stranger } = await openPage(browser, { viewport: { width: 1280, height: 844 } })
    await speak(stranger, 'en-XA')
    for (const path of ['/', link]) {
      await stranger.goto(path)
      await look(stranger)
    }
    await enter(stranger, 'wrong', '[role=alert], .message.error')
    await look(stranger)
    await enter(stranger, WORD, '.linked-photos img')
    await look(stranger)
    await press('.linked-photos a', '.view-bar')(stranger)
    await look(stranger)
    await stranger.goto('/sign-in')
    await stranger.locator('[name=email]').fill('somebody-new@example.com')
    await stranger.keyboard.press('Enter')
    await stranger.locator('[name=code]').waitFor()
    await look(stranger)
    await stranger.context().close()
  })

  it('shows somebody new so what they can begin with', async () => {
    const { page: newcomer } = await openPage(browser, { viewport: { width: 1280, height: 844 } })
    await signIn(newcomer, 'new@a-rather-long-department.example.com')
    await speak(newcomer, 'en-XA')
    for (const path of ['/photos', '/albums', '/shared', '/tagged', '/inbox', '/settings/tokens']) {
      await newcomer.goto(path)
      await look(newcomer)
    }
    await newcomer.context().close()
  })
})

describe('a language that is read from right to left', () => {
  it('begins on the right, and goes on to the left: pages, photos, keys', async () => {
    await speak(page, 'ar-XB')
    await page.setViewportSize({ width: 1280, height: 844 })
    await page.goto('/photos')
    expect(await page.evaluate('[document.documentElement.lang, document.documentElement.dir]')).toEqual([
      'ar-XB',
      'rtl',
    ])
    expect(await findWords(page)).toEqual([]) // what the browser code wrote, too
    const placeOf = async (selector: string) => (await page.locator(selector).first().boundingBox())?.x ?? 0
    expect(await placeOf('.brand')).toBeGreaterThan(await placeOf('header summary'))
    await page.locator('[data-open]').first().click()
    await page.waitForURL('**/photos/*')
    const first = page.url()
    await page.keyboard.press('ArrowLeft')
    await page.waitForURL((url) => url.href !== first)
    await page.keyboard.press('ArrowRight')
    await page.waitForURL(first)
  })

  it('goes on to the left in what a link shows', async () => {
    const { page: stranger } = await openPage(browser)
    await speak(stranger, 'ar-XB')
    await stranger.goto(link)
    await enter(stranger, WORD, '.linked-photos img')
    await press('.linked-photos a', '.view-bar')(stranger)
    const first = stranger.url()
    await stranger.keyboard.press('ArrowLeft')
    await stranger.waitForURL((url) => url.href !== first)
    await stranger.waitForFunction(
      "document.querySelector('.view.open').dataset.view === location.hash.slice(3)",
    )
    await stranger.keyboard.press('ArrowRight')
    await stranger.waitForURL(first)
    await stranger.context().close()
  })
})

/** Gives the password of the link and waits for what comes then. */
async function enter(stranger: Page, password: string, shown: string): Promise<void> {
  await stranger.locator('[name=password]').fill(password)
  await stranger.keyboard.press('Enter')
  await stranger.locator(shown).locator('visible=true').first().waitFor()
  await stranger.waitForLoadState() // its browser code runs
}

/** Texts and names of the page, shown or hidden, in which something is not from the catalogue. */
function findWords(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const known = ${JSON.stringify(KNOWN)}
    const words = []
    const keep = (text, element) => {
      let plain = text
      for (let last; last !== plain; ) [last, plain] = [plain, plain.replace(/⟦[^⟦⟧]*⟧/g, ' ')]
      for (const value of known) plain = plain.replaceAll(value, ' ')
      plain = plain.replace(/https?:\\/\\/\\S+/g, ' ').replace(/\\b[0-9a-f]{6,}…?/g, ' ')
      if (/\\p{L}{2}/u.test(plain)) words.push(plain.trim() + ' | ' + element.outerHTML.slice(0, 120))
    }
    // Code, and what says itself that it is in another language.
    const left = 'script, style, noscript, pre, code, textarea, .face, html [lang]'
    const texts = document.createTreeWalker(document, NodeFilter.SHOW_TEXT)
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode
      if (parentElement && !parentElement.closest(left)) keep(data, parentElement)
    }
    for (const element of document.querySelectorAll('*')) {
      if (element.closest('html [lang]')) continue
      for (const name of ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'alt', 'placeholder', 'label'])
        if (element.hasAttribute(name)) keep(element.getAttribute(name), element)
      if (element.matches('meta[name=description]')) keep(element.content, element)
    }
    return [...new Set(words)].slice(0, 20)
  })()`)
}

import type { Page } from 'playwright-core'
import { openUploads } from './visitor'
import { takePhotograph, type World } from './world'

// Every page of the app and every dialog on it, and who sees it.

export interface Sight {
  /** Of the screenshot. */
  name: string
  as: 'guest' | 'ada' | 'sam'
  path: string | ((paths: World['paths']) => string)
  /** What is done there before it is looked at: by marks in the page, which are the same in every language. */
  act?: (page: Page) => Promise<unknown>
  /** The console says that an answer was no success, as it should. */
  fails?: boolean
  /** Nothing of its own is in another language. */
  isEnglish?: boolean
}

const press = (selector: string) => (page: Page) => page.locator(selector).first().click()
const openMenu = (page: Page) => page.locator('.header .menu > summary').click()

/** Presses, and waits for what comes of it. */
const pressFor =
  (selector: string, ...awaited: string[]) =>
  async (page: Page) => {
    await page.locator(selector).first().click()
    for (const each of awaited) await page.locator(each).first().waitFor()
  }

/** Selects the newest photos, by a press on each: fingers have no other way. */
async function select(page: Page, count: number): Promise<void> {
  await page.locator('[data-select-mode]').click()
  for (let at = 0; at < count; at++) await page.locator('[data-open]').nth(at).click()
}

/** A page of another site whose form leads here. */
async function comeFromElsewhere(page: Page): Promise<void> {
  const { origin } = new URL(page.url())
  const form = `<!doctype html><html lang=en><title>Elsewhere</title><form method=post action="${origin}/sign-out"><button>Go</button></form>`
  await page.route('http://elsewhere.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: form }),
  )
  await page.goto('http://elsewhere.example/')
  await page.locator('button').click()
  await page.locator('.problem').waitFor()
}

async function upload(page: Page): Promise<void> {
  await page.context().route('**/s3/**', () => undefined) // it does not end while it is looked at
  const photo = await takePhotograph(21, '2026:10:25 10:00:00', 0.5)
  const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer })
  await page
    .locator('[data-uploads] input[type=file]')
    .first()
    .setInputFiles([
      file('IMG_2061.jpg', photo.mimeType, photo.buffer),
      file('Notes of the trip.txt', 'text/plain', Buffer.from('text')),
      file('IMG_2062.heic', 'image/heic', Buffer.from('0000ftypheic')),
    ])
  await openUploads(page)
  await page.locator('.upload').nth(2).waitFor()
  await page.locator('.upload progress:not(.off)').first().waitFor()
}

async function tag(page: Page): Promise<void> {
  await page.locator('[data-tag]').click()
  await page.locator('[data-tag-bar] [data-go-on]').waitFor()
}

const SECTIONS = ['profile', 'addresses', 'privacy', 'devices', 'tokens', 'data']

/** Of each person, those that leave something behind come last. */
export const SIGHTS: Sight[] = [
  { name: 'start', as: 'guest', path: '/' },
  {
    name: 'start-try-out',
    as: 'guest',
    path: '/',
    act: async (page) => {
      await page.locator('[data-try-out] input').fill('ada@example.com')
      await page.locator('[data-try-out] canvas, [data-try-out] img').first().waitFor()
    },
  },
  { name: 'menu-guest', as: 'guest', path: '/docs/errors', act: openMenu },
  { name: 'sign-in', as: 'guest', path: '/sign-in' },
  { name: 'docs', as: 'guest', path: '/docs' },
  { name: 'docs-api', as: 'guest', path: '/docs/api', isEnglish: true },
  { name: 'docs-errors', as: 'guest', path: '/docs/errors' },
  { name: 'link-photo', as: 'guest', path: ({ link }) => link },
  { name: 'link-album', as: 'guest', path: ({ albumLink }) => albumLink },
  {
    name: 'link-viewer',
    as: 'guest',
    path: ({ albumLink }) => albumLink,
    act: pressFor('[data-to]', '.view.open img'),
  },
  { name: 'link-password', as: 'guest', path: ({ locked }) => locked },
  { name: 'link-gone', as: 'guest', path: '/l/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', fails: true },
  { name: 'error-404', as: 'guest', path: '/no/such/page', fails: true },
  { name: 'error-403', as: 'guest', path: '/sign-in', act: comeFromElsewhere, fails: true },
  {
    name: 'code',
    as: 'guest',
    path: '/sign-in',
    act: async (page) => {
      await page.locator('input[name=email]').fill(`walk-${crypto.randomUUID()}@example.com`)
      await page.keyboard.press('Enter')
      await page.locator('.code-input').waitFor()
    },
  },
  { name: 'first-run', as: 'sam', path: '/photos' },
  { name: 'albums-empty', as: 'sam', path: '/albums' },
  { name: 'shared-empty', as: 'sam', path: '/shared' },
  { name: 'tagged-empty', as: 'sam', path: '/tagged' },
  { name: 'inbox-empty', as: 'sam', path: '/inbox' },
  { name: 'photos', as: 'ada', path: '/photos' },
  { name: 'menu', as: 'ada', path: '/photos', act: openMenu },
  { name: 'photos-selected', as: 'ada', path: '/photos', act: (page) => select(page, 3) },
  {
    name: 'album-dialog',
    as: 'ada',
    path: '/photos',
    act: async (page) => {
      await select(page, 2)
      await pressFor('[data-tool=add]', '[data-album-dialog][open] .place')(page)
    },
  },
  {
    name: 'where-dialog',
    as: 'ada',
    path: '/photos',
    act: async (page) => {
      await page.locator('[data-select-mode]').click()
      await page.locator('[data-open]').first().click() // framed already: it is shown
      await pressFor('[data-tool=use]', '[data-where-dialog][open] .place')(page)
    },
  },
  { name: 'photo', as: 'ada', path: ({ photo }) => photo },
  {
    name: 'share-dialog',
    as: 'ada',
    path: ({ photo }) => photo,
    act: pressFor('[data-share]', '[data-share-dialog][open] [data-people] li'),
  },
  { name: 'photo-tagging', as: 'ada', path: ({ photo }) => photo, act: tag },
  {
    name: 'who-dialog',
    as: 'ada',
    path: ({ photo }) => photo,
    act: async (page) => {
      await tag(page)
      await pressFor('[data-tag-bar] [data-go-on]', '[data-who-dialog][open] [data-chips] li')(page)
    },
  },
  {
    name: 'crop-dialog',
    as: 'ada',
    path: ({ photo }) => `${photo}?frame`,
    act: (page) => page.locator('[data-crop-dialog] [data-room] img').waitFor(),
  },
  {
    name: 'crop-words',
    as: 'ada',
    path: ({ photo }) => `${photo}?frame`,
    act: pressFor('[data-crop-dialog] [data-frame-step] .primary', '[data-crop-dialog] [name=altText]'),
  },
  { name: 'photo-of-others', as: 'ada', path: ({ others }) => others },
  { name: 'albums', as: 'ada', path: '/albums' },
  { name: 'title-dialog', as: 'ada', path: '/albums', act: press('[data-create]') },
  { name: 'album', as: 'ada', path: ({ album }) => album },
  {
    name: 'album-share',
    as: 'ada',
    path: ({ album }) => album,
    act: pressFor('[data-share]', '[data-share-dialog][open] [data-role]'),
  },
  {
    name: 'album-pick',
    as: 'ada',
    path: ({ album }) => album,
    act: pressFor('[data-pick]', 'dialog[open] img'),
  },
  {
    name: 'album-delete',
    as: 'ada',
    path: ({ album }) => album,
    act: pressFor('[data-end]', 'dialog[open]'),
  },
  { name: 'shared', as: 'ada', path: '/shared' },
  { name: 'tagged', as: 'ada', path: '/tagged' },
  { name: 'inbox', as: 'ada', path: '/inbox' },
  { name: 'new-message', as: 'ada', path: '/inbox', act: pressFor('[data-new]', 'dialog[open] .chip') },
  { name: 'thread', as: 'ada', path: ({ thread }) => thread },
  { name: 'settings', as: 'ada', path: '/settings' },
  ...SECTIONS.map((name) => ({ name: `settings-${name}`, as: 'ada' as const, path: `/settings/${name}` })),
  {
    name: 'settings-picture',
    as: 'ada',
    path: '/settings/addresses',
    act: pressFor('[data-address-list] li:last-child [data-pick]', 'dialog[open] img'),
  },
  {
    name: 'settings-revoke',
    as: 'ada',
    path: '/settings/tokens',
    act: pressFor('[data-revoke]', 'dialog[open]'),
  },
  { name: 'uploads', as: 'ada', path: '/photos', act: upload },
]

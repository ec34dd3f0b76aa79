import { build } from 'esbuild'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser, openPage, plainPicture, signIn } from './visitor'

// What the tray keeps in a browser at most, and how long: docs/operate.md says so to operators.

const [MOST_ROWS, MOST_BYTES] = [1000, 1024 ** 3]
const [MOST_SHARED, MOST_SHARED_BYTES] = [200, MOST_BYTES / 2]
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let browser: Browser
let page: Page
let context: BrowserContext
let store: string

beforeAll(async () => {
  browser = await openBrowser()
  const entryPoints = ['src/web/shared/uploads/store.client.ts']
  const bundle = {
    bundle: true,
    format: 'iife',
    globalName: 'store',
    target: 'es2022',
    write: false,
  } as const
  store = (await build({ entryPoints, ...bundle })).outputFiles[0]?.text ?? ''
})
afterAll(() => browser?.close())

beforeEach(async () => {
  page = (await openPage(browser)).page
  context = page.context()
})
afterEach(() => context.close())

interface Kept {
  id: string
  user: string
  state: string
  addedAt: number
  doneAt: number | null
  bytes: number
  why?: string
}

const makeRow = (about: Partial<Kept> = {}): Kept => ({
  ...{ id: crypto.randomUUID(), user: 'me', state: 'waiting', addedAt: Date.now(), doneAt: null, bytes: 100 },
  ...about,
})

/** Opens a page that has no tray of its own, with the very code of the tray's store. */
async function openStore(): Promise<void> {
  await page.goto('/docs')
  await page.evaluate(`${store}; globalThis.store = store`)
  await page.evaluate('store.listRows("me", 0)') // makes the areas
}

/** Puts rows there, with a file for each that waits, as the tray would have on earlier pages. */
const fill = (rows: Kept[]) =>
  page.evaluate(`new Promise((resolve, reject) => {
    const request = indexedDB.open('uploads')
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const transaction = request.result.transaction(['rows', 'files'], 'readwrite')
      for (const row of ${JSON.stringify(rows)}) {
        transaction.objectStore('rows').put(row)
        if (row.state !== 'done') transaction.objectStore('files').put(new File(['x'], 'x.jpg'), row.id)
      }
      transaction.oncomplete = () => (request.result.close(), resolve())
    }
  })`)

/** Keeps one more. @returns whether there was room, as the row itself says it */
const keep = (row: Kept) =>
  page.evaluate(`(async () => {
    const row = ${JSON.stringify({ ...row, kept: false })}
    const file = new File([new Uint8Array(${row.bytes})], 'new.jpg')
    return [await store.keepFile(row, file), row.kept]
  })()`)

const list = (user: string, now: number) =>
  page.evaluate(`store.listRows(${JSON.stringify(user)}, ${now}).then((rows) => rows.map(({ id }) => id))`)

describe('the store of uploads', () => {
  beforeEach(openStore)

  it('keeps a thousand rows, those that are done too, and not one more', async () => {
    const rows = Array.from({ length: MOST_ROWS - 1 }, () => makeRow({ state: 'done', doneAt: Date.now() }))
    await fill(rows)
    expect([await keep(makeRow()), await keep(makeRow())]).toEqual([
      [true, true],
      [false, false],
    ])
    expect(await list('me', Date.now())).toHaveLength(MOST_ROWS)
  })

  it('keeps a gibibyte of files, not counting those that are through, and not one byte more', async () => {
    await fill([
      makeRow({ bytes: MOST_BYTES - 10 }),
      makeRow({ state: 'done', doneAt: Date.now(), bytes: MOST_BYTES }),
    ])
    const last = makeRow({ bytes: 10 })
    expect([await keep(last), await keep(makeRow({ bytes: 1 })), await keep(last)]).toEqual([
      [true, true],
      [false, false],
      [true, true], // a file that is there already is not counted twice
    ])
  })

  it('has room for what is chosen here, however much of what other apps share waits there', async () => {
    const shared = (about: Partial<Kept> = {}) => makeRow({ state: 'asks', why: 'shared', ...about })
    await fill(Array.from({ length: MOST_SHARED - 1 }, () => shared()))
    expect([await keep(shared()), await keep(shared()), await keep(makeRow())]).toEqual([
      [true, true],
      [false, false],
      [true, true],
    ])
    await page.evaluate('store.forgetAll()')
    await fill([shared({ bytes: MOST_SHARED_BYTES - 10 }), makeRow({ bytes: 100 })])
    expect([await keep(shared({ bytes: 11 })), await keep(shared({ bytes: 10 }))]).toEqual([
      [false, false],
      [true, true],
    ])
    expect(await keep(makeRow({ bytes: 11 }))).toEqual([true, true])
  })

  it('keeps what did not get through for three days, what did for ten minutes, and nothing of anybody else', async () => {
    const now = Date.now()
    const rows = {
      waiting: makeRow({ addedAt: now - 3 * DAY }),
      old: makeRow({ addedAt: now - 3 * DAY - 1, state: 'failed' }),
      done: makeRow({ addedAt: now - 4 * DAY, state: 'done', doneAt: now - 10 * MINUTE }),
      through: makeRow({ addedAt: now - 11 * MINUTE, state: 'done', doneAt: now - 10 * MINUTE - 1 }),
      other: makeRow({ user: 'other' }),
    }
    await fill(Object.values(rows))
    expect(await list('me', now)).toEqual([rows.done.id, rows.waiting.id])
    expect(await list('other', now)).toEqual([]) // gone for good
  })
})

describe('what is beyond', () => {
  it('is uploaded all the same, and the page asks before it goes', async () => {
    await openStore()
    await signIn(page, 'tray-beyond@example.com')
    const user = await page.evaluate('document.body.dataset.user')
    const rows = Array.from({ length: MOST_ROWS }, () =>
      makeRow({ user: String(user), state: 'done', doneAt: Date.now() }),
    )
    await fill(rows)
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.type())
      void dialog.accept()
    })
    await context.route('**/local/r2/s3/**', () => undefined)
    const choose = async () =>
      page.getByLabel('Choose photos').setInputFiles(await plainPicture('beyond.jpg', '#208040'))
    const put = page.waitForRequest((request) => request.method() === 'PUT')
    await choose()
    await put
    await page.reload()
    expect(asked).toEqual(['beforeunload'])
    await context.unroute('**/local/r2/s3/**')
    await choose()
    await page.getByRole('link', { name: 'Open photo: beyond.jpg' }).waitFor()
  })
})

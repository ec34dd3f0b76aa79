import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  nameColour,
  openBrowser,
  openMore,
  openPage,
  origin,
  plainPicture,
  signIn,
  useAsPicture,
} from './visitor'

const EMAIL = 'hedy@example.com'
const HASHES = ['sha256', 'md5'].map((algorithm) => createHash(algorithm).update(EMAIL).digest('hex'))

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await openBrowser()
  const opened = await openPage(browser)
  page = opened.page
  errors = opened.errors
  await signIn(page, EMAIL)
  await page.getByLabel('Choose photos').setInputFiles([await plainPicture('red.jpg', '#e01010')])
  await page.locator('[data-photo]').waitFor()
  await useAsPicture(page)
})

afterAll(() => browser?.close())

describe('the switch for finding by e-mail', () => {
  it('is on at first: both hashes and the private URL show the picture', async () => {
    await page.goto('/settings/addresses')
    await page.getByText('On: sites that point here find the picture').waitFor()
    expect(await lookup().getAttribute('aria-checked')).toBe('true')
    for (const key of [...HASHES, await askAddress()]) expect(await colourAt(key)).toBe('red')
  })

  it('switched off, leaves the private URL alone', async () => {
    await lookup().click()
    await page.getByText('Off: whoever asks by this address').waitFor()
    expect(await lookup().getAttribute('aria-checked')).toBe('false')
    for (const hash of HASHES) expect(await colourAt(hash)).toBe(404)
    expect(await colourAt(await askAddress())).toBe('red')
  })

  it('stays as it is set, and the photos page offers no hash', async () => {
    await page.reload()
    expect(await lookup().getAttribute('aria-checked')).toBe('false')
    await page.goto('/photos')
    await page.getByText('Your e\u2011mail does not lead to this picture.').waitFor()
    expect(await page.getByRole('combobox', { name: 'Key' }).count()).toBe(0)
    await openMore(page)
    await page.getByRole('link', { name: 'Who finds it' }).click()
    await page.waitForURL('**/settings/addresses')
  })

  it('does not move when the server refuses', async () => {
    const seen = errors.length
    await page.route(
      '**/api/addresses/*',
      (route) => route.fulfill({ status: 503, json: { code: 'unavailable' } }),
      {
        times: 1,
      },
    )
    await lookup().click()
    await page.getByText('Something on our side failed.').waitFor()
    expect(await lookup().getAttribute('aria-checked')).toBe('false')
    errors.splice(seen) // the browser logs the 503
  })

  it('is moved by its words and by the keyboard', async () => {
    await page.getByText('Whoever knows this address finds it').click()
    await page.locator('[role=switch][aria-checked=true]').waitFor()
    await lookup().press('Space')
    await page.locator('[role=switch][aria-checked=false]').waitFor()
    await lookup().press('Enter')
    await page.locator('[role=switch][aria-checked=true]').waitFor()
    expect(await colourAt(HASHES[0] ?? '')).toBe('red')
  })
})

describe('the private URL', () => {
  it('is copied', async () => {
    await page.goto('/settings/privacy')
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy the private URL' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await readAddress())
  })

  it('stays when the question is declined', async () => {
    const old = await readAddress()
    await page.getByRole('button', { name: 'Renew URL' }).click()
    await page
      .getByRole('dialog')
      .getByText('The old URL stops working everywhere you have used it, within five minutes')
      .waitFor()
    await page.locator('dialog button[value=cancel]:focus').waitFor()
    await page.getByRole('button', { name: 'Keep it' }).click()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.locator('[data-renew]:focus').waitFor()
    expect(await readAddress()).toBe(old)
    expect(await colourAt(old)).toBe('red')
  })

  it('is another one after it is renewed, and the old one shows nobody', async () => {
    const old = await readAddress()
    await page.getByRole('button', { name: 'Renew URL' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Renew' }).click()
    await page.getByText('This is your new URL.').waitFor()
    const fresh = await readAddress()
    expect(fresh).toMatch(/\/[0-9A-Za-z]{22}$/)
    expect(fresh).not.toBe(old)
    expect(await colourAt(old)).toBe(404)
    expect(await colourAt(fresh)).toBe('red')
    await page.reload()
    expect(await readAddress()).toBe(fresh)
  })

  it('leaves the console of the browser silent', () => {
    expect(errors).toEqual([])
  })
})

function lookup() {
  return page.getByRole('switch', { name: 'Whoever knows this address finds it' })
}

/** The private URL, from another page than its own. */
function askAddress(): Promise<string> {
  return page.evaluate("fetch('/api/me').then(async (answer) => '/' + (await answer.json()).publicKey)")
}

async function readAddress(): Promise<string> {
  return (await page.locator('#private-url').textContent()) ?? ''
}

/** What a URL or key shows: a colour, or 404 where it finds nobody. */
async function colourAt(key: string): Promise<string | number> {
  const response = await fetch(`${new URL(key, origin).href}?d=404`)
  return response.ok ? nameColour(await response.arrayBuffer()) : response.status
}

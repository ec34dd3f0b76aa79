import { createHash } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  nameColour,
  openBrowser,
  openPage,
  origin,
  passFraming,
  plainPicture,
  readCode,
  selectPhoto,
  signIn,
  useAsPicture,
} from './visitor'

const HOME = 'lise@example.com'
const WORK = 'lise@work.example'

let browser: Browser
let page: Page
let errors: string[]
const others: Page[] = []

beforeAll(async () => {
  browser = await openBrowser()
  const opened = await openPage(browser)
  page = opened.page
  errors = opened.errors
  await signIn(page, HOME)
  await page
    .getByLabel('Choose photos')
    .setInputFiles([await plainPicture('red.jpg', '#e01010'), await plainPicture('blue.jpg', '#1010e0')])
  await cardOf('blue.jpg').waitFor()
  await useAsPicture(page, 'red.jpg')
})

afterAll(() => browser?.close())

describe('adding an address', () => {
  it('says beside the field what is wrong with it', async () => {
    await page.goto('/settings/addresses')
    await page.getByLabel('Add an address').fill('no address')
    await page.getByRole('button', { name: 'E-mail me a code' }).click()
    await page.getByText('Type your e\u2011mail address').waitFor()
    await page.locator('#new-address:focus').waitFor()
  })

  it('mails a code, counts tries, survives a reload, and is left for another address', async () => {
    await page.getByLabel('Add an address').fill('wrong@work.example')
    await page.getByLabel('Add an address').press('Enter')
    await page.locator('#address-code:focus').waitFor()
    const code = await readCode('wrong@work.example')
    await codeField().fill(code === '00000000' ? '00000001' : '00000000')
    await page.getByText('That code is not right. 4 tries left.').waitFor()
    await page.reload()
    await page.getByText('That code is not right. 4 tries left.').waitFor()
    await page.getByRole('button', { name: 'Another address' }).click()
    await page.locator('#new-address:focus').waitFor()
    await page.reload()
    await page.getByLabel('Add an address').waitFor()
    errors.splice(0) // the browser logs the 401
  })

  it('makes it the person’s: it shows the account’s picture, and signing in with it leads here', async () => {
    await add(page, WORK)
    await page.getByText(`${WORK} is yours now.`).waitFor()
    await page.locator('#new-address:focus').waitFor()
    expect(await rowOf(WORK).getByText('Shows your account’s picture.').count()).toBe(1)
    expect(await colourOf(WORK)).toBe('red')
    const other = await openOther()
    await other.getByText(`You are signed in as ${HOME}`).waitFor()
  })

  it('is refused for one that has an account of its own, to who has proven it', async () => {
    const stranger = await openPage(browser)
    await signIn(stranger.page, 'otto@example.com')
    await stranger.page.context().close()
    await add(page, 'otto@example.com')
    await page.getByText('This address has an account of its own.').waitFor()
    await page.getByRole('button', { name: 'Another address' }).click()
    await page.getByLabel('Add an address').waitFor()
    errors.splice(0) // the browser logs the 409
  })
})

describe('an address', () => {
  it('shows a photo of its own, and the account’s again', async () => {
    await rowOf(WORK).getByRole('button', { name: 'Choose picture' }).click()
    await page.getByRole('radio', { name: 'blue.jpg' }).check()
    await page.getByRole('button', { name: 'Save' }).last().click()
    await rowOf(WORK).getByText('Shows a photo of its own.').waitFor()
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await rowOf(WORK).locator('[data-pick]:focus').waitFor()
    expect([await colourOf(WORK), await colourOf(HOME)]).toEqual(['blue', 'red'])

    await rowOf(WORK).getByRole('button', { name: 'Choose picture' }).click()
    await page.getByRole('radio', { name: 'As it is now', checked: true }).waitFor()
    await page.getByRole('radio', { name: 'No photo' }).check()
    await page.getByRole('button', { name: 'Save' }).last().click()
    await rowOf(WORK).getByText('Shows no photo').waitFor()
    expect([await colourOf(WORK), await colourOf(HOME)]).toEqual([404, 'red'])

    await rowOf(WORK).getByRole('button', { name: 'Choose picture' }).click()
    await page.getByRole('radio', { name: 'Account’s picture' }).check()
    await page.getByRole('button', { name: 'Save' }).last().click()
    await rowOf(WORK).getByText('Shows your account’s picture.').waitFor()
    expect(await colourOf(WORK)).toBe('red')
  })

  it('has a look-up switch of its own', async () => {
    await rowOf(WORK).getByRole('switch').click()
    await rowOf(WORK).getByText('Off: whoever asks by this address').waitFor()
    expect([await colourOf(WORK), await colourOf(HOME)]).toEqual([404, 'red'])
    await page.reload()
    await rowOf(WORK).locator('[role=switch][aria-checked=false]:visible').press('Space')
    await rowOf(WORK).locator('[role=switch][aria-checked=true]:focus').waitFor()
    expect(await colourOf(WORK)).toBe('red')
  })

  it('gets a photo on the photos page, for itself alone or with all others', async () => {
    await page.goto('/photos')
    await selectPhoto(page, 'blue.jpg')
    await page.getByRole('button', { name: 'Use as my picture' }).click()
    await passFraming(page)
    await page.getByRole('radio', { name: 'Everywhere', checked: true }).waitFor()
    await page.getByRole('radio', { name: `For ${WORK} alone` }).check()
    await page.getByRole('dialog').getByRole('button', { name: 'Make active' }).click()
    await cardOf('blue.jpg').getByText(`Shows for ${WORK}`).waitFor()
    await page.locator('[data-open]:focus').waitFor()
    expect([await colourOf(WORK), await colourOf(HOME)]).toEqual(['blue', 'red'])
    await page.reload()
    await cardOf('blue.jpg').getByText(`Shows for ${WORK}`).waitFor()

    await selectPhoto(page, 'blue.jpg')
    await page.getByRole('button', { name: 'Use as my picture' }).click()
    await page.getByText('At your private URL and for 1 of your addresses.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Make active' }).click()
    await page.getByText('This photo is your picture now.').waitFor()
    expect(await colourOf(HOME)).toBe('blue')
    expect(await page.getByText(`Shows for ${WORK}`).count()).toBe(0)

    await selectPhoto(page, 'red.jpg')
    await page.getByRole('button', { name: 'Use as my picture' }).click()
    await passFraming(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Make active' }).click()
    await page.getByText('This photo is your picture now.').waitFor()
    await cardOf('blue.jpg').getByText(`Shows for ${WORK}`).waitFor()
    expect([await colourOf(WORK), await colourOf(HOME)]).toEqual(['blue', 'red'])
  })

  it('becomes the primary one', async () => {
    await page.goto('/settings/addresses')
    await rowOf(WORK).getByRole('button', { name: 'Make primary' }).click()
    await page.getByText(`${WORK} is your primary address.`).waitFor()
    await rowOf(WORK).locator('[data-pick]:focus').waitFor()
    await page.locator('[data-primary-email]').getByText(WORK).waitFor({ state: 'attached' }) // in the menu
    expect(await page.locator('[data-address]').first().locator('[data-email]').textContent()).toBe(WORK)
    expect(await rowOf(WORK).getByRole('button', { name: 'Remove' }).count()).toBe(0)
    await page.goto('/photos')
    await page.getByText('Your primary address shows a photo of its own.').waitFor()
    expect(await page.getByRole('combobox', { name: 'Key' }).count()).toBe(0)
  })

  it('is kept, and removed, as the question is answered', async () => {
    await page.goto('/settings/addresses')
    await rowOf(HOME).getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByText(HOME).waitFor()
    await page.locator('dialog button[value=cancel]:focus').waitFor()
    await page.keyboard.press('Escape')
    await rowOf(HOME).locator('[data-remove]:focus').waitFor()
    expect(await colourOf(HOME)).toBe('red')
    await rowOf(HOME).getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await page.getByText('The address is removed.').waitFor()
    await page.locator('[data-pick]:focus').waitFor()
    expect(await colourOf(HOME)).toBe(404)
    await page.reload()
    await rowOf(WORK).waitFor()
    expect(await page.locator('[data-address]').count()).toBe(1)
  })
})

describe('signed-in browsers', () => {
  it('are listed by name, and ended one by one or all but this one', async () => {
    await openOther()
    await page.goto('/settings/devices')
    const sessions = page.locator('[data-sessions]')
    await sessions.getByText('This browser').waitFor()
    const ends = sessions.getByRole('button', { name: 'End Firefox on Windows' })
    expect(await ends.count()).toBe(2)
    await ends.first().click()
    await page.getByText('That browser is signed out.').waitFor()
    await ends.and(page.locator(':focus')).waitFor()
    expect(await isSignedIn()).toEqual([true, false])
    await sessions.getByRole('button', { name: 'End all others' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End them' }).click()
    await page.getByText('All other browsers are signed out.').waitFor()
    expect(await sessions.locator('li').count()).toBe(1)
    expect(await isSignedIn()).toEqual([false, false])
    await page.reload()
    await sessions.getByText('This browser').waitFor()
  })
})

describe('the sections', () => {
  it('are a list on a phone, one page before each of them, and the list beside each on a desktop', async () => {
    const size = page.viewportSize()
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto('/settings')
    expect(await page.getByLabel('Display name').isVisible()).toBe(false)
    await page.getByRole('link', { name: 'Privacy' }).click()
    await page.waitForURL('**/settings/privacy')
    await page.getByRole('heading', { level: 1, name: 'Privacy' }).waitFor()
    expect(await page.getByRole('navigation', { name: 'Sections' }).isVisible()).toBe(false)
    await page.getByRole('link', { name: 'All settings' }).click()
    await page.waitForURL('**/settings')
    if (size) await page.setViewportSize(size)
    expect(await page.getByLabel('Display name').isVisible()).toBe(true)
    await page.getByRole('link', { name: 'Data' }).click()
    await page.waitForURL('**/settings/data')
    expect(await page.locator('a[aria-current=page]').allTextContents()).toEqual([
      expect.stringContaining('Data'),
    ])
  })

  it('are found by the anchors of the one page that they were', async () => {
    for (const [anchor, path] of [
      ['addresses-title', '/settings/addresses'],
      ['deletion-title', '/settings/data#deletion-title'],
    ]) {
      await page.goto('about:blank')
      await page.goto(`/settings#${anchor}`)
      await page.waitForURL(`**${path}`)
    }
  })
})

describe('the export', () => {
  it('says what it holds', async () => {
    await page.goto('/settings/data')
    await page.getByText('2 photos of 1,000').waitFor()
    await page.getByText('the originals of your 2 photos').waitFor()
    const link = page.getByRole('link', { name: 'Download everything' })
    expect(await link.getAttribute('href')).toBe('/settings/export')
  })
})

describe('deleting the account', () => {
  it('takes a code, is left, and is done for good by the next one', async () => {
    const section = page.locator('[data-deletion]')
    await section.getByRole('button', { name: 'E-mail me the code' }).click()
    await page.locator('#deletion-code:focus').waitFor()
    await page.reload()
    await section.getByRole('button', { name: 'Keep my account' }).click()
    await page.getByText('Your account stays.').waitFor()
    await section.getByRole('button', { name: 'E-mail me the code' }).click()
    await page.locator('#deletion-code:focus').waitFor()
    const code = await readCode(WORK)
    const calls: string[] = []
    page.on('request', (request) => calls.push(request.method()))
    await page.keyboard.type(code)
    const button = section.getByRole('button', { name: 'Delete everything' })
    expect([await button.getAttribute('aria-busy'), calls]).toEqual([null, []]) // not by itself
    expect(errors).toEqual([])
    await button.click()
    await page.getByText('Your account is deleted, with everything in it.').waitFor()
    expect(await colourOf(WORK)).toBe(404)
    await page.goto('/settings/data')
    await page.waitForURL('**/sign-in?next=/settings/data')
  })
})

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0'

/** Another browser, signed in by another address. */
async function openOther(): Promise<Page> {
  const other = await openPage(browser, { userAgent: FIREFOX })
  await signIn(other.page, WORK)
  await other.page.goto('/settings/devices')
  others.push(other.page)
  return other.page
}

/** Of the other browsers, how each finds the settings at its next request. */
function isSignedIn(): Promise<boolean[]> {
  return Promise.all(
    others.map(async (other) => {
      await other.goto('/settings/devices')
      return other.url() === `${origin}/settings/devices`
    }),
  )
}

function codeField() {
  return page.locator('#address-code')
}

function rowOf(email: string) {
  return page
    .locator('[data-address]')
    .filter({ has: page.locator('[data-email]').getByText(email, { exact: true }) })
}

function cardOf(fileName: string) {
  return page
    .locator('[data-photo]')
    .filter({ has: page.getByRole('link', { name: `Open photo: ${fileName}` }) })
}

async function add(page: Page, email: string): Promise<void> {
  await page.getByLabel('Add an address').fill(email)
  await page.getByLabel('Add an address').press('Enter')
  await page.locator('#address-code:focus').waitFor()
  await page.locator('#address-code').fill(await readCode(email))
}

/** What the hash of an address shows: a colour, or 404 where it finds nobody. */
async function colourOf(email: string): Promise<string | number> {
  const hash = createHash('sha256').update(email).digest('hex')
  const response = await fetch(`${origin}/${hash}?d=404`)
  return response.ok ? nameColour(await response.arrayBuffer()) : response.status
}

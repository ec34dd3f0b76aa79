import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage, origin, readCode, signOut } from './visitor'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(() => browser?.close())

const codeField = (page: Page) => page.getByLabel('Code', { exact: true })
/** Another code than this, and than those of other numbers. */
const wrong = (code: string, number = 1) => String((Number(code) + number) % 1e8).padStart(8, '0')

async function askCode(page: Page, email: string): Promise<string> {
  await page.goto('/sign-in?next=/settings')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('E-mail').press('Enter')
  await codeField(page).waitFor()
  return readCode(email)
}

describe('without JavaScript', () => {
  it('signs in, says what is wrong on the way, saves the name and signs out', async () => {
    const { page } = await openPage(browser, { javaScriptEnabled: false })
    await page.goto('/settings')
    await page.getByLabel('E-mail').fill('not an address')
    await page.getByRole('button', { name: 'E-mail me a code' }).click()
    await page.getByText('Type your e\u2011mail address').waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe('not an address')
    expect(page.url()).not.toContain('address')
    await page.getByLabel('E-mail').fill('hedy@example.com')
    await page.getByLabel('E-mail').press('Enter')
    await codeField(page).waitFor()
    await page.getByText('hedy@example.com').waitFor()
    expect(page.url()).toBe(`${origin}/sign-in?next=%2Fsettings`)
    const code = await readCode('hedy@example.com')
    await codeField(page).fill(wrong(code))
    await codeField(page).press('Enter')
    await page.getByText('That code is not right. 4 tries left.').waitFor()
    await codeField(page).fill(code)
    await codeField(page).press('Enter')
    await page.waitForURL('**/settings')
    await page.getByLabel('Display name').fill('Hedy')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL('**/settings/profile')
    expect(await page.getByLabel('Display name').inputValue()).toBe('Hedy')
    await signOut(page)
    await page.getByRole('heading', { name: 'One URL for your face' }).waitFor()
    await page.context().close()
  })

  it('puts no e-mail address into a URL when Enter is pressed before the code of the page is there', async () => {
    const { page } = await openPage(browser)
    await page.route('**/static/*.js', () => undefined) // never answered
    const urls: string[] = []
    page.on('request', (request) => urls.push(request.url()))
    await page.goto('/sign-in', { waitUntil: 'commit' })
    await page.getByLabel('E-mail').fill('early@example.com')
    await page.getByLabel('E-mail').press('Enter')
    await codeField(page).waitFor()
    await codeField(page).fill('1')
    await codeField(page).press('Enter')
    await page.getByText('The code has eight digits.').waitFor()
    expect(urls.filter((url) => /early|%40|code=/.test(url))).toEqual([])
    await page.context().close()
  })
})

describe('the step of the code', () => {
  it('is still there after a refresh and in a new tab, and goes on to where the person wanted', async () => {
    const { page } = await openPage(browser)
    const code = await askCode(page, 'radia@example.com')
    await page.reload()
    await page.getByText('radia@example.com').waitFor()
    await page.close()
    const tab = await page.context().newPage()
    await tab.goto('/sign-in?next=/settings')
    await codeField(tab).fill(code)
    await tab.waitForURL('**/settings')
    await tab.context().close()
  })

  it('counts the tries down, says when it is over, and takes the code that is asked for then', async () => {
    const { page, errors } = await openPage(browser)
    const code = await askCode(page, 'barbara@example.com')
    const said = ['4 tries left', '3 tries left', '2 tries left', 'One try left', 'no longer works']
    for (const [number, words] of said.entries()) {
      await codeField(page).fill(wrong(code, number + 1))
      await page.getByText(words).waitFor()
      await codeField(page).press('Enter') // the code was sent by itself: this is no other try
      await page.getByText(words).waitFor()
      if (number === 1) {
        await page.reload()
        await page.getByText(words).waitFor()
      }
    }
    await page.getByRole('button', { name: 'Resend code' }).click()
    await page.getByText('A new code is on its way.').waitFor()
    await page.getByText('no longer works.', { exact: true }).waitFor({ state: 'hidden' })
    await expect.poll(() => readCode('barbara@example.com')).not.toBe(code)
    await codeField(page).fill(await readCode('barbara@example.com'))
    await page.waitForURL('**/settings')
    expect(errors.filter((error) => !error.includes('401'))).toEqual([])
    await page.context().close()
  })

  it('is left for another address', async () => {
    const { page } = await openPage(browser)
    await askCode(page, 'first@example.com')
    await page.getByRole('button', { name: 'Another address' }).click()
    await page.getByLabel('E-mail').waitFor()
    await page.reload()
    await page.getByLabel('E-mail').waitFor()
    await page.context().close()
  })

  it('takes digits of another script', async () => {
    const { page } = await openPage(browser)
    const code = await askCode(page, 'alkhwarizmi@example.com')
    await codeField(page).fill(Array.from(code, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)]).join(''))
    await page.waitForURL('**/settings')
    await page.context().close()
  })

  it.each(['name@müller.example', '\u200bname@xn--mller-kva.example\u00a0'])(
    'is reached by %j',
    async (typed) => {
      const { page } = await openPage(browser)
      await page.goto('/sign-in')
      await page.getByLabel('E-mail').fill(typed)
      await page.getByLabel('E-mail').press('Enter')
      await codeField(page).waitFor()
      await page.getByText('name@müller.example').waitFor()
      await codeField(page).fill(await readCode('name@xn--mller-kva.example'))
      await page.waitForURL('**/photos')
      await page.context().close()
    },
  )

  it('keeps what is typed when the connection is lost', async () => {
    const { page } = await openPage(browser)
    await page.goto('/sign-in')
    await page.context().setOffline(true)
    await page.getByLabel('E-mail').fill('offline@example.com')
    await page.getByLabel('E-mail').press('Enter')
    await page.getByText('No connection.').waitFor()
    expect(await page.getByLabel('E-mail').inputValue()).toBe('offline@example.com')
    await page.context().close()
  })

  it('links to the mail on this machine', async () => {
    const { page } = await openPage(browser)
    const code = await askCode(page, 'mailbox@example.com')
    const [mailbox] = await Promise.all([
      page.context().waitForEvent('page'),
      page.getByRole('link', { name: 'Open the local mailbox' }).click(),
    ])
    await mailbox.getByText(`${code} is your Cameo sign-in code`).first().waitFor()
    await page.context().close()
  })
})

describe.each(['light', 'dark'] as const)('a long address in %s', (colorScheme) => {
  it.each([320, 360, 1280])('widens nothing at %i pixels', async (width) => {
    const { page } = await openPage(browser, { colorScheme, viewport: { width, height: 800 } })
    await askCode(page, `${'w'.repeat(60)}-${colorScheme}-${width}@${'long-name.'.repeat(8)}example.com`)
    await codeField(page).fill('1')
    await codeField(page).press('Enter')
    await page.getByText('The code has eight digits.').waitFor()
    const overhang = await page.evaluate(`Math.max(...[...document.querySelectorAll('body *')]
      .filter((element) => !element.matches('.visually-hidden, .skip'))
      .map((element) => element.getBoundingClientRect().right)) - innerWidth`)
    expect(overhang).toBeLessThanOrEqual(0)
    if (process.env.SHOTS)
      await page.screenshot({ path: `${process.env.SHOTS}/code-${colorScheme}-${width}.png`, fullPage: true })
    await page.context().close()
  })
})

import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  openBrowser,
  openMore,
  openPage,
  plainPicture,
  readCode,
  selectPhoto,
  signInByPage,
  useAsPicture,
} from './visitor'

let browser: Browser
let axe: string

beforeAll(async () => {
  browser = await openBrowser()
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
})

afterAll(() => browser?.close())

describe('with the keyboard alone', () => {
  it('does the main job, always shows the focus and never loses it', async () => {
    const { page } = await openPage(browser)
    const pictures = [await plainPicture('one.jpg', '#e01010'), await plainPicture('two.jpg', '#1010e0')]
    page.on('filechooser', (chooser) => chooser.setFiles(pictures))
    await page.goto('/')
    await tabTo(page, 'a[href="/sign-in"]')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/sign-in')
    await page.locator('#email:focus').waitFor()
    await page.keyboard.type('katherine@example.com')
    await page.keyboard.press('Enter')
    await page.locator('#code:focus').waitFor()
    await page.keyboard.type(await readCode('katherine@example.com'))
    await page.waitForURL('**/photos')

    await tabTo(page, '#files')
    await page.keyboard.press('Enter')
    await page.locator('[data-photo]').nth(1).waitFor()

    await tabTo(page, '[data-open]')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Space')
    await page.getByText('1 selected').waitFor()
    await tabTo(page, '[data-tool=use]')
    await page.keyboard.press('Enter')
    await page.locator('[data-room]:focus').waitFor()
    await page.keyboard.press('ArrowUp')
    await tabTo(page, '[data-frame-step] [type=submit]')
    await page.keyboard.press('Enter')
    await page.locator('#crop-alt:focus').waitFor()
    await tabTo(page, '[data-skip]')
    await page.keyboard.press('Enter')
    await page.locator('.photo.active [data-open]:focus').waitFor()

    await page.keyboard.press('Enter')
    await page.waitForURL('**/photos/*')
    await tabTo(page, '[name=altText]')
    await page.keyboard.type('Katherine at her desk')
    await tabTo(page, '[data-words] [type=submit]')
    await page.keyboard.press('Enter')
    await page.getByText('Saved.').waitFor()
    await tabTo(page, '[data-back]')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/photos')
    await page.getByRole('link', { name: 'Open photo: Katherine at her desk' }).waitFor()

    for (const left of [1, 0]) {
      await tabTo(page, '[data-open]')
      await page.keyboard.press('Delete')
      await page.locator(left ? '[data-open]:focus' : '#files:focus').waitFor()
      expect(await page.locator('[data-photo]').count()).toBe(left)
    }
    await page.context().close()
  })
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it('axe-core finds nothing serious, and a phone never scrolls sideways', async () => {
    const { page, errors } = await openPage(browser, { colorScheme, viewport: { width: 390, height: 844 } })
    await page.goto('/')
    await examine(page)
    await page.goto('/docs/errors')
    await examine(page)
    await page.goto('/docs/api#prepareUpload') // what a link leads to opens
    await page.locator('#prepareUpload-curl').waitFor()
    await page.evaluate("document.querySelectorAll('details.call').forEach((call) => { call.open = true })")
    await examine(page)
    await page.goto('/sign-in')
    await examine(page)
    await page.getByLabel('E-mail').fill(`mary-${colorScheme}@example.com`)
    await page.keyboard.press('Enter')
    await page.locator('#code:focus').waitFor()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await page.getByText('The code has eight digits.').waitFor()
    await examine(page)

    await signInByPage(page, `mary-${colorScheme}@example.com`)
    await examine(page)
    const long = `a very long name ${'of a file '.repeat(12)}.txt`
    await page
      .getByLabel('Choose photos')
      .setInputFiles([
        await plainPicture('one.jpg', '#e01010'),
        await plainPicture('two.jpg', '#1010e0'),
        { name: long, mimeType: 'text/plain', buffer: Buffer.from('text') },
      ])
    await page.locator('[data-photo]').nth(1).waitFor()
    await examine(page)
    await page.getByRole('region', { name: 'Uploads' }).locator('[data-toggle]').click()
    // Not the one that an address is to show below: of two uploads at once, either may be the newest.
    await useAsPicture(page, 'two.jpg')
    await openMore(page)
    await page.getByRole('radio', { name: 'HTML' }).check()
    await page.locator('.photo.active').waitFor()
    await examine(page)
    await selectPhoto(page, 'one.jpg')
    await examine(page)
    await page.getByRole('button', { name: 'Delete' }).click()
    await examine(page)
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.getByText('Undone.').waitFor()
    await page.getByText('Import my picture', { exact: true }).click()

    await page.route('**/api/photos/import', () => undefined) // never answered
    await page.getByRole('button', { name: 'Import my picture from Gravatar' }).click()
    await page.getByText('Asking Gravatar for your picture').waitFor()
    await examine(page)

    await page.goto('/settings')
    await examine(page)
    await page.getByRole('link', { name: 'Addresses' }).click()
    await page.waitForURL('**/settings/addresses')
    await page.getByRole('switch').click()
    await page.locator('[role=switch][aria-checked=false]').waitFor()
    await examine(page)
    const second = `${'w'.repeat(60)}-${colorScheme}@${`${'l'.repeat(60)}.`.repeat(2)}${'m'.repeat(40)}.example.com`
    await page.getByLabel('Add an address').fill(second)
    await page.getByLabel('Add an address').press('Enter')
    await page.locator('#address-code:focus').waitFor()
    await page.keyboard.type('1')
    await page.keyboard.press('Enter')
    await page.getByText('The code has eight digits.').waitFor()
    await examine(page)
    await page.locator('#address-code').fill(await readCode(second))
    await page.getByText(`${second} is yours now.`).waitFor()
    await examine(page)
    await page.getByRole('button', { name: 'Choose picture' }).last().click()
    await page.getByRole('radio', { name: 'one.jpg' }).check()
    await examine(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await page.getByText('Shows a photo of its own.').waitFor()
    await page.getByRole('button', { name: /^Remove/ }).click()
    await examine(page)
    await page.keyboard.press('Escape')
    await page.goto('/settings/data')
    await examine(page)
    await page.locator('[data-deletion]').getByRole('button', { name: 'E-mail me the code' }).click()
    await page.locator('#deletion-code:focus').waitFor()
    await examine(page)
    await page.getByRole('button', { name: 'Keep my account' }).click()
    await page.getByText('Your account stays.').waitFor()
    await page.goto('/settings/devices')
    await examine(page)
    await page.goto('/settings/privacy')
    await page.getByRole('button', { name: 'Renew URL' }).click()
    await examine(page)
    await page.keyboard.press('Escape')
    await page.goto('/settings/tokens')
    await page.getByLabel('Name of a new token').fill('w'.repeat(100))
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('dialog').waitFor()
    await examine(page)
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Revoke/ }).click()
    await examine(page)
    await page.keyboard.press('Escape')
    await examine(page)
    expect(errors).toEqual([])

    await page.goto('/photos')
    await page.getByText(`Shows for ${second}`).waitFor()
    await selectPhoto(page)
    await page.getByRole('button', { name: 'Use as my picture' }).click()
    await page.getByRole('radio', { name: `For ${second} alone` }).check()
    await examine(page)
    await page.keyboard.press('Escape')
    await page.goto('/nothing/here')
    await examine(page)
    await page.context().close()
  })
})

/** Runs axe-core, and measures the page at the widths of a small and a common phone and of a desktop. */
async function examine(page: Page): Promise<void> {
  await page.evaluate(axe)
  const violations = (await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' ')))`)) as string[]
  expect(violations, page.url()).toEqual([])
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overhang, `${page.url()} at ${width}`).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 390, height: 844 })
}

/** Presses Tab until the focus is there; every stop on the way must show an outline. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate(`document.activeElement.matches('${selector}')`)) return
    await page.keyboard.press('Tab')
    const outlined = await page.evaluate(`(() => {
      const focused = document.activeElement
      if (focused === document.body || focused.matches('dialog')) return true
      const shown = focused.matches('#files') ? document.querySelector('label[for=files]')
        : focused.matches('[type=radio]') ? focused.nextElementSibling : focused
      return getComputedStyle(shown).outlineStyle === 'solid'
    })()`)
    expect(outlined, await page.evaluate('document.activeElement.outerHTML')).toBe(true)
  }
  throw new Error(`No way to ${selector} by Tab`)
}

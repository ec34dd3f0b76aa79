import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SIZES } from '../../src/renditions/sizes'
import {
  nameColour,
  openBrowser,
  openMore,
  openPage,
  origin,
  plainPicture,
  selectPhoto,
  signIn,
  signOut,
  useAsPicture,
} from './visitor'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await openBrowser()
  const opened = await openPage(browser)
  page = opened.page
  errors = opened.errors
})

afterAll(() => browser?.close())

// One person's way through the whole product: each step builds on the one before.
describe('the main job', () => {
  it('starts with a page for everybody and leads to signing in', async () => {
    await page.goto('/')
    await page.getByRole('heading', { name: 'One URL for your face' }).waitFor()
    await page.getByRole('link', { name: 'Get your URL' }).click()
    await page.waitForURL('**/sign-in')
    await signIn(page, 'ada@example.com')
    await page.getByRole('heading', { name: 'Three steps to your picture' }).waitFor()
  })

  it('uploads two photos at once and shows them', async () => {
    await page
      .getByLabel('Choose photos')
      .setInputFiles([await plainPicture('red.jpg', '#e01010'), await plainPicture('blue.jpg', '#1010e0')])
    await cards().nth(1).waitFor()
    await page.getByRole('link', { name: 'Frame it' }).waitFor()
    await page.getByRole('list', { name: 'Uploads' }).waitFor({ state: 'hidden' })
    expect(await cards().count()).toBe(2)
    await page.reload()
    expect(await cards().count()).toBe(2)
  })

  it('shows the active photo at the embedded URL', async () => {
    const red = await findCard('red')
    await useAsPicture(page, 'red.jpg')
    await red.getByText('Your picture').waitFor()
    const response = await fetch(await readEmbed())
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    expect(await nameColour(await response.arrayBuffer())).toBe('red')
    await expectOwnPicture('red')
  })

  it('shows the other photo from the next request on', async () => {
    const embed = await readEmbed()
    const blue = await findCard('blue')
    await useAsPicture(page, 'blue.jpg')
    await blue.getByText('Your picture').waitFor()
    expect(await nameColour(await (await fetch(embed)).arrayBuffer())).toBe('blue')
    expect(await page.locator('.photo.active').count()).toBe(1)
    await expectOwnPicture('blue')
  })

  it('offers it as URL, HTML and Markdown, by key and by hash', async () => {
    const code = page.locator('#embed-code')
    const blue = await findCard('blue')
    await blue.getByRole('link').click()
    await page.waitForURL('**/photos/*')
    await page.waitForLoadState() // a press before its code is there does nothing
    await page.getByLabel('Description').fill('Ada & a "blue" wall')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await page.goBack()
    await page.getByRole('link', { name: 'Open photo: Ada & a "blue" wall' }).waitFor()
    await openMore(page)

    const url = await readEmbed()
    await page.getByRole('radio', { name: 'HTML' }).check()
    const html = await code.textContent()
    expect(html).toContain(`<img src="${url}" srcset="${url} 1x, `)
    expect(html).toContain('s=240 2x, ')
    expect(html).toContain('s=360 3x" width="120" height="120" alt="Ada &amp; a &quot;blue&quot; wall">')
    await page.getByRole('radio', { name: 'Markdown' }).check()
    expect(await code.textContent()).toBe(`![Ada &amp; a &quot;blue&quot; wall](${url})`)
    await page.getByRole('radio', { name: 'URL' }).check()

    await page.getByRole('combobox', { name: 'Key' }).selectOption('E-mail hash')
    const hashed = await readEmbed()
    expect(hashed).toMatch(/\/[0-9a-f]{64}\?s=120$/)
    expect(await nameColour(await (await fetch(hashed)).arrayBuffer())).toBe('blue')
    await page.getByRole('combobox', { name: 'Key' }).selectOption('Private')
  })

  it('offers HTML only in sizes that every screen gets exactly', async () => {
    await openMore(page)
    await page.getByRole('radio', { name: 'HTML' }).check()
    const sizes = page.getByRole('combobox', { name: 'Size' })
    const offered = await sizes
      .locator('option')
      .evaluateAll((all) => all.map((one) => one.getAttribute('value')))
    expect(offered.length).toBeGreaterThan(5)
    for (const size of offered.map(Number)) {
      await sizes.selectOption(`${size}`)
      const html = (await page.locator('#embed-code').textContent()) ?? ''
      expect(html).toContain(` width="${size}" height="${size}" alt="`)
      const srcset = [...html.matchAll(/(http\S+\?s=(\d+)) (\d)x/g)]
      expect(srcset.map(([, , pixels, density]) => [pixels, density])).toEqual([
        [`${size}`, '1'],
        [`${size * 2}`, '2'],
        [`${size * 3}`, '3'],
      ])
      for (const [, , pixels] of srcset) expect(SIZES).toContain(Number(pixels))
    }
    await sizes.selectOption('120')
    await page.getByRole('radio', { name: 'URL' }).check()
  })

  it('copies the URL', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy the embed code' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(await readEmbed())
  })

  it('says what a rating does, and embeds the photo by a URL that asks for it', async () => {
    const blue = await findCard('blue')
    await blue.getByRole('link').click()
    await page.waitForURL('**/photos/*')
    await page.waitForLoadState()
    await page.getByLabel('Rating').selectOption('pg')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await page.getByRole('link', { name: 'Photos' }).last().click()
    await page.getByText('Visitors see it only where a site allows rating PG').waitFor()
    await expectOwnPicture('blue')
    const embed = await readEmbed()
    expect(embed).toMatch(/\?s=120&r=pg$/)
    expect(await nameColour(await (await fetch(embed)).arrayBuffer())).toBe('blue')
    expect((await fetch(`${embed.replace('&r=pg', '')}&d=404`)).status).toBe(404)
    await page.reload()
    await expectOwnPicture('blue')
    await openMore(page)
    await page.getByRole('radio', { name: 'HTML' }).check()
    expect(await page.locator('#embed-code').textContent()).toContain('?s=240&amp;r=pg 2x')
    await page.getByRole('radio', { name: 'URL' }).check()
  })

  it('deletes unless that is undone in eight seconds, and shows the default picture after', async () => {
    const embed = await readEmbed()
    const remove = async () => {
      await selectPhoto(page, 'Ada & a "blue" wall')
      await page.getByRole('button', { name: 'Delete' }).click()
      await page.getByText('It was your picture: a default one takes its place.').waitFor()
      expect(await cards().count()).toBe(1)
    }
    await remove()
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator('[data-open]:focus').waitFor()
    expect(await cards().count()).toBe(2)
    expect(await nameColour(await (await fetch(embed)).arrayBuffer())).toBe('blue')

    await remove()
    await page.getByText('No photo of yours is active').waitFor({ state: 'attached', timeout: 20_000 })
    expect(await cards().count()).toBe(1)
    const response = await fetch(embed)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(await nameColour(await response.arrayBuffer())).toBe('other')
  })

  it('takes the active photo down again', async () => {
    const embed = await readEmbed()
    await useAsPicture(page)
    await openMore(page)
    await page.getByRole('button', { name: 'Show no photo' }).click()
    await page.getByText('Your account shows no photo now.').waitFor()
    expect((await fetch(`${embed}&d=404`)).status).toBe(404)
  })

  it('puts the former one back where that is undone, and says what the URL answers', async () => {
    await page.getByRole('button', { name: 'Undo' }).click()
    await page.locator('.photo.active').waitFor()
    await page.getByRole('button', { name: 'Check what the URL shows now' }).click()
    await page.getByText(/^At \d\d:\d\d the URL answered with your photo: (AVIF|WebP), /).waitFor()
    await openMore(page)
    await page.getByRole('button', { name: 'Show no photo' }).click()
    await page.getByText('No photo of yours is active').waitFor({ state: 'attached' })
  })

  it('keeps the name, makes a token that works and revokes it', async () => {
    await page.goto('/settings/profile')
    await page.getByLabel('Display name').fill('Ada Lovelace')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Saved.').waitFor()
    await page.goto('/settings/tokens')
    await page.getByLabel('Name of a new token').fill('Backup script')
    await page.getByRole('button', { name: 'Create' }).click()
    const token = await page.locator('#new-token', { hasText: 'cameo_' }).textContent()
    const firstCall = await page.locator('#first-call').textContent()
    expect(firstCall).toBe(`curl -H 'Authorization: Bearer ${token}' ${origin}/api/me`)
    await page.getByRole('button', { name: 'Done' }).click()
    const askMe = () => fetch(`${origin}/api/me`, { headers: { authorization: `Bearer ${token}` } })
    expect(await (await askMe()).json()).toMatchObject({ displayName: 'Ada Lovelace' })
    await page.reload()
    expect(await page.content()).not.toContain(token)

    await page.getByRole('button', { name: 'Revoke Backup script' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
    await page.getByText('You have no tokens.').waitFor()
    expect((await askMe()).status).toBe(401)
  })

  it('signs out', async () => {
    await signOut(page)
    await page.getByRole('heading', { name: 'One URL for your face' }).waitFor()
    await page.goto('/photos')
    await page.waitForURL('**/sign-in?next=/photos')
  })

  it('leaves the console of the browser silent', () => {
    expect(errors).toEqual([])
  })
})

function cards(): Locator {
  return page.locator('[data-photo]')
}

async function findCard(colour: 'red' | 'blue'): Promise<Locator> {
  for (const card of await cards().all()) {
    const source = await card.locator('img').getAttribute('src')
    const response = await page.request.get(source ?? '')
    if ((await nameColour(await response.body())) !== colour) continue
    const photo = await card.getAttribute('data-photo')
    return page.locator(`[data-photo="${photo}"]`)
  }
  throw new Error(`No ${colour} photo`)
}

async function readEmbed(): Promise<string> {
  return (await page.locator('#embed-code').textContent()) ?? ''
}

/** The picture in the panel is the public one, fetched anew. */
async function expectOwnPicture(colour: 'red' | 'blue'): Promise<void> {
  const picture = page.locator('[data-own-picture]')
  await expect.poll(async () => nameColour(await picture.screenshot()), { timeout: 10_000 }).toBe(colour)
}

import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import albums from '../../src/lang/de/albums'
import code from '../../src/lang/de/code'
import crop from '../../src/lang/de/crop'
import layout from '../../src/lang/de/layout'
import messages from '../../src/lang/de/messages'
import people from '../../src/lang/de/people'
import photoTexts from '../../src/lang/de/photo'
import photos from '../../src/lang/de/photos'
import problem from '../../src/lang/de/problem-page'
import received from '../../src/lang/de/received'
import settings from '../../src/lang/de/settings'
import shared from '../../src/lang/de/shared'
import sharing from '../../src/lang/de/sharing'
import signIn from '../../src/lang/de/sign-in'
import start from '../../src/lang/de/start'
import tags from '../../src/lang/de/tags'
import toasts from '../../src/lang/de/toasts'
import uploads from '../../src/lang/de/uploads'
import { openBrowser, openPage, readCode } from './visitor'
import { takePhotograph } from './world'

// A task on every page, as somebody does it with a phone that speaks German: found by what stands in the catalogue.

const EMAIL = 'greta@example.com'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await openBrowser()
  const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
  ;({ page, errors } = await openPage(browser, { ...phone, locale: 'de-DE', colorScheme: 'dark' }))
})
afterAll(() => browser?.close())

const button = (name: string, within: Page | Locator = page) =>
  within.getByRole('button', { name, exact: true })
const link = (name: string) => page.getByRole('link', { name, exact: true })
const field = (name: string, within: Page | Locator = page) => within.getByLabel(name, { exact: true })
const dialog = () => page.getByRole('dialog')
const said = (text: string) => page.getByText(text, { exact: true }).first().waitFor()
const openPhotos = () => page.locator('[data-open]')

describe('a phone that speaks German', () => {
  it('tries the start page out, and signs in', async () => {
    await page.goto('/')
    const hash = page.locator('[data-sha256]')
    const before = await hash.textContent()
    await field(start.tryOut.email).fill(EMAIL)
    await expect.poll(() => hash.textContent()).not.toBe(before)
    await link(start.getUrl).tap()
    await field(signIn.email).fill(EMAIL)
    await button(code.mail).tap()
    await page.getByRole('heading', { name: signIn.checkMail }).waitFor()
    await field(code.label).fill(await readCode(EMAIL))
    await page.getByRole('heading', { name: photos.steps.title }).waitFor()
  })

  it('adds photos, frames one and says what is in it', async () => {
    const files = await Promise.all([
      takePhotograph(1, '2026:10:24 16:20:00', 0.5),
      takePhotograph(17, '2026:10:23 17:40:00', 0.5),
    ])
    await field(uploads.choose).setInputFiles(
      files.map(({ name, mimeType, buffer }) => ({ name, mimeType, buffer })),
    )
    await openPhotos().nth(1).waitFor()
    await link(photos.steps.frameNow).tap()
    await button(crop.goOn, dialog()).tap()
    await field(crop.description, dialog()).fill('Eine Frau mit Brille')
    await button(crop.use, dialog()).tap()
    await page.locator('.photo.active').waitFor()
    await link(photos.open('Eine Frau mit Brille')).tap()
    await page.waitForURL('**/photos/*')
    await page.getByRole('heading', { level: 1, name: 'Eine Frau mit Brille' }).waitFor()
    await page.waitForLoadState() // a press before its code is there does nothing
  })

  it('rates a photo, shares it, and tags who is in it', async () => {
    await page.locator('[name=rating]').selectOption({ label: photoTexts.ratings.pg })
    await button(shared.save).tap()
    await said(shared.saved)
    await button(photoTexts.share).tap()
    await field(people.email, dialog()).fill('otto@example.com')
    await field(people.ownName, dialog()).fill('Otto')
    await button(shared.share, dialog()).tap()
    await button(sharing.stopWith('Otto'), dialog()).waitFor()
    await button(shared.close, dialog()).tap()
    await button(tags.start).tap()
    await button(tags.whoIsIt).tap()
    await button(tags.tagPerson(tags.me), dialog()).tap()
    await said(tags.youAreTagged)
    await button(tags.done).tap()
  })

  it('gathers photos in an album from the gallery, and takes a deletion back', async () => {
    await link(layout.photos).first().tap()
    await page.waitForURL('**/photos')
    await button(photos.select).tap()
    await openPhotos().first().tap()
    await openPhotos().nth(1).tap()
    await said(photos.selection.count(2))
    await button(photos.selection.album).tap()
    await field(photos.album.titleOf, dialog()).fill('Am Meer')
    await button(shared.add, dialog()).tap()
    await said(photos.selection.added(shared.photos(2), 'Am Meer'))
    await button(photos.select).tap()
    await openPhotos().first().tap()
    await said(photos.selection.count(1))
    await button(photos.selection.remove).tap()
    await expect.poll(() => openPhotos().count()).toBe(1)
    await button(toasts.undo).tap()
    await said(toasts.undone)
    await expect.poll(() => openPhotos().count()).toBe(2)
  })

  it('chooses the cover of the album, and renames it', async () => {
    await link(layout.albums).tap()
    await page.getByRole('link', { name: /Am Meer/ }).tap()
    await page.waitForURL('**/albums/*')
    await page.locator('[data-cover]').nth(1).tap()
    await said(albums.thisIsCover)
    await button(albums.rename).tap()
    await field(albums.title, dialog()).fill('Am großen Meer')
    await button(shared.save, dialog()).tap()
    await page.getByRole('heading', { name: 'Am großen Meer' }).waitFor()
  })

  it('finds the photos of oneself, and leaves one', async () => {
    await link(layout.shared).tap()
    await said(received.nothing)
    await link(received.tagged).tap()
    await page.waitForURL('**/tagged')
    await page.locator('[data-remove-me]').tap()
    await button(received.removeMe, dialog()).tap()
    await said(received.removed)
    await said(received.nothing)
  })

  it('writes to somebody', async () => {
    await page.getByRole('link', { name: layout.inbox }).tap()
    await page.waitForURL('**/inbox')
    await button(messages.new).tap()
    await page.getByRole('link', { name: messages.writeTo('Otto') }).tap()
    await page.waitForURL('**/inbox/*')
    await field(messages.messageTo('Otto')).fill('Guten Tag')
    await button(messages.send).tap()
    await page.locator('[data-thread]').getByText('Guten Tag').waitFor()
  })

  it('changes each of the settings', async () => {
    const open = async (section: keyof typeof settings.names) => {
      await page.goto('/settings')
      await page.getByRole('link', { name: settings.names[section].title }).first().tap()
      await page.waitForURL(`**/settings/${section}`)
      await page.getByRole('heading', { level: 1, name: settings.names[section].title }).waitFor()
    }
    await open('profile')
    await field(settings.profile.name).fill('Greta')
    await button(shared.save).tap()
    await said(shared.saved)
    await open('addresses')
    await page.getByRole('switch').tap()
    await page.locator('[role=switch][aria-checked=false]').waitFor()
    await open('privacy')
    await field(settings.tags.nobody).tap()
    await said(settings.tags.off)
    await open('devices')
    await said(settings.sessions.current)
    await open('tokens')
    await field(settings.tokens.name).fill('Bilderrahmen')
    await button(settings.tokens.create).tap()
    await button(settings.tokens.done, dialog()).tap()
    await button(settings.tokens.revokeOf('Bilderrahmen')).tap()
    await button(settings.tokens.revoke, dialog()).tap()
    await said(settings.tokens.revoked)
    await open('data')
    await button(settings.deletion.ask).tap()
    await button(settings.deletion.keep).tap()
    await button(settings.deletion.ask).waitFor()
  })

  it('reads why a page is not there, and signs out', async () => {
    await page.goto('/hier/ist/nichts')
    await page.getByRole('heading', { name: problem.nothing }).waitFor()
    errors.splice(0) // what is not there is 404, which a console tells
    await link(problem.toPhotos).tap()
    await page.getByRole('banner').locator('summary').tap()
    await page.getByRole('banner').getByRole('button', { name: layout.signOut }).tap()
    await link(start.getUrl).waitFor()
    expect(errors).toEqual([])
  })
})

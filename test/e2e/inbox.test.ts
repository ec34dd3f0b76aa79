import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, openPage, origin, plainPicture, signIn, signOut } from './visitor'

// Ada in two tabs of one browser; Bo, whose messages come by the API, and whose phone shows what Ada sends.

const ADA = 'ada-inbox@example.com'
const BO = 'bo-inbox@example.com'
const hashOf = (email: string) => createHash('sha256').update(email).digest('hex')

let browser: Browser
let axe: string
let ada: Page
let other: Page
let bo: Page
const errors: string[][] = []

beforeAll(async () => {
  browser = await openBrowser()
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const desktop = await openPage(browser, { viewport: { width: 1280, height: 800 } })
  const phone = await openPage(browser, {
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  })
  ada = desktop.page
  bo = phone.page
  errors.push(desktop.errors, phone.errors)
  await ada.context().addInitScript(`window.sockets = []
    window.WebSocket = class extends WebSocket {
      constructor(...rest) {
        super(...rest)
        sockets.push(this)
      }
    }`)
  await Promise.all([signIn(ada, ADA), signIn(bo, BO)])
  other = await ada.context().newPage()
  await other.goto('/albums')
})
afterAll(() => browser?.close())

/** How many sockets Ada's two tabs have open together. */
async function open(): Promise<number> {
  const each = 'sockets.filter(({ readyState }) => readyState === 1).length'
  const counts = await Promise.all([ada, other].map((page) => page.evaluate<number>(each)))
  return counts.reduce((sum, count) => sum + count)
}

const badge = (page: Page) => page.locator('[data-inbox-count]')

/** As a program of Bo's sends it. */
async function write(text: string): Promise<void> {
  const answer = await bo.request.post('/api/messages', {
    headers: { origin, 'sec-fetch-site': 'same-origin' },
    data: { to: hashOf(ADA), text },
  })
  expect(answer.status()).toBe(201)
}

/** What both tabs show, within a second and without a reload; later only where a socket is made anew. */
async function expectBadges(people: number, timeout = 1000): Promise<void> {
  for (const page of [ada, other]) {
    const shown = async () => [
      (await badge(page).getAttribute('data-inbox-count')) || '0',
      (await page.title()).slice(0, 4),
    ]
    const title = people ? `(${people}) ` : expect.not.stringMatching(/^\(/)
    await expect.poll(shown, { timeout, interval: 25 }).toEqual([String(people), title])
  }
}

describe('the number of people who wrote', () => {
  it('moves in all tabs without a reload, by one socket, and goes when one of them opens the inbox', async () => {
    await expect.poll(open).toBe(1)
    await write('hello')
    await expectBadges(1)
    expect(await ada.locator('[data-inbox-status]').textContent()).toBe('One person wrote to you.')
    await write('hello again')
    await other.getByRole('link', { name: 'Inbox, 1 new' }).click()
    await other.waitForURL('**/inbox')
    await other.locator('.conversation.unread', { hasText: 'hello again' }).waitFor()
    await expectBadges(0)
    await examine(other)
    expect(await open()).toBe(1)
    await write('one more') // it is seen as it comes
    await other.locator('.conversation', { hasText: 'one more' }).waitFor()
  })

  it('comes back by a new socket when the server closes it, as for a new version', async () => {
    await other.goto('/photos')
    const storageState = await ada.context().storageState()
    const { page } = await openPage(browser, { storageState })
    const routed: WebSocketRoute[] = []
    await page.routeWebSocket('**/api/inbox/live', (socket) => {
      routed.push(socket)
      socket.connectToServer()
    })
    await page.goto('/albums')
    await expect.poll(() => routed.length).toBe(1)
    await routed[0]?.close({ code: 1012 })
    await write('after the restart')
    await expect.poll(() => routed.length, { timeout: 5000 }).toBe(2)
    await page.getByRole('link', { name: 'Inbox, 1 new' }).click()
    await page.locator('.conversation', { hasText: 'after the restart' }).waitFor()
    await expectBadges(0)
    expect(routed.length).toBe(3) // that of the page, and no other
    await page.context().close()
  })

  it('is right again when the network comes back', async () => {
    await expect.poll(open).toBe(1)
    await ada.context().setOffline(true)
    await expect.poll(open).toBe(0)
    await write('while you were away')
    await ada.context().setOffline(false)
    await expectBadges(1, 5000)
    await expect.poll(open).toBe(1)
    errors[0]?.splice(0) // a browser without a network complains
  })

  it('is asked for where no socket comes through', async () => {
    const storageState = await ada.context().storageState()
    const { page } = await openPage(browser, { storageState })
    await page.routeWebSocket('**/api/inbox/live', (socket) => socket.close())
    await page.goto('/albums')
    await page.getByRole('link', { name: 'Inbox, 1 new' }).waitFor()
    await page.context().close()
  })
})

describe('a thread', () => {
  it('shows what comes, and sends what is written, with photos, links and as it was typed', async () => {
    await ada.getByLabel('Choose photos').setInputFiles([await plainPicture('lake.jpg', '#1060c0')])
    await ada.getByRole('link', { name: 'Open photo: lake.jpg' }).waitFor()
    await ada.getByRole('link', { name: /^Inbox/ }).click()
    await ada.getByRole('link', { name: /while you were away/ }).click()
    await ada.getByRole('textbox').waitFor()
    await expectBadges(0)
    await write('Look: https://example.com/a_(b). <b>not bold</b>')
    const link = ada.getByRole('link', { name: 'https://example.com/a_(b)', exact: true })
    expect(await link.getAttribute('rel')).toBe('noopener nofollow')
    expect(await ada.locator('.bubble', { hasText: '<b>not bold</b>' }).count()).toBe(1)
    await expectBadges(0)

    await ada.getByRole('button', { name: 'Add a photo' }).click()
    await ada.getByRole('radio', { name: 'lake.jpg' }).check()
    await examine(ada)
    await ada.getByRole('button', { name: 'Add', exact: true }).click()
    await ada.locator('textarea:focus').waitFor()
    await ada.keyboard.type('one line')
    await ada.keyboard.press('Shift+Enter')
    await ada.keyboard.type('and another')
    await ada.keyboard.press('Enter')
    await ada.locator('.bubble.mine[data-message] .bubble-photo').waitFor()
    await examine(ada)

    await bo.goto('/photos')
    const one = await bo
      .getByRole('link', { name: 'Inbox, 1 new' })
      .locator('[data-inbox-count]')
      .boundingBox()
    expect(one?.width).toBeGreaterThan(15) // a phone has room for it, too
    await bo.getByRole('link', { name: 'Inbox, 1 new' }).click()
    await bo.getByRole('link', { name: /one line/ }).click()
    await bo.getByText('one line\nand another').waitFor()
    await bo.locator('.bubble-photo').click()
    await bo.getByRole('link', { name: /^Message/ }).click()
    await bo.waitForURL(`**/inbox/${hashOf(ADA)}`)
    await examine(bo)
  })

  it('says what was not sent, and sends it once when it is tried again', async () => {
    const said = (page: Page) => page.locator('.bubble', { hasText: 'only once' })
    let tries = 0
    await ada.route('**/api/messages', async (route) => {
      // The first arrives, and its answer does not.
      if (tries++ === 0) await route.fetch()
      await (tries === 1 ? route.abort() : route.continue())
    })
    await ada.getByRole('textbox').fill('only once')
    await ada.keyboard.press('Enter')
    const fault = ada.locator('.bubble-fault')
    await fault.getByText('Not sent. No connection.').waitFor()
    await examine(ada)
    errors[0]?.splice(0)
    await fault.getByRole('button', { name: 'Try again' }).click()
    await ada.locator('.bubble[data-message]', { hasText: 'only once' }).waitFor()
    expect(tries).toBe(2)
    await said(bo).waitFor()
    await bo.reload()
    expect(await said(bo).count()).toBe(1)
    await bo.goto('/inbox')
    await bo.getByRole('link', { name: /only once/ }).click()
    await bo.waitForURL('**/inbox/*')
    expect(await bo.evaluate('document.documentElement.scrollHeight > innerHeight * 1.2')).toBe(true)
    const [last, form] = await Promise.all([said(bo).boundingBox(), bo.locator('.compose').boundingBox()])
    expect(form && last && form.y - last.y - last.height).toBeGreaterThanOrEqual(0) // all of it is in sight
    await ada.unroute('**/api/messages')
  })

  it('can be closed to its other side, and begun with somebody by their address', async () => {
    const sent: string[] = []
    ada.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
    await ada.getByRole('button', { name: 'Block' }).click()
    await ada.getByText('You block them').waitFor()
    await write('you do not hear me')
    await ada.getByRole('button', { name: 'Unblock' }).click()
    await ada.getByText('They can write to you again.').waitFor()
    await ada.reload()
    expect(await ada.getByText('you do not hear me').count()).toBe(0)

    await ada.getByRole('main').getByRole('link', { name: 'Inbox' }).click()
    await ada.getByRole('button', { name: 'New message' }).click()
    await ada.getByLabel('E-mail address').fill('Carla-Inbox@example.com')
    await ada.getByLabel('Your name for them').fill('كارلا الطويلة '.repeat(5))
    await examine(ada)
    await ada.keyboard.press('Enter')
    await ada.waitForURL(`**/inbox/${hashOf('carla-inbox@example.com')}`)
    await ada.getByText('Nothing yet.').waitFor()
    const box = ada.getByRole('checkbox', { name: 'Also tell them by e\u2011mail' })
    expect(await box.isChecked()).toBe(false)
    await examine(ada)
    await ada.getByRole('textbox').fill('x'.repeat(300))
    await ada.keyboard.press('Enter')
    await ada.locator('.bubble[data-message]').waitFor()
    await examine(ada)
    expect(sent.filter((request) => /carla-inbox(@|%40)/i.test(request))).toEqual([])

    // The address goes with the message that it is told of, and with no other.
    await box.check()
    await ada.getByRole('textbox').fill('do come')
    await ada.keyboard.press('Enter')
    await ada.locator('.bubble[data-message]', { hasText: 'do come' }).waitFor()
    expect(await box.isVisible()).toBe(false)
    await ada.getByRole('textbox').fill('and soon')
    await ada.keyboard.press('Enter')
    await ada.locator('.bubble[data-message]', { hasText: 'and soon' }).waitFor()
    await ada.reload()
    await ada.getByText('and soon').waitFor()
    expect(await box.isVisible()).toBe(false)
    expect(sent.filter((request) => /carla-inbox(@|%40)/i.test(request)).length).toBe(1)
    const stop = await readStopLink('carla-inbox@example.com')
    await bo.goto(stop)
    await examine(bo)
    await bo.getByRole('button', { name: 'Send no more mails' }).click()
    await bo.getByText('We send you no more of these mails.').waitFor()
  })
})

describe('signing out', () => {
  it('in one tab closes the socket of all', async () => {
    await expect.poll(open, { timeout: 5000 }).toBe(1) // one that was lost is back after two seconds at most
    await signOut(ada)
    await ada.waitForURL('**/')
    await expect.poll(open, { timeout: 5000 }).toBe(0)
    await write('nobody is there')
    expect([await open(), await badge(other).isVisible()]).toEqual([0, false])
  })

  it('leaves the consoles of both browsers silent', () => {
    expect(errors).toEqual([[], []])
  })
})

/** The link by which whoever was told of a message ends such mails, as their mail program finds it. */
async function readStopLink(email: string): Promise<string> {
  const find = async () => {
    const response = await fetch(`${origin}/cdn-cgi/local/explorer/api/local/email/sending`)
    const { result } = (await response.json()) as {
      result: { to: string[]; headers?: Record<string, string> }[]
    }
    const mails = result.filter(({ to }) => to.includes(email))
    expect(mails.length).toBe(1)
    return mails[0]?.headers?.['List-Unsubscribe']?.slice(1, -1) ?? ''
  }
  await expect.poll(find).toMatch(/\/stop\/[0-9a-f]{64}$/)
  return find()
}

/** Runs axe-core in both themes, and measures the page at the widths of a small phone and of a desktop. */
async function examine(page: Page): Promise<void> {
  const size = page.viewportSize()
  await page.evaluate(axe)
  for (const [colorScheme, only] of [
    ['light', '{}'],
    ['dark', '{ runOnly: ["color-contrast"] }'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const violations = await page.evaluate(`axe.run(${only}).then(({ violations }) => violations
      .map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' ')))`)
    expect(violations, `${page.url()} in ${colorScheme}`).toEqual([])
  }
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overhang, `${page.url()} at ${width}`).toBeLessThanOrEqual(0)
  }
  if (size) await page.setViewportSize(size)
}

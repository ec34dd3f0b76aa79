import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, inject } from 'vitest'

/** Origin of the server under test. */
export const origin = inject('origin')

/** The browser that all files share, each with profiles of its own: to close it ends the profiles alone. */
export function openBrowser(): Promise<Browser> {
  return chromium.connect(inject('browser'))
}

/** A network of its own for each page: all from one would be limited by the minute. Only a local server believes it. */
function makeUpNetwork(): string {
  const [a, b] = crypto.getRandomValues(new Uint16Array(2))
  return `2001:db8:${a?.toString(16)}:${b?.toString(16)}::1`
}

/**
 * A page in a fresh profile, which asks for no motion: a test need not wait for pages that fade. `errors` collects what
 * the browser's console complains about.
 */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; errors: string[] }> {
  const extraHTTPHeaders = { 'cf-connecting-ip': makeUpNetwork() }
  const usual = { locale: 'en', reducedMotion: 'reduce' } as const
  const context = await browser.newContext({ baseURL: origin, extraHTTPHeaders, ...usual, ...options })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  return { page, errors }
}

/** Signs a browser in by the API, with the code from the local mailbox; ends on the photos. */
export async function signIn(page: Page, email: string): Promise<void> {
  const { request } = page.context()
  const post = async (path: string, data: object) => {
    const answer = await request.post(path, { data })
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  }
  await post('/api/sign-in/code', { email })
  await post('/api/sign-in', { code: await readCode(email) })
  await page.goto('/photos')
}

/** The same as a person does it, by the page: for tests of what comes before and after. */
export async function signInByPage(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in')
  const other = page.getByRole('button', { name: 'Another address' })
  if (await other.isVisible()) await other.click() // a code from before is still waited for
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'E-mail me a code' }).click()
  await page.getByLabel('Code', { exact: true }).waitFor()
  const code = await readCode(email)
  await page.getByLabel('Code', { exact: true }).fill(`${code.slice(0, 4)} ${code.slice(4)}`)
  await page.waitForURL('**/photos')
}

/** Leaves by the menu of the header. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('banner').locator('summary').click()
  await page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click()
}

/** Selects a photo of the gallery, by its description or the name of its file; the newest where none is named. */
export async function selectPhoto(page: Page, name?: string): Promise<void> {
  const box = page.getByRole('checkbox', { name: name ? `Select photo: ${name}` : /^Select photo/ })
  await (name ? box : box.first()).check()
}

/** Goes through the dialog that frames a photo: all of it shows, and nothing is said of it. */
export async function passFraming(page: Page): Promise<void> {
  const dialog = page.locator('[data-crop-dialog]')
  await dialog.getByRole('button', { name: 'Use the whole picture' }).click()
  await dialog.getByRole('button', { name: 'Skip' }).click()
  await dialog.waitFor({ state: 'detached' })
}

/** Makes a photo of the gallery the picture that others see, all of it, of a person with one address. */
export async function useAsPicture(page: Page, name?: string): Promise<void> {
  await selectPhoto(page, name)
  await page.getByRole('button', { name: 'Use as my picture' }).click()
  await passFraming(page)
  await page.getByText('This photo is your picture now.').waitFor()
}

/** Opens what else the panel of one's picture offers. */
export async function openMore(page: Page): Promise<void> {
  const more = page.locator('.embed-more')
  if (!(await more.getByRole('radio', { name: 'HTML' }).isVisible())) await more.locator('summary').click()
}

/** Opens the list of the tray, whether it is open already or not. */
export async function openUploads(page: Page): Promise<void> {
  const toggle = page.locator('[data-tray] [data-toggle]')
  await toggle.waitFor()
  // It may open by itself just as it is pressed.
  while ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click()
  await page.mouse.move(0, 0) // nobody points at it
}

/** Waits until nothing in the tray is on its way any more. */
export async function uploadsOver(page: Page): Promise<void> {
  await page.locator('[data-tray] [data-close]').waitFor()
}

/** The newest sign-in code that was mailed to an address. */
export async function readCode(email: string): Promise<string> {
  for (let tries = 0; tries < 50; tries++) {
    const response = await fetch(`${origin}/cdn-cgi/local/explorer/api/local/email/sending`)
    const { result } = (await response.json()) as { result: { to: string[]; subject: string }[] }
    const code = /^\d{8}/.exec(result.find((mail) => mail.to.includes(email))?.subject ?? '')
    if (code) return code[0]
    await sleep(100)
  }
  throw new Error(`No mail to ${email}`)
}

export interface NamedFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** A picture of one colour. The same bytes are not taken twice without a word, so its name is in it too. */
export async function plainPicture(
  name: string,
  background: string,
  [width, height] = [640, 480],
): Promise<NamedFile> {
  const picture = sharp({ create: { width, height, channels: 3, background } })
  const named = picture.withExif({ IFD0: { ImageDescription: name } })
  return { name, mimeType: 'image/jpeg', buffer: await named.jpeg().toBuffer() }
}

/** The colour in the middle of a picture: `red`, `blue` or `other`. */
export async function nameColour(picture: Buffer | ArrayBuffer): Promise<'red' | 'blue' | 'other'> {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels
  const [red = 0, green = 0, blue = 0] = data.subarray(middle, middle + 3)
  if (red > 180 && green < 80 && blue < 80) return 'red'
  if (blue > 180 && red < 80 && green < 80) return 'blue'
  return 'other'
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe-core finds on a page as it stands: the rule, and what breaks it.
 * @param part a selector, where the rest of the page is not asked about
 */
export async function findViolations(page: Page, options = '{}', part = 'html'): Promise<string[]> {
  if (!(await page.evaluate('Boolean(window.axe)'))) await page.evaluate(axe)
  return page.evaluate(`axe.run('${part}', { resultTypes: ['violations'], ...${options} }).then(({ violations }) => violations
    .map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' ')))`)
}

/** Runs axe-core in both themes, and measures the page at the widths of a small phone and of a desktop. */
export async function examine(page: Page): Promise<void> {
  const size = page.viewportSize()
  // What the themes differ in is colour.
  for (const [colorScheme, only] of [
    ['light', '{}'],
    ['dark', '{ runOnly: ["color-contrast"] }'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' }) // no colour half-way
    const violations = await findViolations(page, only)
    expect(violations, `${page.url()} in ${colorScheme}`).toEqual([])
  }
  for (const width of [320, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    const overhang = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
    expect(overhang, `${page.url()} at ${width}`).toBeLessThanOrEqual(0)
  }
  if (size) await page.setViewportSize(size)
}

import sharp from 'sharp'
import type { Page } from 'playwright-core'
import { it } from 'vitest'
import { openBrowser, openPage, origin, signIn } from './visitor'
it('shoots', async () => {
  const browser = await openBrowser()
  const { page } = await openPage(browser, { viewport: { width: 1280, height: 900 } })
  await signIn(page, 'shots@example.com')
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="800"><rect width="1200" height="800" fill="#9bb7c9"/><rect y="560" width="1200" height="240" fill="#5c7a4a"/>' + [[250,300],[600,260],[950,320]].map(([x,y])=>`<rect x="${x-110}" y="${y+110}" width="220" height="360" rx="80" fill="#b55"/><circle cx="${x}" cy="${y}" r="100" fill="#e8c39e"/><circle cx="${x-35}" cy="${y-20}" r="10"/><circle cx="${x+35}" cy="${y-20}" r="10"/>`).join('') + '</svg>'
  await page.getByLabel('Choose photos').setInputFiles([{ name: 'garden.jpg', mimeType: 'image/jpeg', buffer: await sharp(Buffer.from(svg)).jpeg().toBuffer() }])
  await page.getByRole('link', { name: 'Open photo: garden.jpg' }).click()
  await page.waitForURL('**/photos/*')
  const url = page.url(), api = url.replace('/photos/', '/api/photos/')
  const put = (path: string, data: object) => page.request.put(path, { headers: { origin }, data })
  const me = (await (await page.request.get('/api/me')).json()).hash
  const A = 'a'.repeat(64), B = 'b'.repeat(64)
  await put(`/api/contacts/${A}`, { name: 'Ada Lovelace' })
  await put(`/api/contacts/${B}`, { name: 'Bartholomew Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft' })
  await put(`/api/contacts/${'c'.repeat(64)}`, { name: 'Cy' })
  await put(`${api}/tags/${A}`, { x: 0.11, y: 0.23, width: 0.19, height: 0.28 })
  await put(`${api}/tags/${B}`, { x: 0.7, y: 0.26, width: 0.19, height: 0.28 })
  await put(`${api}/tags/${me}`, { x: 0.4, y: 0.7, width: 0.12, height: 0.28 })
  await page.route('**/suggestions', (route) => route.fulfill({ json: { items: [{ name: 'Grace Hopper', x: 0.41, y: 0.18, width: 0.18, height: 0.28 }], nextCursor: null } }))
  for (const [device, width, height] of [['desktop', 1280, 900], ['phone', 390, 844], ['small', 320, 640]] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      if (device === 'small' && colorScheme === 'dark') continue
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      const shot = (name: string, fullPage = false) => page.screenshot({ path: `/tmp/tagshots/${name}-${device}-${colorScheme}.png`, fullPage })
      await page.goto(url)
      await page.locator('[data-suggestion]').waitFor()
      await page.waitForTimeout(300)
      await page.locator('[data-stage]').click({ position: { x: 20, y: 20 } })
      await shot('names', device !== 'desktop')
      await page.getByRole('button', { name: 'Tag people' }).click()
      await shot('mode')
      await page.getByRole('button', { name: 'Who is it?' }).click()
      await page.waitForTimeout(300)
      await shot('who')
      await page.keyboard.press('Escape')
      await page.goto('/tagged')
      await page.waitForTimeout(300)
      await shot('tagged')
      await page.getByRole('button', { name: /^Remove me/ }).click()
      await shot('leave')
      await page.goto('/settings#privacy-title')
      await page.locator('[data-privacy]').screenshot({ path: `/tmp/tagshots/privacy-${device}-${colorScheme}.png` })
    }
  await browser.close()
})

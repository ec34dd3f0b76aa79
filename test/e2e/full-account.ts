import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { plainPicture, signIn, useAsPicture } from './visitor'

/** A word that no line can break, as the title of what a person names. */
export const WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'

/** How people are called. */
export const NAME = `Bartholomew ${WORD}`.slice(0, 100)

/** A picture so tall that its place must not follow it. */
export const tower = () => plainPicture('b.jpg', '#204080', [300, 1500])

interface Card {
  dataset: { photo: string }
}

/** Signs somebody in and gives them something of everything, under the longest names: ends on their photos. */
export async function fillAccount(page: Page, email: string): Promise<void> {
  await signIn(page, email)
  await page
    .getByLabel('Choose photos')
    .setInputFiles([await plainPicture(`${WORD}.jpg`, '#802040'), await tower()])
  await page.locator('[data-photo]').nth(1).waitFor()
  await useAsPicture(page, `${WORD}.jpg`)
  const id = await page.locator('.photo.active').evaluate((card) => (card as unknown as Card).dataset.photo)
  await call(page, 'PATCH', `/api/photos/${id}`, { altText: WORD, rating: 'r' })
  await call(page, 'PATCH', '/api/me', { displayName: NAME })
  await call(page, 'POST', '/api/tokens', { name: WORD })
  const [ada, bo] = ['a'.repeat(64), 'b'.repeat(64)]
  await call(page, 'PUT', `/api/contacts/${ada}`, { name: NAME })
  for (const hash of [ada, bo]) await call(page, 'PUT', `/api/photos/${id}/shares/${hash}`)
  const me = await call<{ hash: string }>(page, 'GET', '/api/me')
  const box = { x: 0.4, y: 0.4, width: 0.2, height: 0.2 }
  for (const hash of [ada, bo, me.hash]) await call(page, 'PUT', `/api/photos/${id}/tags/${hash}`, box)
  await call(page, 'PUT', `/api/contacts/${'c'.repeat(64)}`, { name: NAME })
  await call(page, 'POST', `/api/photos/${id}/links`, { expiresIn: 3600, password: WORD, download: true })
  const album = await call<{ id: string }>(page, 'POST', '/api/albums', { title: WORD })
  await call(page, 'PUT', `/api/albums/${album.id}/photos/${id}`)
  const tall = await page
    .locator('.photo:not(.active)')
    .evaluate((card) => (card as unknown as Card).dataset.photo)
  const high = await call<{ id: string }>(page, 'POST', '/api/albums', { title: 'Tower' })
  await call(page, 'PUT', `/api/albums/${high.id}/photos/${tall}`)
  await call(page, 'PUT', `/api/albums/${album.id}/members/${ada}`, { role: 'contributor' })
}

/** Calls the API as the page would. */
export async function call<T = unknown>(
  page: Page,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const [status, text] = await page.evaluate<[number, string]>(
    `fetch('${path}', ${JSON.stringify(init)}).then(async (answer) => [answer.status, await answer.text()])`,
  )
  expect(status, path).toBeLessThan(300)
  return (text ? JSON.parse(text) : undefined) as T
}

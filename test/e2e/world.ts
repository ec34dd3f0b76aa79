import { createHash } from 'node:crypto'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { type NamedFile, openPage, readCode, signIn } from './visitor'

// A person as they are after some months: photographs, albums, people they know, and what those sent.

interface Scene {
  number: number
  altText: string
}

const script = (name: string) => import(new URL(`../../scripts/seed/${name}.mjs`, import.meta.url).href)

/** Of the seed, by number: what Ada took, the last one first, and when. The first is her picture. */
const ADAS: [number, string][] = [
  [1, '2026:10:24 16:20:00'],
  [3, '2026:10:24 11:05:00'],
  [17, '2026:10:23 17:40:00'],
  [36, '2026:10:11 09:15:00'],
  [32, '2026:10:10 15:00:00'],
  [6, '2026:09:27 08:30:00'],
  [2, '2026:09:20 06:45:00'],
  [8, '2026:09:19 13:10:00'],
  [15, '2026:08:30 23:50:00'],
  [14, '2026:08:12 20:15:00'],
  [5, '2026:08:11 22:10:00'],
  [24, '2026:08:03 10:20:00'],
  [10, '2026:07:18 21:30:00'],
]
const BOS = [33, 16, 40, 19]

const ADA = 'ada.lindqvist@example.com'
const BO = 'bo@example.org'
const MIRA = 'mira@example.net'

export const hashOf = (email: string) => createHash('sha256').update(email).digest('hex')

export interface World {
  /** Cookies of Ada, who has all of it. */
  ada: State
  /** Of Sam, who is new. */
  sam: State
  /** Paths of what she has. */
  paths: Record<'photo' | 'others' | 'album' | 'thread' | 'link' | 'albumLink' | 'locked', string>
}
type State = Awaited<ReturnType<BrowserContext['storageState']>>

/** Calls the API as whoever is signed in there. */
export type Call = <T = unknown>(method: string, path: string, data?: object) => Promise<T>

export function caller(page: Page): Call {
  return async <T>(method: string, path: string, data?: object) => {
    const answer = await page.context().request.fetch(`/api${path}`, { method, data })
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return (answer.status() === 204 ? null : await answer.json()) as T
  }
}

/** A picture of the seed as a camera's file; `scale` is of its sides. */
export async function takePhotograph(number: number, taken: string, scale = 0.8): Promise<NamedFile & Scene> {
  const { PEOPLE } = await script('people')
  const { drawPicture } = await script('pictures')
  const scenes: Scene[] = PEOPLE.flatMap(({ photos }: { photos: Scene[] }) => photos)
  const scene = scenes.find((each) => each.number === number)
  if (!scene) throw new Error(`no picture ${number}`)
  const { bytes } = await drawPicture({ ...scene, format: 'jpeg', turned: false }, scale, {
    isNumbered: false,
  })
  const dated = sharp(bytes).withExif({ IFD2: { DateTimeOriginal: taken } })
  const altText = scene.altText.replace(/ \(.*/, '')
  const buffer = await dated.jpeg({ quality: 88 }).toBuffer()
  return { number, altText, name: `IMG_${2040 + number}.jpg`, mimeType: 'image/jpeg', buffer }
}

/** Makes the world once, through the door that people take. */
export async function makeWorld(browser: Browser): Promise<World> {
  const open = async (email: string) => {
    const { page } = await openPage(browser)
    await signIn(page, email)
    return { page, call: caller(page) }
  }
  const [ada, bo, sam] = await Promise.all([open(ADA), open(BO), open('sam@example.com')])
  const [photos, theirs] = await Promise.all([
    upload(ada, ADAS.toReversed()),
    upload(
      bo,
      BOS.map((number) => [number, '2026:09:05 12:00:00']),
    ),
  ])
  const at = (number: number) => photos.get(number) ?? ''
  const others = (number: number) => theirs.get(number) ?? ''
  await Promise.all([
    ada.call('PATCH', '/me', { displayName: 'Ada Lindqvist' }),
    bo.call('PATCH', '/me', { displayName: 'Bo Okafor' }),
    ada.call('PUT', '/me/active-photo', { photoId: at(1) }),
    bo.call('PUT', '/me/active-photo', { photoId: others(33) }),
    addAddress(ada.call, 'ada@work.example'),
  ])
  const [hash, bosHash, miras] = [ADA, BO, MIRA].map(hashOf) as [string, string, string]
  await ada.call('PUT', `/contacts/${bosHash}`, { name: 'Bo Okafor' })
  await ada.call('PUT', `/contacts/${miras}`, { name: 'Mira, next door' })
  await bo.call('PUT', `/contacts/${hash}`, { name: 'Ada' })

  const album = await fill(ada.call, 'A week by the sea', [3, 17, 14, 5, 24, 15].map(at))
  await fill(ada.call, 'Autumn', [36, 32, 8].map(at))
  await ada.call('PUT', `/albums/${album}/members/${bosHash}`, { role: 'contributor' })
  await bo.call('PUT', `/albums/${album}/photos/${others(16)}`)
  const harvest = await fill(bo.call, 'Harvest', [40, 16].map(others))
  await bo.call('PUT', `/albums/${harvest}/members/${hash}`, { role: 'viewer' })
  for (const number of [33, 19, 40]) await bo.call('PUT', `/photos/${others(number)}/shares/${hash}`)
  const face = { x: 0.34, y: 0.2, width: 0.3, height: 0.4 }
  await bo.call('PUT', `/photos/${others(33)}/tags/${hash}`, face)
  await ada.call('PUT', `/photos/${at(1)}/tags/${hash}`, { x: 0.3, y: 0.2, width: 0.4, height: 0.4 })
  await ada.call('PUT', `/photos/${at(3)}/shares/${miras}`)
  await ada.call('PUT', `/photos/${at(3)}/tags/${bosHash}`, { x: 0.62, y: 0.5, width: 0.12, height: 0.2 })

  const say = (from: { call: Call }, to: string, text: string, photoId?: string) =>
    from.call('POST', '/messages', { to, text, photoId })
  await say(ada, miras, 'The key is under the blue pot. Thank you!')
  await say(bo, hash, 'We are back. The light out there was something else.')
  await say(bo, hash, 'Look at this one.', others(40))
  await say(ada, bosHash, 'Oh, that is lovely. When were you there?')
  await say(ada, bosHash, 'Mine are in the album, add yours when you find the time.', at(3))
  await say(bo, hash, 'Last Saturday. I will.\nThere are about thirty of them, so it may take a while.')

  const link = async (of: string, asked: object = {}) =>
    new URL((await ada.call<{ url: string }>('POST', `/${of}/links`, { expiresIn: 86_400, ...asked })).url)
      .pathname
  for (const name of ['Photo frame in the hall', 'Backup script']) await ada.call('POST', '/tokens', { name })
  const states = await Promise.all([ada, sam].map(({ page }) => page.context().storageState()))
  const paths = {
    photo: `/photos/${at(3)}`,
    others: `/photos/${others(40)}?in=shared`,
    album: `/albums/${album}`,
    thread: `/inbox/${bosHash}`,
    link: await link(`photos/${at(2)}`, { download: true }),
    albumLink: await link(`albums/${album}`, { download: true }),
    locked: await link(`albums/${album}`, { password: 'open sesame' }),
  }
  await Promise.all([ada, bo, sam].map(({ page }) => page.context().close()))
  return { ada: states[0] as State, sam: states[1] as State, paths }
}

/** Uploads as the page does, so that stand-ins are made; gives the ids by number. */
async function upload(
  { page, call }: { page: Page; call: Call },
  list: [number, string][],
): Promise<Map<number, string>> {
  const files = await Promise.all(list.map(([number, taken]) => takePhotograph(number, taken)))
  await page
    .locator('[data-uploads] input[type=file]')
    .first()
    .setInputFiles(files.map(({ name, mimeType, buffer }) => ({ name, mimeType, buffer })))
  await page
    .locator('[data-photo]')
    .nth(files.length - 1)
    .waitFor({ timeout: 60_000 })
  const { items } = await call<{ items: { id: string; fileName: string }[] }>('GET', '/photos?limit=100')
  const ids = new Map(
    files.map(({ name, number }) => [number, items.find(({ fileName }) => fileName === name)?.id ?? '']),
  )
  await Promise.all(
    files.map(({ number, altText }) => call('PATCH', `/photos/${ids.get(number)}`, { altText })),
  )
  return ids
}

async function fill(call: Call, title: string, photos: string[]): Promise<string> {
  const { id } = await call<{ id: string }>('POST', '/albums', { title })
  for (const photo of photos) await call('PUT', `/albums/${id}/photos/${photo}`)
  return id
}

async function addAddress(call: Call, email: string): Promise<void> {
  await call('POST', '/addresses', { email })
  await call('POST', '/addresses/confirm', { code: await readCode(email) })
}

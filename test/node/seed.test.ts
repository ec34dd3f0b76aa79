import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, openBrowser, signIn } from './person.ts'
import { freePort, type Server, startServer } from './server.ts'

// Scripts have no types of their own: named here is what the tests use.
interface Picture {
  number: number
  altText: string
  size: [number, number]
  format?: string
  rating?: string
}
interface Person {
  email: string
  displayName: string
  active: number | null
  photos: Picture[]
}
interface PhotoJson {
  id: string
  altText: string
  rating: string
  contentType: string
  width: number
  height: number
  takenAt: number | null
}
const script = (name: string) => import(new URL(`../../scripts/seed/${name}.mjs`, import.meta.url).href)
const { PEOPLE }: { PEOPLE: Person[] } = await script('people')
const {
  drawPicture,
  scaleSize,
}: {
  drawPicture(picture: Picture, scale: number): Promise<{ bytes: Buffer }>
  scaleSize(picture: Picture, scale: number): [number, number]
} = await script('pictures')

/** Of the sides of the pictures: a sixteenth of the pixels takes a fraction of the time. */
const SCALE = 0.25

const ADA = 'ada@example.com'
const NOOR = 'noor@example.com'
const PIP = 'pip@example.com'
const SAM = 'sam@example.com'
const hashOf = (email: string) => createHash('sha256').update(email).digest('hex')

let server: Server
let first: Awaited<ReturnType<typeof runSeed>>
const browsers = new Map<string, Browser>()

beforeAll(async () => {
  server = await startServer()
  first = await runSeed(new URL(server.origin).port)
  for (const { email } of PEOPLE) {
    const browser = openBrowser(server.origin)
    await signIn(browser, server.origin, email)
    browsers.set(email, browser)
  }
})
afterAll(() => server.stop())

async function runSeed(port: string) {
  const child = spawn(process.execPath, ['scripts/seed.mjs', '--port', port, '--scale', `${SCALE}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let complaint = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (complaint += chunk))
  const code = await new Promise((resolve) => child.on('close', resolve))
  return { code, output, complaint }
}

async function read<T>(email: string, path: string): Promise<T> {
  return (await (browsers.get(email) as Browser).call('GET', path)).json() as Promise<T>
}

const meOf = (email: string) => read<{ displayName: string; publicLookup: boolean }>(email, '/api/me')

const photosOf = async (email: string) =>
  (await read<{ items: PhotoJson[] }>(email, '/api/photos?limit=100')).items

/** What Ada finds of the others. */
async function together() {
  const list = async <T>(path: string) => (await read<{ items: T[] }>(ADA, path)).items
  const { people } = await read<{ people: number }>(ADA, '/api/inbox/unread')
  const albums = await list<{ title: string; photoCount: number }>('/api/albums')
  return {
    people,
    conversations: (await list<{ name: string }>('/api/conversations')).map(({ name }) => name),
    albums: albums.map(({ title, photoCount }) => `${title} ${photoCount}`),
    tagged: (await list('/api/tagged')).length,
    shared: (await list('/api/shared')).length,
  }
}

/** The colours of a picture as a square of eight by eight. */
async function lookAt(bytes: Buffer): Promise<number[]> {
  const small = sharp(bytes).autoOrient().resize(64, 64, { fit: 'cover' }).removeAlpha()
  return [
    ...(await sharp(await small.png().toBuffer())
      .resize(8, 8)
      .raw()
      .toBuffer()),
  ]
}

/** Which picture of the seed is shown there; null for one of no one's. */
async function recognise(path: string): Promise<number | null> {
  const response = await fetch(`${server.origin}/${path}`)
  expect(response.status).toBe(200)
  const seen = await lookAt(Buffer.from(await response.arrayBuffer()))
  for (const { active, photos } of PEOPLE) {
    const picture = photos.find(({ number }) => number === active)
    if (!picture) continue
    const drawn = await lookAt((await drawPicture(picture, SCALE)).bytes)
    const distance = drawn.reduce((sum, value, i) => sum + Math.abs(value - (seen[i] as number)), 0)
    if (distance / drawn.length < 4) return picture.number
  }
  return null
}

describe('seed', () => {
  it('makes five people with forty different photos of the sizes, types and ratings it names', async () => {
    expect(first).toMatchObject({ code: 0, complaint: '' })
    const counts: number[] = []
    for (const { email, displayName, photos } of PEOPLE) {
      expect((await meOf(email)).displayName).toBe(displayName)
      const there = await photosOf(email)
      counts.push(there.length)
      expect(
        there.map(({ altText, width, height, contentType, rating }) => ({
          altText,
          size: [width, height],
          contentType,
          rating,
        })),
      ).toEqual(
        photos
          .map((picture) => ({
            altText: picture.altText,
            size: scaleSize(picture, SCALE),
            contentType: `image/${picture.format ?? 'jpeg'}`,
            rating: picture.rating ?? 'g',
          }))
          .reverse(),
      )
    }
    expect(counts).toEqual([12, 10, 8, 10, 0])
    expect(new Set(PEOPLE.flatMap(({ photos }) => photos.map(({ altText }) => altText))).size).toBe(40)
  })

  it('prints whom to sign in as, and a URL under which each picture shows', async () => {
    const urls = [...first.output.matchAll(/^ {2}http:\/\/localhost:\d+\/(\S+)$/gm)].map((match) => match[1])
    expect(urls).toHaveLength(5)
    for (const [i, { email, active }] of PEOPLE.entries()) {
      expect(first.output).toContain(`\n${email} `)
      expect([email, await recognise(urls[i] as string)]).toEqual([email, active])
    }
  })

  it('shows by hash neither whose look-up is off nor what is rated above the asked, nor a picture of nobody', async () => {
    const isShown = async (email: string, query = '') =>
      (await fetch(`${server.origin}/${hashOf(email)}?d=404${query}`)).status === 200
    expect(await isShown(ADA)).toBe(true)
    expect(await isShown(NOOR)).toBe(false)
    expect(await isShown(PIP)).toBe(false)
    expect(await isShown(PIP, '&r=r')).toBe(true)
    expect(await isShown(SAM)).toBe(false)
  })

  it('joins them: by an album of two, tags, shares, and messages that nobody has opened', async () => {
    const noor = PEOPLE.find(({ email }) => email === NOOR)
    expect(await together()).toEqual({
      people: 3,
      conversations: ['Sam Newcomer', noor?.displayName, 'Pip', 'Maxi', 'Grandma'],
      albums: ['Nights 3', 'A year outdoors 7'],
      tagged: 2,
      shared: 4,
    })
    const months = new Set(
      (await photosOf(ADA)).map(({ takenAt }) => takenAt && new Date(takenAt).toISOString().slice(0, 7)),
    )
    expect(months.size).toBeGreaterThan(4)
  })

  it('adds no second set when it runs again, and puts back what was changed or lost', async () => {
    const between = await together()
    const before = await Promise.all(PEOPLE.map(({ email }) => photosOf(email)))
    const ada = browsers.get(ADA) as Browser
    const [lost, changed] = before[0] as [PhotoJson, PhotoJson]
    await ada.call('DELETE', `/api/photos/${lost.id}`)
    await ada.call('PATCH', `/api/photos/${changed.id}`, { rating: 'x' })
    await ada.call('PUT', '/api/me/active-photo', { photoId: changed.id })
    await ada.call('PATCH', '/api/me', { displayName: 'Somebody else', publicLookup: false })

    const second = await runSeed(new URL(server.origin).port)

    expect(second).toMatchObject({ code: 0, complaint: '' })
    const after = await Promise.all(PEOPLE.map(({ email }) => photosOf(email)))
    const [again, ...kept] = after[0] as PhotoJson[]
    expect(again).toMatchObject({ altText: lost.altText })
    expect([lost, ...kept]).toEqual(before[0])
    expect(after.slice(1)).toEqual(before.slice(1))
    expect(await together()).toEqual(between)
    expect(await meOf(ADA)).toMatchObject({ displayName: 'Ada Lindqvist', publicLookup: true })
    expect(await recognise(`${hashOf(ADA)}?s=400`)).toBe(1)
  })

  it('says what to start where nothing answers', async () => {
    const port = `${await freePort()}`
    expect(await runSeed(port)).toEqual({
      code: 1,
      output: '',
      complaint: `Nothing answers at http://localhost:${port}. Start Cameo first: npm run dev -- --port ${port}\n`,
    })
  })

  it('says so where something else answers', async () => {
    const other = createServer((_, response) => response.end('<h1>Hello</h1>'))
    await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve))
    const { port } = other.address() as { port: number }
    const { code, complaint } = await runSeed(`${port}`)
    other.close()
    expect([code, complaint]).toEqual([1, expect.stringContaining('is no Cameo with a local mailbox')])
  })
})

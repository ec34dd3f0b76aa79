import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sniffImage } from '../src/lib/sniff/sniff'
import { ask, newFace, waitForRoomInTheMinute } from './support'

afterEach(() => vi.restoreAllMocks())

const prototypeOf = (binding: object) => Object.getPrototypeOf(binding)
const broken = () => Promise.reject(new Error('it is down'))
const tier = (answer: Response) => answer.headers.get('server-timing')?.split(',')[0]
const cacheKey = (photo: { id: string }, name: string) => `http://localhost/renditions/r1/${photo.id}/${name}`
const sizeOf = async (answer: Response) => sniffImage(new Uint8Array(await answer.arrayBuffer()))?.width

/** A 503 that nobody keeps, in place of a picture. */
async function expectUnavailable(answer: Response) {
  const { code } = await answer.json<{ code: string }>()
  const { headers } = answer
  expect([answer.status, code, headers.get('cache-control')]).toEqual([503, 'unavailable', 'no-store'])
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  expect(headers.get('access-control-allow-origin')).toBe('*')
  expect(headers.get('etag')).toBeNull()
}

/** The next request, with everything well again, shows the picture. */
async function expectPicture(path: string) {
  vi.restoreAllMocks()
  const answer = await ask('GET', path)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp'])
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
  await answer.arrayBuffer()
}

/** Waits until the write-backs of a rendition have arrived in both stores. */
async function waitForWriteBack(person: { id: string }, photo: { id: string }, name: string) {
  await vi.waitUntil(() => env.PHOTOS.head(`${person.id}/${photo.id}/r1/${name}`))
  await vi.waitUntil(() => caches.default.match(cacheKey(photo, name)))
}

describe('D1 fails', () => {
  it('answers 503 and never the default picture', async () => {
    const { person } = await newFace()
    vi.spyOn(prototypeOf(env.DB), 'prepare').mockImplementation(() => {
      throw new Error('D1_ERROR: it is down')
    })
    await expectUnavailable(await ask('GET', `/${person.hash}.webp`))
    await expectUnavailable(await ask('GET', `/${person.hash}.webp?d=404`))
    expect((await ask('GET', `/${person.hash}?f=y`)).status).toBe(200) // needs no database
    await expectPicture(`/${person.hash}.webp`)
  })
})

describe('R2 fails', () => {
  it('to get: 503 for a cold rendition, nothing for one that the cache has', async () => {
    const { person, photo } = await newFace()
    await (await ask('GET', `/${person.hash}.webp?s=64`)).arrayBuffer()
    await waitForWriteBack(person, photo, 's64.webp')
    vi.spyOn(prototypeOf(env.PHOTOS), 'get').mockImplementation(broken)
    await expectUnavailable(await ask('GET', `/${person.hash}.webp?s=96`))
    expect(tier(await ask('GET', `/${person.hash}.webp?s=64`))).toBe('cache')
    await expectPicture(`/${person.hash}.webp?s=96`)
  })

  it('to put: the picture is shown all the same, and kept by the cache', async () => {
    const { person, photo } = await newFace()
    vi.spyOn(prototypeOf(env.PHOTOS), 'put').mockImplementation(broken)
    expect(tier(await ask('GET', `/${person.hash}.webp?s=64`))).toBe('transform')
    await vi.waitUntil(() => caches.default.match(cacheKey(photo, 's64.webp')))
    expect(tier(await ask('GET', `/${person.hash}.webp?s=64`))).toBe('cache')
    await expectPicture(`/${person.hash}.webp?s=64`)
  })

  it('to keep the master: 503, not the unprocessed original', async () => {
    const { person, photo } = await newFace()
    await env.PHOTOS.delete(`${person.id}/${photo.id}/master`)
    await expectUnavailable(await ask('GET', `/${person.hash}.webp`))
  })
})

describe('the cache fails', () => {
  it('to match: the picture comes from R2 or is made', async () => {
    const { person, photo } = await newFace()
    vi.spyOn(caches.default, 'match').mockImplementation(broken)
    expect(tier(await ask('GET', `/${person.hash}.webp?s=64`))).toBe('transform')
    await vi.waitUntil(() => env.PHOTOS.head(`${person.id}/${photo.id}/r1/s64.webp`))
    expect(tier(await ask('GET', `/${person.hash}.webp?s=64`))).toBe('r2')
    await expectPicture(`/${person.hash}.webp?s=64`)
  })

  it('to put: the picture is shown all the same, and R2 has it', async () => {
    const { person, photo } = await newFace()
    vi.spyOn(caches.default, 'put').mockImplementation(broken)
    expect(tier(await ask('GET', `/${person.hash}.webp?s=64`))).toBe('transform')
    await vi.waitUntil(() => env.PHOTOS.head(`${person.id}/${photo.id}/r1/s64.webp`))
    expect(tier(await ask('GET', `/${person.hash}.webp?s=64`))).toBe('r2')
    await expectPicture(`/${person.hash}.webp?s=64`)
  })
})

describe('Images fails', () => {
  const breakImages = (code: number | undefined) =>
    vi.spyOn(prototypeOf(env.IMAGES), 'input').mockImplementation(() => {
      throw Object.assign(new Error('IMAGES_TRANSFORM_ERROR'), { code })
    })

  it.each([
    ['over its quota', 9422],
    ['busy', 9522],
    ['busy too', 9529],
    ['broken', 9523],
    ['not decoding', 9516],
    ['unheard of', undefined],
  ])('because it is %s: 503 where nothing is stored', async (_name, code) => {
    const { person } = await newFace()
    breakImages(code)
    await expectUnavailable(await ask('GET', `/${person.hash}.webp`))
    await expectPicture(`/${person.hash}.webp`)
  })

  it('shows the nearest stored rendition, to be kept by nobody', async () => {
    const { person, photo } = await newFace()
    for (const size of [32, 64, 256]) {
      await (await ask('GET', `/${person.hash}.webp?s=${size}`)).arrayBuffer()
      await waitForWriteBack(person, photo, `s${size}.webp`)
    }
    await (await ask('GET', `/raw/${person.id}/${photo.id}?w=160`, { as: person.session })).arrayBuffer()
    breakImages(9422)
    for (const [asked, shown] of [
      [48, 64],
      [80, 256],
      [128, 256],
      [512, 256],
      [16, 32],
    ]) {
      const answer = await ask('GET', `/${person.hash}.webp?s=${asked}`)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(await sizeOf(answer)).toBe(shown)
      expect(await caches.default.match(cacheKey(photo, `s${asked}.webp`))).toBeUndefined()
      expect(await env.PHOTOS.head(`${person.id}/${photo.id}/r1/s${asked}.webp`)).toBeNull()
    }
    await expectUnavailable(await ask('GET', `/${person.hash}.png?s=48`)) // none of this format is stored
    await expectPicture(`/${person.hash}.webp?s=48`)
  })

  it('answers with something else than was asked for: 503, and nothing is stored', async () => {
    const { person, photo } = await newFace()
    const { input } = env.IMAGES
    vi.spyOn(prototypeOf(env.IMAGES), 'input').mockImplementation(() => {
      const real = (input as typeof env.IMAGES.input).call(
        env.IMAGES,
        new Blob([Uint8Array.fromBase64(env.FIXTURES['green.png'] as string)]).stream(),
      )
      return { transform: () => ({ output: () => real.output({ format: 'image/png' }) }) }
    })
    await expectUnavailable(await ask('GET', `/${person.hash}.webp`))
    expect(await env.PHOTOS.head(`${person.id}/${photo.id}/r1/s80.webp`)).toBeNull()
    await expectPicture(`/${person.hash}.webp`)
  })
})

describe('a client that asks for too many cold renditions', () => {
  const headers = { 'cf-connecting-ip': '203.0.113.9' }
  const exhaust = async (key: string) => {
    await waitForRoomInTheMinute()
    for (let count = 0; count < 130; count++) await env.TRANSFORM_LIMIT.limit({ key })
  }

  it('gets 429 with Retry-After, or a stored neighbour that nobody keeps; others get the picture', async () => {
    const { person, photo } = await newFace()
    await exhaust('203.0.113.9')
    const refused = await ask('GET', `/${person.hash}.webp?s=64`, { headers })
    expect([
      refused.status,
      refused.headers.get('retry-after'),
      refused.headers.get('cache-control'),
    ]).toEqual([429, '60', 'no-store'])
    await refused.text()
    expect(
      (await ask('GET', `/${person.hash}.webp?s=64`, { headers: { 'cf-connecting-ip': '203.0.113.10' } }))
        .status,
    ).toBe(200)
    await waitForWriteBack(person, photo, 's64.webp')
    const warm = await ask('GET', `/${person.hash}.webp?s=64`, { headers })
    expect([warm.status, tier(warm), warm.headers.get('cache-control')]).toEqual([
      200,
      'cache',
      'public, max-age=300',
    ])
    const neighbour = await ask('GET', `/${person.hash}.webp?s=128`, { headers })
    expect([neighbour.status, neighbour.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await sizeOf(neighbour)).toBe(64)
  })

  it('gets their own photos all the same: a gallery that is opened for the first time is longer than that', async () => {
    const { person, photo } = await newFace()
    await exhaust('203.0.113.9')
    const own = await ask('GET', `/raw/${person.id}/${photo.id}?w=320`, { as: person.session, headers })
    expect([own.status, tier(own)?.startsWith('transform')]).toEqual([200, true])
    await own.arrayBuffer()
  })

  it('is counted by /64 where the client has IPv6', async () => {
    const { person } = await newFace()
    await exhaust('2001:db8:7:7::/64')
    const ask64 = (ip: string) => ask('GET', `/${person.hash}.webp`, { headers: { 'cf-connecting-ip': ip } })
    expect((await ask64('2001:db8:7:7:ffff::1')).status).toBe(429)
    expect((await ask64('2001:db8:7:8::1')).status).toBe(200)
  })
})

describe('two requests at once for the same cold rendition', () => {
  it('both get the same picture', async () => {
    const { person } = await newFace('noise.jpg')
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ask('GET', `/${person.hash}.webp?s=200`)),
    )
    const etags = answers.map((answer) => answer.headers.get('etag'))
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200))
    expect(new Set(etags).size).toBe(1)
  })
})

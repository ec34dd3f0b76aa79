import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  runDurableObjectAlarm,
  runInDurableObject,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { addTags, openBudget, spendCalls } from '../src/avatar/budget'
import { consumePurges } from '../src/avatar/purge'
import { NEWEST_MIGRATION } from '../src/db/migrated'
import worker from '../src/index'
import { logFailure } from '../src/lib/failures'
import { sniffImage } from '../src/lib/sniff/sniff'
import { admit, CEILING } from '../src/renditions/admission'
import {
  activate,
  ask,
  complete,
  newFace,
  newPerson,
  type Person,
  prepare,
  refusal,
  skipWaiting,
  store,
  waitForRoomInTheMinute,
} from './support'

afterEach(() => vi.restoreAllMocks())

const prototypeOf = (binding: object) => Object.getPrototypeOf(binding)
const broken = () => Promise.reject(new Error('it is down'))
const tier = (answer: Response) => answer.headers.get('server-timing')?.split(',')[0]
const cacheKey = (photo: { id: string }, name: string) => `http://localhost/renditions/r2/${photo.id}/${name}`
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

/** Waits until R2 has a rendition, and by the next request the cache. */
async function waitForWriteBack(person: { id: string; hash: string }, photo: { id: string }, name: string) {
  await vi.waitUntil(() => env.PHOTOS.head(`${person.id}/${photo.id}/r2/${name}`))
  const [, size, format] = /^s(\d+)\.(\w+)$/.exec(name) ?? []
  await (await ask('GET', `/${person.hash}.${format}?s=${size}`)).arrayBuffer()
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

describe('a setting that cannot be read', () => {
  it.each(['', '/avatar', '//avatar'])(
    'is a 503 that nobody keeps, not an exception: %s/{key}',
    async (where) => {
      const said = vi.spyOn(console, 'error').mockImplementation(() => {})
      const broken = { ...env, PUBLIC_ORIGIN: 'not a URL' }
      const ctx = createExecutionContext()
      const request = new Request<unknown, IncomingRequestCfProperties>(
        `http://localhost${where}/${'a'.repeat(64)}`,
      )
      await expectUnavailable(await worker.fetch(request, broken, ctx))
      expect(said.mock.calls.map(String)).toEqual([
        expect.stringContaining('PUBLIC_ORIGIN is not an http URL'),
      ])
    },
  )
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
    await vi.waitUntil(() => env.PHOTOS.head(`${person.id}/${photo.id}/r2/s64.webp`))
    expect(tier(await ask('GET', `/${person.hash}.webp?s=64`))).toBe('r2')
    await expectPicture(`/${person.hash}.webp?s=64`)
  })

  it.each([
    ['the length', ['content-length'], 'cache'],
    ['every length', ['content-length', 'cameo-bytes'], 'r2'],
  ])('to keep %s: no answer says that a picture has no bytes', async (_name, lost, from) => {
    const { person, photo } = await newFace()
    const paths = [`/${person.hash}.webp?s=64`, `/raw/${person.id}/${photo.id}?w=320`]
    const look = (path: string) => ask('GET', path, { as: person.session, headers: { accept: 'image/webp' } })
    for (const path of paths) await (await look(path)).arrayBuffer()
    await waitForWriteBack(person, photo, 's64.webp')
    await waitForWriteBack(person, photo, 'w320.webp')
    const match = caches.default.match.bind(caches.default)
    vi.spyOn(caches.default, 'match').mockImplementation(async (url) => {
      const { body, headers } = (await match(url)) as Response
      const left = [...headers].filter(([name]) => !lost.includes(name))
      return new Response(body?.pipeThrough(new TransformStream()), { headers: left })
    })
    for (const path of paths) {
      const answer = await look(path)
      expect(tier(answer)?.split(';')[0]).toBe(from)
      const { length } = new Uint8Array(await answer.arrayBuffer())
      expect([answer.headers.get('content-length'), length > 0]).toEqual([`${length}`, true])
    }
  })

  it('to put: the picture is shown all the same, and R2 has it', async () => {
    const { person, photo } = await newFace()
    vi.spyOn(caches.default, 'put').mockImplementation(broken)
    expect(tier(await ask('GET', `/${person.hash}.webp?s=64`))).toBe('transform')
    await vi.waitUntil(() => env.PHOTOS.head(`${person.id}/${photo.id}/r2/s64.webp`))
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
      [36, 256],
    ]) {
      const answer = await ask('GET', `/${person.hash}.webp?s=${asked}`)
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
      expect(await sizeOf(answer)).toBe(shown)
      expect(await caches.default.match(cacheKey(photo, `s${asked}.webp`))).toBeUndefined()
      expect(await env.PHOTOS.head(`${person.id}/${photo.id}/r2/s${asked}.webp`)).toBeNull()
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
    expect(await env.PHOTOS.head(`${person.id}/${photo.id}/r2/s80.webp`)).toBeNull()
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
    const neighbour = await ask('GET', `/${person.hash}.webp?s=80`, { headers })
    expect([neighbour.status, neighbour.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await sizeOf(neighbour)).toBe(64)
  })

  it('costs eight readings at most, and no list', async () => {
    const { person } = await newFace()
    await exhaust('203.0.113.9')
    const bucket = prototypeOf(env.PHOTOS)
    const spies = (['get', 'head', 'list', 'put'] as const).map((name) => vi.spyOn(bucket, name))
    const refused = await ask('GET', `/${person.hash}.webp?s=144`, { headers })
    await refused.text()
    const calls = spies.map((spy) => spy.mock.calls.length)
    expect([refused.status, calls]).toEqual([429, [8, 0, 0, 0]]) // the asked one, its master, four neighbours, two usual sizes
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

describe('a cold rendition that is refused', () => {
  /** What R2 hands out from now on. */
  function watchReadings() {
    const objects: R2ObjectBody[] = []
    const get = env.PHOTOS.get
    vi.spyOn(prototypeOf(env.PHOTOS), 'get').mockImplementation(async (...args) => {
      const object = await Reflect.apply(get, env.PHOTOS, args)
      if (object) objects.push(object)
      return object
    })
    return objects
  }
  const isEnded = async ({ body }: R2ObjectBody) => (await body.getReader().read()).done

  it('for want of room uses up nobody’s allowance, and reads nothing of the master', async () => {
    const { person } = await newFace('noise.jpg')
    const masters = watchReadings()
    const limit = vi.spyOn(prototypeOf(env.TRANSFORM_LIMIT), 'limit')
    const full = Promise.withResolvers<void>()
    const holding = admit(CEILING, () => full.promise)
    const waits = skipWaiting()
    await expectUnavailable(await ask('GET', `/${person.hash}.webp?s=512`))
    waits.mockRestore()
    expect([masters.length, limit.mock.calls.length]).toEqual([1, 0])
    expect(await isEnded(masters[0] as R2ObjectBody)).toBe(true)
    full.resolve()
    await holding
    expect((await ask('GET', `/${person.hash}.webp?s=512`)).status).toBe(200)
    expect(limit).toHaveBeenCalledOnce()
  })

  it('for want of allowance reads nothing of the master', async () => {
    const { person } = await newFace('noise.jpg')
    const masters = watchReadings()
    vi.spyOn(prototypeOf(env.TRANSFORM_LIMIT), 'limit').mockResolvedValue({ success: false })
    expect((await ask('GET', `/${person.hash}.webp?s=512`)).status).toBe(429)
    expect(await Promise.all(masters.map(isEnded))).toEqual([true])
  })

  it('as a JPEG of a transparent photo ends the substitute that it cannot be made from', async () => {
    const { person, photo } = await newFace('glass.png')
    await (await ask('GET', `/${person.hash}.png?s=96`)).arrayBuffer()
    await waitForWriteBack(person, photo, 's96.png')
    const bodies = watchReadings()
    vi.spyOn(prototypeOf(env.TRANSFORM_LIMIT), 'limit').mockResolvedValue({ success: false })
    expect((await ask('GET', `/${person.hash}.jpg?s=100`)).status).toBe(429)
    expect(bodies.length).toBeGreaterThan(0)
    expect(await Promise.all(bodies.map(isEnded))).toEqual(bodies.map(() => true))
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

/** Nothing of this may ever stand in a log; the platform's own messages could hold any of it. */
const SECRETS = [
  'ada.lovelace+cameo@example.com',
  'ada%40example.org',
  'name@müller.example',
  '84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee',
  '0BC83CB571CD1C50BA6F3E8A78EF1346',
  'q7Xz4kPw9LmN2bVc8RtY5s',
  'QwErTyUiOpAsDfGhJkLzXc',
  'cameo_Zm9vYmFyYmF6cXV4-_Zm9vYmFy',
  'dGhlIHNlc3Npb24gdG9rZW4gb2YgQWRh',
  'b6e7c6a0-1111-4222-8333-444455556666',
  '48151623',
  '4815 1623',
  '198.51.100.77',
  '2001:db8:7:7:ffff::1',
  'Lovelace',
]
const [email, escaped, idn, sha, md5, key, letters, token, session, id, code, spaced, ip, ip6] = SECRETS
const LEAK = [
  `it is down: ${email} ${escaped} ${idn} ${sha}, ${md5} (${key}) "${letters}"`,
  `Bearer ${token}; cookie: __Host-session=${session}; known=short; sign-in=tiny`,
  `GET https://cameo.example/avatar/${key}?name=Lovelace&email=${escaped} /raw/${id}/${id}?w=80 ?name=Lovelace`,
  `code ${code} or ${spaced} from ${ip} and ${ip6}, not supported for value 'Lovelace'`,
].join('\n')
const LEAKS = [...SECRETS, 'known=short', 'sign-in=tiny', 'cameo.example', '?w=', '?name', 'Bearer ']

const leak = () => Promise.reject(new Error(LEAK))
const throwLeak = () => {
  throw new Error(LEAK)
}

interface Line {
  event: string
  what: string
  route?: string
  step: string
  cause: string
}

/** What a failure wrote to the log, after it was checked that none of it is secret. */
async function readLog(
  fail: () => Promise<unknown>,
  { person, lines = 1 }: { person?: Person; lines?: number } = {},
): Promise<Line[]> {
  const spies = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn'), vi.spyOn(console, 'log')]
  for (const spy of spies) spy.mockImplementation(() => {})
  await fail()
  await vi.waitUntil(() => spies.flatMap((spy) => spy.mock.calls).length >= lines) // what runs behind an answer
  const texts = spies.flatMap((spy) => spy.mock.calls.map((values) => values.map(String).join(' ')))
  const own = person ? [person.email, person.hash, person.md5, person.publicKey, person.id] : []
  const secrets = [
    ...LEAKS,
    ...own,
    person?.session.cookie.slice(8) ?? sha,
    person?.token.authorization.slice(7) ?? sha,
  ]
  for (const text of texts)
    for (const secret of secrets) expect(text.toLowerCase()).not.toContain(String(secret).toLowerCase())
  return texts.map((text) => JSON.parse(text))
}

describe('the log', () => {
  const prototypes = {
    d1: () => prototypeOf(env.DB),
    statement: () => prototypeOf(env.DB.prepare('SELECT 1')),
    r2: () => prototypeOf(env.PHOTOS),
    queue: () => prototypeOf(env.PURGES),
    images: () => prototypeOf(env.IMAGES),
  }
  type Case = [
    name: string,
    expected: Partial<Line>,
    fail: (person: Person, photo: { id: string }) => Promise<unknown>,
  ]

  const openInbox = (as: Person) =>
    ask('GET', '/api/inbox/live', {
      as: as.session,
      headers: { origin: 'http://localhost', upgrade: 'websocket' },
    })
  const forget = (as: Person) => ask('DELETE', `/api/contacts/${as.hash}`, { as: as.session })
  const CASES: Case[] = [
    [
      'D1, before a query of the API',
      { what: 'request', route: 'GET /api/photos', step: 'd1' },
      async (as) => {
        vi.spyOn(prototypes.d1(), 'prepare').mockImplementation(throwLeak)
        await ask('GET', `/api/photos?cursor=${key}`, { as: as.session })
      },
    ],
    [
      'D1, at a query with parameters',
      {
        what: 'request',
        route: 'DELETE /api/contacts/:hash',
        step: 'd1',
        cause: expect.stringContaining('delete from "contacts"'),
      },
      async (as) => {
        vi.spyOn(prototypes.statement(), 'run').mockImplementation(leak)
        await forget(as)
      },
    ],
    [
      'D1, by what SQLite says',
      {
        what: 'request',
        step: 'd1',
        cause: expect.stringContaining('UNIQUE constraint failed: users.email'),
      },
      async (as) => {
        const message = 'D1_ERROR: UNIQUE constraint failed: users.email: SQLITE_CONSTRAINT'
        vi.spyOn(prototypes.statement(), 'run').mockImplementation(() => Promise.reject(new Error(message)))
        await forget(as)
      },
    ],
    [
      'D1, for a page',
      { what: 'request', route: 'GET /photos', step: 'd1' },
      async (as) => {
        vi.spyOn(prototypes.d1(), 'prepare').mockImplementation(throwLeak)
        await ask('GET', '/photos', { as: as.session, headers: { accept: 'text/html' } })
      },
    ],
    [
      'D1, for a picture',
      { what: 'picture', step: 'd1' },
      async (as) => {
        vi.spyOn(prototypes.d1(), 'prepare').mockImplementation(throwLeak)
        await ask('GET', `/${as.hash}?name=Lovelace`)
      },
    ],
    [
      'D1, for a profile',
      { what: 'picture', step: 'd1' },
      async (as) => {
        vi.spyOn(prototypes.d1(), 'prepare').mockImplementation(throwLeak)
        await ask('GET', `/${as.publicKey}.json`)
      },
    ],
    [
      'D1, at a check of health',
      { what: 'request', route: 'GET /healthz', step: 'd1' },
      async () => {
        vi.spyOn(prototypes.d1(), 'prepare').mockImplementation(throwLeak)
        await ask('GET', '/healthz')
      },
    ],
    [
      'R2, for a picture',
      { what: 'picture', step: 'r2' },
      async (as) => {
        vi.spyOn(prototypes.r2(), 'get').mockImplementation(leak)
        await ask('GET', `/avatar/${as.md5}?s=64`)
      },
    ],
    [
      'R2, for a private picture',
      { what: 'request', route: 'GET /raw/:userId/:photoId', step: 'r2' },
      async (as, photo) => {
        vi.spyOn(prototypes.r2(), 'get').mockImplementation(leak)
        await ask('GET', `/raw/${as.id}/${photo.id}`, { as: as.session })
      },
    ],
    [
      'R2, at the end of an upload',
      { what: 'request', route: 'POST /api/photos/:id/complete', step: 'r2' },
      async (as) => {
        const pending = await prepare(as, 'image/png', 10)
        vi.spyOn(prototypes.r2(), 'head').mockImplementation(leak)
        await complete(as, pending)
      },
    ],
    [
      'R2, when a rendition is kept',
      { what: 'rendition', step: 'r2' },
      async (as) => {
        vi.spyOn(prototypes.r2(), 'put').mockImplementation(leak)
        await (await ask('GET', `/${as.hash}.webp?s=64`)).arrayBuffer()
      },
    ],
    [
      'Images, for a picture',
      { what: 'picture', step: 'images', cause: expect.stringContaining('(9422)') },
      async (as) => {
        vi.spyOn(prototypes.images(), 'input').mockImplementation(() => {
          throw Object.assign(new Error(LEAK), { code: 9422 })
        })
        await ask('GET', `/${as.hash}?s=64`)
      },
    ],
    [
      'Images, at the end of an upload',
      { what: 'request', route: 'POST /api/photos/:id/complete', step: 'images' },
      async (as) => {
        const bytes = Uint8Array.fromBase64(env.FIXTURES['small.png'] as string)
        const pending = await prepare(as, 'image/png', bytes.length)
        await store(as, pending, bytes)
        vi.spyOn(prototypes.images(), 'input').mockImplementation(throwLeak)
        await complete(as, pending)
      },
    ],
    [
      'the queue',
      { what: 'request', route: 'PUT /api/me/active-photo', step: 'queue' },
      async (as) => {
        vi.spyOn(prototypes.queue(), 'sendBatch').mockImplementation(leak)
        await activate(as, null)
      },
    ],
    [
      'the mail',
      { what: 'request', route: 'POST /api/sign-in/code', step: 'mail' },
      async () => {
        const ctx = createExecutionContext()
        const request = new Request<unknown, IncomingRequestCfProperties>(
          'http://localhost/api/sign-in/code',
          {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ email }),
          },
        )
        const answer = await worker.fetch(
          request,
          { ...env, EMAIL: { send: leak } as unknown as SendEmail },
          ctx,
        )
        expect(answer.status).toBe(503)
        await waitOnExecutionContext(ctx)
      },
    ],
    [
      'the storage of uploads, where it is not set up',
      { what: 'request', route: 'POST /api/photos', step: 's3' },
      async (as) => {
        const request = new Request<unknown, IncomingRequestCfProperties>('http://localhost/api/photos', {
          method: 'POST',
          headers: { ...as.session, 'content-type': 'application/json' },
          body: JSON.stringify({ contentType: 'image/png', bytes: 10 }),
        })
        const answer = await worker.fetch(request, { ...env, S3_ACCESS_KEY_ID: '' }, createExecutionContext())
        expect(answer.status).toBe(503)
      },
    ],
    [
      'an import',
      { what: 'request', route: 'POST /api/photos/import', step: 'import' },
      async (as) => {
        vi.spyOn(globalThis, 'fetch').mockImplementation(leak)
        await ask('POST', '/api/photos/import', { as: as.session, json: { from: 'gravatar' } })
      },
    ],
    [
      'a clean-up',
      { what: 'cleanup', step: 'r2' },
      async () => {
        vi.spyOn(prototypeOf(env.UPLOADS), 'list').mockImplementation(leak)
        const thrown = await Promise.resolve(worker.scheduled(createScheduledController(), env)).catch(
          (e) => e,
        )
        // What leaves the handler the platform logs as it is.
        expect([thrown instanceof Error, thrown.message, thrown.cause, thrown.errors]).toEqual([
          true,
          'a clean-up failed',
          undefined,
          undefined,
        ])
      },
    ],
    [
      'the cache, when it is asked',
      { what: 'cache', step: 'cache' },
      async (as) => {
        vi.spyOn(caches.default, 'match').mockImplementation(leak)
        await (await ask('GET', `/${as.hash}.webp?s=64`)).arrayBuffer()
      },
    ],
    [
      'the cache, when a rendition is kept',
      { what: 'rendition', step: 'cache' },
      async (as, photo) => {
        vi.spyOn(caches.default, 'put').mockImplementation(leak)
        await (await ask('GET', `/${as.hash}.webp?s=64`)).arrayBuffer()
        await vi.waitUntil(() => env.PHOTOS.head(`${as.id}/${photo.id}/r2/s64.webp`))
        await (await ask('GET', `/${as.hash}.webp?s=64`)).arrayBuffer()
      },
    ],
    [
      'the gateway itself',
      { what: 'picture', step: 'code', cause: expect.stringContaining('PUBLIC_ORIGIN') },
      async (as) => {
        const answer = await exports.default.fetch(`https://cameo.example/${as.hash}.json`)
        await expectUnavailable(answer)
      },
    ],
    [
      'a purge',
      { what: 'purge', step: 'purger' },
      async (as) => {
        const message = {
          id: '1',
          timestamp: new Date(),
          attempts: 1,
          body: { keys: [as.hash, as.publicKey] },
        }
        await consumePurges(createMessageBatch('cameo-purges', [message]), leak)
      },
    ],
    [
      'a purge at the edge',
      { what: 'purge', step: 'edge' },
      (as) =>
        runInDurableObject(env.PURGER.getByName('log'), async (_purger, { storage }) => {
          openBudget(storage.sql)
          addTags(storage.sql, { tags: [`k:${as.hash}`], privacy: true }, 0)
          await spendCalls({ sql: storage.sql, edge: { purge: leak, sweep: leak } }, Date.now())
        }),
    ],
    [
      'a purge of another form',
      { what: 'purge', step: 'queue' },
      async (as) => {
        const message = { id: '1', timestamp: new Date(), attempts: 1, body: { tags: [as.hash] } as never }
        await consumePurges(createMessageBatch('cameo-purges', [message]), async () => {})
      },
    ],
    [
      'D1, for an inbox that is poked',
      { what: 'inbox', step: 'd1' },
      async (as) => {
        const { webSocket } = await openInbox(as)
        vi.spyOn(prototypes.d1(), 'batch').mockImplementation(leak)
        const inbox = env.INBOX.getByName(as.id)
        await Promise.all([1, 2, 3].map(() => inbox.poke(as.id)))
        webSocket?.accept()
        webSocket?.close(1000)
      },
    ],
    [
      'D1, for an inbox whose session is over by now',
      { what: 'inbox', step: 'd1' },
      async (as) => {
        const { webSocket } = await openInbox(as)
        vi.spyOn(prototypes.d1(), 'batch').mockImplementation(leak)
        const inbox = env.INBOX.getByName(as.id)
        expect(await runDurableObjectAlarm(inbox)).toBe(true)
        const next = await runInDurableObject(inbox, (_, { storage }) => storage.getAlarm())
        expect(next).toBeLessThan(Date.now() + 61_000) // and it is looked at again
        webSocket?.accept()
        webSocket?.close(1000)
      },
    ],
    [
      'D1, for an inbox that is opened',
      { what: 'inbox', step: 'd1' },
      async (as) => {
        vi.spyOn(prototypes.d1(), 'batch').mockImplementation(leak)
        const answer = await openInbox(as)
        expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
      },
    ],
    [
      'an inbox that is not there, for a message that stands all the same',
      { what: 'inbox' },
      async (as) => {
        const { session } = await newPerson()
        const namespace = Object.getPrototypeOf(env.INBOX)
        const find = namespace.getByName
        // That of this person alone: the purger, whose turn may come meanwhile, is found by the same function.
        vi.spyOn(namespace, 'getByName').mockImplementation(function (this: unknown, name: unknown) {
          return name === as.id ? throwLeak() : Reflect.apply(find, this, [name])
        })
        const json = { to: as.hash, text: 'Lovelace' }
        expect((await ask('POST', '/api/messages', { as: session, json })).status).toBe(201)
      },
    ],
    [
      'an erasure',
      { what: 'erasure', step: 'r2' },
      async (as) => {
        vi.spyOn(prototypes.r2(), 'delete').mockImplementation(leak)
        const body = { userId: as.id, photoId: crypto.randomUUID() }
        const message = { id: '1', timestamp: new Date(), attempts: 1, body }
        await worker.queue(createMessageBatch('cameo-erasures', [message]), env)
      },
    ],
  ]

  it.each(CASES)('has one clean line for a failure of %s', async (_name, expected, fail) => {
    const { person, photo } = await newFace()
    const lines = await readLog(() => fail(person, photo), { person })
    expect(lines).toEqual([expect.objectContaining({ event: 'failure', ...expected })])
  })

  it('has no line for what the caller did wrong', async () => {
    const { person } = await newFace('small.png')
    const lines = await readLog(
      async () => {
        expect((await ask('GET', '/api/me')).status).toBe(401)
        expect((await ask('GET', '/nothing')).status).toBe(404)
        expect((await ask('POST', '/api/me')).status).toBe(405)
        expect((await ask('PATCH', '/api/me', { as: person.session, json: { x: 1 } })).status).toBe(400)
      },
      { lines: 0 },
    )
    expect(lines).toEqual([])
  })

  it('keeps what tells a programmer what happened and where', async () => {
    const inner = new TypeError("Cannot read properties of undefined (reading 'findVisiblePhoto')")
    const outer = new Error('IMAGES_TRANSFORM_ERROR of sign_in_codes', { cause: inner })
    const [line] = await readLog(async () => logFailure({ what: 'request', cause: outer }))
    expect(line).toMatchObject({
      cause: `IMAGES_TRANSFORM_ERROR of sign_in_codes; caused by TypeError ${inner.message}`,
      at: expect.stringMatching(/faults\.test\.ts:\d+:\d+$/),
      step: 'code',
    })
  })

  it.each([
    ['a string', LEAK],
    ['an object', { email }],
    ['nothing', undefined],
    ['null', null],
    [
      'what JSON.parse throws',
      (() => {
        try {
          return JSON.parse('Lovelace')
        } catch (error) {
          return error
        }
      })(),
    ],
    ...['2001:db8::7', '2001:db8:1::', '::ffff:cb00:7107', '2001:db8:0:1::/64'].map(
      (ip): [string, unknown, string] => [`the IP ${ip}`, new Error(`refused ${ip}, and ${ip}.`), ip],
    ),
    ['several at once', new AggregateError([new Error(LEAK), LEAK, { email }], LEAK)],
    [
      'a circle',
      (() => {
        const error: Error = new Error(LEAK)
        error.cause = error
        return error
      })(),
    ],
    ['a long one', new Error('ada@example.com '.repeat(100_000))],
  ] as [string, unknown, string?][])(
    'is clean for %s too, and short',
    async (_name, cause, secret = email) => {
      const lines = await readLog(async () => logFailure({ what: 'request', cause }))
      expect(JSON.stringify(lines)).not.toContain(secret)
      expect(lines).toEqual([expect.objectContaining({ event: 'failure', what: 'request', step: 'code' })])
      expect(JSON.stringify(lines).length).toBeLessThan(2000)
    },
  )
})

describe('GET /healthz', () => {
  const quietly = () => vi.spyOn(console, 'error').mockImplementation(() => {})

  it('answers 200 where the database answers and its schema is current, to HEAD as well, and costs one query', async () => {
    const prepared = vi.spyOn(prototypeOf(env.DB), 'prepare')
    const answer = await ask('GET', '/healthz', {
      headers: { accept: 'text/html', authorization: 'Bearer x' },
    })
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }])
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(prepared).toHaveBeenCalledTimes(1)
    const head = await ask('HEAD', '/healthz')
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('knows the newest migration, as wrangler names it', () => {
    expect(NEWEST_MIGRATION).toBe(env.TEST_MIGRATIONS.at(-1)?.name)
  })

  it('answers 503 unavailable where the database does not answer', async () => {
    quietly()
    vi.spyOn(prototypeOf(env.DB), 'prepare').mockImplementation(broken)
    expect(await refusal(ask('GET', '/healthz'))).toEqual([503, 'unavailable'])
    expect((await ask('HEAD', '/healthz')).status).toBe(503)
  })

  it('answers 503 database_not_migrated where the newest migration is missing, and where all are', async () => {
    quietly()
    const rename = 'UPDATE d1_migrations SET name = ? WHERE name = ?'
    await env.DB.prepare(rename).bind('away', NEWEST_MIGRATION).run()
    const asked = ask('GET', '/healthz', { headers: { accept: 'text/html' } })
    expect(await refusal(asked)).toEqual([503, 'database_not_migrated'])
    await env.DB.prepare(rename).bind(NEWEST_MIGRATION, 'away').run()
    await env.DB.prepare('ALTER TABLE d1_migrations RENAME TO kept').run()
    const answer = await ask('GET', '/healthz')
    expect(await refusal(Promise.resolve(answer))).toEqual([503, 'database_not_migrated'])
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    await env.DB.prepare('ALTER TABLE kept RENAME TO d1_migrations').run()
    expect((await ask('GET', '/healthz')).status).toBe(200)
  })
})

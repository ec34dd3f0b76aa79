import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { SESSION_LIFE } from '../src/accounts/sessions'
import { loadConfig } from '../src/config'
import { digestHex } from '../src/lib/crypto'
import { sniffImage } from '../src/lib/sniff/sniff'
import { DAY } from '../src/lib/time'
import { renditionKey } from '../src/renditions/keys'
import {
  ask,
  complete,
  fixture,
  middleColour,
  newPerson,
  newPhoto,
  type Person,
  prepare,
  store,
} from './support'

const prototypeOf = (binding: object) => Object.getPrototypeOf(binding)
const WEBP = { accept: 'image/avif,image/webp,*/*;q=0.8' }
const pathOf = (person: Person, photo: { id: string }, query = '?w=320') =>
  `/raw/${person.id}/${photo.id}${query}`
const keyOf = (person: Person, photo: { id: string }, pixels: number) =>
  renditionKey({ userId: person.id, photoId: photo.id }, { shape: 'w', pixels, format: 'webp' })

async function newOwner(name = 'red.jpg') {
  const person = await newPerson()
  return { person, photo: await newPhoto(person, name) }
}

/** The answer's ETag, its body read. */
async function etagOf(answer: Promise<Response>): Promise<string> {
  const response = await answer
  await response.arrayBuffer()
  return response.headers.get('etag') ?? ''
}

/** Waits for what earlier requests do after their answers. */
async function settle(statement: D1PreparedStatement): Promise<void> {
  const bound = vi.spyOn(statement, 'bind')
  for (let before = -1; bound.mock.calls.length > before; await scheduler.wait(50))
    before = bound.mock.calls.length
  bound.mockRestore()
}

/** What one request asks of the platform, and how many rows its queries read. */
async function countCalls(request: () => Promise<Response>) {
  const statement = prototypeOf(env.DB.prepare('SELECT 1'))
  await settle(statement)
  const bucket = prototypeOf(env.PHOTOS)
  const real = statement.bind
  const bound: D1PreparedStatement[] = []
  vi.spyOn(statement, 'bind').mockImplementation(function (this: unknown, ...values: unknown[]) {
    const made: D1PreparedStatement = Reflect.apply(real, this, values)
    bound.push(made)
    return made
  })
  const storage = (['get', 'head', 'put', 'list'] as const).map((name) => vi.spyOn(bucket, name))
  const cache = (['match', 'put'] as const).map((name) => vi.spyOn(caches.default, name))
  const images = vi.spyOn(prototypeOf(env.IMAGES), 'input')
  const answer = await request()
  const bytes = (await answer.arrayBuffer()).byteLength
  const sum = (spies: { mock: { calls: unknown[] } }[]) =>
    spies.reduce((calls, spy) => calls + spy.mock.calls.length, 0)
  const calls = { r2: sum(storage), cache: sum(cache), images: sum([images]), queries: bound.length }
  vi.restoreAllMocks()
  let rows = 0
  for (const each of bound) rows += (await each.all()).meta.rows_read
  return { status: answer.status, bytes, ...calls, rows }
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('who may see a private picture', () => {
  const QUERIES = ['', '?w=320', '?w=x']
  const METHODS = ['GET', 'HEAD'] as const
  const CONDITIONS: Record<string, string>[] = [
    {},
    { 'if-none-match': '*' },
    { 'if-match': '"x"' },
    { range: 'bytes=0-1' },
  ]

  async function expectRefused(path: string, as: Record<string, string>, status: 401 | 404, missing: string) {
    for (const method of METHODS)
      for (const query of QUERIES)
        for (const condition of CONDITIONS) {
          const headers = { ...as, ...condition }
          const answer = await ask(method, path + query, { headers })
          const nothing = await ask(method, missing + query, { headers })
          expect([path, query, condition, answer.status]).toEqual([path, query, condition, status])
          expect(Object.fromEntries(answer.headers)).toEqual(Object.fromEntries(nothing.headers))
          expect(await answer.text()).toBe(await nothing.text())
          expect(answer.headers.get('cache-control')).toBe('private, no-store')
          expect(answer.headers.get('etag')).toBeNull()
        }
  }

  it('is the owner alone: everybody else is told the same as of a photo that does not exist', async () => {
    const { person, photo } = await newOwner('small.png')
    const other = await newPerson()
    const expired = await newPerson()
    const path = `/raw/${person.id}/${photo.id}`
    const missing = `/raw/${person.id}/${crypto.randomUUID()}`
    await env.DB.prepare('UPDATE sessions SET user_id = ?, expires_at = ? WHERE user_id = ?')
      .bind(person.id, Date.now() - 1, expired.id)
      .run()
    const strangers = [{}, { cookie: 'session=broken' }, { cookie: 'session=' }, other.session, other.token]
    for (const as of [...strangers, expired.session]) await expectRefused(path, as, 404, missing)
    for (const authorization of ['Bearer cameo_broken', 'Bearer ', 'Basic Y2FtZW86Y2FtZW8='])
      for (const as of [{ authorization }, { authorization, ...person.session }])
        await expectRefused(path, as, 401, missing)
    await expectRefused(`/raw/${other.id}/${photo.id}`, person.session, 404, missing)
    await expectRefused(`/raw/${other.id}/${photo.id}`, other.session, 404, missing)
    for (const as of [person.session, person.token])
      for (const method of METHODS)
        for (const query of QUERIES) {
          const answer = await ask(method, path + query, { as })
          expect([method, query, answer.status]).toEqual([method, query, 200])
          await answer.arrayBuffer()
        }
  })

  it('is nobody while it is pending', async () => {
    const person = await newPerson()
    const id = await prepare(person, 'image/jpeg', fixture('red.jpg').length)
    await store(person, id, fixture('red.jpg'))
    const missing = `/raw/${person.id}/${crypto.randomUUID()}`
    await expectRefused(`/raw/${person.id}/${id}`, person.session, 404, missing)
  })

  it('is decided anew each time: what a browser holds is refused once the photo or the session is gone', async () => {
    const { person, photo } = await newOwner('small.png')
    const [path, headers] = [pathOf(person, photo), WEBP]
    const held = await etagOf(ask('GET', path, { as: person.session, headers }))
    const again = async () => {
      const answer = await ask('GET', path, {
        as: person.session,
        headers: { ...headers, 'if-none-match': held },
      })
      await answer.text()
      return answer.status
    }
    expect(await again()).toBe(304)
    await env.DB.prepare('UPDATE sessions SET expires_at = ? WHERE user_id = ?').bind(1, person.id).run()
    expect(await again()).toBe(404)
    await env.DB.prepare('UPDATE sessions SET expires_at = ? WHERE user_id = ?')
      .bind(Date.now() + SESSION_LIFE, person.id)
      .run()
    expect(await again()).toBe(304)
    expect((await ask('DELETE', `/api/photos/${photo.id}`, { as: person.session })).status).toBe(204)
    expect(await again()).toBe(404)
  })

  it('shows who is asking on the page that says there is nothing', async () => {
    const { session, id } = await newPerson()
    const headers = { accept: 'text/html' }
    const page = async (as?: { cookie: string }) =>
      (await ask('GET', `/raw/${id}/${id}`, { as, headers })).text()
    expect(await page(session)).toContain('To my photos')
    expect(await page()).toContain('To the start page')
  })
})

describe('a session that shows pictures', () => {
  it('slides once a day of it has passed, and is written no more before', async () => {
    const { person, photo } = await newOwner('small.png')
    const read = async () =>
      (await env.DB.prepare('SELECT expires_at FROM sessions WHERE user_id = ?')
        .bind(person.id)
        .first<number>('expires_at')) ?? 0
    const headers = { 'if-none-match': '*' }
    const fresh = await read()
    const early = await ask('GET', pathOf(person, photo), { as: person.session, headers })
    expect([early.status, early.headers.get('set-cookie'), await read()]).toEqual([304, null, fresh])
    await env.DB.prepare('UPDATE sessions SET expires_at = expires_at - ? WHERE user_id = ?')
      .bind(2 * DAY, person.id)
      .run()
    const late = await ask('GET', pathOf(person, photo), { as: person.session, headers })
    expect([late.status, await read()]).toEqual([304, expect.closeTo(fresh, -6)])
    expect(late.headers.get('set-cookie')).toContain(`${person.session.cookie}; Max-Age=2592000`)
  })
})

describe('GET /raw/{user}/{photo}?w=', () => {
  it('costs one query of two rows where the browser holds the picture, and nothing else', async () => {
    const { person, photo } = await newOwner()
    for (const as of [person.session, person.token])
      for (const method of ['GET', 'HEAD']) {
        const etag = await etagOf(ask('GET', pathOf(person, photo), { as, headers: WEBP }))
        const headers = { ...WEBP, 'if-none-match': etag }
        const counted = await countCalls(() => ask(method, pathOf(person, photo), { as, headers }))
        expect(counted).toEqual({ status: 304, bytes: 0, r2: 0, cache: 0, images: 0, queries: 1, rows: 2 })
      }
  })

  it('costs whom others show it one query too, and is refused at the next request after that has ended', async () => {
    const { person: owner, photo } = await newOwner('small.png')
    const call = async (method: string, path: string, json?: object) => {
      const answer = await ask(method, path, { as: owner.session, json })
      expect([path, Math.floor(answer.status / 100)]).toEqual([path, 2])
      return answer
    }
    const album = await (await call('POST', '/api/albums', { title: 'X' })).json<{ id: string }>()
    await call('PUT', `/api/albums/${album.id}/photos/${photo.id}`)
    const ways: [string, (hash: string) => string, object | undefined][] = [
      ['a share', (hash) => `/api/photos/${photo.id}/shares/${hash}`, undefined],
      ['a tag', (hash) => `/api/photos/${photo.id}/tags/${hash}`, { x: 0, y: 0, width: 1, height: 1 }],
      ['an album', (hash) => `/api/albums/${album.id}/members/${hash}`, { role: 'viewer' }],
    ]
    for (const [way, pathFor, json] of ways) {
      const viewer = await newPerson()
      await call('PUT', pathFor(viewer.hash), json)
      const get = (headers: Record<string, string>) =>
        ask('GET', pathOf(owner, photo), { as: viewer.session, headers: { ...WEBP, ...headers } })
      const held = { 'if-none-match': await etagOf(get({})) }
      const { rows, ...counted } = await countCalls(() => get(held))
      const nothing = { bytes: 0, r2: 0, cache: 0, images: 0, queries: 1 }
      expect([way, counted]).toEqual([way, { status: 304, ...nothing }])
      expect(rows).toBeLessThan(25)
      await call('DELETE', pathFor(viewer.hash))
      const refused = await get(held)
      expect([way, refused.status, refused.headers.get('etag')]).toEqual([way, 404, null])
      await refused.arrayBuffer()
    }
  })

  it('may be kept by the browser, which asks each time; 304 and 412 are told the same', async () => {
    const { person, photo } = await newOwner()
    const get = (headers: Record<string, string>, method = 'GET') =>
      ask(method, pathOf(person, photo), { as: person.session, headers: { ...WEBP, ...headers } })
    const first = await get({})
    await first.arrayBuffer()
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[^"]+"$/)
    const kept = {
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      etag,
      vary: 'Accept',
      'x-content-type-options': 'nosniff',
    }
    expect(Object.fromEntries(first.headers)).toMatchObject({ ...kept, 'content-type': 'image/webp' })
    const head = await get({}, 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(Object.fromEntries(head.headers)).toMatchObject({
      ...kept,
      'content-length': first.headers.get('content-length'),
    })
    for (const condition of [etag, `W/${etag}`, `"x", ${etag}`, '*']) {
      const answer = await get({ 'if-none-match': condition })
      expect([condition, answer.status]).toEqual([condition, 304])
      expect(Object.fromEntries(answer.headers)).toEqual(kept)
    }
    expect((await get({ 'if-none-match': '"x"' })).status).toBe(200)
    const unmet = await get({ 'if-match': '"x"' })
    expect([unmet.status, unmet.headers.get('cache-control')]).toEqual([412, 'private, no-store'])
    expect((await get({ 'if-match': etag })).status).toBe(200)
  })

  it('has an ETag of its own for each photo, step and format, and one for all widths of a step', async () => {
    const { person, photo } = await newOwner('large.jpg')
    const twin = await newPhoto(person, 'blue.jpg')
    const etag = (each: { id: string }, query: string, accept: string) =>
      etagOf(ask('GET', pathOf(person, each, query), { as: person.session, headers: { accept } }))
    const different = [
      await etag(photo, '?w=160', 'image/webp'),
      await etag(photo, '?w=320', 'image/webp'),
      await etag(photo, '?w=320', '*/*'),
      await etag(twin, '?w=320', 'image/webp'),
    ]
    expect(new Set(different).size).toBe(4)
    expect(await etag(photo, '?w=161', 'image/webp,*/*;q=0.8')).toBe(different[1])
    await env.PHOTOS.delete(keyOf(person, photo, 320))
    expect(await etag(photo, '?w=320', 'image/webp')).toBe(different[1])
  })

  it('gives no ETag to what stands in for a picture, and lets nobody keep it', async () => {
    const { person, photo } = await newOwner('large.jpg')
    const get = () => ask('GET', pathOf(person, photo, '?w=160'), { as: person.session, headers: WEBP })
    vi.spyOn(prototypeOf(env.IMAGES), 'input').mockImplementation(() => {
      throw Object.assign(new Error('IMAGES_TRANSFORM_ERROR'), { code: 9422 })
    })
    const answer = await get()
    expect(sniffImage(new Uint8Array(await answer.arrayBuffer()))).toMatchObject({ width: 320 })
    const { headers } = answer
    expect([answer.status, headers.get('cache-control'), headers.get('etag')]).toEqual([
      200,
      'private, no-store',
      null,
    ])
    vi.restoreAllMocks()
    const real = await get()
    expect([
      real.headers.get('cache-control'),
      sniffImage(new Uint8Array(await real.arrayBuffer()))?.width,
    ]).toEqual(['private, no-cache', 160])
  })
})

describe('a width in the plain form, which no router looks at', () => {
  /** The same picture, asked with more in the URL than our pages do. */
  const ROUTED = '?w=320&'

  async function answerOf(
    person: Person,
    photo: { id: string },
    query: string,
    init: Parameters<typeof ask>[2],
  ) {
    const answer = await ask('GET', pathOf(person, photo, query), init)
    const bytes = readAs(answer.headers, await answer.arrayBuffer())
    const { 'server-timing': timing = '', ...headers } = Object.fromEntries(answer.headers)
    const steps = timing.replace(/dur=[\d.]+/g, '')
    return { status: answer.status, headers, steps, bytes: await digestHex('MD5', bytes) }
  }

  /** A page says which it is, in the way back to it. */
  function readAs(headers: Headers, body: ArrayBuffer): Uint8Array {
    if (!headers.get('content-type')?.startsWith('text/html')) return new Uint8Array(body)
    return new TextEncoder().encode(new TextDecoder().decode(body).replaceAll(/%3Fw%3D320(%26)?/g, ''))
  }

  async function expectSame(person: Person, photo: { id: string }, init: Parameters<typeof ask>[2]) {
    const plain = await answerOf(person, photo, '?w=320', init)
    expect(plain).toEqual(await answerOf(person, photo, ROUTED, init))
    return plain.status
  }

  it('is answered as in every other form', async () => {
    const { person, photo } = await newOwner()
    const other = await newPerson()
    const etag = await etagOf(ask('GET', pathOf(person, photo), { as: person.session, headers: WEBP }))
    await etagOf(ask('GET', pathOf(person, photo), { as: person.session })) // in the cache before it is compared
    const conditions: [Record<string, string>, number][] = [
      [{}, 200],
      [{ ...WEBP, 'if-none-match': etag }, 304],
      [{ 'if-match': '"x"' }, 412],
    ]
    for (const as of [person.session, person.token])
      for (const [headers, status] of conditions)
        expect(await expectSame(person, photo, { as, headers })).toBe(status)
    for (const accept of ['*/*', 'text/html']) {
      const headers = { accept, 'if-none-match': '*' }
      expect(await expectSame(person, photo, { as: other.session, headers })).toBe(404)
      expect(await expectSame(person, photo, { headers })).toBe(404)
      expect(
        await expectSame(person, photo, { as: person.session, headers: { ...headers, authorization: 'x' } }),
      ).toBe(401)
      expect(await expectSame(person, { id: crypto.randomUUID() }, { as: person.session, headers })).toBe(404)
    }
  })

  it('fails as in every other form: with a word in the log, and nothing to keep', async () => {
    const { person, photo } = await newOwner('large.jpg')
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const expectLogged = async () => {
      log.mockClear()
      expect(await expectSame(person, photo, { as: person.session, headers: { accept: 'image/png' } })).toBe(
        503,
      )
      const [plain, routed, ...more] = log.mock.calls.map(([line]) => ({
        ...JSON.parse(String(line)),
        at: '',
      }))
      expect([plain, more]).toEqual([routed, []])
      return plain
    }
    const database = vi.spyOn(prototypeOf(env.DB), 'prepare').mockImplementation(() => {
      throw new Error('D1 is down')
    })
    expect(await expectLogged()).toMatchObject({ step: 'd1', route: 'GET /raw/:userId/:photoId' })
    database.mockRestore()
    vi.spyOn(prototypeOf(env.PHOTOS), 'get').mockImplementation(() => {
      throw new Error('R2 is down')
    })
    expect(await expectLogged()).toMatchObject({ step: 'r2', route: 'GET /raw/:userId/:photoId' })
  })
})

describe('the thumbnails of a new upload', () => {
  it('are there when it is answered, so that a first look makes nothing', async () => {
    const { person, photo } = await newOwner('wide.jpg')
    for (const width of [320, 640]) {
      const counted = await countCalls(() =>
        ask('GET', pathOf(person, photo, `?w=${width}`), { as: person.session, headers: WEBP }),
      )
      expect(counted).toMatchObject({ status: 200, images: 0, queries: 1, rows: 2 })
      const stored = await env.PHOTOS.get(keyOf(person, photo, width))
      expect(await middleColour(new Uint8Array(await (stored as R2ObjectBody).arrayBuffer()))).toEqual([
        expect.closeTo(0xd0, -1),
        expect.closeTo(0x80, -1),
        expect.closeTo(0x20, -1),
      ])
    }
  })

  it('are one where the photo is no wider, and are not made again by a second call', async () => {
    const images = vi.spyOn(prototypeOf(env.IMAGES), 'input')
    const { person, photo } = await newOwner('small.png')
    const made = images.mock.calls.length
    expect(await env.PHOTOS.head(keyOf(person, photo, 160))).not.toBeNull()
    expect((await complete(person, photo.id)).status).toBe(200)
    expect(images.mock.calls.length).toBe(made)
    vi.restoreAllMocks()
    const { objects } = await env.PHOTOS.list({ prefix: `${person.id}/${photo.id}/r` })
    expect(objects.length).toBe(1)
  })

  it('fail without a word to the person, and with one in the log; of a used up budget with none', async () => {
    const person = await newPerson()
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const upload = async () => {
      const id = await prepare(person, 'image/jpeg', fixture('red.jpg').length)
      await store(person, id, fixture('red.jpg'))
      return complete(person, id)
    }
    const real = env.PHOTOS.get
    vi.spyOn(prototypeOf(env.PHOTOS), 'get').mockImplementation(function (
      this: unknown,
      ...values: unknown[]
    ) {
      if (String(values[0]).includes('/w320.')) throw new Error('R2 is down')
      return Reflect.apply(real, this, values)
    })
    expect((await upload()).status).toBe(200)
    expect(log.mock.calls.map(([line]) => JSON.parse(String(line)).what)).toEqual(['thumbnail'])
    vi.mocked(prototypeOf(env.PHOTOS).get).mockRestore()
    log.mockClear()
    const config = loadConfig(env)
    const before = { ...config }
    await env.DB.exec('DELETE FROM counts')
    Object.assign(config, { budgetTransforms: 1 })
    expect((await upload()).status).toBe(200)
    Object.assign(config, before)
    const said = log.mock.calls.map(([line]) => JSON.parse(String(line)).what)
    expect(said).toEqual(['budget'])
  })
})

import { env, exports } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { LOOKUP_SQL } from '../src/avatar/lookup'
import { digestHex } from '../src/lib/crypto'
import { sniffImage } from '../src/lib/sniff/sniff'
import { SIZES } from '../src/renditions/sizes'
import {
  activate,
  ask,
  decode,
  fixture,
  middleColour,
  newFace,
  newPerson,
  newPhoto,
  type Person,
  pixelAt,
} from './support'

afterEach(() => vi.restoreAllMocks())

const NOBODY = 'f'.repeat(64)
const read = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())
const near = (colour: number[], expected: number[]) =>
  colour.every((value, channel) => Math.abs(value - (expected[channel] as number)) < 24)

describe('GET /{key}', () => {
  it('shows the active picture under both hashes and the public key, on all three paths', async () => {
    const { person } = await newFace('red.jpg')
    for (const key of [
      person.hash,
      person.md5,
      person.hash.toUpperCase(),
      person.md5.toUpperCase(),
      person.publicKey,
    ]) {
      for (const path of [`/${key}`, `/avatar/${key}`, `/photos/${key}`, `/${key}.JPG`]) {
        const answer = await ask('GET', path)
        expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 200, 'image/jpeg'])
        expect(near(await middleColour(answer), [0xd0, 0x20, 0x20])).toBe(true)
      }
    }
  })

  it('carries every header of the contract, and no other that says anything', async () => {
    const { person } = await newFace('red.jpg')
    const answer = await ask('GET', `/${person.hash}?s=200`)
    const bytes = await read(answer)
    const { etag, 'server-timing': timing, ...headers } = Object.fromEntries(answer.headers)
    expect(headers).toEqual({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag, Retry-After, Server-Timing',
      'cache-control': 'public, max-age=300',
      'content-length': String(bytes.length),
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'image/jpeg',
      'cross-origin-resource-policy': 'cross-origin',
      'timing-allow-origin': '*',
      vary: 'Accept',
      'x-content-type-options': 'nosniff',
    })
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/)
    expect(timing).toMatch(
      /^transform, d1;dur=[\d.]+, match;dur=[\d.]+, get;dur=[\d.]+, master;dur=[\d.]+, images;dur=[\d.]+$/,
    )
    expect(sniffImage(bytes)).toMatchObject({ format: 'jpeg', width: 200, height: 200, metadata: false })
  })

  it('gives the same bytes and ETag from every tier and names the tier', async () => {
    const { person, photo } = await newFace('noise.jpg')
    const path = `/${person.hash}.webp?s=128`
    const key = `${person.id}/${photo.id}/r2/s128.webp`
    const made = await ask('GET', path)
    await vi.waitUntil(async () => env.PHOTOS.head(key), { timeout: 5_000 })
    const cached = await vi.waitUntil(async () => {
      const answer = await ask('GET', path)
      return answer.headers.get('server-timing')?.startsWith('cache') ? answer : undefined
    })
    await caches.default.delete(`http://localhost/renditions/r2/${photo.id}/s128.webp`)
    const stored = await ask('GET', path)
    const tier = (answer: Response) => answer.headers.get('server-timing')?.split(',')[0]
    expect([made, cached, stored].map(tier)).toEqual(['transform', 'cache', 'r2'])
    const [first, ...others] = await Promise.all(
      [made, cached, stored].map(async (a) => [a.headers.get('etag'), await read(a)]),
    )
    for (const other of others) expect(other).toEqual(first)
  })

  it('answers HEAD like GET without the body', async () => {
    const { person } = await newFace('red.jpg')
    const get = await ask('GET', `/${person.hash}.png`)
    await read(get)
    const head = await ask('HEAD', `/${person.hash}.png`)
    const compare = (answer: Response) => {
      const { 'server-timing': _timing, ...headers } = Object.fromEntries(answer.headers)
      return headers
    }
    expect([head.status, (await read(head)).length]).toEqual([200, 0])
    expect(compare(head)).toEqual(compare(get))
  })

  it('answers 304 to If-None-Match in every form that names the ETag', async () => {
    const { person } = await newFace('red.jpg')
    const etag = (await ask('GET', `/${person.hash}`)).headers.get('etag') as string
    for (const value of [etag, `W/${etag}`, `"other", ${etag}`, `"other",W/${etag} , "x"`, '*']) {
      const answer = await ask('GET', `/${person.hash}`, { headers: { 'if-none-match': value } })
      expect([value, answer.status, answer.headers.get('etag'), answer.headers.get('vary')]).toEqual([
        value,
        304,
        etag,
        'Accept',
      ])
      expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
      expect(answer.headers.get('content-length')).toBeNull()
    }
    for (const value of ['"other"', etag.replaceAll('"', ''), '']) {
      expect((await ask('GET', `/${person.hash}`, { headers: { 'if-none-match': value } })).status).toBe(200)
    }
  })

  it('shows another picture at the very next request after it was made active', async () => {
    const { person, photo } = await newFace('red.jpg')
    const blue = await newPhoto(person, 'blue.jpg')
    for (let round = 0; round < 10; round++) {
      const wanted = round % 2 ? photo.id : blue.id
      const colour = round % 2 ? [0xd0, 0x20, 0x20] : [0x20, 0x30, 0xd0]
      expect((await activate(person, wanted)).status).toBe(200)
      const answers = await Promise.all(
        [person.hash, person.md5, person.publicKey].map((key) => ask('GET', `/${key}?s=16`)),
      )
      for (const answer of answers) expect(near(await middleColour(answer), colour)).toBe(true)
    }
  })

  it('shows the default picture for nobody, for a person with no picture and after the active photo was deleted', async () => {
    const expected = await read(await ask('GET', `/${NOBODY}?s=80&f=y`))
    const { person, photo } = await newFace('red.jpg')
    const without = await newPerson()
    await ask('DELETE', `/api/photos/${photo.id}`, { as: person.session })
    for (const key of [NOBODY, without.hash, person.hash, person.md5, person.publicKey]) {
      const answer = await ask('GET', `/${key}`)
      expect(answer.status).toBe(200)
      expect(await read(answer)).toEqual(expected)
      expect(answer.headers.get('content-type')).toBe('image/png')
      expect(answer.headers.get('server-timing')).toMatch(/^default, d1;dur=[\d.]+, draw;dur=[\d.]+$/)
      expect(answer.headers.get('vary')).toBeNull()
    }
    const me = await (await ask('GET', '/api/me', { as: person.session })).json()
    expect(me).toMatchObject({ activePhotoId: null })
  })

  it('answers 304 for a default picture too', async () => {
    const etag = (await ask('GET', `/${NOBODY}?s=80`)).headers.get('etag') as string
    const answer = await ask('GET', `/${NOBODY}?s=80`, { headers: { 'if-none-match': etag } })
    expect([answer.status, answer.headers.get('vary')]).toEqual([304, null])
  })

  it('answers a real 404 to d=404, kept a minute', async () => {
    const answer = await ask('GET', `/${NOBODY}?d=404`)
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('vary')]).toEqual([
      404,
      'public, max-age=60',
      null,
    ])
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    const { person } = await newFace('red.jpg')
    expect((await ask('GET', `/${person.hash}?d=404`)).status).toBe(200)
    expect((await ask('GET', `/${person.hash}?d=404&f=y`)).status).toBe(404)
  })

  it('shows the default picture above the asked rating', async () => {
    const { person, photo } = await newFace('red.jpg')
    await ask('PATCH', `/api/photos/${photo.id}`, { as: person.session, json: { rating: 'r' } })
    const type = async (query: string) =>
      (await ask('GET', `/${person.hash}${query}`)).headers.get('content-type')
    expect(await Promise.all(['', '?r=pg', '?r=R', '?rating=x', '?r=nonsense'].map(type))).toEqual([
      'image/png',
      'image/png',
      'image/jpeg',
      'image/jpeg',
      'image/png',
    ])
  })

  it('is found by the public key alone when the look-up is off: by hash exactly like nobody', async () => {
    const { person } = await newFace('red.jpg')
    await ask('PATCH', '/api/me', { as: person.session, json: { publicLookup: false } })
    const plain = async (key: string, query = '') => {
      const answer = await ask('GET', `/${key}${query}`)
      const { 'server-timing': timing, ...headers } = Object.fromEntries(answer.headers)
      return [answer.status, headers, timing?.replace(/[\d.]+/g, 'n'), await read(answer)]
    }
    for (const query of ['', '?d=404', '?s=200&r=x']) {
      expect(await plain(person.hash, query)).toEqual(await plain(NOBODY, query))
      expect(await plain(person.md5, query)).toEqual(await plain('e'.repeat(32), query))
    }
    expect((await ask('GET', `/${person.publicKey}`)).headers.get('content-type')).toBe('image/jpeg')
  })

  it('forgets the old public key when it is renewed', async () => {
    const { person } = await newFace('red.jpg')
    const renewed = await (await ask('POST', '/api/me/public-key', { as: person.session })).json<{
      publicKey: string
    }>()
    expect(renewed.publicKey).toMatch(/^[0-9A-Za-z]{22}$/)
    expect((await ask('GET', `/${person.publicKey}?d=404`)).status).toBe(404)
    expect((await ask('GET', `/${renewed.publicKey}?d=404`)).status).toBe(200)
    expect((await ask('GET', `/${swapCase(renewed.publicKey)}?d=404`)).status).toBe(404)
  })

  it.each([
    ['31 characters', 'a'.repeat(31)],
    ['33 characters', 'a'.repeat(33)],
    ['63 characters', 'a'.repeat(63)],
    ['65 characters', 'a'.repeat(65)],
    ['a g in an MD5', `${'a'.repeat(31)}g`],
    ['a g in a SHA-256', `${'a'.repeat(63)}g`],
    ['21 base62 characters', 'Z'.repeat(21)],
    ['an e-mail address', 'me@example.com'],
    ['an encoded slash', `${'a'.repeat(30)}%2f`],
    ['an unknown extension', `${'a'.repeat(32)}.svg`],
  ])('answers 404, not to be kept, to a key of the wrong form: %s', async (_name, key) => {
    for (const path of [`/${key}`, `/photos/${key}`]) {
      const answer = await ask('GET', path)
      expect([path, answer.status, answer.headers.get('cache-control')]).toEqual([
        path,
        404,
        'private, no-store',
      ])
    }
  })

  it('draws for /avatar and /avatar/ without a key', async () => {
    for (const path of ['/avatar', '/avatar/', '/avatar/?s=40', '/avatar?d=mp', '/avatar/.png']) {
      expect((await ask('GET', path)).headers.get('content-type')).toBe('image/png')
    }
    expect((await ask('GET', '/avatar/?d=404')).status).toBe(404)
  })

  it('answers 405 with Allow to other methods, and 204 with CORS to OPTIONS', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await ask(method, `/${NOBODY}`)
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    }
    const options = await ask('OPTIONS', `/avatar/${NOBODY}`)
    expect([options.status, options.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  })

  it('reads and sets no cookie', async () => {
    const { person } = await newFace('red.jpg')
    const answer = await ask('GET', `/${person.hash}`, { as: person.session })
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('vary')).toBe('Accept')
  })
})

describe('renditions', () => {
  it.each(SIZES)('makes %i pixels exactly, or stops at twice a small original', async (size) => {
    const { person } = await newFace('small.png') // 50 × 40: nothing above the step of 80
    const answer = await ask('GET', `/${person.hash}.webp?s=${size}`)
    const side = Math.min(size, 80)
    expect(sniffImage(await read(answer))).toMatchObject({ format: 'webp', width: side, height: side })
  })

  it.each([
    ['.jpg', 'jpeg'],
    ['.jpeg', 'jpeg'],
    ['.png', 'png'],
    ['.webp', 'webp'],
    ['.avif', 'avif'],
    ['.gif', 'png'],
  ])('gives %s as %s without Vary', async (extension, format) => {
    const { person } = await newFace('red.jpg')
    const answer = await ask('GET', `/${person.hash}${extension}?s=64`)
    expect([answer.headers.get('content-type'), answer.headers.get('vary')]).toEqual([
      `image/${format}`,
      null,
    ])
    expect(sniffImage(await read(answer))).toMatchObject({ format, width: 64, height: 64, metadata: false })
  })

  it('cuts .avif at 1200 pixels', async () => {
    const { person } = await newFace('wide.jpg')
    const answer = await ask('GET', `/${person.hash}.avif?s=2048`)
    expect(sniffImage(await read(answer))).toMatchObject({ format: 'avif', width: 1200, height: 1200 })
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('shows EXIF orientation %i upright', async (orientation) => {
    const { person, photo } = await newFace(`oriented-${orientation}.jpg`)
    const master = await env.PHOTOS.get(`${person.id}/${photo.id}/master`)
    const bytes = new Uint8Array((await master?.arrayBuffer()) as ArrayBuffer)
    // The stored picture has green upper left, red lower left, blue right; each orientation moves the green corner.
    const corners = { 1: [0, 0], 2: [1, 0], 3: [1, 1], 4: [0, 1], 5: [0, 0], 6: [1, 0], 7: [1, 1], 8: [0, 1] }
    const [x, y] = corners[orientation as keyof typeof corners] as [number, number]
    const place = (end: number) => (end ? 0.9 : 0.1)
    expect(near(await pixelAt(bytes, place(x), place(y)), [0, 255, 0])).toBe(true)
    // Red lies beside green along the stored picture's height.
    const red = orientation < 5 ? [x, 1 - y] : [1 - x, y]
    expect(near(await pixelAt(bytes, place(red[0] as number), place(red[1] as number)), [255, 0, 0])).toBe(
      true,
    )
    const shown = await read(await ask('GET', `/${person.hash}.png?s=48`))
    expect(near(await pixelAt(shown, place(x), place(y)), [0, 255, 0])).toBe(true)
  })

  it('cuts the square of a panorama from all of its rows: what is fine in it survives', async () => {
    const { person, photo } = await newFace('panorama.png') // 8000 × 1000
    const master = await env.PHOTOS.get(`${person.id}/${photo.id}/master`)
    const { width, height } = sniffImage(new Uint8Array((await master?.arrayBuffer()) as ArrayBuffer)) ?? {}
    expect([width, height]).toEqual([8000, 1000])
    const square = await decode(await read(await ask('GET', `/${person.hash}.png?s=512`)))
    const column = square.rows.map((row) => row[256 * square.channels] as number)
    const steps = column.slice(1).map((value, at) => Math.abs(value - (column[at] as number)))
    expect([square.width, square.height]).toEqual([512, 512])
    expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeGreaterThan(80)
  })

  it('keeps transparency where the format can', async () => {
    const { person } = await newFace('glass.png')
    const still = await ask('GET', `/${person.hash}?s=64`)
    expect(still.headers.get('content-type')).toBe('image/png')
    const { channels, rows } = await decode(await read(still))
    expect([channels, rows[32]?.[4 * 60 + 3], rows[32]?.[4 * 4 + 3]]).toEqual([4, 0, 255])
  })

  it('flattens on white where the format cannot be transparent', async () => {
    const { person } = await newFace('glass.png')
    const flat = await read(await ask('GET', `/${person.hash}.jpg?s=64`))
    expect(sniffImage(flat)).toMatchObject({ format: 'jpeg', width: 64, height: 64 })
    expect(near(await pixelAt(flat, 0.9, 0.5), [255, 255, 255])).toBe(true)
    expect(near(await pixelAt(flat, 0.1, 0.5), [255, 0, 0])).toBe(true)
  })

  it('shows the first frame of an animation', async () => {
    const { person } = await newFace('animated.gif')
    for (const extension of ['', '.gif', '.webp']) {
      const bytes = await read(await ask('GET', `/${person.hash}${extension}?s=64`))
      expect(near(await middleColour(bytes), [255, 0, 0])).toBe(true)
    }
  })

  it('leaves no EXIF and no GPS in anything it serves', async () => {
    const { person } = await newFace('located.jpg')
    expect(sniffImage(fixture('located.jpg'))?.metadata).toBe(true)
    for (const extension of ['.jpg', '.png', '.webp', '.avif']) {
      const bytes = await read(await ask('GET', `/${person.hash}${extension}?s=128`))
      expect(sniffImage(bytes)?.metadata).toBe(false)
      expect(new TextDecoder('latin1').decode(bytes)).not.toMatch(/Exif|GPS|Somebody|xpacket|ICC_PROFILE/)
    }
  })
})

describe('the cost of a picture', () => {
  /** Counts the platform calls of one request through the public door. */
  async function count(path: string, as?: Person['session']) {
    const spies = {
      prepare: vi.spyOn(Object.getPrototypeOf(env.DB), 'prepare'),
      match: vi.spyOn(caches.default, 'match'),
      get: vi.spyOn(Object.getPrototypeOf(env.PHOTOS), 'get'),
      input: vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input'),
    }
    const answer = await ask('GET', path, { as })
    await answer.arrayBuffer()
    const calls = Object.fromEntries(
      Object.entries(spies).map(([name, spy]) => [name, spy.mock.calls.length]),
    )
    for (const spy of Object.values(spies)) spy.mockRestore()
    return { tier: answer.headers.get('server-timing')?.split(',')[0], ...calls }
  }

  it('is one query and one cache match on a hit of the Cache API, and neither R2 nor Images', async () => {
    const { person, photo } = await newFace('red.jpg')
    const path = `/${person.hash}?s=96`
    expect(await count(path)).toEqual({ tier: 'transform', prepare: 2, match: 1, get: 2, input: 1 }) // one of the queries counts the day's transforms
    const kept = `http://localhost/renditions/r2/${photo.id}/s96.jpeg`
    await vi.waitUntil(() => env.PHOTOS.head(`${person.id}/${photo.id}/r2/s96.jpeg`))
    expect(await caches.default.match(kept)).toBeUndefined()
    // The second reading is the cache's own.
    expect(await count(path)).toEqual({ tier: 'r2', prepare: 1, match: 1, get: 2, input: 0 })
    await vi.waitUntil(() => caches.default.match(kept))
    expect(await count(path)).toEqual({ tier: 'cache', prepare: 1, match: 1, get: 0, input: 0 })
    // Who is asking is not looked up, even where a browser sends its session along.
    for (const each of [path, `/avatar${path}`, `/photos${path}`]) {
      const calls = await count(each, person.session)
      expect(calls).toEqual({ tier: 'cache', prepare: 1, match: 1, get: 0, input: 0 })
    }
  })

  it('is one query for somebody without a picture, and nothing for f=y and no key', async () => {
    expect(await count(`/${NOBODY}`)).toEqual({ tier: 'default', prepare: 1, match: 0, get: 0, input: 0 })
    expect(await count(`/${NOBODY}?f=y`)).toEqual({ tier: 'default', prepare: 0, match: 0, get: 0, input: 0 })
    expect(await count('/avatar/')).toEqual({ tier: 'default', prepare: 0, match: 0, get: 0, input: 0 })
  })

  it.each([
    [64, 'addresses', ['hash=\\?', 'hash_alias=\\?']],
    [32, 'addresses', ['md5=\\?', 'md5_alias=\\?']],
    [22, 'users', ['public_key=\\?']],
  ] as const)(
    'looks a key of %i characters up by unique indexes and the primary key only',
    async (length, table, terms) => {
      const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${LOOKUP_SQL[length]}`)
        .bind('x')
        .all<{ detail: string }>()
      const steps = plan.results
        .map((row) => row.detail)
        .filter((step) => !/^(MULTI-INDEX OR|INDEX \d)$/.test(step))
      expect(steps).toEqual([
        ...terms.map((term) =>
          expect.stringMatching(new RegExp(`^SEARCH ${table} USING INDEX \\w*${table}_\\w+ \\(${term}\\)$`)),
        ),
        expect.stringMatching(/^SEARCH photos USING INDEX sqlite_autoindex_photos_1 \(id=\?\)$/),
      ])
      const indexes = await env.DB.prepare(`PRAGMA index_list(${table})`).all<{
        name: string
        unique: number
      }>()
      const used = steps.slice(0, -1).map((step) => /INDEX (\w+)/.exec(step)?.[1])
      for (const name of used)
        expect(indexes.results.find((index) => index.name === name)).toMatchObject({ unique: 1 })
    },
  )

  it('reads the same two rows however many people and addresses there are, by either form of an international domain', async () => {
    const person = await newPerson(`${crypto.randomUUID()}@xn--mller-kva.example`)
    await activate(person, (await newPhoto(person, 'small.png')).id)
    const alias = person.email.replace('xn--mller-kva', 'müller')
    const keys = await Promise.all(
      [person.email, alias].flatMap((email) => [digestHex('SHA-256', email), digestHex('MD5', email)]),
    )
    const rows = () =>
      Promise.all(
        keys.map(async (key) => {
          const sql = LOOKUP_SQL[key.length as 32 | 64]
          const { meta, results } = await env.DB.prepare(sql).bind(key).all()
          return [results.length, meta.rows_read]
        }),
      )
    const before = await rows()
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
       INSERT INTO addresses (hash, md5, hash_alias, md5_alias, email, user_id, is_primary, created_at)
       SELECT 'h' || i, 'm' || i, 'ha' || i, 'ma' || i, 'e' || i, ?, 0, 0 FROM n`,
    )
      .bind(person.id)
      .run()
    const two = keys.map(() => [1, 2])
    expect([before, await rows()]).toEqual([two, two])
  })
})

describe('PhotoOrigin', () => {
  const origin = (path: string) => exports.PhotoOrigin.fetch(new Request(`https://origin.internal${path}`))

  it('says who shows under a key, or "none", for the edge to keep five minutes under the key as tag', async () => {
    const { person, photo } = await newFace('red.jpg')
    for (const [key, status] of [
      [person.hash, 200],
      [NOBODY, 404],
    ] as const) {
      const answer = await origin(`/2/keys/${key}`)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('cloudflare-cdn-cache-control')).toBe('max-age=300, stale-if-error=600')
      expect(answer.headers.get('cache-tag')).toBe(`k:${key}`)
      expect(answer.headers.get('vary')).toBeNull()
      const who = {
        photoId: photo.id,
        userId: person.id,
        width: 400,
        height: 300,
        transparent: false,
        rating: 'g',
      }
      if (status === 200) expect(await answer.json()).toEqual(who)
    }
  })

  it.each([
    '/',
    '/2/keys/',
    '/2/keys/x/y',
    '/2/renditions/x/s80.webp', // without saying whose photo it is
    '/2/renditions/x/s80.bmp',
    '/1/photos/x/80.still?r=g',
  ])('answers an uncacheable 404 to %s', async (path) => {
    const answer = await origin(path)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })
})

function swapCase(text: string): string {
  return [...text]
    .map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()))
    .join('')
}

import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { forgetAll, recall, remember } from '../src/avatar/memory'
import { PhotoOrigin } from '../src/avatar/origin'
import worker from '../src/index'
import { activate, ask, newFace, newPhoto } from './support'

interface Stored {
  response: Response
  tags: string[]
}

/**
 * Stands in for Workers Cache, which is not there locally: keeps what may be kept by its URL alone, and purges by tag
 * or path prefix. https://developers.cloudflare.com/workers/cache/
 */
class Edge {
  stored = new Map<string, Stored>()
  seen: [method: string, url: string, headers: [string, string][]][] = []

  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url)
    const hit = this.stored.get(pathname)
    if (hit) {
      const response = new Response(hit.response.clone().body, hit.response)
      response.headers.set('age', '1')
      return response
    }
    this.seen.push([request.method, pathname, [...request.headers]])
    const response = await new PhotoOrigin(this.ctx, env).fetch(request)
    const life = response.headers.get('cloudflare-cdn-cache-control') ?? response.headers.get('cache-control')
    if (response.status < 500 && /max-age=[1-9]/.test(life ?? ''))
      this.stored.set(pathname, {
        response: response.clone(),
        tags: response.headers.get('cache-tag')?.split(',') ?? [],
      })
    return response
  }

  purge(...tags: string[]): void {
    for (const [path, { tags: carried }] of this.stored)
      if (tags.some((tag) => carried.includes(tag))) this.stored.delete(path)
  }

  /** The paths that were asked of the origin since the last look. */
  asked(): string[] {
    return this.seen.splice(0).map(([, path]) => path.replace(/[\da-f]{64}|[\da-f]{32}$/, '{key}'))
  }

  readonly ctx = createExecutionContext()

  /** Whether the isolate keeps what it has served. */
  remembers = false

  /** A request to the gateway as it stands in production. */
  async get(path: string, init: RequestInit<IncomingRequestCfProperties> = {}): Promise<Response> {
    if (!this.remembers) forgetAll()
    const ctx = createExecutionContext()
    Object.defineProperty(ctx, 'cache', { value: {} })
    Object.defineProperty(ctx, 'exports', { value: { PhotoOrigin: this } })
    const request = new Request<unknown, IncomingRequestCfProperties>(`http://localhost${path}`, init)
    const response = await worker.fetch(request, env, ctx)
    const body = response.status === 304 ? null : await response.arrayBuffer()
    await waitOnExecutionContext(ctx)
    await waitOnExecutionContext(this.ctx)
    return new Response(body, response)
  }
}

let edge: Edge
beforeEach(() => {
  edge = new Edge()
})
afterEach(() => vi.restoreAllMocks())

const rendition = (photo: { id: string }, name: string) => `/2/renditions/${photo.id}/${name}`

describe('two truths in the cache', () => {
  it('are asked once each: who by key, what by photo', async () => {
    const { person, photo } = await newFace()
    expect((await edge.get(`/${person.hash}?s=96`)).status).toBe(200)
    expect(edge.asked()).toEqual(['/2/keys/{key}', rendition(photo, 's96.jpeg')])
    expect((await edge.get(`/avatar/${person.hash}.jpg?s=96&r=x&d=retro`)).status).toBe(200)
    expect(edge.asked()).toEqual([])
  })

  it('ask who once for all sizes and ratings, and what once for all keys of a person', async () => {
    const { person, photo } = await newFace()
    await edge.get(`/${person.hash}?s=96`)
    edge.asked()
    await edge.get(`/${person.hash}?s=48`)
    expect(edge.asked()).toEqual([rendition(photo, 's48.jpeg')])
    await edge.get(`/${person.md5}?s=96`)
    expect(edge.asked()).toEqual(['/2/keys/{key}'])
    await edge.get(`/${person.publicKey}?s=96`)
    expect(edge.asked()).toEqual([`/2/keys/${person.publicKey}`])
  })

  it('keep "none" once for whatever is asked of it', async () => {
    const nobody = 'f'.repeat(64)
    for (const query of ['', '?s=40', '?d=404', '?d=retro&s=512', '?r=x'])
      expect((await edge.get(`/${nobody}${query}`)).status).toBe(query === '?d=404' ? 404 : 200)
    expect(edge.asked()).toEqual(['/2/keys/{key}'])
  })

  it('decide by the rating at the gateway', async () => {
    const { person, photo } = await newFace()
    await ask('PATCH', `/api/photos/${photo.id}`, { as: person.session, json: { rating: 'pg' } })
    const shown = await Promise.all(
      ['', '?r=pg', '?r=x'].map(async (query) =>
        (await edge.get(`/${person.hash}${query}`)).headers.get('content-type'),
      ),
    )
    expect(shown).toEqual(['image/png', 'image/jpeg', 'image/jpeg'])
    await edge.get(`/${person.hash}?r=r`)
    expect(edge.asked().filter((path) => path === '/2/keys/{key}').length).toBeLessThanOrEqual(3)
  })

  it('show another picture once who is purged, while what stays', async () => {
    const { person, photo } = await newFace('red.jpg')
    const first = await edge.get(`/${person.hash}?s=96`)
    const other = await newPhoto(person, 'blue.jpg')
    await activate(person, other.id)
    expect((await edge.get(`/${person.hash}?s=96`)).headers.get('etag')).toBe(first.headers.get('etag'))
    edge.purge(`k:${person.hash}`)
    edge.asked()
    expect((await edge.get(`/${person.hash}?s=96`)).headers.get('etag')).not.toBe(first.headers.get('etag'))
    expect(edge.asked()).toEqual(['/2/keys/{key}', rendition(other, 's96.jpeg')])
    await activate(person, photo.id)
    edge.purge(`k:${person.hash}`)
    expect((await edge.get(`/${person.hash}?s=96`)).headers.get('etag')).toBe(first.headers.get('etag'))
    expect(edge.asked()).toEqual(['/2/keys/{key}'])
  })

  it('live for EDGE_SECONDS with a tag, and for thirty days without', async () => {
    const { person } = await newFace()
    await edge.get(`/${person.hash}?s=96`)
    const [who, what] = [...edge.stored.values()].map(({ response: { headers } }) => [
      headers.get('cloudflare-cdn-cache-control') ?? headers.get('cache-control'),
      headers.get('cache-tag'),
    ])
    expect(who).toEqual(['max-age=300, stale-if-error=600', `k:${person.hash}`])
    expect(what).toEqual(['public, max-age=2592000, immutable', null])
  })

  it('let nothing of the cache out', async () => {
    const { person } = await newFace()
    for (const path of [
      `/${person.hash}?s=96`,
      `/${person.hash}?s=96`,
      `/${person.hash}.json`,
      `/${person.hash}.json`,
    ]) {
      const { headers } = await edge.get(path)
      expect(
        ['age', 'cache-tag', 'cloudflare-cdn-cache-control', 'x-cameo-photo'].filter((name) =>
          headers.has(name),
        ),
      ).toEqual([])
      expect(headers.get('cache-control')).toBe('public, max-age=300')
    }
  })

  it('say which tier answered, and the steps of this request alone', async () => {
    const { person } = await newFace()
    const timing = async () => (await edge.get(`/${person.hash}?s=96`)).headers.get('server-timing')
    expect(await timing()).toMatch(/^transform, .*images;dur=[\d.]+.*, d1;dur=[\d.]+$/)
    expect(await timing()).toBe('cache;desc="edge"')
  })
})

describe('what an isolate remembers', () => {
  beforeEach(() => {
    forgetAll()
    edge.remembers = true
  })

  it('is a small rendition: who shows it is asked, what is not', async () => {
    const { person, photo } = await newFace()
    const made = await edge.get(`/${person.hash}?s=96`)
    edge.stored.clear()
    await edge.get(`/${person.hash}?s=96`) // the second time: what is asked for once is not read
    expect(edge.asked()).toEqual(
      Array(2)
        .fill(['/2/keys/{key}', rendition(photo, 's96.jpeg')])
        .flat(),
    )
    edge.stored.clear()
    const again = await edge.get(`/${person.md5}?s=96`)
    expect(edge.asked()).toEqual(['/2/keys/{key}'])
    expect(again.headers.get('server-timing')).toMatch(/^cache;desc="memory", d1;dur=[\d.]+$/)
    for (const name of ['etag', 'content-type', 'content-length', 'cache-control', 'vary'])
      expect([name, again.headers.get(name)]).toEqual([name, made.headers.get(name)])
    expect(await again.arrayBuffer()).toEqual(await made.arrayBuffer())
    const held = await edge.get(`/${person.hash}?s=96`, {
      headers: { 'if-none-match': made.headers.get('etag') ?? '' },
    })
    expect(held.status).toBe(304)
    await ask('DELETE', `/api/photos/${photo.id}`, { as: person.session })
    edge.stored.clear()
    expect((await edge.get(`/${person.hash}?s=96&d=404`)).status).toBe(404)
  })

  it('is no large one, and never a substitute', async () => {
    const { person } = await newFace('noise.jpg')
    for (const _ of [1, 2]) await edge.get(`/${person.hash}?s=300`) // noise: far above what is remembered
    await edge.get(`/${person.hash}?s=64`)
    edge.stored.clear()
    edge.asked()
    await edge.get(`/${person.hash}?s=300`)
    expect(edge.asked()).toHaveLength(2)
    vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input').mockImplementation(() => {
      throw new Error('down')
    })
    for (const _ of [1, 2]) {
      edge.stored.clear()
      edge.asked()
      expect((await edge.get(`/${person.hash}?s=48`)).headers.get('cache-control')).toBe('no-store')
      expect(edge.asked()).toHaveLength(2)
    }
  })

  it('is whole: what ends early is no picture, and what nobody measured is measured', async () => {
    const photo = { userId: 'u', photoId: 'cut', transparent: false, fromSmall: false }
    const spec = { ...photo, shape: 's', pixels: 16, format: 'webp' } as const
    const said = { contentType: 'image/webp', etag: 'e' }
    const stream = () => new Response(new Uint8Array(9)).body as ReadableStream
    const once = { ...said, body: stream(), bytes: 10 }
    expect(await remember(spec, once)).toBe(once)
    await expect(remember(spec, { ...said, body: stream(), bytes: 10 })).rejects.toThrow('came with 9')
    expect(recall(spec)).toBeNull()
    expect((await remember(spec, { ...said, body: stream(), bytes: 0 })).bytes).toBe(9)
    expect(recall(spec)?.bytes).toBe(9)
  })

  it('is no substitute whose length nobody said, nor is it said to have none', async () => {
    const { person } = await newFace()
    await edge.get(`/${person.hash}?s=64`)
    vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input').mockImplementation(() => {
      throw new Error('down')
    })
    const { fetch } = edge
    edge.fetch = async (request) => {
      const answer = await fetch.call(edge, request)
      answer.headers.delete('content-length')
      return answer
    }
    const answer = await edge.get(`/${person.hash}?s=48`)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(answer.headers.get('content-length')).toBeNull()
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0)
  })

  it('is bounded: the least recently used goes first', async () => {
    const photo = { userId: 'u', photoId: 'p', transparent: false, fromSmall: false }
    const spec = { ...photo, shape: 's', format: 'webp' } as const
    const rendition = { body: new Uint8Array(9), bytes: 9, contentType: 'image/webp', etag: 'e' }
    for (let pixels = 1; pixels <= 256; pixels++) await remember({ ...spec, pixels }, rendition)
    expect(recall({ ...spec, pixels: 1 })).not.toBeNull()
    await remember({ ...spec, pixels: 257 }, rendition)
    const held = [1, 2, 3, 257].map((pixels) => recall({ ...spec, pixels }) !== null)
    expect(held).toEqual([true, false, true, true])
    expect(recall({ ...spec, photoId: 'other', pixels: 1 })).toBeNull()
  })
})

describe('failure', () => {
  it('of who or what is a 503 that nobody keeps, and is over when it is over', async () => {
    const { person } = await newFace()
    for (const [prototype, method] of [
      [Object.getPrototypeOf(env.DB), 'prepare'],
      [Object.getPrototypeOf(env.IMAGES), 'input'],
    ] as const) {
      const spy = vi.spyOn(prototype, method).mockImplementation(() => {
        throw new Error('down')
      })
      const failed = await edge.get(`/${person.hash}?s=64`)
      expect([failed.status, failed.headers.get('cache-control')]).toEqual([503, 'no-store'])
      expect(failed.headers.get('access-control-allow-origin')).toBe('*')
      spy.mockRestore()
    }
    expect((await edge.get(`/${person.hash}?s=64`)).status).toBe(200)
  })

  it('is not made up for by something that would be kept: a substitute is stored nowhere', async () => {
    const { person } = await newFace()
    await edge.get(`/${person.hash}?s=128`)
    edge.stored.clear()
    vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input').mockImplementation(() => {
      throw new Error('down')
    })
    const substitute = await edge.get(`/${person.hash}?s=120`)
    expect([substitute.status, substitute.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect([...edge.stored.keys()].filter((path) => path.includes('renditions'))).toEqual([])
  })
})

describe('what reaches PhotoOrigin', () => {
  const HOSTILE: Record<string, string>[] = [
    { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http', 'x-host': 'evil.example' },
    { 'x-original-url': '/api/me', 'x-rewrite-url': '/api/me' },
    { 'x-http-method-override': 'DELETE', 'x-method-override': 'PUT' },
    { forwarded: 'host=evil.example;proto=http' },
    { cookie: 'session=abc; __Host-session=def' },
    { range: 'bytes=0-1', 'if-range': '"x"' },
    { 'if-none-match': '"x"', 'if-modified-since': 'Thu, 01 Jan 2032 00:00:00 GMT' },
    { authorization: 'Bearer cameo_x', origin: 'https://evil.example', referer: 'https://evil.example/' },
    { 'x-cameo-client': '198.51.100.1', 'x-cameo-photo': 'x opaque', 'cache-control': 'no-cache' },
    { 'accept-encoding': 'gzip', 'accept-language': 'de', 'user-agent': 'curl/8' },
  ]

  it('is the same two requests, whatever the client sends along', async () => {
    const { person, photo } = await newFace('small.png')
    const client = { 'cf-connecting-ip': '192.0.2.4' }
    const path = `/avatar/${person.hash.toUpperCase()}?reset_cache=${Math.random()}&size=64&d=404`
    const expected = [
      ['GET', `/2/keys/${person.hash}`, []],
      [
        'GET',
        `/2/renditions/${photo.id}/s64.jpeg`,
        [
          ['x-cameo-client', '192.0.2.4'],
          ['x-cameo-photo', `${person.id} opaque master`],
        ],
      ],
    ]
    for (const headers of [{}, ...HOSTILE]) {
      edge.stored.clear()
      expect((await edge.get(path, { headers: { ...headers, ...client } })).status).toBe(200)
      expect(edge.seen.splice(0)).toEqual(expected)
    }
    edge.stored.clear()
    await edge.get(`/${person.hash}?s=64`, { method: 'HEAD', headers: client })
    expect(edge.seen).toEqual(expected)
  })

  it('is not asked by its own URLs from outside', async () => {
    const { person, photo } = await newFace()
    const headers = { 'x-cameo-photo': `${person.id} opaque master` }
    for (const path of [`/2/keys/${person.hash}`, `/2/renditions/${photo.id}/s80.jpeg`])
      expect((await exports.default.fetch(`http://localhost${path}`, { headers })).status).toBe(404)
  })
})

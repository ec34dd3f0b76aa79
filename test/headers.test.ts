import { env, exports } from 'cloudflare:workers'
import { Hono } from 'hono'
import { inspectRoutes } from 'hono/dev'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createApp } from '../src/app'
import { noStore, protect } from '../src/http/headers'
import { once } from '../src/lib/once'
import { seedPhoto } from './seeds'
import { ask, newFace, newPerson, type Person } from './support'

afterEach(() => vi.restoreAllMocks())

/** What may stand in for a path parameter. A route with another one must be added here to be tested. */
function fill(path: string, person: Person, photoId: string): string {
  const { hash, id: userId } = person
  const nobodys = { linkId: photoId, token: 'x'.repeat(43) } // links.test.ts has live ones
  const values: Record<string, string> = { key: hash, hash, id: photoId, userId, photoId, ...nobodys }
  return path.replace(/:(\w+)\??/g, (_match, name: string) => {
    const value = values[name]
    if (!value) throw new Error(`no value for :${name} of ${path}`)
    return value
  })
}

/** Somebody who shows a picture, made once: for routes that change nothing. */
const face = once(() => newFace('small.png'))

/** Somebody with the row of a photo. */
async function newcomer() {
  const person = await newPerson()
  return { person, photo: { id: await seedPhoto(person) } }
}

/** Assets have tests of their own, here and in pages.test.ts. */
const FILES = [
  '/static/*',
  '/favicon.ico',
  '/apple-touch-icon.png',
  '/robots.txt',
  '/manifest.webmanifest',
  '/speculation-rules.json',
  '/sw.js',
]

/** The forms of a picture's path: one route answers what no other takes, and reads the path itself. */
const PICTURES = [
  '/avatar',
  '/avatar/',
  '/avatar/:key',
  '/avatar/:key/',
  '/avatar/:id',
  '/avatar.php?gravatar_id=:key',
  '/photos/:key',
  '/:key',
  '/:key.json',
  '/:key/',
  '//:key',
].map((path) => ({ method: 'GET', path }))

const routes = inspectRoutes(createApp())
  .filter((route) => !route.isMiddleware && ![...FILES, '/*'].includes(route.path))
  .map(({ method, path }) => ({ method, path }))
  .concat(PICTURES)

const isPublic = (value: string | null) =>
  value !== null && /\bpublic\b/.test(value) && !/no-store|private/.test(value)
const isPrivate = (value: string | null) => value !== null && /\bno-store\b/.test(value)
const isPublicPath = (path: string) =>
  path === '/api/openapi.json' || PICTURES.some((picture) => picture.path === path)

describe('Cache-Control', () => {
  it('knows routes of every kind', () => {
    expect(routes.length).toBeGreaterThan(25)
  })

  it.each(routes)(
    'is set on $method $path, and public on pictures and the reference alone',
    async ({ method, path }) => {
      const isShown = isPublicPath(path) || path.startsWith('/raw')
      const { person, photo } = isShown ? await face() : await newcomer()
      const url = fill(path, person, photo.id)
      const asked = [
        await ask(method, url),
        await ask(method, url, { as: person.session }),
        await ask(method, url, { as: person.session, json: method === 'GET' ? undefined : {} }),
        await ask(method, url, { as: { cookie: 'session=broken' }, headers: { accept: 'text/html' } }),
        await ask(method, url, { headers: { 'if-none-match': '*', 'sec-fetch-site': 'cross-site' } }),
      ]
      for (const answer of asked) {
        const value = answer.headers.get('cache-control')
        const kept = isPublicPath(path) ? isPublic(value) : isPrivate(value)
        expect([method, url, answer.status, value, kept]).toEqual([method, url, answer.status, value, true])
        expect(answer.headers.get('cache-tag')).toBeNull()
        expect(answer.headers.get('cloudflare-cdn-cache-control')).toBeNull()
        expect(answer.headers.get('age')).toBeNull()
        await answer.body?.cancel()
      }
    },
  )

  it.each([
    ['an unknown path', 'GET', '/no/such/path', {}],
    ['an unknown API call', 'GET', '/api/nothing', {}],
    ['an unknown page', 'GET', '/nothing', { accept: 'text/html' }],
    ['a wrong method', 'POST', `/${'a'.repeat(64)}`, {}],
    ['a preflight', 'OPTIONS', `/${'a'.repeat(64)}`, {}],
    ['a redirect', 'GET', '/photos/', {}],
  ])('forbids to keep %s', async (_name, method, path, headers) => {
    const answer = await ask(method, path, { headers })
    expect(isPrivate(answer.headers.get('cache-control'))).toBe(true)
  })

  it('forbids to keep a failure, on pages, pictures and the API', async () => {
    vi.spyOn(Object.getPrototypeOf(env.DB), 'prepare').mockImplementation(() => {
      throw new Error('D1 is down')
    })
    for (const [path, headers] of [
      [`/${'a'.repeat(64)}`, {}],
      ['/photos', { accept: 'text/html', cookie: 'session=x' }],
      ['/api/me', { cookie: 'session=x' }],
    ] as const) {
      const answer = await ask('GET', path, { headers })
      expect([path, answer.status, isPrivate(answer.headers.get('cache-control'))]).toEqual([path, 503, true])
      expect(answer.headers.get('retry-after')).toBeTruthy()
    }
  })

  it('lets nobody keep that an asset is missing', async () => {
    const answer = await ask('GET', '/static/nothing-ABCDEFGH.js')
    expect([answer.status, isPrivate(answer.headers.get('cache-control'))]).toEqual([404, true])
  })

  it('lets browsers keep assets for good: their names change with their content', async () => {
    const page = await (await ask('GET', '/sign-in', { headers: { accept: 'text/html' } })).text()
    const assets = [...page.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g)].map((match) => match[1] as string)
    expect(assets.length).toBeGreaterThanOrEqual(2)
    for (const asset of assets) {
      const answer = await ask('GET', asset)
      expect([asset, answer.status]).toEqual([asset, 200])
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
      await answer.body?.cancel()
    }
  })
})

/** One answer of every kind, each from this origin. */
async function* answersFrom(origin: string): AsyncGenerator<[path: string, answer: Response]> {
  const { person, photo } = await newFace('small.png')
  const page = await (await ask('GET', '/sign-in', { headers: { accept: 'text/html' } })).text()
  const asked: [method: string, path: string, headers?: Record<string, string>][] = [
    ...routes.map(({ method, path }): [string, string] => [method, fill(path, person, photo.id)]),
    ['GET', /\/static\/[^"]+/.exec(page)?.[0] ?? ''],
    ['GET', '/static/nothing-ABCDEFGH.js'],
    ['GET', '/photos/'],
    ['GET', '/no/such/path'],
    ['GET', '/nothing', { accept: 'text/html' }],
    ['GET', '/wrong-key'],
    ['GET', '/api/nothing'],
    ['DELETE', '/api/photos'],
    ['POST', `/${person.hash}`],
    ['OPTIONS', `/${person.hash}`],
    ['GET', `/${person.hash}`, { 'if-none-match': '*' }],
    ['GET', `/${person.hash}`, { 'if-match': '"x"' }],
    ['GET', `/${'0'.repeat(64)}?d=404`],
    ['GET', `/${'0'.repeat(64)}?d=https%3A%2F%2Ftrusted.example%2F`],
    ['GET', `/raw/${person.id}/${photo.id}`],
    ['GET', `/raw/${person.id}/${photo.id}?w=160`],
  ]
  for (const [method, path, headers] of asked)
    for (const cookie of [{}, person.session]) {
      const init = { method, redirect: 'manual', headers: { ...cookie, ...headers } } as const
      const answer = await exports.default.fetch(`${origin}${path}`, init)
      yield [`${method} ${path}`, answer]
      await answer.body?.cancel()
    }
}

describe('every answer', () => {
  it('forbids to guess its type and, but for pictures, to be embedded by other sites', async () => {
    let count = 0
    for await (const [path, { headers, status }] of answersFrom('http://localhost')) {
      const isPicture = headers.get('access-control-allow-origin') === '*'
      const seen = [headers.get('x-content-type-options'), headers.get('cross-origin-resource-policy')]
      expect([path, status, ...seen]).toEqual([
        path,
        status,
        'nosniff',
        isPicture ? 'cross-origin' : 'same-origin',
      ])
      expect([path, headers.get('strict-transport-security')]).toEqual([path, null])
      count++
    }
    expect(count).toBeGreaterThan(80)
  })

  it('asks for https from then on, where it came by https, but never for this machine', async () => {
    for await (const [path, { headers }] of answersFrom('https://cameo.example'))
      expect([path, headers.get('strict-transport-security')]).toEqual([path, 'max-age=31536000'])
    for (const origin of [
      'https://localhost:8443',
      'https://127.0.0.1',
      'https://[::1]:1',
      'http://cameo.example',
    ])
      expect(
        (await exports.default.fetch(`${origin}/healthz`)).headers.get('strict-transport-security'),
      ).toBeNull()
    const alike = await exports.default.fetch('https://localhost.example/healthz')
    expect(alike.headers.get('strict-transport-security')).toBe('max-age=31536000')
  })
})

describe('noStore', () => {
  const answerWith = (answer: () => Response | Promise<Response>) =>
    new Hono<{ Bindings: Env }>().use(noStore).get('/', answer).request('/', {}, env)

  it('is set on an answer that is passed on, whose own headers nobody can write to', async () => {
    const fetched = await env.ASSETS.fetch('http://localhost/static/nothing.js')
    expect(() => fetched.headers.set('cache-control', 'x')).toThrow(TypeError)
    const answer = await answerWith(() => fetched)
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([
      fetched.status,
      'private, no-store',
    ])
    expect(answer.headers.get('content-type')).toBe(fetched.headers.get('content-type'))
  })

  it.each([false, true])('keeps the WebSocket of an upgrade, immutable: %s', async (immutable) => {
    const { 0: client, 1: server } = new WebSocketPair()
    const upgrade = new Response(null, { status: 101, webSocket: client, headers: { 'x-kept': '1' } })
    // What the fetch of a Durable Object returns.
    if (immutable)
      vi.spyOn(upgrade.headers, 'set').mockImplementation(() => {
        throw new TypeError("Can't modify immutable headers.")
      })
    const answer = protect(await answerWith(() => upgrade), 'https://cameo.example/')
    expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('x-kept')]).toEqual([
      101,
      'private, no-store',
      '1',
    ])
    server.accept()
    answer.webSocket?.accept()
    const heard = new Promise((resolve) => {
      answer.webSocket?.addEventListener('message', ({ data }) => resolve(data))
    })
    server.send('three')
    expect(await heard).toBe('three')
  })

  it('keeps the cookies of an answer that is passed on', async () => {
    const { session } = await newPerson()
    const fetched = await ask('POST', '/api/sign-out', { as: session })
    expect(() => fetched.headers.set('cache-control', 'x')).toThrow(TypeError)
    const cookies = fetched.headers.getSetCookie()
    expect(cookies).toHaveLength(1)
    expect((await answerWith(() => fetched)).headers.getSetCookie()).toEqual(cookies)
  })
})

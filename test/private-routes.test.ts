import { env } from 'cloudflare:workers'
import { inspectRoutes } from 'hono/dev'
import { describe, expect, expectTypeOf, it } from 'vitest'
import document from '../dist/client/openapi.json'
import { requestCode } from '../src/accounts/signin'
import { createApp } from '../src/app'
import { openCapabilities } from '../src/capabilities'
import type { OwnerSight, Sight, ViewerSight } from '../src/photos/access'
import { serveOriginal } from '../src/photos/raw'
import { holdToReference } from './contract'
import { seedPhoto } from './seeds'
import { activate, ask, holdMail, newFace, newPerson, newPhoto, type Person, refusal } from './support'

type Ids = Record<
  'photo' | 'token' | 'session' | 'hash' | 'person' | 'album' | 'photoLink' | 'albumLink',
  string
>

interface Route {
  method: string
  /** Given what the owner's things are called. */
  path: (ids: Ids) => string
  json?: unknown
  /** API tokens are refused with 403. */
  sessionOnly?: boolean
  /** The route names something that belongs to somebody: others get 404. */
  owned?: boolean
  /** A GET that another site may not have asked. */
  costly?: boolean
  /** What the owner gets where it is not a success. */
  answers?: number
  /** What every request of it has, unless the test says otherwise. */
  headers?: Record<string, string>
}

const photo = (rest = '') => ({
  path: (ids: { photo: string }) => `/api/photos/${ids.photo}${rest}`,
  owned: true,
})
const album = (rest: (ids: Ids) => string = () => '') => ({
  path: (ids: Ids) => `/api/albums/${ids.album}${rest(ids)}`,
  owned: true,
})
const address = { path: ({ hash }: Ids) => `/api/addresses/${hash}` }
const share = {
  path: ({ photo, person }: Ids) => `/api/photos/${photo}/shares/${person}`,
  owned: true,
}
const contact = { path: ({ person }: Ids) => `/api/contacts/${person}` }
const tag = { path: ({ photo, hash }: Ids) => `/api/photos/${photo}/tags/${hash}`, owned: true }
const block = { path: ({ person }: Ids) => `/api/blocks/${person}` }
const fixed = (path: string) => ({ path: () => path })

const ROUTES: Route[] = [
  { method: 'POST', ...fixed('/api/sign-out'), sessionOnly: true },
  { method: 'GET', ...fixed('/api/me') },
  { method: 'PATCH', ...fixed('/api/me'), json: { displayName: 'X' } },
  { method: 'POST', ...fixed('/api/me/public-key') },
  { method: 'POST', ...fixed('/api/me/deletion-code'), sessionOnly: true },
  { method: 'DELETE', ...fixed('/api/me'), json: { code: '12345678' }, sessionOnly: true, answers: 401 },
  { method: 'GET', ...fixed('/api/me/export'), sessionOnly: true, costly: true },
  { method: 'PUT', path: () => '/api/me/active-photo', json: { photoId: null } },
  { method: 'GET', ...fixed('/api/tokens'), sessionOnly: true },
  { method: 'POST', ...fixed('/api/tokens'), json: { name: 'X' }, sessionOnly: true },
  { method: 'DELETE', path: ({ token }) => `/api/tokens/${token}`, sessionOnly: true, owned: true },
  { method: 'GET', ...fixed('/api/sessions'), sessionOnly: true },
  { method: 'DELETE', ...fixed('/api/sessions'), sessionOnly: true },
  { method: 'DELETE', path: ({ session }) => `/api/sessions/${session}`, sessionOnly: true, owned: true },
  { method: 'GET', ...fixed('/api/addresses'), sessionOnly: true },
  { method: 'POST', ...fixed('/api/addresses'), json: { email: 'a@example.com' }, sessionOnly: true },
  {
    method: 'POST',
    ...fixed('/api/addresses/confirm'),
    json: { code: '12345678' },
    sessionOnly: true,
    answers: 401,
  },
  { method: 'PATCH', ...address, json: { publicLookup: true }, sessionOnly: true, owned: true },
  { method: 'DELETE', ...address, sessionOnly: true, owned: true, answers: 409 },
  { method: 'GET', ...fixed('/api/photos') },
  { method: 'POST', ...fixed('/api/photos'), json: { contentType: 'image/png', bytes: 10 } },
  { method: 'POST', ...fixed('/api/photos/import'), json: { from: 'gravatar' }, answers: 404 },
  { method: 'GET', ...photo() },
  { method: 'PATCH', ...photo(), json: { altText: 'X' } },
  { method: 'GET', path: ({ photo }) => `/api/photos/zip?ids=${photo}`, owned: true, costly: true },
  { method: 'GET', ...fixed('/api/usage') },
  { method: 'DELETE', ...photo('/crop') },
  { method: 'POST', ...photo('/complete') },
  { method: 'DELETE', ...photo() },
  { method: 'GET', ...photo('/shares') },
  { method: 'PUT', ...share },
  { method: 'DELETE', ...share },
  { method: 'GET', ...fixed('/api/shared') },
  { method: 'GET', ...fixed('/api/contacts') },
  { method: 'PUT', ...contact, json: { name: 'X' } },
  { method: 'DELETE', ...contact },
  { method: 'GET', ...fixed('/api/albums') },
  { method: 'POST', ...fixed('/api/albums'), json: { title: 'X' } },
  { method: 'GET', ...album() },
  { method: 'PATCH', ...album(), json: { title: 'X' } },
  { method: 'DELETE', ...album() },
  { method: 'GET', ...album(() => '/photos') },
  { method: 'PUT', ...album((ids) => `/photos/${ids.photo}`) },
  { method: 'DELETE', ...album((ids) => `/photos/${ids.photo}`) },
  { method: 'GET', ...album(() => '/members') },
  { method: 'PUT', ...album((ids) => `/members/${ids.person}`), json: { role: 'viewer' } },
  { method: 'DELETE', ...album((ids) => `/members/${ids.person}`) },
  { method: 'GET', ...photo('/links') },
  { method: 'POST', ...photo('/links'), json: { expiresIn: 300 } },
  { method: 'DELETE', ...photo('/links') },
  { method: 'DELETE', path: (ids) => `/api/photos/${ids.photo}/links/${ids.photoLink}`, owned: true },
  { method: 'GET', ...album(() => '/links') },
  { method: 'POST', ...album(() => '/links'), json: { expiresIn: 300 } },
  { method: 'DELETE', ...album(() => '/links') },
  { method: 'DELETE', path: (ids) => `/api/albums/${ids.album}/links/${ids.albumLink}`, owned: true },
  { method: 'GET', ...photo('/tags') },
  { method: 'PUT', ...tag, json: { x: 0, y: 0, width: 1, height: 1 } },
  { method: 'DELETE', ...tag },
  { method: 'GET', ...photo('/suggestions'), answers: 503 }, // the seeded photo has no file
  { method: 'GET', ...fixed('/api/tagged') },
  { method: 'POST', ...fixed('/api/messages'), json: { to: 'b'.repeat(64), text: 'X' } },
  { method: 'GET', ...fixed('/api/conversations') },
  { method: 'GET', path: ({ person }) => `/api/conversations/${person}` },
  { method: 'GET', ...fixed('/api/blocks') },
  { method: 'GET', ...block },
  { method: 'PUT', ...block },
  { method: 'DELETE', ...block },
  { method: 'GET', ...fixed('/api/inbox/unread') },
  { method: 'POST', ...fixed('/api/inbox/open'), json: { upTo: 'X' }, answers: 404 },
  {
    method: 'GET',
    ...fixed('/api/inbox/live'),
    sessionOnly: true,
    costly: true,
    headers: { upgrade: 'websocket', origin: 'http://localhost' },
  },
]

/** Somebody without an account: of no form but this one is a person, whoever asks. */
const PERSON = 'a'.repeat(64)

const anyIds = (id: string): Ids => ({
  ...{ photo: id, token: id, session: id, hash: id },
  person: id === '{id}' ? id : PERSON,
  ...{ album: id, photoLink: id, albumLink: id },
})

/** A link to a photo and one to an album, as they stand in the tables. */
async function newLinks(photo: string, album: string): Promise<Pick<Ids, 'photoLink' | 'albumLink'>> {
  const [photoLink, albumLink] = [crypto.randomUUID(), crypto.randomUUID()]
  const link = env.DB.prepare(
    `INSERT INTO links (id, token_hash, photo_id, album_id, download, expires_at, created_at)
     VALUES (?1, ?1, ?2, ?3, 0, 9e15, 1)`,
  )
  await env.DB.batch([link.bind(photoLink, photo, null), link.bind(albumLink, null, album)])
  return { photoLink, albumLink }
}

async function newIds(owner: Person): Promise<Ids> {
  const tokens = await ask('POST', '/api/tokens', { as: owner.session, json: { name: 'other' } })
  const sessions = await ask('GET', '/api/sessions', { as: owner.session })
  const [session] = (await sessions.json<{ items: { id: string }[] }>()).items
  const photo = await seedPhoto(owner)
  const album = await newAlbum(owner, photo)
  return {
    ...(await newLinks(photo, album)),
    album,
    photo,
    token: (await tokens.json<{ id: string }>()).id,
    session: session?.id ?? '',
    hash: owner.hash,
    person: PERSON,
  }
}

/** An album with a photo and a member. */
async function newAlbum(owner: Person, photo: string): Promise<string> {
  const album = crypto.randomUUID()
  const insert = (table: string, ...values: unknown[]) =>
    env.DB.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?')})`).bind(...values)
  await env.DB.batch([
    insert('albums', album, owner.id, 'X', null, 1),
    insert('album_photos', album, photo, owner.id, 1),
    insert('album_members', album, PERSON, 'viewer', 1),
  ])
  return album
}

describe('the list above', () => {
  it('holds every route of the API but signing in and its reference', () => {
    const mounted = inspectRoutes(createApp())
      .filter(
        ({ path, isMiddleware }) =>
          path.startsWith('/api/') && !/^\/api\/(?:sign-in|openapi\.json$)/.test(path) && !isMiddleware,
      )
      .map(({ method, path }) => `${method} ${path.replace(/:\w+/g, '{id}')}`)
    const listed = ROUTES.map((route) => `${route.method} ${route.path(anyIds('{id}')).replace(/\?.*/, '')}`)
    expect(listed.toSorted()).toEqual(mounted.toSorted())
  })
})

describe("the API's reference", () => {
  const PICTURES = ['GET /avatar/{key}', 'GET /photos/{key}', 'GET /{key}', 'GET /{key}.json']

  it('holds every route that programs may call, and nothing else', () => {
    const mounted = inspectRoutes(createApp())
      .filter(({ path, isMiddleware }) => /^\/(?:api|raw|l)\/|^\/healthz$/.test(path) && !isMiddleware)
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(told.toSorted()).toEqual([...mounted, ...PICTURES].toSorted())
  })

  it('names public pictures by paths that are answered', async () => {
    const { person } = await newFace()
    for (const path of PICTURES.map((picture) => picture.replace('GET ', '').replace('{key}', person.hash)))
      expect([path, (await ask('GET', path)).status]).toEqual([path, 200])
  })

  it('says of each call who may make it', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, { security: object[] }>).map(([method, { security }]) => [
        `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, '{id}')}`,
        security.map((way) => Object.keys(way)[0]),
      ]),
    )
    const byCall = Object.fromEntries(told) as Record<string, string[]>
    for (const route of ROUTES) {
      const call = `${route.method} ${route.path(anyIds('{id}')).replace(/\?.*/, '')}`
      expect([call, byCall[call]]).toEqual([call, route.sessionOnly ? ['session'] : ['token', 'session']])
    }
  })
})

describe('an answer in a test', () => {
  const json = (body: unknown, status = 200, type = 'application/json') =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': type } })
  const problem = (code: string) => ({ type: '', title: '', status: 404, code, detail: '' })

  it.each([
    ['a field that the reference does not tell of', '/api/inbox/unread', json({ people: 1, who: [] })],
    ['a field that is missing', '/api/inbox/unread', json({})],
    ['a field of another type', '/api/inbox/unread', json({ people: '1' })],
    [
      'a field deep within',
      '/api/contacts',
      json({ items: [{ hash: '', name: '', x: 1 }], nextCursor: null }),
    ],
    ['a status', '/api/inbox/unread', json({ people: 1 }, 203)],
    ['a code', '/api/photos/x', json(problem('damaged'), 404, 'application/problem+json')],
    ['a type', '/api/inbox/unread', json('x', 200, 'text/plain')],
    ['a call', '/api/nothing', json({})],
  ])('fails the test for %s', async (_what, path, answer) => {
    await expect(holdToReference('GET', path, answer)).rejects.toThrow()
  })

  it('passes where it is as the reference says', async () => {
    await holdToReference('GET', '/api/inbox/unread', json({ people: 1 }))
    await holdToReference('GET', '/api/photos/x', json(problem('not_found'), 404, 'application/problem+json'))
  })
})

const NO_IDS = anyIds(crypto.randomUUID())

for (const route of ROUTES)
  describe(`${route.method} ${route.path(anyIds('{id}'))}`, () => {
    const { method, json } = route

    it('answers 401 without a session and with a broken session or token', async () => {
      const path = route.path(NO_IDS)
      const credentials = [
        undefined,
        { cookie: 'session=broken' },
        { cookie: 'session=' },
        { authorization: 'Bearer cameo_broken' },
        { authorization: 'Bearer ' },
        { authorization: 'Basic Y2FtZW86Y2FtZW8=' },
      ]
      for (const as of credentials) {
        expect(await refusal(ask(method, path, { as, json, headers: route.headers }))).toEqual([
          401,
          'unauthenticated',
        ])
      }
    })

    it('does not fall back to the cookie when the token is broken', async () => {
      const owner = await newPerson()
      const path = route.path(NO_IDS)
      const headers = { ...route.headers, authorization: 'Bearer cameo_broken' }
      expect(await refusal(ask(method, path, { as: owner.session, headers, json }))).toEqual([
        401,
        'unauthenticated',
      ])
    })

    if (method !== 'GET' || route.costly)
      it('answers 403 to a request from another site, and changes nothing', async () => {
        const owner = await newPerson()
        const path = route.path(NO_IDS)
        const attacks: Record<string, string>[] = [
          { 'sec-fetch-site': 'cross-site' },
          { 'sec-fetch-site': 'same-site' },
          { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
          { origin: 'https://evil.example' },
          { origin: 'null' },
        ]
        for (const attack of attacks) {
          const headers = { ...route.headers, ...attack }
          expect(await refusal(ask(method, path, { as: owner.session, json, headers }))).toEqual([
            403,
            'cross_site',
          ])
        }
        expect((await ask('GET', '/api/me', { as: owner.session })).status).toBe(200)
      })

    if (route.sessionOnly)
      it('answers 403 to an API token', async () => {
        const owner = await newPerson()
        const path = route.path(NO_IDS)
        expect(await refusal(ask(method, path, { as: owner.token, json, headers: route.headers }))).toEqual([
          403,
          'session_required',
        ])
      })

    if (route.owned)
      it('answers 404 to another person, the same as for an id that does not exist', async () => {
        const ids = await newIds(await newPerson())
        const { session } = await newPerson()
        const theirs = await ask(method, route.path(ids), { as: session, json })
        const missing = await ask(method, route.path(anyIds(crypto.randomUUID())), { as: session, json })
        expect([theirs.status, await theirs.text()]).toEqual([missing.status, await missing.text()])
        expect(theirs.status).toBe(404)
      })

    it('never lets its answer be cached', async () => {
      const owner = await newPerson()
      const answer = await ask(method, route.path(await newIds(owner)), {
        ...{ as: owner.session, json, headers: route.headers },
      })
      if (route.answers) expect(answer.status).toBe(route.answers)
      else expect(answer.status).toBeLessThan(300)
      expect(answer.headers.get('cache-control')).toBe('private, no-store')
      await answer.text()
    })

    it('lets our own page through, however the browser says so', async () => {
      const ways: Record<string, string>[] = [
        { 'sec-fetch-site': 'same-origin', origin: 'http://localhost' },
        { 'sec-fetch-site': 'none' },
        { origin: 'http://localhost' },
      ]
      for (const [number, way] of ways.entries()) {
        const owner = await newPerson()
        const headers = { ...route.headers, ...way, 'cf-connecting-ip': `192.0.2.${number}` }
        const answer = await ask(method, route.path(NO_IDS), { as: owner.session, json, headers })
        expect(answer.status).toBeLessThan(route.owned || route.answers ? 405 : 300)
        expect(answer.status).not.toBe(403)
        await answer.text()
      }
    })
  })

describe('a path that does not exist, and a method that a path does not take', () => {
  const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
  const mounted = inspectRoutes(createApp()).filter(
    ({ path, isMiddleware }) => path.startsWith('/api/') && !isMiddleware,
  )
  /** What a path takes, `/api/photos/import` both as itself and as `/api/photos/:id`. */
  const methodsOf = (path: string) => [
    ...new Set(
      mounted
        .filter((route) => new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path))
        .flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])),
    ),
  ]
  const known = [...new Set(mounted.map(({ path }) => path.replace(/:\w+/g, crypto.randomUUID())))]
  const madeUp = known.flatMap((path) => [
    `${path}/`,
    `${path}/no/thing`,
    `${path}x`,
    `/api/api${path.slice(4)}`,
  ])
  const unknown = ['/api', '/api/', '/api/nothing', ...madeUp].filter((path) => !methodsOf(path).length)

  /** Who may be asking: nobody, somebody, and what a guard would refuse. */
  async function everybody(): Promise<Record<string, string>[]> {
    const { session, token } = await newPerson()
    return [
      {},
      session,
      token,
      { cookie: 'session=broken' },
      { authorization: 'Bearer cameo_broken' },
      { ...session, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { accept: 'text/html' },
    ]
  }

  async function expectProblem(
    method: string,
    path: string,
    as: Record<string, string>,
    expected: [number, string],
  ) {
    const answer = await ask(method, path, { headers: as })
    const code = method === 'HEAD' ? expected[1] : (await answer.json<{ code: string }>()).code
    expect([method, path, as, answer.status, code]).toEqual([method, path, as, ...expected])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    return answer
  }

  it('has paths to try', () => {
    expect([known.length > 10, unknown.length > 40]).toEqual([true, true])
  })

  it('answers 404 under /api, whoever asks and by whatever method', async () => {
    const people = await everybody()
    for (const path of ['/api', '/api/', '/api/nothing', '/api/me/no/thing'])
      for (const method of METHODS)
        for (const as of people) await expectProblem(method, path, as, [404, 'not_found'])
    for (const [at, path] of unknown.entries())
      for (const method of METHODS)
        await expectProblem(method, path, people[at % people.length] ?? {}, [404, 'not_found'])
  })

  it('answers 405 and says which methods there are, whoever asks', async () => {
    const people = await everybody()
    let at = 0
    for (const path of known)
      for (const method of METHODS.filter((each) => !methodsOf(path).includes(each)))
        for (const as of path === known[0] ? people : [people[at++ % people.length] ?? {}]) {
          const answer = await expectProblem(method, path, as, [405, 'method_not_allowed'])
          expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(methodsOf(path).toSorted())
        }
  })

  it('answers 405 outside of /api too', async () => {
    const { id, session } = await newPerson()
    for (const path of [`/raw/${id}/${id}`, '/photos', '/docs/errors', '/healthz', '/static/x.js', '/']) {
      const answer = await ask('POST', path, { as: session })
      expect([path, answer.status, answer.headers.get('allow')]).toEqual([path, 405, 'GET, HEAD'])
      expect(await refusal(Promise.resolve(answer))).toEqual([405, 'method_not_allowed'])
    }
    expect(await refusal(ask('GET', '/raw/nothing', { as: session }))).toEqual([404, 'not_found'])
  })
})

describe('a session', () => {
  const signIn = async (email: string, cookie?: string) => {
    const caps = openCapabilities(env, Date.now())
    const mailbox = holdMail()
    const browserId = await requestCode(
      { ...caps, email: mailbox },
      { email, client: '', knownBrowser: undefined },
    )
    const cookies = [`sign-in=${browserId}`, cookie].filter(Boolean).join('; ')
    const answer = await ask('POST', '/api/sign-in', {
      as: { cookie: cookies },
      json: { code: mailbox.code() },
    })
    expect(answer.status).toBe(200)
    return { cookie: /session=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? '' }
  }
  const statusOf = async (as: { cookie: string }) => (await ask('GET', '/api/me', { as })).status

  it('ends when the same browser signs in anew, as the same person or another, and no other session does', async () => {
    const { email, session: elsewhere } = await newPerson()
    const first = await signIn(email)
    const second = await signIn(email, first.cookie)
    expect([await statusOf(first), await statusOf(second), await statusOf(elsewhere)]).toEqual([
      401, 200, 200,
    ])
    const third = await signIn((await newPerson()).email, second.cookie)
    expect([await statusOf(second), await statusOf(third), await statusOf(elsewhere)]).toEqual([
      401, 200, 200,
    ])
  })

  it('stays when signing in anew fails', async () => {
    const { email } = await newPerson()
    const first = await signIn(email)
    const failed = ask('POST', '/api/sign-in', { as: first, json: { code: '00000000' } })
    expect(await refusal(failed)).toEqual([401, 'invalid_code'])
    expect(await statusOf(first)).toBe(200)
  })

  it('takes with it on sign-out what the browser keeps of the person', async () => {
    const { session } = await newPerson()
    const answer = await ask('POST', '/api/sign-out', { as: session })
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "storage"')
    expect(await statusOf(session)).toBe(401)
  })
})

describe('the original', () => {
  it("is served for the owner's sight alone: the compiler refuses anybody else's", () => {
    const serve = (
      c: Parameters<typeof serveOriginal>[0],
      owner: OwnerSight,
      viewer: ViewerSight,
      any: Sight,
    ) => {
      serveOriginal(c, owner)
      // @ts-expect-error: a viewer gets renditions
      serveOriginal(c, viewer)
      // @ts-expect-error: who it is must be asked first
      serveOriginal(c, any)
      // @ts-expect-error: and nothing of the file is told to a viewer
      return viewer.photo.contentType
    }
    expectTypeOf(serve).toBeFunction()
  })
})

describe('PUT /api/me/active-photo', () => {
  it("answers 404 to another person's photo and changes nothing", async () => {
    const owner = await newPerson()
    const { id } = await newPhoto(owner)
    const thief = await newPerson()
    expect(await refusal(activate(thief, id))).toEqual([404, 'not_found'])
    expect(await (await ask('GET', '/api/me', { as: thief.session })).json()).toMatchObject({
      activePhotoId: null,
    })
  })
})

describe('/raw', () => {
  it('answers 404 to everybody but the owner, the same as for a photo that does not exist', async () => {
    const owner = await newPerson()
    const { id } = await newPhoto(owner)
    const other = await newPerson()
    const asks = [
      ask('GET', `/raw/${owner.id}/${id}`),
      ask('GET', `/raw/${owner.id}/${id}`, { as: { cookie: 'session=broken' } }),
      ask('GET', `/raw/${owner.id}/${id}`, { as: other.token }),
      ask('GET', `/raw/${owner.id}/${id}?w=320`, { as: other.session }),
      ask('GET', `/raw/${other.id}/${id}`, { as: other.session }),
      ask('GET', `/raw/${owner.id}/${crypto.randomUUID()}`, { as: owner.session }),
    ]
    for (const each of asks) expect(await refusal(each)).toEqual([404, 'not_found'])
    const broken = ask('GET', `/raw/${owner.id}/${id}`, { as: { authorization: 'Bearer cameo_broken' } })
    expect(await refusal(broken)).toEqual([401, 'unauthenticated'])
    for (const as of [owner.session, owner.token]) {
      expect((await ask('GET', `/raw/${owner.id}/${id}`, { as })).status).toBe(200)
    }
  })
})

describe('bodies', () => {
  const patch =
    (body: BodyInit, type = 'application/json') =>
    async (as: Person) =>
      refusal(ask('PATCH', '/api/me', { as: as.session, body, headers: { 'content-type': type } }))

  it.each([
    ['malformed JSON', patch('{"displayName":'), [400, 'invalid_json']],
    ['an empty body', patch(''), [400, 'invalid_json']],
    ['bytes that are no text', patch(new Uint8Array([0xff, 0xfe, 0])), [400, 'invalid_json']],
    ['a huge body', patch(`{"displayName":"${'x'.repeat(200_000)}"}`), [413, 'too_large']],
    ['another content type', patch('{}', 'text/plain'), [415, 'unsupported_type']],
    ['a list', patch('[]'), [400, 'invalid_input']],
    ['null', patch('null'), [400, 'invalid_input']],
    ['a number', patch('7'), [400, 'invalid_input']],
    ['an unknown field', patch('{"email":"x@example.com"}'), [400, 'invalid_input']],
    ['a wrong type', patch('{"displayName":7}'), [400, 'invalid_input']],
    ['a name that is too long', patch(`{"displayName":"${'x'.repeat(101)}"}`), [400, 'invalid_input']],
    ['a prototype', patch('{"__proto__":{"id":1},"x":1}'), [400, 'invalid_input']],
    ['deep nesting', patch('['.repeat(30_000)), [400, 'invalid_json']],
  ])('refuses %s', async (_name, attempt, expected) => {
    expect(await attempt(await newPerson())).toEqual(expected)
  })

  it('takes an empty patch as no change, and a charset in the content type', async () => {
    const person = await newPerson()
    const headers = { 'content-type': 'application/json; charset=utf-8' }
    const answer = await ask('PATCH', '/api/me', { as: person.session, body: '{}', headers })
    const { session: _session, token: _token, ...me } = person
    expect([answer.status, await answer.json()]).toEqual([200, me])
  })

  it('keeps a name with any letters', async () => {
    const { session } = await newPerson()
    const displayName = 'Zoë 李 👩‍👩‍👧 <b>"quoted"</b>'
    await ask('PATCH', '/api/me', { as: session, json: { displayName } })
    expect(await (await ask('GET', '/api/me', { as: session })).json()).toMatchObject({ displayName })
  })
})

import { env } from 'cloudflare:workers'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openCapabilities } from '../src/capabilities'
import { cleanUp } from '../src/cron'
import { digestHex } from '../src/lib/crypto'
import { sniffImage } from '../src/lib/sniff/sniff'
import type { LinkList, NewLinkJson } from '../src/sharing/links/answers'
import { seedPhoto } from './seeds'
import {
  ask,
  middleColour,
  newPerson,
  newPhoto,
  type Person,
  prepare,
  refusal,
  waitForRoomInTheMinute,
} from './support'

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const PAGE = { accept: 'text/html' }
const prototypeOf = (binding: object) => Object.getPrototypeOf(binding)

interface Made extends NewLinkJson {
  token: string
  /** Path of its page. */
  path: string
}

/** Makes a link to `photos/{id}` or `albums/{id}`. */
async function link(owner: Person, to: string, asked: object = {}): Promise<Made> {
  const answer = await ask('POST', `/api/${to}/links`, {
    as: owner.session,
    json: { expiresIn: 3600, ...asked },
  })
  expect(answer.status).toBe(201)
  const made = await answer.json<NewLinkJson>()
  const path = new URL(made.url).pathname
  return { ...made, path, token: path.slice(3) }
}

/** A new person's photo and a link to it. Where its bytes do not matter, it has none. */
async function newLinked(asked: object = {}, name?: string) {
  const owner = await newPerson()
  const photo = { id: name ? (await newPhoto(owner, name)).id : await seedPhoto(owner) }
  return { owner, photo, ...(await link(owner, `photos/${photo.id}`, asked)) }
}

async function newAlbum(owner: Person, title = 'Summer'): Promise<string> {
  const id = crypto.randomUUID()
  await env.DB.prepare('INSERT INTO albums (id, user_id, title, created_at) VALUES (?, ?, ?, 1)')
    .bind(id, owner.id, title)
    .run()
  return id
}

const addToAlbum = (albumId: string, photoId: string, by: Person) =>
  env.DB.prepare('INSERT INTO album_photos (album_id, photo_id, added_by, created_at) VALUES (?, ?, ?, 1)')
    .bind(albumId, photoId, by.id)
    .run()

let networks = 0
/** A network that has asked nothing yet. */
const network = () => ({ 'cf-connecting-ip': `10.77.${networks >> 8}.${networks++ & 255}` })

/** Sends the form of a link's page, from a network of its own unless one is given. */
function give(path: string, password: string, headers: Record<string, string> = network()) {
  return ask('POST', path, {
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...PAGE, ...headers },
    body: new URLSearchParams({ password }).toString(),
  })
}

const cookieOf = (answer: Response) => ({ cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' })

/** The whole of an answer but for what the platform says of time. */
async function whole(answer: Promise<Response>) {
  const response = await answer
  return { status: response.status, headers: [...response.headers], text: await response.text() }
}

describe('making a link', () => {
  it('tells its URL this once, and keeps of token and password no more than hashes', async () => {
    const { owner, photo, token, url, ...made } = await newLinked({ password: 'open sesame', download: true })
    expect(url).toBe(`http://localhost/l/${token}`)
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(made.expiresAt - made.createdAt).toBe(3_600_000)
    const listed = await ask('GET', `/api/photos/${photo.id}/links`, { as: owner.session })
    const { id, createdAt, expiresAt } = made
    expect(await listed.json<LinkList>()).toEqual({
      items: [{ id, createdAt, expiresAt, hasPassword: true, download: true }],
      nextCursor: null,
    })
    const row = await env.DB.prepare('SELECT * FROM links WHERE id = ?').bind(id).first()
    expect(row?.token_hash).toBe(await digestHex('SHA-256', token))
    expect(row?.password_hash).toMatch(/^pbkdf2-sha256:100000:[0-9a-f]{32}:[0-9a-f]{64}$/)
    expect(JSON.stringify(row)).not.toContain(token)
    expect(JSON.stringify(row)).not.toContain('sesame')
  })

  it('takes no time to live that is none, too short, too long or no whole number of seconds', async () => {
    const owner = await newPerson()
    const headers = { 'content-type': 'application/json' }
    for (const expiresIn of '0 -1 299 2592001 1e999 "1" "3600" 1.5 3600.5 null true [3600] {}'.split(' ')) {
      const body = `{"expiresIn":${expiresIn}}`
      const made = ask('POST', '/api/photos/x/links', { as: owner.session, body, headers })
      expect([expiresIn, ...(await refusal(made))]).toEqual([expiresIn, 400, 'invalid_input'])
    }
  })

  it('takes five minutes and thirty days; no password that is empty or long, no field that it does not know', async () => {
    const { owner, photo } = await newLinked()
    const to = `/api/photos/${photo.id}/links`
    const statusOf = async (json: object) => (await ask('POST', to, { as: owner.session, json })).status
    expect([await statusOf({ expiresIn: 300 }), await statusOf({ expiresIn: 2_592_000 })]).toEqual([201, 201])
    const longest = 'ä'.repeat(200)
    expect(await statusOf({ expiresIn: 300, password: longest })).toBe(201)
    for (const wrong of [{ password: '' }, { password: `${longest}x` }, { password: 1 }, { download: 'yes' }])
      expect(await statusOf({ expiresIn: 300, ...wrong })).toBe(400)
    expect(await statusOf({ expiresIn: 300, token: 'mine' })).toBe(400)
  })

  it('needs a photo that is ready', async () => {
    const owner = await newPerson()
    const pending = await prepare(owner, 'image/png', 10)
    const made = ask('POST', `/api/photos/${pending}/links`, { as: owner.session, json: { expiresIn: 300 } })
    expect(await refusal(made)).toEqual([409, 'photo_not_ready'])
  })

  it('makes fifty, however many are asked for at once; room comes back when one is revoked or expires', async () => {
    const { owner, photo, id } = await newLinked()
    const to = `/api/photos/${photo.id}/links`
    const make = () => ask('POST', to, { as: owner.session, json: { expiresIn: 300 } })
    const all = await Promise.all(Array.from({ length: 60 }, make))
    const statuses = all.map(({ status }) => status)
    expect([201, 409].map((each) => statuses.filter((status) => status === each).length)).toEqual([49, 11])
    expect(await refusal(make())).toEqual([409, 'quota_exceeded'])
    expect((await ask('DELETE', `${to}/${id}`, { as: owner.session })).status).toBe(204)
    expect((await make()).status).toBe(201)
    await env.DB.prepare('UPDATE links SET expires_at = 1 WHERE photo_id = ?').bind(photo.id).run()
    const left = await ask('GET', to, { as: owner.session })
    expect((await left.json<LinkList>()).items).toEqual([]) // expired ones are not listed
    expect((await make()).status).toBe(201)
  })
})

describe('a link that is none', () => {
  /** What must look the same: a page and a picture, to those who ask for a page and those who do not. */
  async function answersOf(path: string, photoId: string, as: Record<string, string> = {}) {
    const asked = [path, `${path}/${photoId}?w=320`, `${path}/${photoId}`, `${path}/${photoId}?original`]
    const answers = asked.flatMap((each) =>
      [PAGE, { accept: 'image/*' }].map((accept) =>
        whole(ask('GET', each, { headers: { ...accept, ...as } })),
      ),
    )
    return [...(await Promise.all(answers)), await whole(give(path, 'x', { ...network(), ...as }))]
  }

  it('is answered by one identical 404: expired, revoked, wrong, of a deleted photo, whoever asks', async () => {
    const [expired, revoked, deleted] = [
      await newLinked({ download: true }),
      await newLinked({ password: 'x' }),
      await newLinked({ download: true }),
    ]
    vi.spyOn(Date, 'now').mockReturnValue(expired.expiresAt)
    const none = await answersOf(`/l/${'A'.repeat(43)}`, crypto.randomUUID())
    expect(new Set(none.map(({ status }) => status))).toEqual(new Set([404]))
    expect(await answersOf(expired.path, expired.photo.id)).toEqual(none) // at that very millisecond
    vi.restoreAllMocks()
    const as = { as: revoked.owner.session }
    await ask('DELETE', `/api/photos/${revoked.photo.id}/links/${revoked.id}`, as)
    await ask('DELETE', `/api/photos/${deleted.photo.id}`, { as: deleted.owner.session })
    for (const { path, photo, owner } of [revoked, deleted]) {
      expect(await answersOf(path, photo.id)).toEqual(none)
      expect(await answersOf(path, photo.id, owner.session)).toEqual(none)
    }
    expect(await answersOf('/l/x', 'y')).toEqual(none)
    expect(await answersOf(`/l/${'A'.repeat(5000)}`, '%00')).toEqual(none)
  })

  it('is one until the millisecond before', async () => {
    const { path, expiresAt } = await newLinked()
    vi.spyOn(Date, 'now').mockReturnValue(expiresAt - 1)
    expect((await ask('GET', path)).status).toBe(200)
  })

  it('is what every link of a photo is after all were revoked, and those of others stay', async () => {
    const first = await newLinked()
    const second = await link(first.owner, `photos/${first.photo.id}`)
    const other = await link(first.owner, `photos/${await seedPhoto(first.owner)}`)
    const all = await ask('DELETE', `/api/photos/${first.photo.id}/links`, { as: first.owner.session })
    const statuses = [first, second, other].map(async ({ path }) => (await ask('GET', path)).status)
    expect([all.status, ...(await Promise.all(statuses))]).toEqual([204, 404, 404, 200])
  })

  it("is what one link's token is on another photo, and on another's link", async () => {
    const [first, second] = [await newLinked(), await newLinked()]
    const elsewhere = await whole(ask('GET', `${first.path}/${second.photo.id}?w=320`))
    expect(elsewhere).toEqual(await whole(ask('GET', `${first.path}/${crypto.randomUUID()}?w=320`)))
    expect(elsewhere.status).toBe(404)
    const beside = await seedPhoto(first.owner)
    expect((await ask('GET', `${first.path}/${beside}`)).status).toBe(404)
    const as = { as: first.owner.session }
    const foreign = ask('DELETE', `/api/photos/${first.photo.id}/links/${second.id}`, as)
    expect(await refusal(foreign)).toEqual([404, 'not_found'])
    expect((await ask('GET', second.path)).status).toBe(200)
  })
})

describe('the page of a link', () => {
  it('names nobody, leads nowhere else, and may be kept, listed or referred to by nothing', async () => {
    const { owner, photo, path, token } = await newLinked({ download: true })
    await ask('PATCH', `/api/photos/${photo.id}`, { as: owner.session, json: { altText: 'Anna, asleep' } })
    const answer = await ask('GET', path, { headers: { ...PAGE, ...owner.session } })
    const html = await answer.text()
    expect(answer.status).toBe(200)
    for (const secret of [owner.id, owner.hash, owner.email, owner.publicKey])
      expect(html).not.toContain(secret)
    const leads = [...html.matchAll(/(?:href|src|action)="([^"]*)"/g)].map(([, to = '']) => to)
    const own = (to: string) => to.startsWith(`/l/${token}/${photo.id}?`) || /^[?#]/.test(to)
    expect(leads.filter((to) => !own(to) && !/^\/(static\/|favicon\.ico)/.test(to))).toEqual([])
    expect(html.match(/<meta property="og:[^>]*>/g)).toEqual([
      '<meta property="og:site_name" content="Cameo"/>',
      '<meta property="og:title" content="Cameo"/>',
    ])
    expect(html.match(/<title>(.*?)<\/title>/)?.[1]).toBe('A photo · Cameo')
    expect(html).toContain('alt="Anna, asleep"')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self';/)
    expect(answer.headers.get('set-cookie')).toBeNull()
    const head = await ask('HEAD', path)
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('has no picture in it that is an original, and of one with GPS no metadata in any form', async () => {
    const { path, photo } = await newLinked({ download: true }, 'located.jpg')
    for (const query of ['', '?w=160', '?w=x', '?w=99999', '?original', '?original&w=160']) {
      for (const accept of ['image/webp', '*/*', 'image/avif,image/webp']) {
        const headers = { accept, range: 'bytes=0-99' }
        const answer = await ask('GET', `${path}/${photo.id}${query}`, { headers })
        expect([query, answer.status]).toEqual([query, 200])
        expect(sniffImage(await answer.bytes())).toMatchObject({ metadata: false, orientation: 1 })
      }
    }
  })

  it('gives the master under a name that says nothing, where downloads are on and not where they are off', async () => {
    const on = await newLinked({ download: true }, 'phone.jpg')
    const answer = await ask('GET', `${on.path}/${on.photo.id}?original`)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-disposition': 'attachment; filename="photo.jpg"',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
    })
    const { width, height, metadata } = sniffImage(await answer.bytes()) ?? {}
    expect({ width, height, metadata }).toEqual({ width: 900, height: 1200, metadata: false }) // upright
    const head = await ask('HEAD', `${on.path}/${on.photo.id}?original`)
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([
      200,
      answer.headers.get('content-length'),
      '',
    ])
    const off = await newLinked()
    const refused = await ask('GET', `${off.path}/${off.photo.id}?original`)
    expect(refused.status).toBe(404)
    expect(await (await ask('GET', off.path)).text()).not.toContain('original')
  })

  it('has pictures that a browser keeps and asks for each time, refused at the next request after revocation', async () => {
    const { owner, path, photo, id } = await newLinked({}, 'red.jpg')
    const url = `${path}/${photo.id}?w=320`
    const first = await ask('GET', url, { headers: { accept: 'image/webp' } })
    expect(await middleColour(first.clone())).toEqual([
      expect.closeTo(208, -1),
      expect.any(Number),
      expect.any(Number),
    ])
    const etag = first.headers.get('etag') ?? ''
    expect(etag).not.toContain(owner.id)
    expect(first.headers.get('cache-control')).toBe('private, no-cache')
    const asked = { accept: 'image/webp', 'if-none-match': etag }
    const r2 = vi.spyOn(prototypeOf(env.PHOTOS), 'get')
    const again = await ask('GET', url, { headers: asked })
    expect([again.status, again.headers.get('referrer-policy'), r2.mock.calls.length]).toEqual([
      304,
      'no-referrer',
      0,
    ])
    await ask('DELETE', `/api/photos/${photo.id}/links/${id}`, { as: owner.session })
    const conditions: Record<string, string>[] = [asked, { 'if-none-match': '*' }, { range: 'bytes=0-1' }]
    for (const method of ['GET', 'HEAD'])
      for (const condition of conditions) {
        const refused = await ask(method, url, { headers: condition })
        expect([refused.status, refused.headers.get('etag')]).toEqual([404, null])
      }
  })

  it('is a 503 that nobody keeps where D1, R2 or Images fails, and no line tells of token or password', async () => {
    const { path, photo, token } = await newLinked({ password: 'open sesame' }, 'red.jpg')
    const entered = cookieOf(await give(path, 'open sesame'))
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    const broken = () => Promise.reject(new Error(`it is down: ${path} ${entered.cookie}`))
    const expectDown = async (answer: Promise<Response>) => {
      const { status, headers } = await answer
      expect([status, headers.get('cache-control')]).toEqual([503, 'private, no-store'])
    }
    vi.spyOn(prototypeOf(env.IMAGES), 'input').mockImplementation(() => {
      throw new Error('it is down')
    })
    await expectDown(ask('GET', `${path}/${photo.id}?w=160`, { headers: entered }))
    vi.spyOn(prototypeOf(env.PHOTOS), 'get').mockImplementation(broken)
    await expectDown(ask('GET', `${path}/${photo.id}?w=160`, { headers: entered }))
    const bind = prototypeOf(env.DB.prepare('SELECT 1'))
    for (const call of ['all', 'run', 'raw', 'first']) vi.spyOn(bind, call).mockImplementation(broken)
    await expectDown(ask('GET', path, { headers: { ...PAGE, ...entered } }))
    await expectDown(ask('GET', `${path}/${photo.id}?w=160`, { headers: entered }))
    await expectDown(give(path, 'open sesame'))
    const lines = said.mock.calls.map(String)
    expect(lines.length).toBeGreaterThanOrEqual(5)
    expect(lines.join('\n')).toContain('GET /l/:token')
    const proof = entered.cookie.split('=')[1] ?? 'none'
    for (const secret of [token, 'sesame', proof, await digestHex('SHA-256', token)])
      expect(lines.join('\n')).not.toContain(secret)
  })

  it('has no token in a key of a cache or of R2', async () => {
    const { path, photo, token } = await newLinked({}, 'noise.jpg')
    const spies = [
      ...(['match', 'put'] as const).map((name) => vi.spyOn(caches.default, name)),
      ...['get', 'put', 'head'].map((name) => vi.spyOn(prototypeOf(env.PHOTOS), name)),
    ]
    await (await ask('GET', `${path}/${photo.id}?w=160`)).arrayBuffer()
    const keys = spies.flatMap(({ mock }) =>
      mock.calls.map(([key]) => (key instanceof Request ? key.url : String(key))),
    )
    expect(keys.length).toBeGreaterThan(1)
    expect(keys.filter((key) => key.includes(token))).toEqual([])
  })
})

describe('a link with a password', () => {
  it('says nothing and shows nothing before it is given, and remembers it for this link alone', async () => {
    const { owner, photo, path, id } = await newLinked({ password: 'Füße 1', download: true }, 'red.jpg')
    await ask('PATCH', `/api/photos/${photo.id}`, { as: owner.session, json: { altText: 'Anna, asleep' } })
    const twin = await link(owner, `photos/${photo.id}`, { password: 'Füße 1' })
    const picture = `${path}/${photo.id}?w=160`
    const before = await (await ask('GET', path, { headers: PAGE })).text()
    for (const told of ['Anna', photo.id]) expect(before).not.toContain(told)
    expect(before).toContain('type="password"')
    for (const each of [picture, `${path}/${photo.id}`, `${path}/${photo.id}?original`])
      expect((await ask('GET', each)).status).toBe(404)

    const wrong = await give(path, 'fusse 1')
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([403, null])
    expect(await wrong.text()).toContain('This password is wrong')
    const right = await give(path, 'Fu\u0308ße 1') // as another keyboard composes it
    expect([right.status, right.headers.get('location')]).toEqual([303, path])
    const set = right.headers.get('set-cookie') ?? ''
    expect(set).toMatch(new RegExp(`^link-${id}=[0-9a-f]{64}; Max-Age=\\d+; Path=/; HttpOnly; SameSite=Lax$`))
    const { cookie } = cookieOf(right)
    expect(await (await ask('GET', path, { headers: { cookie } })).text()).toContain('Anna')
    expect((await ask('GET', picture, { headers: { cookie } })).status).toBe(200)
    expect((await ask('GET', `${twin.path}/${photo.id}`, { headers: { cookie } })).status).toBe(404)
    const renamed = cookie.replace(id, twin.id)
    expect((await ask('GET', `${twin.path}/${photo.id}`, { headers: { cookie: renamed } })).status).toBe(404)
    await ask('DELETE', `/api/photos/${photo.id}/links/${id}`, { as: owner.session })
    expect((await ask('GET', picture, { headers: { cookie } })).status).toBe(404)
  })

  it('sets a cookie that https alone carries, where https is spoken', async () => {
    const { path } = await newLinked({ password: 'x' })
    const { exports } = await import('cloudflare:workers')
    const answer = await exports.default.fetch(`https://cameo.example${path}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...network() },
      body: 'password=x',
    })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-link-.*; HttpOnly; Secure; SameSite=Lax$/)
  })

  it('takes no password from another site, and none in JSON', async () => {
    const { path } = await newLinked({ password: 'x' })
    const sites: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const from of sites) expect((await give(path, 'x', from)).status).toBe(403)
    expect(await refusal(ask('POST', path, { json: { password: 'x' } }))).toEqual([415, 'unsupported_type'])
  })

  it('takes five tries a minute from a client, the right one too; others are not held up', async () => {
    await waitForRoomInTheMinute()
    const { path } = await newLinked({ password: 'right' })
    const client = network()
    const tries = []
    for (let count = 0; count < 5; count++) tries.push((await give(path, 'wrong', client)).status)
    expect(tries).toEqual([403, 403, 403, 403, 403])
    const refused = await give(path, 'right', client)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect((await give(path, 'right')).status).toBe(303)
    const another = await newLinked({ password: 'right' })
    expect((await give(another.path, 'right', client)).status).toBe(303)
  })

  it('guessed in parallel from many networks: the day has a hundred compared, then the right one is refused, and the owner is not', async () => {
    const { owner, photo, path, id } = await newLinked({ password: 'right' }, 'small.png')
    const entered = cookieOf(await give(path, 'right'))
    const tried = env.DB.prepare("UPDATE counts SET used = 85 WHERE kind = 'link-passwords' AND who = ?")
    expect((await tried.bind(id).run()).meta.changes).toBe(1)
    const compared = vi.spyOn(prototypeOf(crypto.subtle), 'deriveBits')
    const guesses = await Promise.all(Array.from({ length: 60 }, (_, n) => give(path, `guess ${n}`)))
    const statuses = guesses.map(({ status }) => status)
    expect([403, 429].map((each) => statuses.filter((status) => status === each).length)).toEqual([15, 45])
    expect(compared).toHaveBeenCalledTimes(15)
    const right = await give(path, 'right')
    expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true])
    expect((await ask('GET', path, { headers: entered })).status).toBe(200) // who has given it before
    const as = { as: owner.session }
    expect((await ask('GET', `/api/photos/${photo.id}/links`, as)).status).toBe(200)
    expect((await ask('GET', `/raw/${owner.id}/${photo.id}?w=160`, as)).status).toBe(200)
    const another = await link(owner, `photos/${photo.id}`, { password: 'right' })
    expect((await give(another.path, 'right')).status).toBe(303)
  })

  it('is not used up by right passwords', async () => {
    const { path, id } = await newLinked({ password: 'right' })
    for (let count = 0; count < 3; count++) await give(path, 'right')
    const row = await env.DB.prepare('SELECT used FROM counts WHERE who = ?').bind(id).first()
    expect(row).toEqual({ used: 0 })
  })
})

describe('a link to an album', () => {
  it('shows the photos that stand in it at the time, and their pictures', async () => {
    const [owner, friend] = [await newPerson(), await newPerson()]
    const albumId = await newAlbum(owner, 'Summer & <b>sea</b>')
    const [mine, theirs, outside] = [
      await newPhoto(owner),
      await newPhoto(friend, 'blue.jpg'),
      await newPhoto(owner, 'green.png'),
    ]
    await addToAlbum(albumId, mine.id, owner)
    await addToAlbum(albumId, theirs.id, friend)
    await env.DB.prepare("INSERT INTO album_members VALUES (?, ?, 'contributor', 1)")
      .bind(albumId, friend.hash)
      .run()
    const { path } = await link(owner, `albums/${albumId}`)
    const look = async () => {
      const html = await (await ask('GET', path, { headers: PAGE })).text()
      const pictures = [mine, theirs, outside].map(({ id }) => ask('GET', `${path}/${id}?w=160`))
      const statuses = (await Promise.all(pictures)).map(({ status }) => status)
      return { html, told: [mine, theirs, outside].map(({ id }) => html.includes(id)), statuses }
    }
    const { html, ...first } = await look()
    expect(first).toEqual({ told: [true, true, false], statuses: [200, 200, 404] })
    expect(html).toContain('<title>Summer &amp; &lt;b&gt;sea&lt;/b&gt; · Cameo</title>')
    for (const secret of [owner.id, friend.id, owner.hash, friend.hash]) expect(html).not.toContain(secret)
    await env.DB.prepare('DELETE FROM album_members WHERE album_id = ?').bind(albumId).run()
    expect(await look()).toMatchObject({ told: [true, false, false], statuses: [200, 404, 404] })
    await env.DB.prepare('DELETE FROM album_photos WHERE album_id = ?').bind(albumId).run()
    expect(await look()).toMatchObject({ told: [false, false, false], statuses: [404, 404, 404] })
    await env.DB.prepare('DELETE FROM albums WHERE id = ?').bind(albumId).run()
    expect((await ask('GET', path)).status).toBe(404)
  })

  it('is for its owner alone to make, see and revoke', async () => {
    const [owner, friend] = [await newPerson(), await newPerson()]
    const albumId = await newAlbum(owner)
    await env.DB.prepare("INSERT INTO album_members VALUES (?, ?, 'contributor', 1)")
      .bind(albumId, friend.hash)
      .run()
    const { id, path } = await link(owner, `albums/${albumId}`)
    const to = `/api/albums/${albumId}/links`
    const as = { as: friend.session }
    const tried = [
      ask('GET', to, as),
      ask('POST', to, { ...as, json: { expiresIn: 300 } }),
      ask('DELETE', to, as),
      ask('DELETE', `${to}/${id}`, as),
    ]
    for (const each of tried) expect(await refusal(each)).toEqual([404, 'not_found'])
    expect((await ask('GET', path)).status).toBe(200)
    expect((await ask('DELETE', `${to}/${id}`, { as: owner.session })).status).toBe(204)
    expect((await ask('GET', path)).status).toBe(404)
  })

  it('shows every photo once, fifty a page, newest first', async () => {
    const owner = await newPerson()
    const albumId = await newAlbum(owner)
    const ids = Array.from({ length: 120 }, () => crypto.randomUUID())
    const photo = env.DB.prepare(
      `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
       VALUES (?, ?, 'ready', 'image/jpeg', 1, 3, 2, 'x', ?)`,
    )
    const row = env.DB.prepare('INSERT INTO album_photos VALUES (?, ?, ?, 1)')
    await env.DB.batch([
      ...ids.map((id, at) => photo.bind(id, owner.id, 1_000_000 - Math.floor(at / 3))),
      ...ids.map((id) => row.bind(albumId, id, owner.id)),
    ])
    const { path } = await link(owner, `albums/${albumId}`)
    const pages: string[][] = []
    for (let query: string | undefined = ''; query !== undefined; ) {
      const html = await (await ask('GET', `${path}${query}`, { headers: PAGE })).text()
      pages.push([...html.matchAll(/id="t-([\da-f-]{36})"/g)].map(([, id = '']) => id))
      query = html.match(/href="(\?cursor=[^"&#]+)"/)?.[1]
    }
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20])
    const order = new Map(ids.map((id, at) => [id, Math.floor(at / 3)]))
    const times = pages.flat().map((id) => order.get(id) ?? -1)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(new Set(pages.flat()).size).toBe(120)
    expect((await ask('GET', `${path}?cursor=x`, { headers: PAGE })).status).toBe(400)
  })
})

describe('what becomes of links', () => {
  it('the cron removes those that have expired, and no other', async () => {
    const [gone, live] = [await newLinked({ expiresIn: 300 }), await newLinked({ expiresIn: 3600 })]
    await cleanUp(openCapabilities(env, gone.expiresAt))
    const rows = await env.DB.prepare('SELECT id FROM links WHERE id IN (?, ?)').bind(gone.id, live.id).all()
    expect(rows.results).toEqual([{ id: live.id }])
  })

  it('an export names them, and nothing that opens them', async () => {
    const { owner, photo, token, ...made } = await newLinked({ password: 'open sesame' }, 'small.png')
    const albumId = await newAlbum(owner)
    const ofAlbum = await link(owner, `albums/${albumId}`, { download: true })
    await newLinked() // somebody else's
    const answer = await ask('GET', '/api/me/export', { as: owner.session })
    const reader = new ZipReader(new Uint8ArrayReader(await answer.bytes()), { useWebWorkers: false })
    const file = (await reader.getEntries()).find(({ filename }) => filename === 'account.json')
    if (!file || file.directory) throw new Error('no account.json')
    const text = new TextDecoder().decode(await file.getData(new Uint8ArrayWriter()))
    const shared = ({ id, createdAt, expiresAt }: NewLinkJson) => ({ id, createdAt, expiresAt })
    expect(JSON.parse(text).links).toEqual([
      {
        ...shared({ ...made, url: '' }),
        photoId: photo.id,
        albumId: null,
        hasPassword: true,
        download: false,
      },
      { ...shared(ofAlbum), photoId: null, albumId, hasPassword: false, download: true },
    ])
    for (const secret of [token, ofAlbum.token, await digestHex('SHA-256', token), 'pbkdf2'])
      expect(text).not.toContain(secret)
  })
})

import { env } from 'cloudflare:workers'
import exifr from 'exifr'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { sniffImage, typeOf } from '../src/lib/sniff/sniff'
import { photoAnswer, seenPhoto } from '../src/photos/answers'
import { ask, fixture, newAddress, newPerson, newPhoto, type Person } from './support'

// One photo with the place where it was taken, and everybody who has, had or wants something to do with it: what each
// of them gets by each way there is, as one table. What is refused is told apart from what is not there by nothing.

/** Who asks: signed in or not, with the token of a link or one that nobody has. */
interface Viewer {
  as?: { cookie: string } | undefined
  token: string
}

/** What a request is about; for a refused one, asked again with what does not exist. */
interface Named {
  owner: string
  photo: string
  album: string
  token: string
}

interface Column {
  path: (named: Named) => string
  method?: 'GET' | 'HEAD'
  headers?: Record<string, string>
  /** What is said of an answer of 200 in the table, where the bytes do not say it themselves. */
  form?: (body: Body) => string
}

// biome-ignore lint/suspicious/noExplicitAny: any JSON of the API
type Body = any

const WEBP = { accept: 'image/avif,image/webp,*/*;q=0.8' }
const raw = ({ owner, photo }: Named) => `/raw/${owner}/${photo}`
const width = (named: Named) => `${raw(named)}?w=320`
const linked = ({ token, photo }: Named) => `/l/${token}/${photo}`
const isThere = ({ items }: Body) => (items.some(({ id }: Body) => ids.has(id)) ? 'there' : 'not there')
const hashes = ({ items }: Body) =>
  `${items.filter(({ hash }: Body) => hash).length} of ${items.length} hashes`
const count = ({ items }: Body) => `${items.length} of them`

const TABLES: Record<string, Record<string, Column>> = {
  pictures: {
    original: { path: raw },
    'with its ETag': {
      path: raw,
      headers: {
        get 'if-none-match'() {
          return etags.original
        },
      },
    },
    Range: { path: raw, headers: { range: 'bytes=0-99' } },
    'its HEAD': { path: raw, method: 'HEAD' },
    rendition: { path: width },
    WebP: { path: width, headers: WEBP },
    again: {
      path: width,
      headers: {
        ...WEBP,
        get 'if-none-match'() {
          return etags.webp
        },
      },
    },
    'again, *': { path: width, headers: { ...WEBP, 'if-none-match': '*' } },
    HEAD: { path: width, method: 'HEAD', headers: WEBP },
    'by the router': { path: (named) => `${width(named)}&`, headers: WEBP },
  },
  'what is told of it': {
    photo: { path: ({ photo }) => `/api/photos/${photo}`, form: kindOf },
    page: { path: ({ photo }) => `/photos/${photo}`, headers: { accept: 'text/html' } },
    shares: { path: ({ photo }) => `/api/photos/${photo}/shares`, form: count },
    links: { path: ({ photo }) => `/api/photos/${photo}/links`, form: count },
    tags: { path: ({ photo }) => `/api/photos/${photo}/tags`, form: hashes },
    suggestions: { path: ({ photo }) => `/api/photos/${photo}/suggestions`, form: count },
    own: { path: () => '/api/photos', form: isThere },
    shared: { path: () => '/api/shared', form: isThere },
    tagged: { path: () => '/api/tagged', form: isThere },
  },
  'its album': {
    album: {
      path: ({ album }) => `/api/albums/${album}`,
      form: ({ role, photoCount }) => `${role}, ${photoCount}`,
    },
    photos: {
      path: ({ album }) => `/api/albums/${album}/photos`,
      form: ({ items }) => items.map(kindOf).join(),
    },
    members: { path: ({ album }) => `/api/albums/${album}/members`, form: hashes },
    links: { path: ({ album }) => `/api/albums/${album}/links`, form: count },
    albums: { path: () => '/api/albums', form: isThere },
  },
  links: {
    page: { path: ({ token }) => `/l/${token}`, headers: { accept: 'text/html' } },
    picture: { path: (named) => `${linked(named)}?w=320` },
    WebP: { path: (named) => `${linked(named)}?w=320`, headers: WEBP },
    again: {
      path: (named) => `${linked(named)}?w=320`,
      headers: {
        ...WEBP,
        get 'if-none-match'() {
          return etags.webp
        },
      },
    },
    'without w': { path: linked, headers: { range: 'bytes=0-99' } },
    HEAD: { path: linked, method: 'HEAD' },
    download: { path: (named) => `${linked(named)}?original` },
  },
}

const original = fixture('located.jpg')
const ids = new Set<string>()
const etags = { original: '', webp: '' }
const viewers = new Map<string, Viewer>()
let there: Named

/** As whoever owns a photo sees it, or as others do: the schemas are strict, so a field more is neither. */
function kindOf(photo: unknown): string {
  if (photoAnswer.safeParse(photo).success) return 'as its owner'
  return seenPhoto.safeParse(photo).success ? 'as seen' : 'of no kind'
}

/** A picture of any format with nothing in it that says where, when or by what it was made. */
async function isBare(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (typeOf(bytes) !== 'webp') {
    const options = {
      tiff: true,
      exif: true,
      gps: true,
      xmp: true,
      icc: true,
      iptc: true,
      jfif: false,
      ihdr: false,
    }
    return (await exifr.parse(bytes.buffer, options)) === undefined
  }
  const text = (at: number) => new TextDecoder('latin1').decode(bytes.subarray(at, at + 4))
  const view = new DataView(bytes.buffer)
  for (
    let at = 12;
    at < bytes.length;
    at += 8 + view.getUint32(at + 4, true) + (view.getUint32(at + 4, true) & 1)
  )
    if (!['VP8 ', 'VP8L', 'VP8X', 'ALPH'].includes(text(at))) return false
  return true
}

async function formOf(answer: Response, { form }: Column): Promise<string> {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const type = answer.headers.get('content-type') ?? ''
  if (!bytes.length) return answer.headers.get('etag') === etags.original ? 'of the original' : 'empty'
  if (type.startsWith('image/')) {
    const at = original.toHex().indexOf(bytes.toHex())
    if (at === 0) {
      if (!answer.headers.get('content-disposition')?.startsWith('attachment')) return 'original to be shown'
      return bytes.length === original.length ? 'original' : 'part of it'
    }
    if (!sniffImage(bytes)) return 'no picture'
    return (await isBare(bytes)) ? 'bare' : 'with metadata'
  }
  const text = new TextDecoder().decode(bytes)
  if (type.startsWith('text/html')) {
    if (text.includes(there.owner)) return text.includes('data-share') ? 'with shares' : 'says whose'
    if (text.includes(there.photo)) return 'page'
    return text.includes('type="password"') ? 'asks' : 'another page'
  }
  return form?.(JSON.parse(text)) ?? type
}

/** An answer as its bytes and headers; a page says at which address it stands, and a redirect where to come back to. */
async function readAll(answer: Response, named: Named) {
  const text = JSON.stringify([Object.fromEntries(answer.headers), await answer.text()])
  const plain = text.replaceAll(named.photo, '{photo}').replaceAll(named.album, '{album}')
  const [headers, body] = JSON.parse(plain.replaceAll(named.token, '{token}'))
  return { status: answer.status, headers, body }
}

async function readCell(viewer: Viewer, column: Column): Promise<string> {
  const { method = 'GET', path } = column
  const get = (named: Named) => ask(method, path(named), { as: viewer.as, headers: { ...column.headers } })
  const named = { ...there, token: viewer.token }
  const answer = await get(named)
  if (answer.status < 400 && answer.status !== 302) return `${answer.status} ${await formOf(answer, column)}`
  const nothing = { ...named, photo: crypto.randomUUID(), album: crypto.randomUUID(), token: 'A'.repeat(43) }
  const refused = await readAll(answer, named)
  expect([path(named), refused]).toEqual([path(named), await readAll(await get(nothing), nothing)])
  expect(refused.headers['cache-control']).toBe('private, no-store')
  expect(refused.headers.etag).toBeUndefined()
  return String(answer.status)
}

/** The whole table, in columns. */
async function readTable(columns: Record<string, Column>): Promise<string> {
  const rows = [['', ...Object.keys(columns)]]
  for (const [name, viewer] of viewers) {
    const row = [name]
    for (const column of Object.values(columns)) row.push(await readCell(viewer, column))
    rows.push(row)
  }
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? []
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

beforeAll(async () => {
  const names = [
    ...['owner', 'shared with', 'no longer shared with', 'album owner', 'album contributor', 'album viewer'],
    ...['removed contributor', 'tagged by the owner', 'tag removed by the owner', 'tag removed by themself'],
    ...['tagged by a viewer', 'tagger, no longer shared with', 'stranger'],
  ]
  const people = new Map(await Promise.all(names.map(async (name) => [name, await newPerson()] as const)))
  const person = (name: string) => people.get(name) as Person
  const call = async (who: string, method: string, path: string, json?: unknown) => {
    const answer = await ask(method, path, { as: person(who).session, json })
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  const owner = person('owner')
  const photo = await newPhoto(owner, 'located.jpg')
  const other = await newPhoto(owner, 'small.png')
  const album = (
    await (await call('album owner', 'POST', '/api/albums', { title: 'X' })).json<{ id: string }>()
  ).id
  there = { owner: owner.id, photo: photo.id, album, token: '' }
  ids.add(photo.id).add(album)

  const share = (name: string, method = 'PUT') =>
    call('owner', method, `/api/photos/${photo.id}/shares/${person(name).hash}`)
  const tag = (by: string, hash: string, method = 'PUT') =>
    call(
      by,
      method,
      `/api/photos/${photo.id}/tags/${hash}`,
      method === 'PUT' ? { x: 0, y: 0, width: 1, height: 1 } : undefined,
    )
  const member = (name: string, role: string) =>
    call('album owner', 'PUT', `/api/albums/${album}/members/${person(name).hash}`, { role })
  await share('shared with')
  await share('no longer shared with')
  await share('no longer shared with', 'DELETE')
  await member('owner', 'contributor')
  await member('album contributor', 'contributor')
  await member('album viewer', 'viewer')
  await member('removed contributor', 'contributor')
  await call('album owner', 'DELETE', `/api/albums/${album}/members/${person('removed contributor').hash}`)
  await call('owner', 'PUT', `/api/albums/${album}/photos/${photo.id}`)
  for (const name of ['tagged by the owner', 'tag removed by the owner', 'tag removed by themself'])
    await tag('owner', person(name).hash)
  await tag('owner', person('tag removed by the owner').hash, 'DELETE')
  await tag('tag removed by themself', person('tag removed by themself').hash, 'DELETE')
  await tag('shared with', person('album viewer').hash)
  await tag('shared with', person('tagged by a viewer').hash)
  // Two addresses, each tagged while the photo was theirs to see: revoking the share of one leaves the other's tag.
  const tagger = 'tagger, no longer shared with'
  await share(tagger)
  await tag(tagger, (await newAddress(person(tagger))).hash)
  await tag(tagger, person(tagger).hash)
  await share(tagger, 'DELETE')

  const link = async (who: string, to: string, asked: object = {}) => {
    const answer = await call(who, 'POST', `/api/${to}/links`, { expiresIn: 3600, ...asked })
    const { id, url } = await answer.json<{ id: string; url: string }>()
    return { id, token: url.slice(url.lastIndexOf('/') + 1) }
  }
  const [mine, its] = [`photos/${photo.id}`, `albums/${album}`]
  const secret = await link('owner', mine, { password: 'open sesame', download: true })
  const entered = await ask('POST', `/l/${secret.token}`, {
    body: 'password=open+sesame',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const expired = await link('owner', mine, { download: true })
  await env.DB.prepare('UPDATE links SET expires_at = ? WHERE id = ?').bind(Date.now(), expired.id).run()
  const revoked = await link('owner', mine, { download: true })
  await call('owner', 'DELETE', `/api/${mine}/links/${revoked.id}`)

  const none = 'B'.repeat(43)
  for (const [name, { session }] of people) viewers.set(name, { as: session, token: none })
  viewers.set('nobody', { token: none })
  viewers.set('link holder', await link('owner', mine))
  viewers.set('link holder, download', await link('owner', mine, { download: true }))
  viewers.set('link holder, password given', { as: { cookie }, token: secret.token })
  viewers.set('link holder, password not given', { token: secret.token })
  viewers.set("link holder, the album's", await link('album owner', its))
  viewers.set('link holder, of another photo', await link('owner', `photos/${other.id}`))
  viewers.set('link holder, expired', expired)
  viewers.set('link holder, revoked', revoked)

  const etagOf = async (path: string, headers = {}) => {
    const answer = await ask('GET', path, { as: owner.session, headers })
    await answer.arrayBuffer()
    return answer.headers.get('etag') ?? ''
  }
  etags.original = await etagOf(raw(there))
  etags.webp = await etagOf(width(there), WEBP)
})

/**
 * `bare` is a picture with no metadata; `empty` has no body. A number alone is a refusal, the same in every byte as for
 * what is not there.
 */
const EXPECTED: Record<string, string> = {
  pictures: `
                                 original      with its ETag  Range           its HEAD             rendition  WebP      again      again, *   HEAD       by the router
owner                            200 original  200 original   206 part of it  200 of the original  200 bare   200 bare  304 empty  304 empty  200 empty  200 bare
shared with                      200 bare      200 bare       200 bare        200 empty            200 bare   200 bare  304 empty  304 empty  200 empty  200 bare
no longer shared with            404           404            404             404                  404        404       404        404        404        404
album owner                      200 bare      200 bare       200 bare        200 empty            200 bare   200 bare  304 empty  304 empty  200 empty  200 bare
album contributor                200 bare      200 bare       200 bare        200 empty            200 bare   200 bare  304 empty  304 empty  200 empty  200 bare
album viewer                     200 bare      200 bare       200 bare        200 empty            200 bare   200 bare  304 empty  304 empty  200 empty  200 bare
removed contributor              404           404            404             404                  404        404       404        404        404        404
tagged by the owner              200 bare      200 bare       200 bare        200 empty            200 bare   200 bare  304 empty  304 empty  200 empty  200 bare
tag removed by the owner         404           404            404             404                  404        404       404        404        404        404
tag removed by themself          404           404            404             404                  404        404       404        404        404        404
tagged by a viewer               404           404            404             404                  404        404       404        404        404        404
tagger, no longer shared with    404           404            404             404                  404        404       404        404        404        404
stranger                         404           404            404             404                  404        404       404        404        404        404
nobody                           404           404            404             404                  404        404       404        404        404        404
link holder                      404           404            404             404                  404        404       404        404        404        404
link holder, download            404           404            404             404                  404        404       404        404        404        404
link holder, password given      404           404            404             404                  404        404       404        404        404        404
link holder, password not given  404           404            404             404                  404        404       404        404        404        404
link holder, the album's         404           404            404             404                  404        404       404        404        404        404
link holder, of another photo    404           404            404             404                  404        404       404        404        404        404
link holder, expired             404           404            404             404                  404        404       404        404        404        404
link holder, revoked             404           404            404             404                  404        404       404        404        404        404
`,
  'what is told of it': `
                                 photo             page             shares         links          tags               suggestions    own            shared         tagged
owner                            200 as its owner  200 with shares  200 1 of them  200 3 of them  200 3 of 3 hashes  200 0 of them  200 there      200 not there  200 not there
shared with                      200 as seen       200 says whose   404            404            200 1 of 3 hashes  404            200 not there  200 there      200 not there
no longer shared with            404               404              404            404            404                404            200 not there  200 not there  200 not there
album owner                      200 as seen       200 says whose   404            404            200 0 of 3 hashes  404            200 not there  200 not there  200 not there
album contributor                200 as seen       200 says whose   404            404            200 0 of 3 hashes  404            200 not there  200 not there  200 not there
album viewer                     200 as seen       200 says whose   404            404            200 1 of 3 hashes  404            200 not there  200 not there  200 there
removed contributor              404               404              404            404            404                404            200 not there  200 not there  200 not there
tagged by the owner              200 as seen       200 says whose   404            404            200 1 of 3 hashes  404            200 not there  200 not there  200 there
tag removed by the owner         404               404              404            404            404                404            200 not there  200 not there  200 not there
tag removed by themself          404               404              404            404            404                404            200 not there  200 not there  200 not there
tagged by a viewer               404               404              404            404            404                404            200 not there  200 not there  200 not there
tagger, no longer shared with    404               404              404            404            404                404            200 not there  200 not there  200 not there
stranger                         404               404              404            404            404                404            200 not there  200 not there  200 not there
nobody                           401               302              401            401            401                401            401            401            401
link holder                      401               302              401            401            401                401            401            401            401
link holder, download            401               302              401            401            401                401            401            401            401
link holder, password given      401               302              401            401            401                401            401            401            401
link holder, password not given  401               302              401            401            401                401            401            401            401
link holder, the album's         401               302              401            401            401                401            401            401            401
link holder, of another photo    401               302              401            401            401                401            401            401            401
link holder, expired             401               302              401            401            401                401            401            401            401
link holder, revoked             401               302              401            401            401                401            401            401            401
`,
  'its album': `
                                 album               photos       members            links          albums
owner                            200 contributor, 1  200 as seen  200 1 of 3 hashes  404            200 there
shared with                      404                 404          404                404            200 not there
no longer shared with            404                 404          404                404            200 not there
album owner                      200 owner, 1        200 as seen  200 3 of 3 hashes  200 1 of them  200 there
album contributor                200 contributor, 1  200 as seen  200 1 of 3 hashes  404            200 there
album viewer                     200 viewer, 1       200 as seen  200 1 of 3 hashes  404            200 there
removed contributor              404                 404          404                404            200 not there
tagged by the owner              404                 404          404                404            200 not there
tag removed by the owner         404                 404          404                404            200 not there
tag removed by themself          404                 404          404                404            200 not there
tagged by a viewer               404                 404          404                404            200 not there
tagger, no longer shared with    404                 404          404                404            200 not there
stranger                         404                 404          404                404            200 not there
nobody                           401                 401          401                401            401
link holder                      401                 401          401                401            401
link holder, download            401                 401          401                401            401
link holder, password given      401                 401          401                401            401
link holder, password not given  401                 401          401                401            401
link holder, the album's         401                 401          401                401            401
link holder, of another photo    401                 401          401                401            401
link holder, expired             401                 401          401                401            401
link holder, revoked             401                 401          401                401            401
`,
  links: `
                                 page              picture   WebP      again      without w  HEAD       download
owner                            404               404       404       404        404        404        404
shared with                      404               404       404       404        404        404        404
no longer shared with            404               404       404       404        404        404        404
album owner                      404               404       404       404        404        404        404
album contributor                404               404       404       404        404        404        404
album viewer                     404               404       404       404        404        404        404
removed contributor              404               404       404       404        404        404        404
tagged by the owner              404               404       404       404        404        404        404
tag removed by the owner         404               404       404       404        404        404        404
tag removed by themself          404               404       404       404        404        404        404
tagged by a viewer               404               404       404       404        404        404        404
tagger, no longer shared with    404               404       404       404        404        404        404
stranger                         404               404       404       404        404        404        404
nobody                           404               404       404       404        404        404        404
link holder                      200 page          200 bare  200 bare  304 empty  200 bare   200 empty  404
link holder, download            200 page          200 bare  200 bare  304 empty  200 bare   200 empty  200 bare
link holder, password given      200 page          200 bare  200 bare  304 empty  200 bare   200 empty  200 bare
link holder, password not given  200 asks          404       404       404        404        404        404
link holder, the album's         200 page          200 bare  200 bare  304 empty  200 bare   200 empty  404
link holder, of another photo    200 another page  404       404       404        404        404        404
link holder, expired             404               404       404       404        404        404        404
link holder, revoked             404               404       404       404        404        404        404
`,
}

describe('who sees what', () => {
  it('starts from a file that says where it was taken', async () => {
    expect(await exifr.gps(original.buffer)).toMatchObject({ latitude: expect.closeTo(48.2083, 3) })
    expect(await isBare(original)).toBe(false)
  })

  for (const [name, columns] of Object.entries(TABLES))
    it(name, async () => {
      expect(`\n${await readTable(columns)}\n`).toBe(EXPECTED[name])
    })
})

describe('who has just lost sight of a photo', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is refused at the very next request, in the same millisecond and whatever the browser holds', async () => {
    const [owner, viewer] = [await newPerson(), await newPerson()]
    const photo = await newPhoto(owner, 'small.png')
    const spare = await newPhoto(owner, 'located.jpg')
    vi.useFakeTimers({ toFake: ['Date'] }) // no time passes
    const call = async (method: string, path: string, json?: object, by = owner) => {
      const answer = await ask(method, path, { as: by.session, json })
      expect([method, path, Math.floor(answer.status / 100)]).toEqual([method, path, 2])
      return answer
    }
    const box = { x: 0, y: 0, width: 1, height: 1 }
    const [share, tag] = ['shares', 'tags'].map((what) => `/api/photos/${photo.id}/${what}/${viewer.hash}`)
    const newAlbum = async () => {
      const { id } = await (await call('POST', '/api/albums', { title: 'X' })).json<{ id: string }>()
      await call('PUT', `/api/albums/${id}/photos/${photo.id}`)
      await call('PUT', `/api/albums/${id}/members/${viewer.hash}`, { role: 'viewer' })
      return `/api/albums/${id}`
    }
    const inAlbum = (end: (album: string) => Promise<unknown>) => async () => {
      const album = await newAlbum()
      return () => end(album)
    }
    const tagged = async () => {
      await call('PUT', tag as string, box)
    }
    const ways: Record<string, () => Promise<() => Promise<unknown>>> = {
      'the share is revoked': async () => {
        await call('PUT', share as string)
        return () => call('DELETE', share as string)
      },
      'the share and the tag with it': async () => {
        await call('PUT', share as string)
        await tagged()
        return () => call('DELETE', share as string)
      },
      'the tag is removed': async () => {
        await tagged()
        return () => call('DELETE', tag as string)
      },
      'the photo is taken out of the album': inAlbum((album) =>
        call('DELETE', `${album}/photos/${photo.id}`),
      ),
      'the member is removed': inAlbum((album) => call('DELETE', `${album}/members/${viewer.hash}`)),
      'the member leaves': inAlbum((album) =>
        call('DELETE', `${album}/members/${viewer.hash}`, undefined, viewer),
      ),
      'the album is deleted': inAlbum((album) => call('DELETE', album)),
      'they remove their tag': async () => {
        await tagged()
        return () => call('DELETE', tag as string, undefined, viewer)
      },
      'the photo is deleted': async () => {
        await call('PUT', share as string)
        return () => call('DELETE', `/api/photos/${photo.id}`)
      },
    }
    const path = `/raw/${owner.id}/${photo.id}`
    const first = await ask('GET', `${path}?w=320`, { as: owner.session, headers: WEBP })
    await first.arrayBuffer()
    const held = { 'if-none-match': first.headers.get('etag') ?? '' }
    const requests: [string, string, Record<string, string>][] = [
      ['GET', `${path}?w=320`, { ...WEBP, ...held }],
      ['GET', `${path}?w=320`, { ...WEBP, 'if-none-match': '*' }],
      ['GET', `${path}?w=320`, WEBP],
      ['GET', path, {}],
      ['GET', path, held],
      ['GET', path, { range: 'bytes=0-99' }],
      ['GET', path, { range: 'bytes=0-99', 'if-range': held['if-none-match'] }],
      ['HEAD', path, {}],
      ['HEAD', `${path}?w=320`, WEBP],
      ['GET', `/api/photos/${photo.id}`, {}],
      ['GET', `/api/photos/${photo.id}/tags`, {}],
    ]
    const statuses = async () => {
      const found = []
      for (const [method, path, headers] of requests) {
        const answer = await ask(method, path, { as: viewer.session, headers })
        const text = new TextDecoder().decode(await answer.arrayBuffer())
        const isRefused = answer.status === 404 && (method === 'HEAD' || text.includes('"not_found"'))
        found.push(isRefused ? 'refused' : answer.status)
      }
      return found
    }
    const seen = [304, 304, 200, 200, 200, 200, 200, 200, 200, 200, 200]
    for (const [way, begin] of Object.entries(ways)) {
      const end = await begin()
      expect([way, await statuses()]).toEqual([way, seen])
      await end()
      expect([way, await statuses()]).toEqual([way, seen.map(() => 'refused')])
    }
    // By a link it is the same.
    for (const end of ['its link is revoked', 'all are', 'the photo is deleted']) {
      const to = `/api/photos/${spare.id}`
      const made = await call('POST', `${to}/links`, { expiresIn: 300, download: true })
      const { id, url } = await made.json<{ id: string; url: string }>()
      const link = new URL(url).pathname
      const picture = `${link}/${spare.id}`
      const read = async () => {
        const found = []
        for (const [method, path, headers] of [
          ['GET', link, {}],
          ['GET', `${picture}?w=320`, { ...WEBP, 'if-none-match': '*' }],
          ['GET', `${picture}?w=320`, {}],
          ['GET', picture, { range: 'bytes=0-99' }],
          ['HEAD', picture, {}],
          ['GET', `${picture}?original`, {}],
        ] as const) {
          const answer = await ask(method, path, { headers })
          await answer.arrayBuffer()
          found.push(answer.status)
        }
        return found
      }
      expect([end, await read()]).toEqual([end, [200, 304, 200, 200, 200, 200]])
      if (end === 'its link is revoked') await call('DELETE', `${to}/links/${id}`)
      else if (end === 'all are') await call('DELETE', `${to}/links`)
      else await call('DELETE', to)
      expect([end, await read()]).toEqual([end, Array(6).fill(404)])
    }
  })
})

import { env } from 'cloudflare:workers'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { describe, expect, it } from 'vitest'
import { type Capabilities, openCapabilities } from '../src/capabilities'
import { openDb } from '../src/db/open'
import type { SeenPhotoJson } from '../src/photos/answers'
import { createAlbum, deleteAlbum, listAlbums, readAlbum, updateAlbum } from '../src/sharing/albums/albums'
import type { AlbumJson, MemberJson } from '../src/sharing/albums/answers'
import { albumsSection } from '../src/sharing/albums/exported'
import { listMembers, putMember, removeMember } from '../src/sharing/albums/members'
import { addAlbumPhoto, listAlbumPhotos, removeAlbumPhoto } from '../src/sharing/albums/photos'
import { ask, newAddress, newPerson, newPhoto, type Person, refusal } from './support'

interface List<T> {
  items: T[]
  nextCursor: string | null
}

const NOT_FOUND = [404, 'not_found']
const FULL = [409, 'quota_exceeded']

const call = (method: string, person: Person, path: string, json?: unknown) =>
  ask(method, `/api/albums${path}`, { as: person.session, json })

/** The same where it must succeed, with the answer read. */
async function must<T = unknown>(...args: Parameters<typeof call>): Promise<T> {
  const answer = await call(...args)
  if (!answer.ok) throw new Error(`${args[0]} ${args[2]}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? null : await answer.json()) as T
}

const refused = (...args: Parameters<typeof call>) => refusal(call(...args))

const newAlbum = (person: Person, title = 'Lake') => must<AlbumJson>('POST', person, '', { title })
const read = (person: Person, id: string) => must<AlbumJson>('GET', person, `/${id}`)
const photosOf = async (person: Person, id: string) =>
  (await must<List<SeenPhotoJson>>('GET', person, `/${id}/photos`)).items.map((photo) => photo.id)
const membersOf = async (person: Person, id: string) =>
  (await must<List<MemberJson>>('GET', person, `/${id}/members`)).items
const put = (person: Person, id: string, photoId: string | undefined) =>
  must('PUT', person, `/${id}/photos/${photoId}`)
const invite = (person: Person, id: string, hash: string, role = 'viewer') =>
  must('PUT', person, `/${id}/members/${hash}`, { role })
const uninvite = (person: Person, id: string, hash: string) =>
  must('DELETE', person, `/${id}/members/${hash}`)

const INSERT_PHOTO = `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)`

/** Ready photos of a person, oldest first, as rows alone. */
async function seedPhotos(person: Person, count: number, status = 'ready'): Promise<string[]> {
  const ids = Array.from({ length: count }, () => crypto.randomUUID())
  const insert = env.DB.prepare(`${INSERT_PHOTO} VALUES (?, ?, ?, 'image/jpeg', 1, 1, 1, 'x', ?)`)
  await env.DB.batch(ids.map((id, at) => insert.bind(id, person.id, status, 1000 + at)))
  return ids
}

/** Runs an INSERT … SELECT once for each number from 1 to a count, `i`. */
const fill = (count: number, sql: string, ...values: unknown[]) =>
  env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) ${sql} FROM n`,
  )
    .bind(...values)
    .run()

const countRows = async (sql: string, ...values: unknown[]) =>
  (await env.DB.prepare(`SELECT count(*) AS rows FROM ${sql}`)
    .bind(...values)
    .first<number>('rows')) ?? 0

/** An album of one, another who contributes to it and a third who looks at it, with a photo of each who may add. */
async function newCircle() {
  const [owner, friend, viewer] = await Promise.all([newPerson(), newPerson(), newPerson()])
  const { id } = await newAlbum(owner)
  await invite(owner, id, friend.hash, 'contributor')
  await invite(owner, id, viewer.hash)
  const [own = ''] = await seedPhotos(owner, 1)
  const [theirs = ''] = await seedPhotos(friend, 1)
  await put(owner, id, own)
  await put(friend, id, theirs)
  return { owner, friend, viewer, id, own, theirs }
}

const statusesOf = (answers: Response[]) => answers.map(({ status }) => status).toSorted()

describe('an album', () => {
  it('is told to its owner and its members, each with their role, and to nobody else', async () => {
    const { owner, friend, viewer, id, own } = await newCircle()
    await ask('PATCH', '/api/me', { as: owner.session, json: { displayName: 'Olga' } })
    await env.DB.prepare('INSERT INTO contacts (user_id, person_hash, name) VALUES (?, ?, ?)')
      .bind(friend.id, owner.hash, 'Mum')
      .run()
    await must('PATCH', owner, `/${id}`, { coverPhotoId: own })
    const album = { id, title: 'Lake', coverPhotoId: own, photoCount: 2, createdAt: expect.any(Number) }
    const named = (name: string) => ({ hash: owner.hash, name })
    expect(await read(owner, id)).toEqual({ ...album, role: 'owner', owner: named('Olga') })
    expect(await read(friend, id)).toEqual({ ...album, role: 'contributor', owner: named('Mum') })
    expect(await read(viewer, id)).toEqual({ ...album, role: 'viewer', owner: named('Olga') })
    for (const person of [owner, friend, viewer])
      expect((await must<List<AlbumJson>>('GET', person, '')).items).toEqual([await read(person, id)])
    const stranger = await newPerson()
    expect(await must('GET', stranger, '')).toEqual({ items: [], nextCursor: null })
    expect(await refused('GET', stranger, `/${id}`)).toEqual(NOT_FOUND)
  })

  it('has a title of 1 to 100 characters, without what cannot be seen at its ends', async () => {
    const owner = await newPerson()
    const { id, title } = await newAlbum(owner, ' \u200bZoë’s 🏔️ <b>"x"</b>\u00a0')
    expect(title).toBe('Zoë’s 🏔️ <b>"x"</b>')
    for (const wrong of ['', ' \u200b ', 'x'.repeat(101), 7, null])
      for (const [method, path] of [
        ['POST', ''],
        ['PATCH', `/${id}`],
      ] as const)
        expect(await refused(method, owner, path, { title: wrong })).toEqual([400, 'invalid_input'])
    expect(await refused('PATCH', owner, `/${id}`, { role: 'viewer' })).toEqual([400, 'invalid_input'])
    expect(await must('PATCH', owner, `/${id}`, {})).toMatchObject({ title })
    expect(await must('PATCH', owner, `/${id}`, { title: 'x'.repeat(100) })).toMatchObject({
      title: 'x'.repeat(100),
    })
  })

  it('stands in lists newest first, mine and those of others, page by page, also in one millisecond', async () => {
    const [owner, other] = await Promise.all([newPerson(), newPerson()])
    const ids: string[] = []
    for (let at = 0; at < 7; at++) {
      const id = crypto.randomUUID()
      ids.push(id)
      await env.DB.prepare(`INSERT INTO albums (id, user_id, title, created_at) VALUES (?, ?, 'x', ?)`)
        .bind(id, at % 2 ? owner.id : other.id, 1000 + Math.floor(at / 2))
        .run()
      if (at % 2 === 0) await invite(other, id, owner.hash)
    }
    const pages: string[][] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: List<AlbumJson> = await must('GET', owner, `?limit=3&cursor=${cursor}`)
      pages.push(page.items.map((album) => album.id))
      cursor = page.nextCursor
    }
    const order = [[6], [5, 4], [3, 2], [1, 0]].flatMap((same) =>
      same
        .map((at) => ids[at] as string)
        .toSorted()
        .reverse(),
    )
    expect(pages).toEqual([order.slice(0, 3), order.slice(3, 6), order.slice(6)])
  })

  it('goes with its members and links, and leaves every photo; for its owner alone', async () => {
    const { owner, friend, viewer, id, own, theirs } = await newCircle()
    for (const person of [friend, viewer]) {
      expect(await refused('DELETE', person, `/${id}`)).toEqual(NOT_FOUND)
      expect(await refused('PATCH', person, `/${id}`, { title: 'Mine' })).toEqual(NOT_FOUND)
      expect(await refused('PATCH', person, `/${id}`, {})).toEqual(NOT_FOUND)
    }
    await must('DELETE', owner, `/${id}`)
    for (const person of [owner, friend, viewer])
      expect(await refused('GET', person, `/${id}`)).toEqual(NOT_FOUND)
    expect(await refused('DELETE', owner, `/${id}`)).toEqual(NOT_FOUND)
    expect(await countRows('photos WHERE id IN (?, ?)', own, theirs)).toBe(2)
    for (const table of ['album_photos', 'album_members'])
      expect(await countRows(`${table} WHERE album_id = ?`, id)).toBe(0)
  })

  it('that somebody may not open is the same as none, by every call and every id', async () => {
    const { id, own, friend } = await newCircle()
    const stranger = await newPerson()
    const [mine = ''] = await seedPhotos(stranger, 1)
    const mineAlbum = await newAlbum(stranger)
    const calls: [string, string, unknown?][] = [
      ['GET', ''],
      ['PATCH', '', { title: 'X' }],
      ['PATCH', '', { coverPhotoId: null }],
      ['PATCH', '', {}],
      ['DELETE', ''],
      ['GET', '/photos'],
      ['PUT', `/photos/${mine}`],
      ['PUT', `/photos/${own}`],
      ['DELETE', `/photos/${own}`],
      ['GET', '/members'],
      ['PUT', `/members/${stranger.hash}`, { role: 'contributor' }],
      ['DELETE', `/members/${friend.hash}`],
      ['DELETE', `/members/${stranger.hash}`],
    ]
    for (const [method, path, json] of calls) {
      const answers = [id, crypto.randomUUID(), 'x'].map(async (each) => {
        const answer = await call(method, stranger, `/${each}${path}`, json)
        return [method, path, answer.status, await answer.text()]
      })
      const [theirs, ...none] = await Promise.all(answers)
      expect(theirs?.slice(0, 3)).toEqual([method, path, 404])
      expect(none).toEqual([theirs, theirs])
    }
    // Another's photo is none in an album of mine, too.
    expect(await refused('PUT', stranger, `/${mineAlbum.id}/photos/${own}`)).toEqual(NOT_FOUND)
    expect(await refused('PATCH', stranger, `/${mineAlbum.id}`, { coverPhotoId: own })).toEqual(NOT_FOUND)
    const both = { title: 'New', coverPhotoId: own }
    expect(await refused('PATCH', stranger, `/${mineAlbum.id}`, both)).toEqual(NOT_FOUND)
    expect(await read(stranger, mineAlbum.id)).toEqual(mineAlbum)
    expect(await photosOf(stranger, mineAlbum.id)).toEqual([])
    const photo = ask('GET', `/api/photos/${own}`, { as: stranger.session })
    expect(await refusal(photo)).toEqual(NOT_FOUND)
  })
})

describe('the photos of an album', () => {
  it('are seen photos by their own time, newest first, page by page, however they were added', async () => {
    const { owner, friend, viewer, id, own, theirs } = await newCircle()
    const more = await seedPhotos(owner, 5)
    for (const photo of more.toReversed()) await put(owner, id, photo)
    const order = [more[4], more[3], more[2], more[1], ...[more[0], own, theirs].toSorted().reverse()]
    expect(await photosOf(viewer, id)).toEqual(order)
    const pages: (string | undefined)[][] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: List<SeenPhotoJson> = await must('GET', viewer, `/${id}/photos?limit=2&cursor=${cursor}`)
      pages.push(page.items.map((photo) => photo.id))
      cursor = page.nextCursor
    }
    expect(pages.flat()).toEqual(order)
    expect(pages.map((page) => page.length)).toEqual([2, 2, 2, 1])
    const { items } = await must<List<SeenPhotoJson>>('GET', viewer, `/${id}/photos`)
    expect(items.find((photo) => photo.id === theirs)).toEqual({
      id: theirs,
      userId: friend.id,
      width: 1,
      height: 1,
      altText: '',
      standIn: null,
      pictures: {
        thumbnail: `http://localhost/raw/${friend.id}/${theirs}?w=640`,
        preview: `http://localhost/raw/${friend.id}/${theirs}?w=2048`,
      },
      createdAt: 1000,
      owner: { hash: friend.hash, name: 'somebody' },
    })
  })

  it('are added by owner and contributors, ready ones of their own, any number of times', async () => {
    const { owner, friend, viewer, id, own, theirs } = await newCircle()
    const pending = await seedPhotos(friend, 1, 'pending')
    const seen = await seedPhotos(viewer, 1)
    await Promise.all([put(owner, id, own), put(owner, id, own), put(friend, id, theirs)])
    expect((await read(owner, id)).photoCount).toBe(2)
    expect(await refused('PUT', friend, `/${id}/photos/${pending}`)).toEqual([409, 'photo_not_ready'])
    expect(await refused('PUT', viewer, `/${id}/photos/${seen}`)).toEqual(NOT_FOUND)
    expect(await refused('PUT', owner, `/${id}/photos/${seen}`)).toEqual(NOT_FOUND)
    expect(await refused('PUT', owner, `/${id}/photos/${theirs}`)).toEqual(NOT_FOUND)
    expect(await refused('PUT', friend, `/${id}/photos/${own}`)).toEqual(NOT_FOUND)
    expect((await read(owner, id)).photoCount).toBe(2)
  })

  it('are taken out by the owner, and by a contributor their own', async () => {
    const { owner, friend, viewer, id, own, theirs } = await newCircle()
    expect(await refused('DELETE', friend, `/${id}/photos/${own}`)).toEqual(NOT_FOUND)
    for (const photo of [own, theirs])
      expect(await refused('DELETE', viewer, `/${id}/photos/${photo}`)).toEqual(NOT_FOUND)
    await must('DELETE', friend, `/${id}/photos/${theirs}`)
    expect(await refused('DELETE', friend, `/${id}/photos/${theirs}`)).toEqual(NOT_FOUND)
    await put(friend, id, theirs)
    await must('DELETE', owner, `/${id}/photos/${theirs}`)
    await must('DELETE', owner, `/${id}/photos/${own}`)
    expect(await photosOf(viewer, id)).toEqual([])
    expect(await countRows('photos WHERE id IN (?, ?)', own, theirs)).toBe(2)
  })

  it('hold its cover, which is none as soon as it leaves', async () => {
    const { owner, friend, id, own, theirs } = await newCircle()
    const cover = async (coverPhotoId: string | null) =>
      (await must<AlbumJson>('PATCH', owner, `/${id}`, { coverPhotoId })).coverPhotoId
    const stored = () =>
      env.DB.prepare('SELECT cover_photo_id AS cover FROM albums WHERE id = ?').bind(id).first('cover')
    expect([await cover(own), await cover(null), await cover(theirs)]).toEqual([own, null, theirs])
    const [outside] = await seedPhotos(owner, 1)
    const both = { title: 'New', coverPhotoId: outside }
    expect(await refused('PATCH', owner, `/${id}`, both)).toEqual(NOT_FOUND)
    expect(await read(owner, id)).toMatchObject({ title: 'Lake', coverPhotoId: theirs })
    const ways = [
      () => must('DELETE', owner, `/${id}/photos/${theirs}`),
      () => invite(owner, id, friend.hash, 'viewer'),
      () => uninvite(owner, id, friend.hash),
      () => uninvite(friend, id, friend.hash),
    ]
    for (const leave of ways) {
      await invite(owner, id, friend.hash, 'contributor')
      await put(friend, id, theirs)
      await cover(theirs)
      await leave()
      expect([(await read(owner, id)).coverPhotoId, await stored()]).toEqual([null, null])
    }
    await cover(own)
    await ask('DELETE', `/api/photos/${own}`, { as: owner.session })
    expect([(await read(owner, id)).coverPhotoId, await stored()]).toEqual([null, null])
  })

  it('tell nothing of what is gone: who left, an address that was removed, a deletion, what is pending', async () => {
    const { owner, friend, viewer, id, own, theirs } = await newCircle()
    const second = await newAddress(friend)
    await uninvite(owner, id, friend.hash)
    expect(await photosOf(viewer, id)).toEqual([own])
    await invite(owner, id, second.hash, 'contributor')
    const more = await seedPhotos(friend, 3)
    for (const photo of [...more, theirs]) await put(friend, id, photo)
    await must('PATCH', owner, `/${id}`, { coverPhotoId: theirs })
    expect((await read(viewer, id)).photoCount).toBe(5)
    const { nextCursor } = await must<List<unknown>>('GET', viewer, `/${id}/photos?limit=1`)

    await ask('DELETE', `/api/addresses/${second.hash}`, { as: friend.session })
    expect(await read(viewer, id)).toMatchObject({ photoCount: 1, coverPhotoId: null })
    expect(await photosOf(viewer, id)).toEqual([own])
    expect(await must('GET', viewer, `/${id}/photos?limit=1`)).toMatchObject({ nextCursor: null })
    const behind: List<unknown> = await must('GET', viewer, `/${id}/photos?cursor=${nextCursor}`)
    expect(behind.items).toHaveLength(1)
    expect(await refused('GET', friend, `/${id}`)).toEqual(NOT_FOUND)
    for (const person of [owner, viewer, friend])
      expect(await refused('DELETE', person, `/${id}/photos/${theirs}`)).toEqual(NOT_FOUND)
    expect(await refused('PATCH', owner, `/${id}`, { coverPhotoId: theirs })).toEqual(NOT_FOUND)

    // Asked again by the address that they still have: what went does not come back by itself.
    await invite(owner, id, friend.hash, 'contributor')
    expect(await photosOf(viewer, id)).toEqual([own])
    await put(friend, id, theirs)
    await env.DB.prepare(`UPDATE photos SET status = 'pending' WHERE id = ?`).bind(theirs).run()
    expect((await read(viewer, id)).photoCount).toBe(1)
    expect(await photosOf(viewer, id)).toEqual([own])
    await ask('DELETE', `/api/photos/${own}`, { as: owner.session })
    expect([(await read(viewer, id)).photoCount, await photosOf(viewer, id)]).toEqual([0, []])
  })
})

describe('the members of an album', () => {
  it('are told to its owner by hash, and to each other by name alone', async () => {
    const { owner, friend, viewer, id } = await newCircle()
    const waiting = 'ab'.repeat(32)
    await invite(owner, id, waiting.toUpperCase())
    await ask('PATCH', '/api/me', { as: friend.session, json: { displayName: 'Frida' } })
    await env.DB.prepare('INSERT INTO contacts (user_id, person_hash, name) VALUES (?, ?, ?)')
      .bind(owner.id, waiting, 'Grandpa')
      .run()
    const createdAt = expect.any(Number)
    const rows = (told: (hash: string) => string | null, name: string) => [
      { hash: told(waiting), name, role: 'viewer', createdAt },
      { hash: told(viewer.hash), name: 'somebody', role: 'viewer', createdAt },
      { hash: told(friend.hash), name: 'Frida', role: 'contributor', createdAt },
    ]
    expect(await membersOf(owner, id)).toEqual(rows((hash) => hash, 'Grandpa'))
    for (const { hash: own, ...person } of [friend, viewer])
      expect(await membersOf({ ...person, hash: own }, id)).toEqual(
        rows((hash) => (hash === own ? hash : null), 'somebody'),
      )
  })

  it('are made and removed by its owner, or leave; nobody else is removed by a member', async () => {
    const { owner, friend, viewer, id } = await newCircle()
    const stranger = await newPerson()
    for (const person of [friend, viewer]) {
      const own = await refused('PUT', person, `/${id}/members/${person.hash}`, { role: 'contributor' })
      const other = await refused('PUT', person, `/${id}/members/${stranger.hash}`, { role: 'viewer' })
      expect([own, other]).toEqual([NOT_FOUND, NOT_FOUND])
    }
    expect(await refused('DELETE', viewer, `/${id}/members/${friend.hash}`)).toEqual(NOT_FOUND)
    expect(await refused('DELETE', friend, `/${id}/members/${owner.hash}`)).toEqual(NOT_FOUND)
    expect(await refused('DELETE', owner, `/${id}/members/${stranger.hash}`)).toEqual(NOT_FOUND)
    for (const wrong of ['x', 'ab', `${'ab'.repeat(31)}zz`])
      expect(await refused('PUT', owner, `/${id}/members/${wrong}`, { role: 'viewer' })).toEqual([
        400,
        'invalid_input',
      ])
    const role = await refused('PUT', owner, `/${id}/members/${stranger.hash}`, { role: 'owner' })
    expect(role).toEqual([400, 'invalid_input'])
    const second = await newAddress(owner)
    for (const own of [owner.hash, second.hash]) await invite(owner, id, own, 'contributor')
    expect(await membersOf(owner, id)).toHaveLength(2)
    await uninvite(viewer, id, viewer.hash.toUpperCase())
    await uninvite(owner, id, friend.hash)
    expect(await membersOf(owner, id)).toEqual([])
    for (const person of [friend, viewer]) expect(await refused('GET', person, `/${id}`)).toEqual(NOT_FOUND)
  })

  it('by two addresses are contributors if one is, and leave by any of theirs', async () => {
    const { owner, friend, viewer, id, theirs } = await newCircle()
    const second = await newAddress(friend)
    const third = await newAddress(friend)
    await invite(owner, id, second.hash, 'viewer')
    expect((await read(friend, id)).role).toBe('contributor')
    expect((await membersOf(friend, id)).map((member) => member.hash)).toEqual([
      second.hash,
      null,
      friend.hash,
    ])
    // The owner knows two people: removing one takes nothing from the other.
    await invite(owner, id, second.hash, 'contributor')
    await uninvite(owner, id, friend.hash)
    expect([(await read(friend, id)).role, await photosOf(viewer, id)]).toEqual([
      'contributor',
      expect.arrayContaining([theirs]),
    ])
    await invite(owner, id, friend.hash, 'viewer')
    await uninvite(friend, id, third.hash)
    expect(await refused('GET', friend, `/${id}`)).toEqual(NOT_FOUND)
    expect(await membersOf(owner, id)).toHaveLength(1)
    expect(await photosOf(viewer, id)).not.toContain(theirs)
    expect(await countRows('album_photos WHERE added_by = ?', friend.id)).toBe(0)
  })

  it('who contribute by the letters of an international address lose their photos all the same', async () => {
    const owner = await newPerson()
    const friend = await newPerson(`${crypto.randomUUID()}@xn--bcher-kva.example`)
    const alias = await env.DB.prepare('SELECT hash_alias FROM addresses WHERE user_id = ?')
      .bind(friend.id)
      .first<string>('hash_alias')
    const { id } = await newAlbum(owner)
    const [photo = ''] = await seedPhotos(friend, 1)
    for (const end of [
      () => uninvite(owner, id, alias ?? ''),
      () => uninvite(friend, id, friend.hash),
      () => invite(owner, id, alias ?? '', 'viewer'),
    ]) {
      await invite(owner, id, alias ?? '', 'contributor')
      await put(friend, id, photo)
      expect(await photosOf(owner, id)).toEqual([photo])
      await end()
      expect(await countRows('album_photos WHERE album_id = ?', id)).toBe(0)
    }
  })
})

describe('a photo of an album', () => {
  it('is seen by members until the request after whatever ends it, a 304 too', async () => {
    const { owner, friend, viewer, id, own } = await newCircle()
    const photo = await newPhoto(friend, 'small.png')
    const path = `/raw/${friend.id}/${photo.id}?w=320`
    const look = async (as = viewer.session, headers = {}) => (await ask('GET', path, { as, headers })).status
    const second = await newAddress(viewer)
    await uninvite(owner, id, friend.hash) // each way below begins with nobody's
    await uninvite(owner, id, viewer.hash)
    let album = id
    const address = await newAddress(friend)
    const ways: [string, () => Promise<unknown>][] = [
      ['taken out by the owner', () => must('DELETE', owner, `/${album}/photos/${photo.id}`)],
      ['taken out by the contributor', () => must('DELETE', friend, `/${album}/photos/${photo.id}`)],
      ['the member removed', () => uninvite(owner, album, second.hash)],
      ['the member left', () => uninvite(viewer, album, viewer.hash)],
      ['the contributor removed', () => uninvite(owner, album, address.hash)],
      ['the contributor left', () => uninvite(friend, album, friend.hash)],
      ['the contributor made a viewer', () => invite(owner, album, address.hash, 'viewer')],
      ['the album deleted', () => must('DELETE', owner, `/${album}`)],
      [
        "the contributor's address removed",
        () => ask('DELETE', `/api/addresses/${address.hash}`, { as: friend.session }),
      ],
    ]
    for (const [name, end] of ways) {
      album = (await newAlbum(owner)).id
      await invite(owner, album, address.hash, 'contributor')
      await invite(owner, album, second.hash)
      expect([name, await look()]).toEqual([name, 404])
      await put(friend, album, photo.id)
      const shown = await ask('GET', path, { as: viewer.session })
      const etag = shown.headers.get('etag') ?? ''
      expect([name, shown.status, shown.headers.get('cache-control')]).toEqual([
        name,
        200,
        'private, no-cache',
      ])
      await shown.body?.cancel()
      const kept = { 'if-none-match': etag }
      expect(await look(viewer.session, kept)).toBe(304)
      expect(await look(owner.session, kept)).toBe(304)
      const seen = await ask('GET', `/api/photos/${photo.id}`, { as: viewer.session })
      expect([seen.status, Object.keys(await seen.json<object>())]).toEqual([
        200,
        ['id', 'userId', 'width', 'height', 'altText', 'standIn', 'pictures', 'createdAt', 'owner'],
      ])
      await end()
      expect([name, await look(viewer.session, kept), await look()]).toEqual([name, 404, 404])
      const told = ask('GET', `/api/photos/${photo.id}`, { as: viewer.session })
      expect(await refusal(told)).toEqual(NOT_FOUND)
      if (name.startsWith('the contributor')) expect(await look(owner.session, kept)).toBe(404)
      await call('DELETE', owner, `/${album}`)
    }
    expect(await photosOf(owner, id)).toEqual([own])
  })
})

describe('at once', () => {
  it.each([
    [
      'albums a person',
      500,
      async (person: Person) => {
        await fill(
          495,
          `INSERT INTO albums (id, user_id, title, created_at) SELECT hex(randomblob(16)), ?, 'x', 1`,
          person.id,
        )
        return () => call('POST', person, '', { title: 'X' })
      },
      (person: Person) => countRows('albums WHERE user_id = ?', person.id),
    ],
    [
      'photos an album',
      5000,
      async (person: Person) => {
        const { id } = await newAlbum(person)
        await fill(
          4995,
          `${INSERT_PHOTO} SELECT ?1 || i, ?2, 'ready', 'image/jpeg', 1, 1, 1, 'x', i`,
          id,
          person.id,
        )
        await env.DB.prepare(
          `INSERT INTO album_photos SELECT ?1, id, user_id, 1 FROM photos WHERE user_id = ?2`,
        )
          .bind(id, person.id)
          .run()
        const photos = await seedPhotos(person, 12)
        return (at: number) => call('PUT', person, `/${id}/photos/${photos[at]}`)
      },
      (person: Person) => countRows('album_photos WHERE added_by = ?', person.id),
    ],
    [
      'albums a photo',
      50,
      async (person: Person) => {
        const [photo] = await seedPhotos(person, 1)
        await fill(
          57,
          `INSERT INTO albums (id, user_id, title, created_at) SELECT ?1 || i, ?2, 'x', i`,
          photo,
          person.id,
        )
        await env.DB.prepare(
          `INSERT INTO album_photos SELECT id, ?1, user_id, 1 FROM albums WHERE user_id = ?2 AND created_at <= 45`,
        )
          .bind(photo, person.id)
          .run()
        return (at: number) => call('PUT', person, `/${photo}${46 + at}/photos/${photo}`)
      },
      (person: Person) => countRows('album_photos WHERE added_by = ?', person.id),
    ],
    [
      'members an album',
      200,
      async (person: Person) => {
        const { id } = await newAlbum(person)
        await fill(
          195,
          `INSERT INTO album_members (album_id, person_hash, role, created_at) SELECT ?, lower(hex(randomblob(32))), 'viewer', i`,
          id,
        )
        return (at: number) =>
          call('PUT', person, `/${id}/members/${String(at).padStart(64, '0')}`, { role: 'viewer' })
      },
      (person: Person) =>
        countRows('album_members JOIN albums ON albums.id = album_id WHERE user_id = ?', person.id),
    ],
  ] as const)('no more than the most stand: %s', async (_name, most, prepare, count) => {
    const person = await newPerson()
    const add = await prepare(person)
    const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => add(at)))
    expect(await count(person)).toBe(most)
    const refusals = answers.filter(({ status }) => status === 409)
    expect([answers.filter((answer) => answer.ok).length, refusals.length]).toEqual([5, 7])
    expect(await refusal(Promise.resolve(refusals[0] as Response))).toEqual(FULL)
    // What stands stays as it is, at the most too.
    const stands = answers.findIndex((answer) => answer.ok)
    if (most !== 500) expect((await add(stands)).status).toBe(204)
    expect(await count(person)).toBe(most)
  })

  it('room that only what is gone takes is room', async () => {
    const { owner, friend, id } = await newCircle()
    const second = await newAddress(friend)
    await invite(owner, id, second.hash, 'contributor')
    await uninvite(owner, id, friend.hash)
    await fill(
      4999,
      `${INSERT_PHOTO} SELECT ?1 || i, ?2, 'ready', 'image/jpeg', 1, 1, 1, 'x', i`,
      id,
      friend.id,
    )
    await env.DB.prepare(
      `INSERT OR IGNORE INTO album_photos SELECT ?1, id, user_id, 1 FROM photos WHERE user_id = ?2`,
    )
      .bind(id, friend.id)
      .run()
    const [photo = ''] = await seedPhotos(owner, 1)
    expect(await refused('PUT', owner, `/${id}/photos/${photo}`)).toEqual(FULL)
    await ask('DELETE', `/api/addresses/${second.hash}`, { as: friend.session })
    await put(owner, id, photo)
    expect((await read(owner, id)).photoCount).toBe(2)
  })

  it('a contributor who adds while they are removed, made a viewer or leave leaves nothing there', async () => {
    const { owner, friend, id, own } = await newCircle()
    const photos = await seedPhotos(friend, 8)
    const ends = [
      () => call('DELETE', owner, `/${id}/members/${friend.hash}`),
      () => call('PUT', owner, `/${id}/members/${friend.hash}`, { role: 'viewer' }),
      () => call('DELETE', friend, `/${id}/members/${friend.hash}`),
    ]
    for (let round = 0; round < 12; round++) {
      await invite(owner, id, friend.hash, 'contributor')
      const adding = photos.map((photo) => () => call('PUT', friend, `/${id}/photos/${photo}`))
      adding.splice(round % 9, 0, ends[round % 3] as () => Promise<Response>)
      const answers = await Promise.all(adding.map((act) => act()))
      expect(statusesOf(answers).every((status) => status === 204 || status === 404)).toBe(true)
      expect(await countRows('album_photos WHERE album_id = ? AND added_by = ?', id, friend.id)).toBe(0)
      expect(await photosOf(owner, id)).toEqual([own])
    }
  })

  it('an album that is deleted while it is listed is there whole or not at all', async () => {
    for (let round = 0; round < 6; round++) {
      const { owner, viewer, id } = await newCircle()
      const list = () => call('GET', viewer, `/${id}/photos`)
      const [before, , ...after] = await Promise.all([
        list(),
        call('DELETE', owner, `/${id}`),
        ...[list(), list(), call('GET', viewer, `/${id}/members`), call('GET', viewer, `/${id}`)],
      ])
      for (const answer of [before as Response, ...after]) {
        expect([200, 404]).toContain(answer.status)
        const { items } = await answer.json<{ items?: unknown[] }>()
        if (answer.status === 200 && items) expect(items).toHaveLength(2)
      }
      expect(await refused('GET', viewer, `/${id}/photos`)).toEqual(NOT_FOUND)
    }
  })
})

describe('what an album costs', () => {
  it('is never a scan of a table, by any of its statements', async () => {
    const { owner, friend, id, own } = await newCircle()
    const seen = new Map<string, unknown[]>()
    const d1 = new Proxy(env.DB, {
      get(target, name) {
        if (name !== 'prepare') return Reflect.get(target, name).bind(target)
        return (sql: string) => {
          const statement = target.prepare(sql)
          const bind = statement.bind.bind(statement)
          seen.set(sql, [])
          statement.bind = (...values: unknown[]) => {
            seen.set(sql, values)
            return bind(...values)
          }
          return statement
        }
      },
    })
    const caps: Capabilities = { ...openCapabilities(env, Date.now()), db: openDb(d1) }
    const ref = { userId: owner.id, albumId: id }
    const page = { limit: 50, cursor: { createdAt: Date.now() + 1, id: 'x' } }
    await listAlbums(caps, { userId: friend.id, ...page })
    await readAlbum(caps, ref)
    await listAlbumPhotos(caps, { ...ref, ...page })
    await listMembers(caps, ref)
    await updateAlbum(caps, { ...ref, title: 'X', coverPhotoId: own })
    await removeAlbumPhoto(caps, { ...ref, photoId: own })
    await addAlbumPhoto(caps, { ...ref, photoId: own })
    await putMember(caps, { ...ref, hash: friend.hash, role: 'viewer' })
    await removeMember(caps, { ...ref, hash: friend.hash })
    const { albums } = await albumsSection(caps, { user: owner as never }).readMembers()
    for await (const album of albums as AsyncIterable<unknown>) expect(album).toMatchObject({ id })
    await createAlbum(caps, { userId: owner.id, title: 'X' })
    await deleteAlbum(caps, ref)
    const full = await newAlbum(owner)
    const [most = ''] = await seedPhotos(owner, 1)
    await fill(
      50,
      `INSERT INTO albums (id, user_id, title, created_at) SELECT ?1 || i, ?2, 'x', i`,
      ...[most, owner.id],
    )
    await env.DB.prepare(
      'INSERT INTO album_photos SELECT id, ?1, user_id, 1 FROM albums WHERE user_id = ?2 AND created_at <= 50',
    )
      .bind(most, owner.id)
      .run()
    const crowded = addAlbumPhoto(caps, { userId: owner.id, albumId: full.id, photoId: most })
    await expect(crowded).rejects.toMatchObject({ code: 'quota_exceeded' })
    expect(seen.size).toBeGreaterThanOrEqual(20)
    for (const [sql, values] of seen) {
      const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .bind(...values)
        .all<{ detail: string }>()
      const scans = plan.results.map(({ detail }) => detail).filter((detail) => /^SCAN /.test(detail))
      expect([sql, scans.filter((detail) => !/^SCAN (CONSTANT ROW|asked|\()/.test(detail))]).toEqual([
        sql,
        [],
      ])
    }
  })
})

describe('the export', () => {
  it('holds the albums that are mine, with the ids of their photos and their members by my names', async () => {
    const { owner, friend, viewer, id, own, theirs } = await newCircle()
    await env.DB.prepare('INSERT INTO contacts (user_id, person_hash, name) VALUES (?, ?, ?)')
      .bind(owner.id, viewer.hash, 'Vera')
      .run()
    await must('PATCH', owner, `/${id}`, { coverPhotoId: theirs })
    const more: AlbumJson[] = []
    for (let at = 0; at < 6; at++) more.push(await newAlbum(owner, `Album ${at}`))
    const accountOf = async (person: Person) => {
      const answer = await ask('GET', '/api/me/export', { as: person.session })
      const entries = await new ZipReader(new Uint8ArrayReader(await answer.bytes()), {
        useWebWorkers: false,
      }).getEntries()
      const entry = entries.find(({ filename }) => filename === 'account.json')
      if (!entry || entry.directory) throw new Error('no account.json')
      return JSON.parse(new TextDecoder().decode(await entry.getData(new Uint8ArrayWriter())))
    }
    const { albums } = await accountOf(owner)
    expect(albums[0]).toEqual({
      id,
      title: 'Lake',
      coverPhotoId: theirs,
      createdAt: expect.any(Number),
      photos: [own, theirs].toSorted(),
      members: [
        { hash: friend.hash, role: 'contributor', name: 'somebody' },
        { hash: viewer.hash, role: 'viewer', name: 'Vera' },
      ],
    })
    expect(albums.map((album: AlbumJson) => album.id)).toHaveLength(7)
    expect(new Set(albums.map((album: AlbumJson) => album.id))).toEqual(
      new Set([id, ...more.map((album) => album.id)]),
    )
    expect((await accountOf(viewer)).albums).toEqual([])
  })
})

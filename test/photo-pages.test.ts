import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { AlbumJson } from '../src/sharing/albums/answers'
import { seedPhoto, seedShare } from './seeds'
import { ask, newAddress, newFace, newPerson, newPhoto, type Person } from './support'

// The pages of photos and albums, as the server draws them.

const get = (path: string, as?: Person) =>
  ask('GET', path, { as: as?.session, headers: { accept: 'text/html' } })

/** The page, where there must be one. */
async function read(path: string, as: Person): Promise<string> {
  const answer = await get(path, as)
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  return answer.text()
}

/** What is drawn, without tags. */
const wordsOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ (?=[.,])/g, '')

async function must<T>(method: string, as: Person, path: string, json?: unknown): Promise<T> {
  const answer = await ask(method, path, { as: as.session, json })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`)
  return (answer.status === 204 ? null : await answer.json()) as T
}

const newAlbum = (as: Person, title = 'Lake') => must<AlbumJson>('POST', as, '/api/albums', { title })
const put = (as: Person, album: string, photo: string) =>
  must('PUT', as, `/api/albums/${album}/photos/${photo}`)
const invite = (as: Person, album: string, { hash }: Person, role = 'viewer') =>
  must('PUT', as, `/api/albums/${album}/members/${hash}`, { role })

describe('the page of a photo', () => {
  it('tells its owner all, and who else may see it only what they may know', async () => {
    const { person, photo } = await newFace()
    const friend = await newPerson()
    await must('PATCH', person, `/api/photos/${photo.id}`, { altText: 'A red wall', rating: 'pg' })
    await env.DB.prepare("UPDATE photos SET file_name = 'secret.jpg', taken_at = ? WHERE id = ?")
      .bind(Date.UTC(2019, 4, 6), photo.id)
      .run()
    const own = await read(`/photos/${photo.id}`, person)
    for (const told of ['A red wall', 'secret.jpg', 'JPEG', 'Taken 6 May 2019', 'Rating', 'data-share'])
      expect(own).toContain(told)
    expect((await get(`/photos/${photo.id}`, friend)).status).toBe(404)

    await must('PUT', person, `/api/photos/${photo.id}/shares/${friend.hash}`)
    const seen = await read(`/photos/${photo.id.toUpperCase()}`, friend)
    expect(wordsOf(seen)).toContain('shared this with you on')
    const placeOf = (html: string) => /<a class="nav-link" href="([^"]+)" aria-current="true"/.exec(html)?.[1]
    expect([placeOf(own), placeOf(seen)]).toEqual(['/photos', '/shared'])
    expect(seen).toContain('A red wall')
    for (const hidden of [
      ...['secret.jpg', 'JPEG', 'Taken', 'Rating', 'data-share', 'data-delete', 'data-crop', ' KB'],
      person.email,
    ])
      expect(seen).not.toContain(hidden)
    expect(seen).not.toMatch(new RegExp(`/raw/${person.id}/${photo.id}"`)) // the original

    await must('DELETE', person, `/api/photos/${photo.id}/shares/${friend.hash}`)
    expect((await get(`/photos/${photo.id}`, friend)).status).toBe(404)
  })

  it('is the same 404 for one that is not shared, not ready and not there, and asks strangers to sign in', async () => {
    const [owner, other] = [await newPerson(), await newPerson()]
    const photo = await seedPhoto(owner)
    const pending = await must<{ id: string }>('POST', other, '/api/photos', {
      ...{ contentType: 'image/png', bytes: 10 },
    })
    const refusals = await Promise.all(
      [photo, pending.id, crypto.randomUUID()].map(async (id) => {
        const answer = await get(`/photos/${id}`, other)
        return [answer.status, (await answer.text()).replaceAll(id, '')]
      }),
    )
    expect(refusals[0]?.[0]).toBe(404)
    expect(refusals.slice(1)).toEqual([refusals[0], refusals[0]])
    for (const id of [photo, crypto.randomUUID()]) {
      const answer = await get(`/photos/${id}?album=${photo}`)
      const next = encodeURIComponent(`/photos/${id}?album=${photo}`)
      expect([answer.status, answer.headers.get('location')]).toEqual([302, `/sign-in?next=${next}`])
    }
    const token = await ask('GET', `/photos/${photo}`, { as: owner.token, headers: { accept: 'text/html' } })
    expect(token.status).toBe(302) // pages are for sessions
  })

  it('says who sees it: people, albums that others are in, links while they live, everybody', async () => {
    const [owner, friend] = [await newPerson(), await newPerson()]
    const photo = await newPhoto(owner)
    const audience = async () =>
      wordsOf(
        /data-audience[^>]*>([\s\S]*?)<div class="actions"/.exec(
          await read(`/photos/${photo.id}`, owner),
        )?.[1] ?? '',
      )
    expect(await audience()).toContain('Only you can see this photo.')

    const album = await newAlbum(owner, 'Lake')
    await put(owner, album.id, photo.id)
    expect(await audience()).toContain('Only you') // nobody else is in it
    await invite(owner, album.id, friend)
    expect(await audience()).toContain('Everybody in Lake.')

    await must('PUT', owner, `/api/contacts/${friend.hash}`, { name: 'Bo' })
    await must('PUT', owner, `/api/photos/${photo.id}/shares/${friend.hash}`)
    await must('PUT', owner, `/api/photos/${photo.id}/shares/${'0'.repeat(64)}`)
    expect(await audience()).toContain('Bo and 1 other')

    const link = await must<{ id: string }>('POST', owner, `/api/photos/${photo.id}/links`, {
      expiresIn: 300,
    })
    expect(await audience()).toContain('Whoever has its link')
    await env.DB.prepare('UPDATE links SET expires_at = 1 WHERE id = ?').bind(link.id).run()
    expect(await audience()).not.toContain('link')

    await must('PUT', owner, '/api/me/active-photo', { photoId: photo.id })
    expect(await audience()).toContain('Everybody: it is your active picture.')
  })
})

describe('the ways from photo to photo', () => {
  /** From a photo on by `next` to the end, then back by `previous`; both as ids in the list's order. */
  async function walk(as: Person, first: string, query: string): Promise<[string[], string[]]> {
    const go = async (from: string, way: 'previous' | 'next') => {
      const found = [from]
      for (;;) {
        const html = await read(`/photos/${found.at(-1)}${query}`, as)
        const href = new RegExp(`href="/photos/([^"?]+)([^"]*)"[^>]*data-way="${way}"`).exec(html)
        if (!href?.[1]) return found
        expect(href[2]).toBe(query.replace('in=shared', '').replace(/^\?$/, ''))
        found.push(href[1])
      }
    }
    const on = await go(first, 'next')
    return [on, (await go(on.at(-1) ?? '', 'previous')).toReversed()]
  }

  it('are those of the list that it was opened from: one’s own, an album’s, what is shared, those of oneself', async () => {
    const [owner, friend] = [await newPerson(), await newPerson()]
    const second = await newAddress(friend)
    const ids: string[] = []
    for (const time of [1000, 2000, 2000, 3000, 4000]) ids.push(await seedPhoto(owner, time))
    const idsOf = async (path: string, as: Person) =>
      (await must<{ items: { id: string }[] }>('GET', as, path)).items.map(({ id }) => id)

    await env.DB.prepare('UPDATE photos SET taken_at = 3500 WHERE id = ?').bind(ids[0]).run()
    const own = await idsOf('/api/photos?order=taken', owner)
    expect(own[1]).toBe(ids[0])
    expect(await walk(owner, own[0] ?? '', '')).toEqual([own, own])

    const album = await newAlbum(owner)
    for (const id of ids.slice(1)) await put(owner, album.id, id)
    await invite(owner, album.id, friend)
    const inAlbum = await idsOf(`/api/albums/${album.id}/photos`, friend)
    expect(inAlbum).toHaveLength(4)
    for (const as of [owner, friend])
      expect(await walk(as, inAlbum[0] ?? '', `?album=${album.id}`)).toEqual([inAlbum, inAlbum])

    // In another order than that of the photos; one of them with both addresses of the friend, at two times.
    const [a = '', b = '', c = '', d = ''] = ids
    await seedShare(a, friend.hash, 50)
    await seedShare(b, second.hash, 60)
    await seedShare(c, friend.hash, 60)
    await seedShare(d, friend.hash, 70)
    await seedShare(d, second.hash, 40)
    const shared = await idsOf('/api/shared', friend)
    expect(shared).toHaveLength(4)
    expect(await walk(friend, shared[0] ?? '', '')).toEqual([shared, shared])

    const box = { x: 0.2, y: 0.2, width: 0.4, height: 0.4 }
    for (const id of [c, a, d]) await must('PUT', owner, `/api/photos/${id}/tags/${friend.hash}`, box)
    const tagged = await idsOf('/api/tagged', friend)
    expect(tagged).toHaveLength(3)
    expect(await walk(friend, tagged[0] ?? '', '?in=tagged')).toEqual([tagged, tagged])
  })

  it('pass by what somebody shared whom they block, as the list does', async () => {
    const [owner, foe, friend] = [await newPerson(), await newPerson(), await newPerson()]
    const kept: string[] = []
    for (const [by, time] of [
      [foe, 40],
      [owner, 50],
      [foe, 55],
      [foe, 60],
      [owner, 70],
      [foe, 80],
    ] as const) {
      const id = await seedPhoto(by)
      await seedShare(id, friend.hash, time)
      if (by === owner) kept.unshift(id)
    }
    const [newest = ''] = kept
    expect((await walk(friend, newest, ''))[0]).toHaveLength(5) // down to the oldest, the newest of all left out
    await must('PUT', friend, `/api/blocks/${foe.hash}`)
    expect(await walk(friend, newest, '')).toEqual([kept, kept])
  })

  it('leave out an album that is not theirs, or does not hold the photo', async () => {
    const [owner, other] = [await newPerson(), await newPerson()]
    const photo = await seedPhoto(owner)
    const [empty, foreign] = [await newAlbum(owner, 'Empty'), await newAlbum(other, 'Foreign')]
    for (const id of [empty.id, foreign.id, 'x']) {
      const html = await read(`/photos/${photo}?album=${id}`, owner)
      expect(html).toMatch(/href="\/photos"[^>]*data-back/)
      expect(html).not.toContain('Foreign')
    }
  })
})

describe('the albums', () => {
  it('show their cover, else their newest photo that still stands in them', async () => {
    const [owner, helper] = [await newPerson(), await newPerson()]
    const [old, fresh, theirs] = [
      await seedPhoto(owner, 1000),
      await seedPhoto(owner, 2000),
      await seedPhoto(helper, 3000),
    ]
    const album = await newAlbum(owner)
    const cover = async (as = owner) =>
      /album-cover[\s\S]*?\/raw\/([^/]+\/[^?]+)\?w=320/.exec(await read('/albums', as))?.[1] ?? null
    expect(await cover()).toBeNull()
    for (const id of [old, fresh]) await put(owner, album.id, id)
    await invite(owner, album.id, helper, 'contributor')
    await put(helper, album.id, theirs)
    expect(await cover()).toBe(`${helper.id}/${theirs}`)
    expect(await cover(helper)).toBe(`${helper.id}/${theirs}`)
    await must('PATCH', owner, `/api/albums/${album.id}`, { coverPhotoId: old })
    expect(await cover()).toBe(`${owner.id}/${old}`)
    await must('PATCH', owner, `/api/albums/${album.id}`, { coverPhotoId: null })
    await must('DELETE', owner, `/api/albums/${album.id}/members/${helper.hash}`)
    expect(await cover()).toBe(`${owner.id}/${fresh}`)
  })

  it('offer each what they may do, and are nothing to whoever is not in them', async () => {
    const [owner, helper] = [await newPerson(), await newPerson()]
    const [viewer, stranger] = [await newPerson(), await newPerson()]
    const album = await newAlbum(owner, 'A <b>lake</b>')
    await invite(owner, album.id, helper, 'contributor')
    await invite(owner, album.id, viewer)
    for (const as of [owner, helper]) await put(as, album.id, await seedPhoto(as))
    const offers = async (as: Person) => {
      const html = await read(`/albums/${album.id}`, as)
      expect(html).toContain('A &lt;b&gt;lake&lt;/b&gt;')
      const count = (what: string) => html.split(`${what}="true"`).length - 1
      return ['data-take-out', 'data-cover', 'data-share', 'data-rename', 'data-pick'].map(count)
    }
    expect(await offers(owner)).toEqual([2, 2, 1, 1, 1])
    expect(await offers(helper)).toEqual([1, 0, 0, 0, 1])
    expect(await offers(viewer)).toEqual([0, 0, 0, 0, 0])
    expect(await read(`/albums/${album.id}`, viewer)).not.toContain(`"hash":"${helper.hash}"`)
    const refusals = await Promise.all(
      [album.id, crypto.randomUUID()].map(async (id) => {
        const answer = await get(`/albums/${id}`, stranger)
        return [answer.status, (await answer.text()).replaceAll(id, '')]
      }),
    )
    expect(refusals[0]?.[0]).toBe(404)
    expect(refusals[1]).toEqual(refusals[0])
  })
})

describe('what is shared', () => {
  it('says who shared it and when, and the albums of others; nothing of one’s own', async () => {
    const [owner, friend] = [await newPerson(), await newPerson()]
    await must('PATCH', owner, '/api/me', { displayName: 'Ada' })
    const photo = await seedPhoto(owner)
    await seedShare(photo, friend.hash, Date.UTC(2025, 0, 2))
    const album = await newAlbum(owner, 'Lake')
    await invite(owner, album.id, friend)
    await newAlbum(friend, 'My own')
    const words = wordsOf(await read('/shared', friend))
    for (const told of ['Ada', '2 Jan 2025', 'Lake', '0 photos']) expect(words).toContain(told)
    expect(words).not.toContain('My own')
    expect(wordsOf(await read('/shared', owner))).toContain('Nothing yet')
  })
})

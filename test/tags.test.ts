import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openCapabilities } from '../src/capabilities'
import { digestHex } from '../src/lib/crypto'
import type { TaggedPhotoJson, TagJson } from '../src/tags/answers'
import { listTaggable } from '../src/tags/known'
import { findBesideTagged } from '../src/tags/tagged'
import { MAX_TAGS, NOTIFICATIONS_AN_HOUR, tagPerson } from '../src/tags/tagging'
import { ask, newAddress, newPerson, newPhoto, type Person, refusal } from './support'

const BOX = { x: 0.25, y: 0.125, width: 0.5, height: 0.25 }

const put = (by: Person, photoId: string, hash: string, box: object = BOX) =>
  ask('PUT', `/api/photos/${photoId}/tags/${hash}`, { as: by.session, json: box })
const remove = (by: Person, photoId: string, hash: string) =>
  ask('DELETE', `/api/photos/${photoId}/tags/${hash}`, { as: by.session })
const list = async (by: Person, photoId: string, query = ''): Promise<TagJson[]> => {
  const answer = await ask('GET', `/api/photos/${photoId}/tags${query}`, { as: by.session })
  expect(answer.status).toBe(200)
  return (await answer.json<{ items: TagJson[] }>()).items
}
const tagged = async (by: Person, query = '') => {
  const answer = await ask('GET', `/api/tagged${query}`, { as: by.session })
  expect(answer.status).toBe(200)
  return answer.json<{ items: TaggedPhotoJson[]; nextCursor: string | null }>()
}
const statusOf = async (answer: Promise<Response>) => {
  const response = await answer
  await response.text()
  return response.status
}

const share = (photoId: string, hash: string) =>
  env.DB.prepare('INSERT INTO photo_shares (photo_id, person_hash, created_at) VALUES (?, ?, 0)')
    .bind(photoId, hash)
    .run()
const unshare = (photoId: string, hash: string) =>
  env.DB.prepare('DELETE FROM photo_shares WHERE photo_id = ? AND person_hash = ?').bind(photoId, hash).run()
const rowsOf = async (photoId: string) =>
  (
    await env.DB.prepare('SELECT * FROM photo_tags WHERE photo_id = ?')
      .bind(photoId)
      .all<{ person_hash: string; tagged_by: string; removed_at: number | null }>()
  ).results
const liveOf = async (photoId: string) => (await rowsOf(photoId)).filter((row) => row.removed_at === null)
const messagesTo = async (hash: string) =>
  (
    await env.DB.prepare("SELECT * FROM messages WHERE recipient_hash = ? AND kind = 'tag' ORDER BY seq")
      .bind(hash)
      .all<{ seq: number; photo_id: string; sender_hash: string; sender_id: string; text: string }>()
  ).results
const strangers = (count: number) =>
  Promise.all(Array.from({ length: count }, () => digestHex('SHA-256', crypto.randomUUID())))

/** Photos that only the database knows, of nobody's interest but for their number. */
async function addPhotos(owner: Person, count: number): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
     INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
     SELECT lower(hex(randomblob(16))), ?1, 'ready', 'image/jpeg', 1, 10, 10, 'e' || i, i FROM n RETURNING id`,
  )
    .bind(owner.id, count)
    .all<{ id: string }>()
  return results.map(({ id }) => id)
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('PUT /api/photos/{id}/tags/{hash}', () => {
  it.each([
    ['NaN', '{"x":NaN,"y":0,"width":0.5,"height":0.5}', 'invalid_json'],
    ['infinity', '{"x":1e999,"y":0,"width":0.5,"height":0.5}', 'invalid_input'],
    ['a string', { ...BOX, x: '0.25' }, 'invalid_input'],
    ['null', { ...BOX, x: null }, 'invalid_input'],
    ['a negative place', { ...BOX, y: -0.001 }, 'invalid_input'],
    ['a negative size', { ...BOX, width: -0.5 }, 'invalid_input'],
    ['more than the picture', { ...BOX, x: 0.6, width: 0.5 }, 'invalid_input'],
    ['a place below it', { ...BOX, y: 1, height: 0.5 }, 'invalid_input'],
    ['pixels', { x: 10, y: 10, width: 20, height: 20 }, 'invalid_input'],
    ['an empty box', { ...BOX, height: 0 }, 'invalid_input'],
    ['a tiny box', { ...BOX, height: 0.0009 }, 'invalid_input'],
    ['a box at the edge that is nothing inside', { ...BOX, x: 1, width: 0.000001 }, 'invalid_input'],
    ['a missing figure', { x: 0, y: 0, width: 1 }, 'invalid_input'],
    ['one too many', { ...BOX, rotation: 1 }, 'invalid_input'],
    ['a list', [0, 0, 1, 1], 'invalid_input'],
  ])('refuses %s', async (_name, box, code) => {
    const owner = await newPerson()
    const [photoId = ''] = await addPhotos(owner, 1)
    const body = typeof box === 'string' ? box : JSON.stringify(box)
    const headers = { 'content-type': 'application/json' }
    const path = `/api/photos/${photoId}/tags/${owner.hash}`
    expect(await refusal(ask('PUT', path, { as: owner.session, body, headers }))).toEqual([400, code])
    expect(await rowsOf(photoId)).toEqual([])
  })

  it('keeps every figure as it came, cuts what rounding put over the edge, and moves a box', async () => {
    const owner = await newPerson()
    const [photoId = ''] = await addPhotos(owner, 1)
    const [hash = ''] = await strangers(1)
    for (const box of [
      { x: 1 / 3, y: 0.1 + 0.2, width: 1 / 7, height: 1 / 1000 },
      { x: 0, y: 0, width: 1, height: 1 },
    ]) {
      expect(await statusOf(put(owner, photoId, hash.toUpperCase(), box))).toBe(204)
      expect(await list(owner, photoId)).toEqual([{ hash, name: 'somebody', byMe: true, ...box }])
    }
    await put(owner, photoId, hash, { x: 0.9, y: 0.7, width: 0.1000004, height: 0.3000000000000001 })
    const [box] = await list(owner, photoId)
    expect([box?.x, box?.width, box?.height]).toEqual([0.9, 1 - 0.9, 1 - 0.7])
  })

  it('lets the owner tag whoever they like and shows it to them; what others tag shows nothing', async () => {
    const [owner, viewer, other, stranger] = await Promise.all([
      newPerson(),
      newPerson(),
      newPerson(),
      newPerson(),
    ])
    const { id } = await newPhoto(owner)
    const sees = async (person: Person) =>
      (await statusOf(ask('GET', `/raw/${owner.id}/${id}?w=160`, { as: person.session }))) === 200
    expect(await refusal(put(viewer, id, viewer.hash))).toEqual([404, 'not_found'])
    expect(await refusal(put(owner, id, 'x'.repeat(64)))).toEqual([404, 'not_found'])
    await put(owner, id, viewer.hash)
    expect(await sees(viewer)).toBe(true)

    // Whoever cannot see it is not tagged by a viewer: no row, no message, and the answer is the same.
    expect(await statusOf(put(viewer, id, stranger.hash))).toBe(204)
    expect([await sees(stranger), (await liveOf(id)).length]).toEqual([false, 1])
    expect(await messagesTo(stranger.hash)).toEqual([])

    await share(id, other.hash)
    expect(await statusOf(put(viewer, id, other.hash))).toBe(204)
    expect(await statusOf(put(viewer, id, owner.hash))).toBe(204)
    expect((await liveOf(id)).map((row) => row.person_hash).toSorted()).toEqual(
      [viewer.hash, other.hash, owner.hash].toSorted(),
    )
    // Neither a viewer's tag nor one's own keeps a photo that one may see no more.
    await unshare(id, other.hash)
    expect([await sees(other), (await tagged(other)).items]).toEqual([false, []])
    await share(id, stranger.hash)
    await put(stranger, id, stranger.hash)
    await unshare(id, stranger.hash)
    expect(await sees(stranger)).toBe(false)
    expect(await refusal(ask('GET', `/api/photos/${id}/tags`, { as: stranger.session }))).toEqual([
      404,
      'not_found',
    ])
    // Until the owner tags them anew.
    await put(owner, id, stranger.hash)
    expect([await sees(stranger), (await tagged(stranger)).items.length]).toEqual([true, 1])
  })

  it("is moved by the owner, the tagger and the tagged person alone, and stays the tagger's", async () => {
    const [owner, tagger, friend, third] = await Promise.all([
      newPerson(),
      newPerson(),
      newPerson(),
      newPerson(),
    ])
    const [id = ''] = await addPhotos(owner, 1)
    for (const person of [tagger, friend, third]) await share(id, person.hash)
    await put(tagger, id, friend.hash)
    for (const [at, person] of [owner, tagger, friend, third].entries()) {
      const y = 0.1 * (at + 1)
      expect(await statusOf(put(person, id, friend.hash, { ...BOX, y }))).toBe(204)
      const [tag] = await list(tagger, id)
      expect([tag?.y === y, tag?.byMe]).toEqual([person !== third, true])
    }
    expect((await messagesTo(friend.hash)).length).toBe(1)
    await remove(third, id, friend.hash)
    expect((await liveOf(id)).length).toBe(1)
    await remove(tagger, id, friend.hash)
    expect(await rowsOf(id)).toEqual([])
  })

  it('answers for who is not to be tagged like for who is, by the same statements', async () => {
    const [owner, viewer, willing, unwilling, gone] = await Promise.all([
      newPerson(),
      newPerson(),
      newPerson(),
      newPerson(),
      newPerson(),
    ])
    const [id = ''] = await addPhotos(owner, 1)
    for (const person of [viewer, willing, unwilling, gone]) await share(id, person.hash)
    await ask('PATCH', '/api/me', { as: unwilling.session, json: { tagPolicy: 'nobody' } })
    await remove(gone, id, gone.hash) // before anybody tagged them
    const [unknown = ''] = await strangers(1)
    const seen: unknown[] = []
    const batch = vi.spyOn(Object.getPrototypeOf(env.DB) as D1Database, 'batch')
    for (const by of [owner, viewer])
      for (const hash of [willing.hash, unwilling.hash, gone.hash, unknown]) {
        batch.mockClear()
        const answer = await put(by, id, hash)
        const ran = (await Promise.all(batch.mock.results.map(({ value }) => value))).flat()
        const hasWritten = ran.some(({ meta }) => meta.changed_db)
        seen.push([answer.status, [...answer.headers].sort(), await answer.text(), ran.length, hasWritten])
      }
    expect(new Set(seen.map((each) => JSON.stringify(each))).size).toBe(1)
    expect(seen[0]).toMatchObject([204, expect.anything(), '', 6, true])
    expect((await liveOf(id)).map((row) => row.person_hash).toSorted()).toEqual(
      [willing.hash, unknown].toSorted(),
    )
    expect([await messagesTo(unwilling.hash), await messagesTo(gone.hash)]).toEqual([[], []])
    // They may tag themself.
    await put(unwilling, id, unwilling.hash)
    expect((await liveOf(id)).length).toBe(3)
  })
})

describe('the most people in a photo', () => {
  it('is held by fifty calls at once, and the next one is told', async () => {
    const owner = await newPerson()
    const [id = ''] = await addPhotos(owner, 1)
    const hashes = await strangers(50)
    const statuses = await Promise.all(hashes.map((hash) => statusOf(put(owner, id, hash))))
    expect(statuses.filter((status) => status === 204).length).toBe(MAX_TAGS)
    expect((await liveOf(id)).length).toBe(MAX_TAGS)
    const [more = ''] = await strangers(1)
    expect(await refusal(put(owner, id, more))).toEqual([409, 'quota_exceeded'])
    const [{ person_hash: there = '' } = {}] = await liveOf(id)
    expect(await statusOf(put(owner, id, there))).toBe(204) // a box is moved all the same
    await remove(owner, id, there)
    expect(await statusOf(put(owner, id, more))).toBe(204)
  })

  it('counts a person once, however often they are tagged at once', async () => {
    const [owner, friend] = await Promise.all([newPerson(), newPerson()])
    const [id = ''] = await addPhotos(owner, 1)
    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => statusOf(put(owner, id, friend.hash))),
    )
    expect(new Set(statuses)).toEqual(new Set([204]))
    expect((await rowsOf(id)).length).toBe(1)
    expect((await messagesTo(friend.hash)).length).toBe(1)
  })
})

describe('DELETE /api/photos/{id}/tags/{hash}', () => {
  it('by the tagged person lasts: no address of theirs is tagged there again, by nobody', async () => {
    const [owner, friend] = await Promise.all([newPerson(), newPerson()])
    const { hash: second } = await newAddress(friend)
    const { id } = await newPhoto(owner)
    await put(owner, id, friend.hash)
    await put(owner, id, second)
    expect(await statusOf(remove(friend, id, second.toUpperCase()))).toBe(204)
    expect(await liveOf(id)).toEqual([])
    expect((await tagged(friend)).items).toEqual([])
    expect(await statusOf(ask('GET', `/raw/${owner.id}/${id}?w=160`, { as: friend.session }))).toBe(404)
    for (const hash of [friend.hash, second]) {
      expect(await statusOf(remove(owner, id, hash))).toBe(204)
      expect(await statusOf(put(owner, id, hash))).toBe(204)
    }
    const { hash: third } = await newAddress(friend)
    await put(owner, id, third)
    expect(await liveOf(id)).toEqual([])
    // The bar is its own: it stays when whoever tagged leaves. Where the face was, is forgotten.
    const rows = await rowsOf(id)
    expect(rows.map((row) => row.tagged_by)).toEqual([friend.id, friend.id])
    expect(rows[0]).toMatchObject({ x: 0, y: 0, width: 1, height: 1 })
  })

  it('by the owner and by who tagged leaves nothing, and answers 404 to who may not see the photo', async () => {
    const [owner, tagger, friend, stranger] = await Promise.all([
      newPerson(),
      newPerson(),
      newPerson(),
      newPerson(),
    ])
    const [id = ''] = await addPhotos(owner, 1)
    await share(id, tagger.hash)
    await share(id, friend.hash)
    for (const by of [owner, tagger]) {
      await put(tagger, id, friend.hash)
      expect((await liveOf(id)).length).toBe(1)
      expect(await refusal(remove(stranger, id, friend.hash))).toEqual([404, 'not_found'])
      expect(await refusal(remove(stranger, id, stranger.hash))).toEqual([404, 'not_found'])
      expect(await statusOf(remove(by, id, friend.hash))).toBe(204)
      expect(await rowsOf(id)).toEqual([])
    }
    expect((await messagesTo(friend.hash)).length).toBe(1) // once a photo, however often they are tagged
  })

  it('stands against everybody who tags them at the same time', async () => {
    const [owner, friend] = await Promise.all([newPerson(), newPerson()])
    for (const id of await addPhotos(owner, 5)) {
      await share(id, friend.hash)
      await put(owner, id, friend.hash)
      const again = () => put(owner, id, friend.hash).then(statusOfTag)
      const owners = () => remove(owner, id, friend.hash).then(statusOfTag)
      const statusOfTag = (answer: Response) => answer.text()
      const removal = statusOf(remove(friend, id, friend.hash))
      const attempts = [again(), owners(), again(), owners(), again()]
      expect(await removal).toBe(204)
      expect(await liveOf(id)).toEqual([])
      await Promise.all([...attempts, again(), owners(), again()])
      expect(await liveOf(id)).toEqual([])
    }
  })
})

describe('GET /api/photos/{id}/tags', () => {
  it('tells each viewer what they may know: no hash of others, no name of who keeps it to themself', async () => {
    const [owner, tagger, open, closed, third] = await Promise.all([
      newPerson(),
      newPerson(),
      newPerson(),
      newPerson(),
      newPerson(),
    ])
    const names = [owner, tagger, open, closed, third]
    await Promise.all(
      ['Olga', 'Tom', 'Ophelia', 'Clara', 'Theo'].map((displayName, at) =>
        ask('PATCH', '/api/me', { as: (names[at] as Person).session, json: { displayName } }),
      ),
    )
    for (const person of [closed, owner])
      await ask('PATCH', '/api/me', { as: person.session, json: { publicLookup: false } })
    const [id = ''] = await addPhotos(owner, 1)
    for (const person of [tagger, open, closed, third]) await share(id, person.hash)
    for (const [by, whom] of [
      [tagger, open],
      [tagger, closed],
      [owner, third],
      [owner, owner],
    ] as const)
      await put(by, id, whom.hash)
    const told = async (viewer: Person) =>
      (await list(viewer, id)).map(({ hash, name, byMe }) => [hash, name, byMe])
    expect(await told(owner)).toEqual([
      [open.hash, 'Ophelia', false],
      [closed.hash, 'somebody', false],
      [third.hash, 'Theo', true],
      [owner.hash, 'Olga', true],
    ])
    expect(await told(tagger)).toEqual([
      [open.hash, 'Ophelia', true],
      [closed.hash, 'somebody', true],
      [null, 'Theo', false],
      [null, 'Olga', false], // whoever shows a photo may be known by name
    ])
    expect((await told(third)).map(([hash]) => hash)).toEqual([null, null, third.hash, null])
    expect((await told(closed))[1]).toEqual([closed.hash, 'Clara', false])

    const write = 'INSERT INTO conversations VALUES (?, ?, ?, 1, 1)'
    await env.DB.prepare(write).bind(third.hash, closed.hash, closed.id).run()
    expect((await told(third))[1]).toEqual([null, 'Clara', false])
    expect((await told(open))[1]).toEqual([null, 'somebody', false])
    await env.DB.prepare('INSERT INTO contacts VALUES (?, ?, ?)').bind(open.id, closed.hash, 'Cousin').run()
    expect((await told(open))[1]).toEqual([null, 'Cousin', false])

    // Who has no account, be it by a link, gets none.
    expect(await refusal(ask('GET', `/api/photos/${id}/tags`))).toEqual([401, 'unauthenticated'])
  })
})

describe('the notification of a tag', () => {
  it('is a message and its conversation, written with the tag, as the address that the tagger acts as', async () => {
    const [owner, friend] = await Promise.all([newPerson(), newPerson()])
    const ids = await addPhotos(owner, 2)
    for (const id of ids) await put(owner, id, friend.hash)
    const messages = await messagesTo(friend.hash)
    expect(
      messages.map(({ photo_id, sender_hash, sender_id, text }) => [photo_id, sender_hash, sender_id, text]),
    ).toEqual(ids.map((id) => [id, owner.hash, owner.id, '']))
    const conversation = await env.DB.prepare('SELECT * FROM conversations WHERE recipient_hash = ?')
      .bind(friend.hash)
      .all()
    expect(conversation.results).toMatchObject([
      { sender_hash: owner.hash, sender_id: owner.id, last_seq: messages[1]?.seq },
    ])
  })

  it('does not reach who tagged themself nor who blocked the tagger, and comes once to who has several addresses', async () => {
    const [owner, friend, hostile] = await Promise.all([newPerson(), newPerson(), newPerson()])
    const { hash: owners } = await newAddress(owner)
    const { hash: second } = await newAddress(friend)
    await env.DB.prepare('INSERT INTO blocks VALUES (?, ?)').bind(hostile.id, owners).run()
    const [id = ''] = await addPhotos(owner, 1)
    for (const hash of [owner.hash, owners, hostile.hash, friend.hash, second]) await put(owner, id, hash)
    expect((await liveOf(id)).length).toBe(5)
    const counts = await Promise.all(
      [owner.hash, owners, hostile.hash, friend.hash, second].map(
        async (hash) => (await messagesTo(hash)).length,
      ),
    )
    expect(counts).toEqual([0, 0, 0, 1, 0])
  })

  it('is dropped beyond twenty an hour from one person to another, while the tags stand', async () => {
    const [owner, friend, colleague] = await Promise.all([newPerson(), newPerson(), newPerson()])
    const ids = await addPhotos(owner, 100)
    const statuses = await Promise.all(ids.map((id) => statusOf(put(owner, id, friend.hash))))
    expect(new Set(statuses)).toEqual(new Set([204]))
    const count = await env.DB.prepare('SELECT count(*) AS n FROM photo_tags WHERE person_hash = ?')
      .bind(friend.hash)
      .first('n')
    expect([count, (await messagesTo(friend.hash)).length]).toEqual([100, NOTIFICATIONS_AN_HOUR])
    await put(owner, ids[0] as string, colleague.hash) // towards another person it is another count
    expect((await messagesTo(colleague.hash)).length).toBe(1)
    const later = { ...openCapabilities(env, Date.now() + 3_600_001) }
    const [id = ''] = await addPhotos(owner, 1)
    await tagPerson(later, { user: owner, photoId: id, hash: friend.hash, box: BOX })
    expect((await messagesTo(friend.hash)).length).toBe(NOTIFICATIONS_AN_HOUR + 1)
  })
})

describe('GET /api/tagged', () => {
  it('lists the photos of a person once each, newest tag first, by all of their addresses, page by page', async () => {
    const [owner, me] = await Promise.all([newPerson(), newPerson()])
    const { hash: second } = await newAddress(me)
    await ask('PATCH', '/api/me', { as: owner.session, json: { displayName: 'Olga' } })
    const ids = await addPhotos(owner, 7)
    const at = (time: number) => openCapabilities(env, time)
    for (const [number, photoId] of ids.entries()) {
      const hash = number % 2 ? second : me.hash
      await tagPerson(at(1000 + number), { user: owner, photoId, hash, box: BOX })
    }
    await tagPerson(at(5000), { user: owner, photoId: ids[0] as string, hash: second, box: BOX })
    await remove(me, ids[3] as string, second)
    const wanted = [0, 6, 5, 4, 2, 1].map((number) => ids[number])
    const whole = await tagged(me)
    expect([whole.items.map(({ id }) => id), whole.nextCursor]).toEqual([wanted, null])
    expect(whole.items[0]).toMatchObject({ userId: owner.id, owner: { name: 'Olga' }, taggedAt: 5000 })
    expect(whole.items[0]).not.toHaveProperty('contentType')
    const found: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = await tagged(me, `?limit=2&cursor=${cursor}`)
      expect(page.items.length).toBeLessThanOrEqual(2)
      found.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(found).toEqual(wanted)

    // And from each photo to those beside it.
    for (const [place, photoId] of wanted.entries()) {
      const beside = await findBesideTagged(at(0), { userId: me.id, photoId: photoId ?? '' })
      expect(beside).toEqual({ previous: wanted[place - 1] ?? null, next: wanted[place + 1] ?? null })
    }
    const elsewhere = { userId: owner.id, photoId: ids[0] ?? '' }
    expect(await findBesideTagged(at(0), elsewhere)).toBeNull()
  })
})

describe('the rows that are read', () => {
  /** What the statements of a request read. */
  async function rowsRead(request: () => Promise<Response>): Promise<number> {
    const prototype = Object.getPrototypeOf(env.DB.prepare('SELECT 1')) as D1PreparedStatement
    const real = prototype.bind
    const bound: D1PreparedStatement[] = []
    vi.spyOn(prototype, 'bind').mockImplementation(function (this: unknown, ...values: unknown[]) {
      const made: D1PreparedStatement = Reflect.apply(real, this, values)
      bound.push(made)
      return made
    })
    const answer = await request()
    expect(answer.status).toBe(200)
    vi.restoreAllMocks()
    let rows = 0
    for (const each of bound) rows += (await each.all()).meta.rows_read
    return rows
  }

  it('are the same however many photos, tags and people there are beside', async () => {
    const [owner, me] = await Promise.all([newPerson(), newPerson()])
    const { hash: second } = await newAddress(me)
    const ids = await addPhotos(owner, 12)
    for (const [number, id] of ids.entries())
      await tagPerson(openCapabilities(env, 10_000_000 + number), {
        user: owner,
        photoId: id,
        hash: number % 2 ? me.hash : second,
        box: BOX,
      })
    const [id = ''] = ids.slice(-1)
    const measure = async () => [
      await rowsRead(() => ask('GET', '/api/tagged?limit=5', { as: me.session })),
      await rowsRead(() => ask('GET', `/api/photos/${id}/tags?w=640`, { as: me.session })),
      await rowsRead(() => ask('GET', `/api/photos/${id}/tags`, { as: owner.session })),
    ]
    const before = await measure()
    const others = await addPhotos(owner, 1000)
    await env.DB.prepare(
      `INSERT INTO photo_tags SELECT p.value, h.value, ?3, 0, 0, 1, 1, 1, NULL
       FROM json_each(?1) AS p, json_each(?2) AS h`,
    )
      .bind(JSON.stringify(others), JSON.stringify([me.hash, ...(await strangers(4))]), owner.id)
      .run()
    const after = await measure()
    for (const [at, rows] of before.entries()) {
      expect(rows).toBeLessThan(200)
      expect(Math.abs((after[at] as number) - rows)).toBeLessThanOrEqual(3) // an index's end, or another's row behind it
    }
  })
})

describe('whom somebody may want to tag', () => {
  it('are those that they tagged or wrote to before, by the names they know', async () => {
    const owner = await newPerson()
    const [tagged, written, nameless] = await Promise.all(
      ['tagged', 'written', 'nameless'].map((name) => digestHex('SHA-256', `${name}-${owner.email}`)),
    )
    const as = owner.session
    for (const hash of [tagged, written])
      await ask('PUT', `/api/contacts/${hash}`, { as, json: { name: hash === tagged ? 'Tag' : 'Pen' } })
    const { id } = await newPhoto(owner, 'small.png')
    const json = { x: 0, y: 0, width: 0.5, height: 0.5 }
    for (const hash of [tagged, nameless])
      expect((await ask('PUT', `/api/photos/${id}/tags/${hash}`, { as, json })).status).toBe(204)
    expect((await ask('POST', '/api/messages', { as, json: { to: written, text: 'Hello' } })).status).toBe(
      201,
    )
    const known = await listTaggable(openCapabilities(env, Date.now()), { userId: owner.id })
    expect(known).toEqual([
      { hash: tagged, name: 'Tag' },
      { hash: written, name: 'Pen' },
    ])
  })
})

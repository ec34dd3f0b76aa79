import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readPerson } from '../src/accounts/person'
import { openCapabilities } from '../src/capabilities'
import { digestHex } from '../src/lib/crypto'
import { readEmail } from '../src/lib/email'
import type { ContactList, SharedList, ShareList } from '../src/sharing/people/answers'
import { MAX_CONTACTS } from '../src/sharing/people/contacts'
import { peopleSection } from '../src/sharing/people/exported'
import { listShared } from '../src/sharing/people/shared'
import { MAX_SHARES } from '../src/sharing/people/shares'
import { seedPhoto, seedShare } from './seeds'
import { addAddress, ask, newAddress, newPerson, newPhoto, type Person, prepare, refusal } from './support'

afterEach(() => vi.restoreAllMocks())

const email = () => `${crypto.randomUUID()}@example.com`
const nobody = () => digestHex('SHA-256', email())
const share = (person: Person, photoId: string, hash: string) =>
  ask('PUT', `/api/photos/${photoId}/shares/${hash}`, { as: person.session })
const unshare = (person: Person, photoId: string, hash: string) =>
  ask('DELETE', `/api/photos/${photoId}/shares/${hash}`, { as: person.session })
const sharesOf = async (person: Person, photoId: string) =>
  (await (await ask('GET', `/api/photos/${photoId}/shares`, { as: person.session })).json<ShareList>()).items
const sharedWith = async (person: Person, query = '') =>
  (await ask('GET', `/api/shared${query}`, { as: person.session })).json<SharedList>()
const contactsOf = async (person: Person) =>
  (await (await ask('GET', '/api/contacts', { as: person.session })).json<ContactList>()).items
const name = (person: Person, hash: string, called: string) =>
  ask('PUT', `/api/contacts/${hash}`, { as: person.session, json: { name: called } })
const rowsOf = (photoId: string) =>
  env.DB.prepare('SELECT person_hash AS hash, created_at AS createdAt FROM photo_shares WHERE photo_id = ?')
    .bind(photoId)
    .all<{ hash: string; createdAt: number }>()
    .then(({ results }) => results)
const tag = (photoId: string, hash: string, by: Person, removedAt: number | null = null) =>
  env.DB.prepare('INSERT INTO photo_tags VALUES (?, ?, ?, 0, 0, 1, 1, 1, ?)')
    .bind(photoId, hash, by.id, removedAt)
    .run()

describe('sharing a photo with somebody', () => {
  it('stands once, whatever case the hash is written in, with the time of the first call', async () => {
    const owner = await newPerson()
    const photoId = await seedPhoto(owner)
    const hash = await nobody()
    for (const written of [hash, hash.toUpperCase(), hash]) {
      const answer = await share(owner, photoId, written)
      expect([answer.status, await answer.text()]).toEqual([204, ''])
      await scheduler.wait(2)
    }
    const [only, ...others] = await rowsOf(photoId)
    expect([only?.hash, others]).toEqual([hash, []])
    expect(await sharesOf(owner, photoId)).toEqual([{ hash, name: 'somebody', createdAt: only?.createdAt }])
  })

  it('is listed newest first, by the names that the owner may know', async () => {
    const owner = await newPerson()
    const photoId = await seedPhoto(owner)
    const [shown, hidden, named] = [await newPerson(), await newPerson(), await newPerson()]
    for (const [at, person] of [shown, hidden, named].entries()) {
      await ask('PATCH', '/api/me', { as: person.session, json: { displayName: `Display ${at}` } })
      await seedShare(photoId, person.hash, 1000 + at)
    }
    await ask('PATCH', '/api/me', { as: hidden.session, json: { publicLookup: false } })
    await name(owner, named.hash, 'Grandma')
    const items = await sharesOf(owner, photoId)
    expect(items.map((item) => item.name)).toEqual(['Grandma', 'somebody', 'Display 0'])
    expect(items.map((item) => item.createdAt)).toEqual([1002, 1001, 1000])
  })

  it('does nothing with any of one’s own addresses, in either form', async () => {
    const owner = await newPerson()
    const added = await newAddress(owner, `${crypto.randomUUID()}@xn--mller-kva.example`)
    const alias = await digestHex('SHA-256', added.email.replace('xn--mller-kva', 'müller'))
    const photoId = await seedPhoto(owner)
    for (const hash of [owner.hash, added.hash, alias, owner.hash.toUpperCase()])
      expect((await share(owner, photoId, hash)).status).toBe(204)
    expect(await rowsOf(photoId)).toEqual([])
  })

  it('refuses what is no hash, no photo of one’s own, and no photo yet', async () => {
    const owner = await newPerson()
    const photoId = await seedPhoto(owner)
    const hash = await nobody()
    for (const wrong of ['x', hash.slice(1), `${hash}0`, hash.replace(/./, 'g'), 'ada@example.com', '%20'])
      for (const call of [share, unshare])
        expect(await refusal(call(owner, photoId, wrong))).toEqual([400, 'invalid_input'])
    const other = await newPerson()
    for (const call of [share, unshare]) {
      expect(await refusal(call(other, photoId, hash))).toEqual([404, 'not_found'])
      expect(await refusal(call(other, photoId, other.hash))).toEqual([404, 'not_found'])
      expect(await refusal(call(owner, 'nothing', hash))).toEqual([404, 'not_found'])
    }
    const pending = await prepare(owner, 'image/png', 10)
    expect(await refusal(share(owner, pending, hash))).toEqual([409, 'photo_not_ready'])
    expect([await rowsOf(photoId), await rowsOf(pending)]).toEqual([[], []])
  })

  it('answers the same for somebody unknown, somebody known, and somebody who is not to be found', async () => {
    const owner = await newPerson()
    const photoId = await seedPhoto(owner)
    const [known, hidden] = [await newPerson(), await newPerson()]
    await ask('PATCH', '/api/me', { as: hidden.session, json: { publicLookup: false } })
    const bind = vi.spyOn(Object.getPrototypeOf(env.DB.prepare('SELECT 1')), 'bind')
    const answers = []
    for (const hash of [await nobody(), known.hash, hidden.hash]) {
      const answer = await share(owner, photoId, hash)
      const statements = bind.mock.calls.splice(0).length
      answers.push([answer.status, await answer.text(), Object.fromEntries(answer.headers), statements])
    }
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    expect(await rowsOf(photoId)).toHaveLength(3)
  })

  it('ends at the most there may be, for calls at once too', async () => {
    const owner = await newPerson()
    const photoId = await seedPhoto(owner)
    for (let at = 0; at < MAX_SHARES - 3; at++) await seedShare(photoId, await nobody(), at)
    const hashes = await Promise.all(Array.from({ length: 6 }, nobody))
    const answers = await Promise.all(hashes.map((hash) => share(owner, photoId, hash)))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([204, 204, 204, 409, 409, 409])
    const rows = await rowsOf(photoId)
    expect(rows).toHaveLength(MAX_SHARES)
    const over = hashes.find((hash) => !rows.some((row) => row.hash === hash)) ?? ''
    expect(await refusal(share(owner, photoId, over))).toEqual([409, 'quota_exceeded'])
    expect((await share(owner, photoId, rows[0]?.hash ?? '')).status).toBe(204) // stands already
    await unshare(owner, photoId, rows[0]?.hash ?? '')
    expect((await share(owner, photoId, over)).status).toBe(204)
  })

  it('has an allowance a minute, each person their own', async () => {
    const owner = await newPerson()
    const photoId = await seedPhoto(owner)
    const counted: unknown[] = []
    vi.spyOn(Object.getPrototypeOf(env.SHARE_LIMIT), 'limit').mockImplementation(async (asked) => {
      counted.push(asked)
      return { success: false }
    })
    const hash = await nobody()
    for (const call of [share(owner, photoId, hash), unshare(owner, photoId, hash), name(owner, hash, 'X')])
      expect(await refusal(call)).toEqual([429, 'rate_limited'])
    expect(await refusal(ask('DELETE', `/api/contacts/${hash}`, { as: owner.session }))).toEqual([
      429,
      'rate_limited',
    ])
    expect(counted).toEqual(Array(4).fill({ key: owner.id }))
  })
})

describe('taking a share back', () => {
  it('holds from the next request, with the tag of that person, and no other’s', async () => {
    const owner = await newPerson()
    const { id: photoId } = await newPhoto(owner, 'small.png')
    const [friend, other] = [await newPerson(), await newPerson()]
    const sees = async (person: Person) => {
      const answers = [
        await ask('GET', `/raw/${owner.id}/${photoId}?w=80`, { as: person.session }),
        await ask('GET', `/api/photos/${photoId}`, { as: person.session }),
      ]
      await Promise.all(answers.map((answer) => answer.arrayBuffer()))
      return [...answers.map((answer) => answer.status), (await sharedWith(person)).items.length]
    }
    expect(await sees(friend)).toEqual([404, 404, 0])
    for (const person of [friend, other]) await share(owner, photoId, person.hash)
    await tag(photoId, friend.hash, owner)
    await tag(photoId, other.hash, owner)
    expect([await sees(friend), await sees(other)]).toEqual([
      [200, 200, 1],
      [200, 200, 1],
    ])
    expect((await unshare(owner, photoId, friend.hash.toUpperCase())).status).toBe(204)
    expect([await sees(friend), await sees(other)]).toEqual([
      [404, 404, 0],
      [200, 200, 1],
    ])
    expect((await unshare(owner, photoId, friend.hash)).status).toBe(204) // nothing to take back
  })

  it('keeps a tag that the tagged person took away, which bars the next', async () => {
    const [owner, friend] = [await newPerson(), await newPerson()]
    const photoId = await seedPhoto(owner)
    await tag(photoId, friend.hash, owner, 5)
    await unshare(owner, photoId, friend.hash)
    const kept = env.DB.prepare('SELECT removed_at FROM photo_tags WHERE photo_id = ?').bind(photoId)
    expect(await kept.first('removed_at')).toBe(5)
  })

  it('changes nothing of another person’s photo', async () => {
    const [owner, friend] = [await newPerson(), await newPerson()]
    const photoId = await seedPhoto(owner)
    await share(owner, photoId, friend.hash)
    await tag(photoId, friend.hash, owner)
    expect(await refusal(unshare(friend, photoId, friend.hash))).toEqual([404, 'not_found'])
    expect(await rowsOf(photoId)).toHaveLength(1)
    const tags = env.DB.prepare('SELECT count(*) AS n FROM photo_tags WHERE photo_id = ?').bind(photoId)
    expect(await tags.first('n')).toBe(1)
  })
})

describe('what is shared with me', () => {
  it('comes newest share first, page by page, as a seen photo with when and with which address', async () => {
    const me = await newPerson()
    const added = await newAddress(me, `${crypto.randomUUID()}@xn--mller-kva.example`)
    const alias = await digestHex('SHA-256', added.email.replace('xn--mller-kva', 'müller'))
    const owner = await newPerson()
    await ask('PATCH', '/api/me', { as: owner.session, json: { displayName: 'Ada' } })
    const ids: string[] = []
    for (let at = 0; at < 9; at++) ids.push(await seedPhoto(owner, 5000 - at))
    const hashes = [me.hash, added.hash, alias]
    // Two in each moment, each moment's by different addresses.
    for (const [at, id] of ids.entries())
      await seedShare(id, hashes[at % 3] as string, 1000 + Math.floor(at / 2))
    const expected = ids
      .map((id, at) => ({ id, at, sharedAt: 1000 + Math.floor(at / 2) }))
      .toSorted((a, b) => b.sharedAt - a.sharedAt || (a.id < b.id ? 1 : -1))
    const found: SharedList['items'] = []
    let cursor: string | null = null
    do {
      const page: SharedList = await sharedWith(me, `?limit=2${cursor ? `&cursor=${cursor}` : ''}`)
      found.push(...page.items)
      cursor = page.nextCursor
    } while (cursor)
    expect(found).toEqual(
      expected.map(({ id, at, sharedAt }) => ({
        ...{ id, sharedAt, userId: owner.id, width: 4, height: 3, altText: '', createdAt: 5000 - at },
        ...{ standIn: null, pictures: expect.anything() },
        owner: { hash: owner.hash, name: 'Ada' },
        sharedWith: at % 3 ? added.hash : me.hash,
      })),
    )
    await name(me, owner.hash, 'My friend')
    expect((await sharedWith(me, '?limit=1')).items[0]?.owner.name).toBe('My friend')
    expect(await refusal(ask('GET', '/api/shared?cursor=x', { as: me.session }))).toEqual([
      400,
      'invalid_input',
    ])
  })

  it('holds each photo once, at its newest share, and none of my own', async () => {
    const me = await newPerson()
    const [second, third] = [await newAddress(me), await newAddress(me)]
    const owner = await newPerson()
    const [twice, once, between] = [await seedPhoto(owner), await seedPhoto(owner), await seedPhoto(owner)]
    await seedShare(twice, me.hash, 1000)
    await seedShare(twice, second.hash, 3000)
    await seedShare(twice, third.hash, 3000) // in one moment
    await seedShare(once, third.hash, 2000)
    await seedShare(between, me.hash, 2500)
    await seedShare(await seedPhoto(me), third.hash, 9000) // before the address was mine
    const all = (await sharedWith(me)).items
    expect(all.map(({ id, sharedAt }) => [id, sharedAt])).toEqual([
      [twice, 3000],
      [between, 2500],
      [once, 2000],
    ])
    const [first, rest] = [await sharedWith(me, '?limit=1'), await sharedWith(me, '?limit=2')]
    expect(first.items).toEqual(all.slice(0, 1))
    expect((await sharedWith(me, `?cursor=${first.nextCursor}`)).items).toEqual(all.slice(1))
    expect(await sharedWith(me, `?cursor=${rest.nextCursor}`)).toEqual({
      items: all.slice(2),
      nextCursor: null,
    })
  })

  it('waits for who has never signed in, and for an address that is added, however it was typed', async () => {
    const owner = await newPerson()
    const hashOf = (typed: string) => {
      const read = readEmail(typed)
      if (!('email' in read)) throw new Error(read.fault)
      return digestHex('SHA-256', read.email)
    }
    const local = crypto.randomUUID()
    const plain = `kelvin-${local}@example.com`
    const ways = [
      plain,
      `  ${plain.toUpperCase()}\n`,
      `\u212aelvin-${local}@example.com`,
      `\u200b${plain}\u00a0`,
    ]
    const photoId = await seedPhoto(owner)
    for (const typed of ways) expect((await share(owner, photoId, await hashOf(typed))).status).toBe(204)
    expect((await rowsOf(photoId)).map(({ hash }) => hash)).toEqual([await digestHex('SHA-256', plain)])
    const comes = await newPerson(plain)
    expect((await sharedWith(comes)).items.map(({ id }) => id)).toEqual([photoId])

    const later = email()
    const other = await seedPhoto(owner)
    await share(owner, other, await hashOf(later.toUpperCase()))
    expect((await addAddress(comes, later)).status).toBe(201)
    expect((await sharedWith(comes)).items.map(({ id }) => id)).toEqual([other, photoId])
  })

  it('reads as much whatever else is shared, and however much with me', async () => {
    const me = await newPerson()
    await newAddress(me)
    const owner = await newPerson()
    for (let at = 0; at < 5; at++) await seedShare(await seedPhoto(owner), me.hash, 1000 + at)
    const caps = openCapabilities(env, Date.now())
    const prototype = Object.getPrototypeOf(env.DB.prepare('SELECT 1'))
    const real = prototype.bind
    const bound: D1PreparedStatement[] = []
    const texts: [string, unknown[]][] = []
    const prepare = vi.spyOn(Object.getPrototypeOf(env.DB), 'prepare')
    vi.spyOn(prototype, 'bind').mockImplementation(function (this: unknown, ...values: unknown[]) {
      const made: D1PreparedStatement = Reflect.apply(real, this, values)
      bound.push(made)
      texts.push([prepare.mock.lastCall?.[0] as string, values])
      return made
    })
    await listShared(caps, { userId: me.id, limit: 5, cursor: null })
    vi.restoreAllMocks()
    expect(bound).toHaveLength(1)
    const [text, values] = texts[0] as [string, unknown[]]
    const read = async () => (await (bound[0] as D1PreparedStatement).all()).meta.rows_read
    const before = await read()
    const ids = await Promise.all(Array.from({ length: 1000 }, () => seedPhoto(owner)))
    const insert = env.DB.prepare('INSERT INTO photo_shares VALUES (?, ?, ?)')
    const strangers = await Promise.all(ids.map(nobody))
    await env.DB.batch(ids.map((id, at) => insert.bind(id, strangers[at], 2000 + at)))
    expect(await read()).toBe(before)
    await env.DB.batch(ids.map((id, at) => insert.bind(id, me.hash, 2000 + at)))
    expect(await read()).toBeLessThan(before + 15)
    const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${text}`)
      .bind(...values)
      .all<{ detail: string }>()
    const details = plan.results.map(({ detail }) => detail)
    expect(
      details.filter((detail) => /SCAN (?!feed|mine|CONSTANT)|USE TEMP B-TREE FOR ORDER/.test(detail)),
    ).toEqual([])
    expect(details.join('\n')).toContain('photo_shares_person (person_hash=?')
  })
})

describe('one’s own names for people', () => {
  it('are given, changed, listed in their order and taken back, and nobody else is told', async () => {
    const [me, other] = [await newPerson(), await newPerson()]
    const [a, b] = [await nobody(), await nobody()]
    const answer = await name(me, a.toUpperCase(), ' \u200bzoë\u00a0 ')
    expect([answer.status, await answer.json()]).toEqual([200, { hash: a, name: 'zoë' }])
    await name(me, b, 'Bob')
    expect(await contactsOf(me)).toEqual([
      { hash: b, name: 'Bob' },
      { hash: a, name: 'zoë' },
    ])
    await name(me, a, 'Anna')
    expect((await contactsOf(me)).map((contact) => contact.name)).toEqual(['Anna', 'Bob'])
    expect(await contactsOf(other)).toEqual([])
    for (const as of [other, me, me])
      expect((await ask('DELETE', `/api/contacts/${a}`, { as: as.session })).status).toBe(204)
    expect(await contactsOf(me)).toEqual([{ hash: b, name: 'Bob' }])
  })

  it('are 1 to 100 characters, of a hash', async () => {
    const me = await newPerson()
    const hash = await nobody()
    for (const wrong of ['', ' \u200b ', 'x'.repeat(101), null, 7])
      expect(await refusal(name(me, hash, wrong as string))).toEqual([400, 'invalid_input'])
    expect(await refusal(name(me, 'x', 'Bob'))).toEqual([400, 'invalid_input'])
    expect(await refusal(ask('DELETE', '/api/contacts/x', { as: me.session }))).toEqual([
      400,
      'invalid_input',
    ])
    expect((await name(me, hash, 'x'.repeat(100))).status).toBe(200)
  })

  it('end at the most there may be, for calls at once too; those there are can be changed', async () => {
    const me = await newPerson()
    const insert = env.DB.prepare('INSERT INTO contacts VALUES (?, ?, ?)')
    const seeded = await Promise.all(Array.from({ length: MAX_CONTACTS - 2 }, nobody))
    await env.DB.batch(seeded.map((hash) => insert.bind(me.id, hash, 'X')))
    const hashes = await Promise.all(Array.from({ length: 5 }, nobody))
    const answers = await Promise.all(hashes.map((hash) => name(me, hash, 'Y')))
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 200, 409, 409, 409])
    expect(await contactsOf(me)).toHaveLength(MAX_CONTACTS)
    expect(await refusal(name(me, await nobody(), 'Y'))).toEqual([409, 'quota_exceeded'])
    expect((await name(me, seeded[0] as string, 'Z')).status).toBe(200)
  })
})

describe('what an export says of people', () => {
  it('is every share, page by page, each photo’s together', async () => {
    const owner = await newPerson()
    const ids = [await seedPhoto(owner, 1), await seedPhoto(owner, 2), await seedPhoto(owner, 2)]
    const ordered = [ids[0], ...ids.slice(1).toSorted()]
    const hashes = (await Promise.all(Array.from({ length: MAX_SHARES }, nobody))).toSorted()
    for (const id of ids)
      await env.DB.prepare('INSERT INTO photo_shares SELECT ?, value, 7 FROM json_each(?)')
        .bind(id, JSON.stringify(hashes))
        .run()
    const { shares } = await openSection(owner)
    expect(await Array.fromAsync(shares)).toEqual(
      ordered.flatMap((photoId) => hashes.map((hash) => ({ photoId, hash, name: 'somebody', createdAt: 7 }))),
    )
  })

  it('breaks off where the account goes meanwhile: a whole archive is right', async () => {
    const owner = await newPerson()
    const { shares } = await openSection(owner)
    await env.DB.prepare('DELETE FROM users WHERE id = ?').bind(owner.id).run()
    await expect(Array.fromAsync(shares)).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  async function openSection(owner: Person) {
    const caps = openCapabilities(env, Date.now())
    const user = await readPerson(caps, { userId: owner.id })
    return (await peopleSection(caps, { user }).readMembers()) as { shares: AsyncIterable<unknown> }
  }
})

import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { getTableName } from 'drizzle-orm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type AddressedJob, cleanUpAddressed, eraseAddressed, WAITS } from '../src/accounts/addressed'
import { requestLeaving } from '../src/accounts/leaving'
import { openCapabilities } from '../src/capabilities'
import { ADDRESSED, cleanUp } from '../src/cron'
import worker from '../src/index'
import { digestHex } from '../src/lib/crypto'
import { seedPhoto, seedShare } from './seeds'
import { ask, holdMail, newAddress, newPerson, type Person, refusal } from './support'

afterEach(() => vi.restoreAllMocks())

const TABLES = ['photo_shares', 'album_members', 'photo_tags']
const nobody = () => digestHex('SHA-256', crypto.randomUUID())

/** Shows somebody a photo in every way there is, since a time. */
async function showAll(owner: Person, hash: string, createdAt: number): Promise<void> {
  const photoId = await seedPhoto(owner)
  const albumId = crypto.randomUUID()
  await seedShare(photoId, hash, createdAt)
  await env.DB.batch([
    env.DB.prepare(`INSERT INTO albums (id, user_id, title, created_at) VALUES (?, ?, 'A', 1)`).bind(
      albumId,
      owner.id,
    ),
    env.DB.prepare(`INSERT INTO album_members VALUES (?, ?, 'viewer', ?)`).bind(albumId, hash, createdAt),
    env.DB.prepare('INSERT INTO photo_tags VALUES (?, ?, ?, 0, 0, 1, 1, ?, NULL)').bind(
      photoId,
      hash,
      owner.id,
      createdAt,
    ),
  ])
}

/** How many rows of each table are addressed to a hash. */
const countTo = (hash: string) =>
  Promise.all(
    TABLES.map((table) =>
      env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE person_hash = ?`)
        .bind(hash)
        .first<number>('n'),
    ),
  )
const ALL = [1, 1, 1]
const NONE = [0, 0, 0]

/** Keeps what is sent to the queue of erasures, in place of it. */
function holdErasures() {
  const sent: { body: AddressedJob; delaySeconds?: number }[] = []
  vi.spyOn(Object.getPrototypeOf(env.ERASURES), 'sendBatch').mockImplementation(async (messages) => {
    sent.push(...(messages as typeof sent))
  })
  return () => sent.filter(({ body }) => 'addressed' in body)
}

/** Has the Worker consume a message; whether it let go of it. */
async function deliver(body: unknown): Promise<boolean> {
  const batch = createMessageBatch('cameo-erasures', [{ id: '1', timestamp: new Date(), attempts: 1, body }])
  await worker.queue(batch as never, env)
  return (await getQueueResult(batch, createExecutionContext())).explicitAcks.length === 1
}

const remove = (person: Person, hash: string) =>
  ask('DELETE', `/api/addresses/${hash}`, { as: person.session })

async function leave(person: Person): Promise<Response> {
  const mailbox = holdMail()
  const caps = { ...openCapabilities(env, Date.now()), email: mailbox }
  const browserId = await requestLeaving(caps, { user: person, client: crypto.randomUUID() })
  const as = { cookie: `${person.session.cookie}; deletion=${browserId}` }
  return ask('DELETE', '/api/me', { as, json: { code: mailbox.code() } })
}

describe('what is addressed to an address that is removed', () => {
  it('goes by two jobs, in both forms of the address, and nothing of the others', async () => {
    const [person, owner] = [await newPerson(), await newPerson()]
    const added = await newAddress(person, `${crypto.randomUUID()}@xn--mller-kva.example`)
    const alias = await digestHex('SHA-256', added.email.replace('xn--mller-kva', 'müller'))
    for (const hash of [added.hash, alias, person.hash]) await showAll(owner, hash, Date.now())
    const sent = holdErasures()
    expect((await remove(person, added.hash)).status).toBe(204)
    expect(sent().map(({ delaySeconds }) => delaySeconds)).toEqual([1, 15 * 60])
    const [first, second] = sent().map(({ body }) => body)
    expect(first).toEqual({ addressed: [added.hash, alias], of: person.id, before: expect.any(Number) })
    expect(second).toEqual(first)
    expect(await deliver(first)).toBe(true)
    expect([await countTo(added.hash), await countTo(alias)]).toEqual([NONE, NONE])
    expect(await countTo(person.hash)).toEqual(ALL)
    expect(await deliver(second)).toBe(true) // once more is nothing more
  })

  it('stays while the address stands: where its removal failed, or is still to come', async () => {
    const [person, owner] = [await newPerson(), await newPerson()]
    const added = await newAddress(person, `${crypto.randomUUID()}@xn--mller-kva.example`)
    const alias = await digestHex('SHA-256', added.email.replace('xn--mller-kva', 'müller'))
    for (const hash of [added.hash, alias]) await showAll(owner, hash, 1000)
    const job = { addressed: [added.hash, alias], of: person.id, before: Date.now() }
    expect(await deliver(job)).toBe(true)
    expect([await countTo(added.hash), await countTo(alias)]).toEqual([ALL, ALL])
  })

  it.each(['the same person', 'another person'])(
    'goes as far as it came before, where %s has added it again within the second',
    async (who) => {
      const [person, owner, other] = [await newPerson(), await newPerson(), await newPerson()]
      const added = await newAddress(person)
      await showAll(owner, added.hash, Date.now() - 1000)
      const sent = holdErasures()
      await remove(person, added.hash)
      const job = sent()[0]?.body as AddressedJob
      await scheduler.wait(2)
      const next = who === 'the same person' ? person : other
      await newAddress(next, added.email)
      await showAll(owner, added.hash, Date.now())
      expect(await deliver(job)).toBe(true)
      expect(await countTo(added.hash)).toEqual(ALL)
      const shared = await ask('GET', '/api/shared', { as: next.session })
      const { items } = await shared.json<{ items: { sharedAt: number }[] }>()
      expect(items.map(({ sharedAt }) => sharedAt > job.before)).toEqual([true])
    },
  )

  it('goes where another person added it in the very moment of its removal', async () => {
    const [person, owner, other] = [await newPerson(), await newPerson(), await newPerson()]
    const added = await newAddress(other)
    const since = env.DB.prepare('SELECT created_at FROM addresses WHERE hash = ?').bind(added.hash)
    const before = (await since.first<number>('created_at')) ?? 0
    await showAll(owner, added.hash, before - 1)
    await deliver({ addressed: [added.hash], of: person.id, before })
    expect(await countTo(added.hash)).toEqual(NONE)
  })

  it('stays with the address where the queue refuses', async () => {
    const [person, owner] = [await newPerson(), await newPerson()]
    const added = await newAddress(person)
    await showAll(owner, added.hash, 1000)
    const queue = vi.spyOn(Object.getPrototypeOf(env.ERASURES), 'sendBatch')
    queue.mockRejectedValue(new Error('queue is down'))
    expect(await refusal(remove(person, added.hash))).toEqual([503, 'unavailable'])
    vi.restoreAllMocks()
    const listed = await ask('GET', '/api/addresses', { as: person.session })
    expect((await listed.json<{ items: { hash: string }[] }>()).items.map(({ hash }) => hash)).toContain(
      added.hash,
    )
    expect(await countTo(added.hash)).toEqual(ALL)
  })

  it('is never touched by who may not remove the address', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const added = await newAddress(person)
    const sent = holdErasures()
    expect(await refusal(remove(other, added.hash))).toEqual([404, 'not_found'])
    expect(await refusal(remove(person, person.hash))).toEqual([409, 'primary_address'])
    expect(sent()).toEqual([])
  })

  it('goes in steps, and by another message where one is not enough', async () => {
    const owner = await newPerson()
    const hash = await nobody()
    const photoIds = await Promise.all(Array.from({ length: 3 }, () => seedPhoto(owner)))
    for (const id of photoIds) await seedShare(id, hash, 1000)
    await seedShare(await seedPhoto(owner), hash, 3000)
    const job = { addressed: [hash], of: crypto.randomUUID(), before: 2000 }
    const sent: unknown[] = []
    const erasures = { send: async (body: unknown) => sent.push(body) } as unknown as Queue
    let steps = 0
    const real = openCapabilities(env, Date.now())
    // Every step claims to have been as long as it may be.
    const db = new Proxy(real.db, {
      get(target, name) {
        if (name !== 'run') return Reflect.get(target, name)
        return async (query: never) => {
          steps++
          await target.run(query)
          return { meta: { changes: 500 } }
        }
      },
    })
    await eraseAddressed({ db, erasures }, { job, tables: ADDRESSED.slice(0, 1) })
    expect([steps, sent]).toEqual([20, [job]])
    expect(await countTo(hash)).toEqual([1, 0, 0])
    await eraseAddressed({ ...real, erasures }, { job, tables: ADDRESSED })
    expect(sent).toHaveLength(1)
  })
})

describe('what is addressed to somebody who leaves', () => {
  it('goes for all their addresses, and their new account finds what came since alone', async () => {
    const [person, owner] = [await newPerson(), await newPerson()]
    const added = await newAddress(person)
    const hashes = [person.hash, added.hash]
    for (const hash of hashes) await showAll(owner, hash, Date.now() - 1)
    const sent = holdErasures()
    expect((await leave(person)).status).toBe(204)
    expect(sent().map(({ delaySeconds }) => delaySeconds)).toEqual([1, 15 * 60])
    const job = sent()[0]?.body as AddressedJob
    expect(job.addressed.toSorted()).toEqual(hashes.toSorted())
    await scheduler.wait(2)
    const again = await newPerson(person.email)
    await showAll(owner, person.hash, Date.now())
    await deliver(job)
    expect([await countTo(person.hash), await countTo(added.hash)]).toEqual([ALL, NONE])
    const { items } = await (await ask('GET', '/api/shared', { as: again.session })).json<{
      items: unknown[]
    }>()
    expect(items).toHaveLength(1)
  })
})

describe('what nobody came for', () => {
  it('goes after 180 days from every table; what is younger, or somebody’s, stays', async () => {
    const now = Date.now() + 1000 * WAITS // nothing of another test is young then
    const [owner, person] = [await newPerson(), await newPerson()]
    const added = await newAddress(person, `${crypto.randomUUID()}@xn--mller-kva.example`)
    const alias = await digestHex('SHA-256', added.email.replace('xn--mller-kva', 'müller'))
    const [old, ancient, young] = [await nobody(), await nobody(), await nobody()]
    await showAll(owner, old, now - WAITS - 1)
    await showAll(owner, ancient, 1)
    await showAll(owner, young, now - WAITS)
    for (const hash of [person.hash, added.hash, alias]) await showAll(owner, hash, 1)
    await ask('PUT', `/api/contacts/${old}`, { as: owner.session, json: { name: 'Grandpa' } })
    for (const from of ADDRESSED)
      expect(await cleanUpAddressed({ ...openCapabilities(env, now) }, { from, place: null })).toBeNull()
    expect([await countTo(old), await countTo(ancient)]).toEqual([NONE, NONE])
    for (const hash of [young, person.hash, added.hash, alias]) expect(await countTo(hash)).toEqual(ALL)
    const contacts = env.DB.prepare('SELECT count(*) AS n FROM contacts WHERE person_hash = ?').bind(old)
    expect(await contacts.first('n')).toBe(1)
  })

  it('is found behind any number of rows that stay, from place to place', async () => {
    const now = Date.now() + 2000 * WAITS
    const [owner, person] = [await newPerson(), await newPerson()]
    const gone = await nobody()
    const insert = env.DB.prepare('INSERT INTO photo_shares VALUES (?, ?, 5)') // all in one moment
    const ids = Array.from({ length: 10_050 }, () => crypto.randomUUID())
    await env.DB.prepare(
      `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
       SELECT value, ?, 'ready', 'image/png', 1, 4, 3, 'e', 5 FROM json_each(?)`,
    )
      .bind(owner.id, JSON.stringify(ids))
      .run()
    const last = ids.pop() as string
    await insert.bind(last, gone).run() // the first row, and so the last one looked at
    await env.DB.prepare('INSERT INTO photo_shares SELECT value, ?, 5 FROM json_each(?)')
      .bind(person.hash, JSON.stringify(ids))
      .run()
    const from = ADDRESSED.find(
      ({ table }) => getTableName(table) === 'photo_shares',
    ) as (typeof ADDRESSED)[0]
    const caps = openCapabilities(env, now)
    const place = await cleanUpAddressed(caps, { from, place: null })
    expect(place).toMatch(/^5 \d+$/)
    expect((await countTo(gone))[0]).toBe(1)
    expect(await cleanUpAddressed(caps, { from, place })).toBeNull()
    expect((await countTo(gone))[0]).toBe(0)
    expect((await countTo(person.hash))[0]).toBe(10_049)
  })

  it('is looked for by the cron, one table after the other finding its own place', async () => {
    const owner = await newPerson()
    const hash = await nobody()
    await showAll(owner, hash, 7)
    await cleanUp(openCapabilities(env, Date.now()))
    expect(await countTo(hash)).toEqual(NONE)
  })

  it('is found by indexes', async () => {
    for (const { table, hash, createdAt } of ADDRESSED) {
      const [name, person, time] = [getTableName(table), hash.name, createdAt.name]
      const plans = await env.DB.batch<{ detail: string }>([
        env.DB.prepare(
          `EXPLAIN QUERY PLAN SELECT rowid FROM ${name} WHERE (${time}, rowid) < (5, 5) ORDER BY ${time} DESC, rowid DESC LIMIT 500`,
        ),
        env.DB.prepare(
          `EXPLAIN QUERY PLAN SELECT rowid FROM ${name} WHERE ${person} IN (SELECT value FROM json_each('[]')) AND ${time} <= 5 LIMIT 500`,
        ),
      ])
      const [cleaning, erasing] = plans.map(({ results }) => results.map(({ detail }) => detail).join('; '))
      expect(cleaning).toMatch(new RegExp(`^SEARCH ${name} USING (COVERING )?INDEX \\S+ \\(${time}<`))
      expect(erasing).toMatch(new RegExp(`^SEARCH ${name} USING (COVERING )?INDEX \\S+ \\(${person}=`))
    }
  })
})

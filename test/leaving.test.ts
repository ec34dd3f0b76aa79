import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { requestLeaving } from '../src/accounts/leaving'
import type { PurgeJob } from '../src/avatar/purge'
import { openCapabilities } from '../src/capabilities'
import worker from '../src/index'
import { digestHex } from '../src/lib/crypto'
import { DAY } from '../src/lib/time'
import {
  addAddress,
  ask,
  askAddress,
  complete,
  crop,
  fixture,
  holdMail,
  keyOfUpload,
  newAddress,
  newFace,
  newPerson,
  newPhoto,
  type Person,
  prepare,
  refusal,
  signUp,
  store,
} from './support'

afterEach(() => vi.restoreAllMocks())

/** A browser's headers, and the code that was mailed to it. */
async function askToLeave(person: Person, now = Date.now()) {
  const mailbox = holdMail()
  const caps = { ...openCapabilities(env, now), email: mailbox }
  const browserId = await requestLeaving(caps, { user: person, client: crypto.randomUUID() })
  return {
    as: { cookie: `${person.session.cookie}; deletion=${browserId}` },
    code: mailbox.code(),
    to: mailbox.to,
  }
}

const leave = (as: { cookie: string }, code: unknown) => ask('DELETE', '/api/me', { as, json: { code } })

/** Every place where anything of these texts is still written, in every table and both buckets. */
async function findLeft(texts: string[]): Promise<string[]> {
  const tables = await env.DB.prepare(
    `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'`,
  ).all<{ name: string }>()
  const found: string[] = []
  for (const { name } of tables.results) {
    const { results } = await env.DB.prepare(`SELECT * FROM "${name}"`).all()
    for (const row of results)
      if (texts.some((text) => JSON.stringify(row).includes(text)))
        found.push(`${name}: ${JSON.stringify(row)}`)
  }
  for (const bucket of [env.PHOTOS, env.UPLOADS]) {
    const { objects } = await bucket.list()
    for (const { key } of objects) if (texts.some((text) => key.includes(text))) found.push(key)
  }
  return found
}

/** What a person shows to another, in every way there is. */
async function showAll(person: Person, photoId: string, hash: string): Promise<void> {
  const albumId = crypto.randomUUID()
  const [now, as] = [Date.now(), person.session]
  await ask('PUT', `/api/photos/${photoId}/shares/${hash}`, { as })
  await env.DB.batch([
    env.DB.prepare('INSERT INTO albums VALUES (?, ?, ?, ?, ?)').bind(albumId, person.id, 'A', photoId, now),
    env.DB.prepare('INSERT INTO album_photos VALUES (?, ?, ?, ?)').bind(albumId, photoId, person.id, now),
    env.DB.prepare(`INSERT INTO album_members VALUES (?, ?, 'contributor', ?)`).bind(albumId, hash, now),
    env.DB.prepare('INSERT INTO photo_tags VALUES (?, ?, ?, 0, 0, 1, 1, ?, NULL)').bind(
      photoId,
      hash,
      person.id,
      now,
    ),
    env.DB.prepare('INSERT INTO links VALUES (?, ?, NULL, ?, NULL, 0, ?, ?)').bind(
      crypto.randomUUID(),
      crypto.randomUUID(),
      albumId,
      now + DAY,
      now,
    ),
  ])
}

/** What is written of somebody who has used everything there is. */
async function newLife() {
  const { person, photo } = await newFace('red.jpg')
  const added = await newAddress(person)
  await ask('GET', `/${added.hash}?s=96`)
  await newPhoto(person, 'small.png')
  const pending = await prepare(person, 'image/png', 10)
  await store(person, pending, new Uint8Array(10))
  await ask('POST', '/api/me/public-key', { as: person.session })
  await ask('POST', '/api/tokens', { as: person.session, json: { name: 'backup' } })
  await ask('PATCH', '/api/me', { as: person.session, json: { displayName: 'Somebody' } })
  await ask('POST', '/api/sign-in/code', { json: { email: added.email } }) // another browser is about to sign in
  await crop(person, photo.id)
  const friend = await newPerson()
  const theirs = await newPhoto(friend, 'small.png')
  for (const hash of [person.hash, added.hash]) await showAll(friend, theirs.id, hash)
  await showAll(person, photo.id, friend.hash)
  await env.DB.prepare('INSERT INTO album_photos SELECT id, ?, ?, 1 FROM albums WHERE user_id = ? LIMIT 1')
    .bind(photo.id, person.id, friend.id) // they contribute to another's album
    .run()
  await ask('PUT', `/api/contacts/${friend.hash}`, { as: person.session, json: { name: 'Friend' } })
  await (await ask('GET', `/api/photos/zip?ids=${photo.id}`, { as: person.session })).bytes()
  await (await ask('GET', '/api/me/export', { as: person.session })).bytes()
  const written = await ask('POST', '/api/messages', {
    as: person.session,
    json: { to: friend.hash, text: person.id, photoId: photo.id },
    headers: { 'idempotency-key': 'x' },
  })
  expect(written.status).toBe(201)
  await ask('PUT', `/api/blocks/${await digestHex('SHA-256', 'a stranger')}`, { as: person.session })
  const unconfirmed = `${crypto.randomUUID()}@example.com`
  await askAddress(person, unconfirmed)
  const { publicKey } = await (await ask('GET', '/api/me', { as: person.session })).json<Person>()
  const keys = [person.hash, person.md5, added.hash, added.md5, publicKey]
  const texts = [person.id, photo.id, person.email, added.email, unconfirmed, ...keys, person.publicKey]
  return { person, photo, pending, added, keys, texts }
}

describe('deleting one’s account', () => {
  it('takes a code that was mailed to the primary address, and leaves nothing in any table or bucket', async () => {
    const { person, keys, texts } = await newLife()
    const queue = vi.spyOn(Object.getPrototypeOf(env.PRIVACY_PURGES), 'sendBatch')
    const { as, code, to } = await askToLeave(person)
    expect(to).toEqual([person.email])
    const answer = await leave(as, code)
    expect([answer.status, answer.headers.get('clear-site-data')]).toEqual([204, '"cache", "storage"'])
    expect(answer.headers.getSetCookie().join()).toMatch(/session=; Max-Age=0/)
    const purges = queue.mock.calls
      .map(([sent]) => (sent as { body: PurgeJob }[])[0]?.body.keys)
      .filter((purged) => purged !== undefined)
    expect(purges.map((purged) => purged.toSorted())).toContainEqual(keys.toSorted())
    for (const key of keys) expect((await ask('GET', `/${key}?d=404`)).status).toBe(404)
    for (const credential of [person.session, person.token])
      expect(await refusal(ask('GET', '/api/me', { as: credential }))).toEqual([401, 'unauthenticated'])
    await vi.waitUntil(async () => (await findLeft(texts)).length === 0, { timeout: 10_000 }).catch(() => {})
    expect(await findLeft(texts)).toEqual([])
  })

  it('gives a new, empty account at the next sign-in with the same address', async () => {
    const { person, added } = await newLife()
    const { as, code } = await askToLeave(person)
    expect((await leave(as, code)).status).toBe(204)
    const again = await signUp(person.email)
    expect(again.id).not.toBe(person.id)
    expect(again).toMatchObject({ displayName: '', activePhotoId: null, email: person.email })
    const photos = await (await ask('GET', '/api/photos', { as: again.session })).json()
    expect(photos).toEqual({ items: [], nextCursor: null })
    expect((await addAddress(again, added.email)).status).toBe(201) // the others are free again as well
  })

  it('erases an upload that was under way, by the second job', async () => {
    const { person, pending } = await newLife()
    const key = await keyOfUpload(person, pending)
    const { as, code } = await askToLeave(person)
    await leave(as, code)
    await env.UPLOADS.put(key, 'late') // its URL lives on for some minutes
    await env.PHOTOS.put(`${person.id}/${pending}/r2/s80.webp`, 'a write-back that was late')
    const message = { id: '1', timestamp: new Date(), attempts: 1, body: { leaver: person.id } }
    const batch = createMessageBatch('cameo-erasures', [message])
    await worker.queue(batch as never, env)
    const result = await getQueueResult(batch, createExecutionContext())
    expect(result.explicitAcks).toEqual(['1'])
    expect(await findLeft([person.id])).toEqual([])
  })

  it('leaves nothing where a photo is being completed meanwhile', async () => {
    const person = await newPerson()
    const bytes = fixture('red.jpg')
    const id = await prepare(person, 'image/jpeg', bytes.length)
    await store(person, id, bytes)
    const { as, code } = await askToLeave(person)
    const [completed, left] = await Promise.all([complete(person, id), leave(as, code)])
    expect(left.status).toBe(204)
    expect([200, 401, 404, 503]).toContain(completed.status)
    const message = { id: '1', timestamp: new Date(), attempts: 1, body: { leaver: person.id } }
    await worker.queue(createMessageBatch('cameo-erasures', [message]) as never, env)
    expect(await findLeft([person.id, person.hash, person.email])).toEqual([])
  })

  it('erases nothing of a person who is still there', async () => {
    const { person, photo } = await newFace('small.png')
    const message = { id: '1', timestamp: new Date(), attempts: 1, body: { leaver: person.id } }
    await worker.queue(createMessageBatch('cameo-erasures', [message]) as never, env)
    expect((await ask('GET', `/raw/${person.id}/${photo.id}`, { as: person.session })).status).toBe(200)
  })

  it('goes on with the next message where there is more than one message’s work', async () => {
    const id = crypto.randomUUID()
    const objects = ['1', '2', '3'].map((name) => ({ key: `${id}/photo/${name}` }))
    let lists = 0
    const bucket = {
      list: async () => ({ objects, truncated: ++lists < 25 }),
      delete: async () => {},
    } as unknown as R2Bucket
    const sent: unknown[] = []
    const erasures = { send: async (body: unknown) => sent.push(body) } as unknown as Queue
    const { consumeErasures } = await import('../src/photos/erase')
    const caps = { ...openCapabilities(env, Date.now()), bucket, erasures }
    const message = { id: '1', timestamp: new Date(), attempts: 1, body: { leaver: id } }
    const run = () =>
      consumeErasures(createMessageBatch('cameo-erasures', [message]).messages as never, caps, [])
    await run()
    expect([lists, sent]).toEqual([20, [{ leaver: id }]])
    await run()
    expect([lists, sent.length]).toEqual([25, 1])
  })

  it('refuses a wrong, an old, a used and another purpose’s code, and then everything stands', async () => {
    const { person, photo } = await newFace('small.png')
    const { as, code } = await askToLeave(person)
    const wrong = code === '00000000' ? '00000001' : '00000000'
    const old = await askToLeave(person, Date.now() - DAY)
    const adding = await askAddress(person, `${crypto.randomUUID()}@example.com`)
    const attempts: [{ cookie: string }, string][] = [
      [as, wrong],
      [old.as, old.code],
      [person.session, code],
      [{ cookie: `${person.session.cookie}; deletion=${adding.browserId}` }, adding.code],
    ]
    for (const [cookies, typed] of attempts)
      expect(await refusal(leave(cookies, typed))).toEqual([401, 'invalid_code'])
    for (const typed of [7, null, undefined, {}])
      expect(await refusal(leave(as, typed))).toEqual([400, 'invalid_input'])
    const me = await ask('GET', '/api/me', { as: person.session })
    expect(await me.json()).toMatchObject({ activePhotoId: photo.id })
  })

  it('refuses a code that went to an address which is not the primary one any more', async () => {
    const person = await newPerson()
    const { hash } = await newAddress(person)
    const { as, code } = await askToLeave(person)
    await ask('PATCH', `/api/addresses/${hash}`, { as: person.session, json: { primary: true } })
    expect(await refusal(leave(as, code))).toEqual([401, 'invalid_code'])
    expect((await ask('GET', '/api/me', { as: person.session })).status).toBe(200)
  })

  it('takes one of two at once with the same code', async () => {
    const person = await newPerson()
    const { as, code } = await askToLeave(person)
    const answers = await Promise.all([leave(as, code), leave(as, code)])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual([204, 401])
  })

  it('keeps the account whole where a queue refuses', async () => {
    const { person, photo } = await newFace('small.png')
    const { as, code } = await askToLeave(person)
    const spy = vi
      .spyOn(Object.getPrototypeOf(env.ERASURES), 'sendBatch')
      .mockRejectedValue(new Error('queue is down'))
    expect(await refusal(leave(as, code))).toEqual([503, 'unavailable'])
    spy.mockRestore()
    expect(await (await ask('GET', '/api/me', { as: person.session })).json()).toMatchObject({
      activePhotoId: photo.id,
    })
    expect((await ask('GET', `/${person.hash}?d=404`)).status).toBe(200)
  })

  it('does not give a stranger’s mailbox its mails again', async () => {
    const victim = `${crypto.randomUUID()}@example.com`
    for (let life = 0; ; life++) {
      const person = await newPerson()
      const answers: number[] = []
      for (let mail = 0; mail < 4; mail++) {
        const asked = await askAddress(person, victim).catch((problem) => problem)
        answers.push(asked instanceof Error ? 429 : 202)
      }
      const { as, code } = await askToLeave(person)
      await leave(as, code)
      if (life < 2) expect(answers).toEqual([202, 202, 202, 202])
      else {
        expect(answers).toEqual([202, 202, 429, 429]) // ten an hour, whoever has come and gone
        break
      }
    }
  })
})

import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { readPerson } from '../src/accounts/person'
import { renewPublicKey, updateProfile } from '../src/accounts/profile'
import type { PurgeJob } from '../src/avatar/purge'
import { type Capabilities, openCapabilities } from '../src/capabilities'
import { openDb } from '../src/db/open'
import { HOUR } from '../src/lib/time'
import { removeCrop } from '../src/photos/crops'
import { readPhoto } from '../src/photos/own'
import { activatePhoto, deletePhoto, updatePhoto } from '../src/photos/photos'
import { completeUpload } from '../src/uploads/complete'
import { activate, ask, newFace, newPerson, newPhoto, refusal, storeCrop } from './support'

const caps = () => openCapabilities(env, Date.now())
const userOf = (person: { id: string }) => readPerson(caps(), { userId: person.id })

/** Capabilities that keep what is queued, and do something else just before the first write to a table. */
function interrupted(
  table: string,
  interrupt: () => Promise<unknown>,
): { caps: Capabilities; sent: string[][] } {
  const sent: string[][] = []
  const sendBatch = async (messages: { body: PurgeJob }[]) => {
    if (messages[0]) sent.push(messages[0].body.keys)
  }
  const queue = { sendBatch } as unknown as Queue
  const writes = new RegExp(`^(update|delete from) "${table}"`)
  let done = false
  const interruptOnce = async () => {
    if (done) return
    done = true
    await interrupt()
  }
  const originals = new WeakMap<D1PreparedStatement, D1PreparedStatement>()
  const late = (statement: D1PreparedStatement): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get(target, name) {
        const method = Reflect.get(target, name) as (...values: unknown[]) => unknown
        if (name === 'bind') return (...values: unknown[]) => late(target.bind(...values))
        return async (...values: unknown[]) => {
          await interruptOnce()
          return method.apply(target, values)
        }
      },
    })
    originals.set(proxy, statement)
    return proxy
  }
  const d1 = new Proxy(env.DB, {
    get(target, name) {
      if (name === 'prepare')
        return (sql: string) => (writes.test(sql) ? late(target.prepare(sql)) : target.prepare(sql))
      if (name !== 'batch') return Reflect.get(target, name).bind(target)
      return async (statements: D1PreparedStatement[]) => {
        if (statements.some((statement) => originals.has(statement))) await interruptOnce()
        return target.batch(statements.map((statement) => originals.get(statement) ?? statement))
      }
    },
  })
  return { caps: { ...caps(), db: openDb(d1), purges: queue, privacyPurges: queue }, sent }
}

describe('two changes at once', () => {
  it('of a photo keep the rating and the alt text, twenty times', async () => {
    const { person, photo } = await newFace('small.png')
    const patch = (json: unknown) => ask('PATCH', `/api/photos/${photo.id}`, { as: person.token, json })
    for (let round = 0; round < 20; round++) {
      const wanted = { rating: (['pg', 'r', 'x', 'g'] as const)[round % 4], altText: `round ${round}` }
      const answers = await Promise.all([
        patch({ rating: wanted.rating }),
        patch({ altText: wanted.altText }),
      ])
      expect(answers.map((answer) => answer.status)).toEqual([200, 200])
      expect(await readPhoto(caps(), { userId: person.id, photoId: photo.id })).toMatchObject(wanted)
    }
  })

  it('of a person keep the name, the switch and the policy, twenty times', async () => {
    const person = await newPerson()
    const user = await userOf(person) // read once: whoever writes it back loses what came after
    for (let round = 0; round < 20; round++) {
      const wanted = {
        displayName: `round ${round}`,
        publicLookup: round % 2 === 0,
        tagPolicy: (['nobody', 'anyone'] as const)[round % 2],
      }
      await Promise.all([
        updateProfile(caps(), { user, displayName: wanted.displayName }),
        updateProfile(caps(), { user, publicLookup: wanted.publicLookup }),
        updateProfile(caps(), { user, tagPolicy: wanted.tagPolicy }),
      ])
      expect(await userOf(person)).toMatchObject(wanted)
    }
  })

  it('of the other field alone are kept, however late the first is written', async () => {
    const { person, photo } = await newFace('small.png')
    const values = { user: await userOf(person), photoId: photo.id }
    const late = interrupted('photos', () => updatePhoto(caps(), { ...values, rating: 'x' }))
    const answer = await updatePhoto(late.caps, { ...values, altText: 'Me' })
    expect(answer).toMatchObject({ rating: 'x', altText: 'Me' })
  })
})

describe('a change whose ground moves before it is written', () => {
  it('is purged where the photo becomes the active one meanwhile', async () => {
    const person = await newPerson()
    const photo = await newPhoto(person, 'small.png')
    const values = { user: await userOf(person), photoId: photo.id }
    const moved = interrupted('photos', () => activatePhoto(caps(), values))
    expect(await updatePhoto(moved.caps, { ...values, altText: 'Me' })).toMatchObject({ altText: 'Me' })
    expect(moved.sent).toEqual([[person.hash, person.md5, person.publicKey]])
  })

  it('shows the crop of a photo that becomes active while it is completed, and the other way round', async () => {
    const person = await newPerson()
    const photo = await newPhoto(person, 'small.png')
    const values = { user: await userOf(person), photoId: photo.id }
    const shown = async () =>
      (
        await env.DB.prepare(
          'SELECT active_photo_id AS id FROM users WHERE id = ?1 UNION SELECT active_photo_id FROM addresses WHERE user_id = ?1',
        )
          .bind(person.id)
          .all()
      ).results
    const ids = [await storeCrop(person, photo.id), await storeCrop(person, photo.id)] as [string, string]
    const adopt = (tools: Capabilities, id: string) =>
      completeUpload(tools, { userId: person.id, photoId: id })
    const late = interrupted('users', () => activatePhoto(caps(), values))
    await adopt(late.caps, ids[0])
    expect(await shown()).toEqual([{ id: ids[0] }])
    expect(late.sent.at(-1)).toEqual([person.hash, person.md5, person.publicKey])
    await activatePhoto(caps(), { ...values, photoId: null })
    await activatePhoto(interrupted('users', () => adopt(caps(), ids[1])).caps, values)
    expect(await shown()).toEqual([{ id: ids[1] }])
    const third = await storeCrop(person, photo.id)
    const removed = interrupted('users', () => removeCrop(caps(), { userId: person.id, photoId: photo.id }))
    await adopt(removed.caps, third)
    expect(await shown()).toEqual([{ id: third }])
    const fourth = await storeCrop(person, photo.id)
    await removeCrop(interrupted('users', () => adopt(caps(), fourth)).caps, {
      userId: person.id,
      photoId: photo.id,
    })
    expect(await shown()).toEqual([{ id: photo.id }])
  })

  it('leaves nothing of a crop whose photo is deleted while it is completed', async () => {
    const { person, photo } = await newFace('small.png')
    const cropId = await storeCrop(person, photo.id)
    const values = { user: { id: person.id }, photoId: photo.id }
    const late = interrupted('users', () => deletePhoto(caps(), values)) // its objects are there by then
    const work = completeUpload(late.caps, { userId: person.id, photoId: cropId })
    await expect(work).rejects.toMatchObject({ code: 'not_found' })
    const rows = env.DB.prepare('SELECT id FROM photos WHERE user_id = ?').bind(person.id)
    expect((await rows.all()).results).toEqual([])
    expect((await ask('GET', `/${person.hash}?d=404`)).status).toBe(404)
    for (const bucket of [env.PHOTOS, env.UPLOADS])
      await vi.waitUntil(async () => !(await bucket.list({ prefix: person.id })).objects.length, {
        timeout: 10_000,
      })
  })

  it('erases a crop that is begun while its photo is deleted', async () => {
    const person = await newPerson()
    const photo = await newPhoto(person, 'small.png')
    const values = { user: await userOf(person), photoId: photo.id }
    let begun = ''
    const late = interrupted('photos', async () => {
      begun = await storeCrop(person, photo.id)
    })
    await deletePhoto(late.caps, values)
    await vi.waitUntil(
      async () => !(await env.UPLOADS.list({ prefix: `${person.id}/${begun}` })).objects.length,
      { timeout: 10_000 },
    )
  })

  it('is purged where a photo that is deleted becomes the active one meanwhile', async () => {
    const person = await newPerson()
    const photo = await newPhoto(person, 'small.png')
    const values = { user: await userOf(person), photoId: photo.id }
    const moved = interrupted('photos', () => activatePhoto(caps(), values))
    await deletePhoto(moved.caps, values)
    expect(moved.sent).toEqual([[person.hash, person.md5, person.publicKey]])
    expect((await userOf(person)).activePhotoId).toBeNull()
  })

  it.each([
    ['another picture', 'users', (tools, { user }) => activatePhoto(tools, { user, photoId: null })],
    ['a name', 'users', (tools, { user }) => updateProfile(tools, { user, displayName: 'Me' })],
    ['a rating', 'photos', (tools, values) => updatePhoto(tools, { ...values, rating: 'x' })],
    ['a deletion', 'photos', deletePhoto],
    ['one more public key', 'users', renewPublicKey],
  ] as [
    string,
    string,
    (
      tools: Capabilities,
      values: { user: Awaited<ReturnType<typeof userOf>>; photoId: string },
    ) => Promise<unknown>,
  ][])('purges the public key that is the new one meanwhile: %s', async (_name, table, change) => {
    const { person, photo } = await newFace('small.png')
    const user = await userOf(person)
    const moved = interrupted(table, () => renewPublicKey(caps(), { user }))
    const { publicKey } = user
    await change(moved.caps, { user, photoId: photo.id })
    expect(moved.sent).toHaveLength(2)
    expect(moved.sent[0]).toContain(publicKey)
    expect(moved.sent[1]).not.toContain(publicKey)
    if (change !== renewPublicKey) expect(moved.sent[1]).toContain((await userOf(person)).publicKey)
  })
})

describe('renewing the public key', () => {
  it('is allowed five times an hour, however many ask at once, and again after it', async () => {
    const person = await newPerson()
    const renew = () => ask('POST', '/api/me/public-key', { as: person.session })
    const answers = await Promise.all(Array.from({ length: 12 }, renew))
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(5)
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(7)
    const refused = await renew()
    expect(refused.headers.get('retry-after')).toBe('3600')
    expect(await refusal(Promise.resolve(refused))).toEqual([429, 'rate_limited'])
    const stands = await userOf(person)
    const later = await renewPublicKey({ ...caps(), now: Date.now() + HOUR + 1000 }, { user: stands })
    expect(later.publicKey).not.toBe(stands.publicKey)
    const other = await newPerson()
    expect((await ask('POST', '/api/me/public-key', { as: other.session })).status).toBe(200)
    expect((await activate(person, null)).status).toBe(200)
  })
})

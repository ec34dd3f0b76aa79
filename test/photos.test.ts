import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { openCapabilities } from '../src/capabilities'
import type { CleanUpJob } from '../src/cron'
import type { Rest } from '../src/db/batches'
import worker from '../src/index'
import { sniffImage } from '../src/lib/sniff/sniff'
import type { PhotoJson } from '../src/photos/answers'
import type { ErasureJob } from '../src/photos/erase'
import { cleanUpStrays } from '../src/uploads/cleanup'
import {
  activate,
  ask,
  complete,
  crop,
  fixture,
  keyOfUpload,
  middleColour,
  newAddress,
  newFace,
  newPerson,
  newPhoto,
  type Person,
  prepare,
  prepareCrop,
  refusal,
  store,
  storeCrop,
} from './support'

interface List {
  items: { id: string }[]
  nextCursor: string | null
}

describe('GET /api/photos', () => {
  it('lists ready photos, newest first, page by page, each once', async () => {
    const person = await newPerson()
    const first = await newPhoto(person, 'small.png')
    await prepare(person, 'image/png', 10) // pending: not listed
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 119)
       INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
       SELECT 'p' || i || ?1, ?1, 'ready', 'image/png', 1, 1, 1, 'e', 1000 + i / 3 FROM n`,
    )
      .bind(person.id)
      .run()
    const pages: List[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: List = await (
        await ask('GET', `/api/photos?cursor=${cursor}`, { as: person.session })
      ).json()
      pages.push(page)
      cursor = page.nextCursor
    }
    const ids = pages.flatMap((page) => page.items.map((item) => item.id))
    expect(pages.map((page) => page.items.length)).toEqual([50, 50, 20])
    expect(new Set(ids).size).toBe(120)
    expect(ids[0]).toBe(first.id)
    const all = await (await ask('GET', '/api/photos?limit=5000', { as: person.session })).json<List>()
    expect(all.items).toHaveLength(100)
  })

  it('is in the order that photos were taken in on demand, and a page reads what it shows', async () => {
    const person = await newPerson()
    const crops = `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at, crop_of)
       SELECT 'c' || id, user_id, 'ready', 'image/png', 1, 1, 1, 'e', created_at + 5000, id FROM photos WHERE user_id = ?1`
    await env.DB.batch([
      env.DB.prepare(
        `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 299)
         INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at, taken_at)
         SELECT 'p' || i || ?1, ?1, 'ready', 'image/png', 1, 1, 1, 'e', 1000 + i, CASE WHEN i % 3 THEN (i * 7) % 100 - 50 END FROM n`,
      ).bind(person.id),
      env.DB.prepare(crops).bind(person.id),
    ])
    const places = (items: PhotoJson[]) => items.map(({ takenAt, createdAt }) => takenAt ?? createdAt)
    for (const order of ['taken', 'created'] as const) {
      const seen: PhotoJson[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const prototype = Object.getPrototypeOf(env.DB.prepare('SELECT 1'))
        const bound = vi.spyOn(prototype, 'bind')
        const page: { items: PhotoJson[]; nextCursor: string | null } = await (
          await ask('GET', `/api/photos?order=${order}&limit=40&cursor=${cursor}`, { as: person.session })
        ).json()
        const list = bound.mock.results.at(-1)?.value as D1PreparedStatement
        vi.restoreAllMocks()
        expect((await list.all()).meta.rows_read).toBeLessThanOrEqual(41 * 2 + 5)
        seen.push(...page.items)
        cursor = page.nextCursor
      }
      expect(new Set(seen.map(({ id }) => id)).size).toBe(300)
      const sorted = order === 'taken' ? places(seen) : seen.map(({ createdAt }) => createdAt)
      expect(sorted).toEqual(sorted.toSorted((one, other) => other - one))
    }
    expect(await refusal(ask('GET', '/api/photos?order=x', { as: person.session }))).toEqual([
      ...[400, 'invalid_input'],
    ])
  })

  it.each(['cursor=x', 'cursor=W10', 'cursor=%00', 'limit=0', 'limit=-1', 'limit=ten', 'limit=1.5'])(
    'refuses ?%s',
    async (query) => {
      const { session } = await newPerson()
      expect(await refusal(ask('GET', `/api/photos?${query}`, { as: session }))).toEqual([
        400,
        'invalid_input',
      ])
    },
  )
})

describe('PATCH /api/photos/{id}', () => {
  it('changes what is given, and keeps the rest', async () => {
    const { person, photo } = await newFace('small.png')
    const patch = (json: unknown) => ask('PATCH', `/api/photos/${photo.id}`, { as: person.session, json })
    expect(await (await patch({ altText: ' A meadow ' })).json()).toEqual({
      ...photo,
      active: true,
      altText: 'A meadow',
    })
    expect(await (await patch({ rating: 'pg' })).json()).toMatchObject({ altText: 'A meadow', rating: 'pg' })
    expect((await patch({})).status).toBe(200)
    for (const json of [
      { rating: 'z' },
      { altText: 'x'.repeat(501) },
      { altText: null },
      { status: 'ready' },
      { id: 'x' },
    ]) {
      expect(await refusal(patch(json))).toEqual([400, 'invalid_input'])
    }
  })
})

describe('PUT /api/me/active-photo', () => {
  it('makes one active, then none', async () => {
    const { person, photo } = await newFace('small.png')
    expect(await (await ask('GET', `/api/photos/${photo.id}`, { as: person.session })).json()).toMatchObject({
      active: true,
    })
    expect(await (await activate(person, null)).json()).toMatchObject({ activePhotoId: null })
    expect((await ask('GET', `/${person.hash}?d=404`)).status).toBe(404)
  })

  it('refuses a pending, a deleted and an unknown photo and keeps what is active', async () => {
    const { person, photo } = await newFace('small.png')
    const pending = await prepare(person, 'image/png', 10)
    const deleted = await newPhoto(person, 'small.png')
    await ask('DELETE', `/api/photos/${deleted.id}`, { as: person.session })
    expect(await refusal(activate(person, pending))).toEqual([409, 'photo_not_ready'])
    expect(await refusal(activate(person, deleted.id))).toEqual([404, 'not_found'])
    expect(await refusal(activate(person, 'no such id'))).toEqual([404, 'not_found'])
    expect(await refusal(activate(person, ''))).toEqual([404, 'not_found'])
    expect(await refusal(activate(person, 7 as never))).toEqual([400, 'invalid_input'])
    expect(await (await ask('GET', '/api/me', { as: person.session })).json()).toMatchObject({
      activePhotoId: photo.id,
    })
  })
})

describe('DELETE /api/photos/{id}', () => {
  const keysOf = async (prefix: string) =>
    (await env.PHOTOS.list({ prefix })).objects.map((object) => object.key)

  it('removes the row at once and every object after it', async () => {
    const { person, photo } = await newFace('red.jpg')
    await Promise.all(
      ['?s=16', '.webp?s=64', '.png?s=96'].map((query) => ask('GET', `/${person.hash}${query}`)),
    )
    const made = async () => (await keysOf(person.id)).filter((key) => /\/s\d+\.\w+$/.test(key))
    await vi.waitUntil(async () => (await made()).length === 3, { timeout: 10_000 })
    expect((await ask('DELETE', `/api/photos/${photo.id}`, { as: person.session })).status).toBe(204)
    expect(await refusal(ask('GET', `/api/photos/${photo.id}`, { as: person.session }))).toEqual([
      404,
      'not_found',
    ])
    expect((await ask('GET', `/raw/${person.id}/${photo.id}`, { as: person.session })).status).toBe(404)
    expect(await refusal(ask('DELETE', `/api/photos/${photo.id}`, { as: person.session }))).toEqual([
      404,
      'not_found',
    ])
    await vi.waitUntil(async () => (await keysOf(person.id)).length === 0, { timeout: 10_000 })
  })

  it('keeps the photo whole when the queue refuses', async () => {
    const { person, photo } = await newFace('small.png')
    const spy = vi
      .spyOn(Object.getPrototypeOf(env.ERASURES), 'sendBatch')
      .mockRejectedValue(new Error('queue is down'))
    expect(await refusal(ask('DELETE', `/api/photos/${photo.id}`, { as: person.session }))).toEqual([
      503,
      'unavailable',
    ])
    spy.mockRestore()
    expect((await ask('GET', `/${person.hash}?d=404`)).status).toBe(200)
  })
})

describe('a crop', () => {
  const read = async <T>(person: Person, path: string) =>
    (await ask('GET', path, { as: person.session })).json<T>()
  const photoOf = (person: Person, id: string) => read<PhotoJson>(person, `/api/photos/${id}`)
  /** The rows that are somebody's: what is a crop of what, oldest first. */
  const rowsOf = async (person: Person) =>
    (
      await env.DB.prepare(
        'SELECT id, crop_of AS cropOf, status FROM photos WHERE user_id = ? ORDER BY created_at, rowid',
      )
        .bind(person.id)
        .all<{ id: string; cropOf: string | null; status: string }>()
    ).results
  /** What shows under a key, by the fixture's colour. */
  const colour = async (key: string) => {
    const [red, green] = await middleColour(await ask('GET', `/${key}.png?s=80&d=404&r=x`))
    return red > green ? 'red' : 'green'
  }

  it('is what shows where its photo is active, while everything names the photo', async () => {
    const { person, photo } = await newFace('red.jpg')
    const box = { x: 0.25, y: 0.125, size: 0.5 }
    expect(await colour(person.hash)).toBe('red')
    const made = await (await crop(person, photo.id)).json<PhotoJson>()
    expect(made).toMatchObject({ cropOf: photo.id, status: 'ready', width: 320, height: 320, crop: null })
    expect(await photoOf(person, photo.id)).toMatchObject({
      ...{ id: photo.id, active: true, cropOf: null, crop: { id: made.id, box } },
      pictures: {
        original: `http://localhost/raw/${person.id}/${photo.id}`,
        thumbnail: `http://localhost/raw/${person.id}/${photo.id}?w=640`,
        preview: `http://localhost/raw/${person.id}/${photo.id}?w=2048`,
      },
    })
    for (const key of [person.hash, person.md5, person.publicKey]) expect(await colour(key)).toBe('green')
    expect(await read(person, '/api/me')).toMatchObject({ activePhotoId: photo.id })
    expect(await read(person, '/api/addresses')).toMatchObject({ items: [{ photoId: photo.id }] })
    const listed = await read<List>(person, '/api/photos')
    expect(listed.items).toMatchObject([{ id: photo.id, active: true, crop: { id: made.id } }])
    expect((await ask('GET', `/raw/${person.id}/${made.id}?w=160`, { as: person.session })).status).toBe(200)

    expect((await activate(person, null)).status).toBe(200)
    expect((await ask('GET', `/${person.hash}?d=404`)).status).toBe(404)
    expect(await (await activate(person, photo.id)).json()).toMatchObject({ activePhotoId: photo.id })
    expect(await colour(person.hash)).toBe('green')

    for (let times = 0; times < 2; times++)
      expect((await ask('DELETE', `/api/photos/${photo.id}/crop`, { as: person.session })).status).toBe(204)
    expect(await colour(person.hash)).toBe('red')
    expect(await photoOf(person, photo.id)).toMatchObject({ active: true, crop: null })
    expect(await rowsOf(person)).toEqual([{ id: photo.id, cropOf: null, status: 'ready' }])
    const left = async () => (await env.PHOTOS.list({ prefix: `${person.id}/${made.id}` })).objects.length
    await vi.waitUntil(async () => (await left()) === 0, { timeout: 10_000 })
  })

  it('takes the place of the one before, and goes with its photo', async () => {
    const { person, photo } = await newFace('red.jpg')
    const address = await newAddress(person)
    const as = { as: person.session }
    expect(
      (await ask('PATCH', `/api/addresses/${address.hash}`, { ...as, json: { photoId: photo.id } })).status,
    ).toBe(200)
    const first = await (await crop(person, photo.id, 'yellow.webp')).json<PhotoJson>()
    const second = await (await crop(person, photo.id)).json<PhotoJson>()
    expect((await rowsOf(person)).map(({ id }) => id)).toEqual([photo.id, second.id])
    for (const key of [person.hash, address.hash]) expect(await colour(key)).toBe('green')
    expect(await read(person, '/api/addresses')).toMatchObject({
      items: [
        { photoId: photo.id, follows: true },
        { photoId: photo.id, follows: false },
      ],
    })
    expect(await refusal(complete(person, first.id))).toEqual([404, 'not_found'])
    const pending = await storeCrop(person, photo.id)
    expect((await ask('DELETE', `/api/photos/${photo.id}`, as)).status).toBe(204)
    expect(await rowsOf(person)).toEqual([])
    expect(await refusal(complete(person, pending))).toEqual([404, 'not_found'])
    for (const key of [person.hash, address.hash])
      expect((await ask('GET', `/${key}?d=404`)).status).toBe(404)
    for (const bucket of [env.PHOTOS, env.UPLOADS])
      await vi.waitUntil(async () => !(await bucket.list({ prefix: person.id })).objects.length, {
        timeout: 10_000,
      })
  })

  it('says what its photo says of itself, whenever that was said', async () => {
    const { person, photo } = await newFace('red.jpg')
    const patch = (json: unknown) => ask('PATCH', `/api/photos/${photo.id}`, { as: person.session, json })
    const shown = async () => [
      (await ask('GET', `/${person.hash}.json`)).status,
      (await ask('GET', `/${person.hash}?d=404&r=g`)).status,
    ]
    await patch({ rating: 'pg' })
    const pending = await storeCrop(person, photo.id)
    await patch({ altText: 'Me' })
    await complete(person, pending)
    expect(await shown()).toEqual([404, 404])
    expect(await (await patch({ rating: 'g' })).json()).toMatchObject({
      altText: 'Me',
      crop: { id: pending },
    })
    expect(await shown()).toEqual([200, 200])
    expect(await (await ask('GET', `/${person.hash}.json`)).json()).toMatchObject({ altText: 'Me' })
    await patch({ rating: 'x' })
    expect(await shown()).toEqual([404, 404])
  })

  it('is one of two that are completed at once, and of ten', async () => {
    const { person, photo } = await newFace('red.jpg')
    for (const count of [2, 10]) {
      const ids: string[] = []
      for (let number = 0; number < count; number++) ids.push(await storeCrop(person, photo.id))
      const answers = await Promise.all(ids.map((id) => complete(person, id)))
      expect(answers.filter(({ status }) => ![200, 404].includes(status))).toEqual([])
      const rows = await rowsOf(person)
      expect(rows).toMatchObject([{ id: photo.id }, { cropOf: photo.id, status: 'ready' }])
      const { results } = await env.DB.prepare(
        'SELECT active_photo_id AS id FROM users WHERE id = ?1 UNION SELECT active_photo_id FROM addresses WHERE user_id = ?1',
      )
        .bind(person.id)
        .all()
      expect(results).toEqual([{ id: rows[1]?.id }])
      expect((await photoOf(person, photo.id)).crop?.id).toBe(rows[1]?.id)
    }
  })

  it('is made of a ready photo of one’s own alone, and of a square within it', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const photo = await newPhoto(person, 'red.jpg') // 400 × 300
    const theirs = await newPhoto(other, 'small.png')
    await ask('PUT', `/api/photos/${theirs.id}/shares/${person.hash}`, { as: other.session }) // seen, but not theirs
    const cut = await (await crop(person, photo.id)).json<PhotoJson>()
    const pending = await prepare(person, 'image/png', 10)
    for (const id of [theirs.id, cut.id, crypto.randomUUID(), 'x', ''])
      expect(await refusal(prepareCrop(person, id))).toEqual([404, 'not_found'])
    expect(await refusal(prepareCrop(person, pending))).toEqual([409, 'photo_not_ready'])
    const boxes = [
      ...[null, {}, { x: 0, y: 0 }, { x: '0', y: 0, size: 1 }, { x: 0, y: 0, size: 1, turn: 1 }],
      ...[-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY, 1e300].map((x) => ({ x, y: 0, size: 0.1 })),
      ...[0, -1, 1.01, 1e300].map((size) => ({ x: 0, y: 0, size })),
      ...[
        { x: 0.26, y: 0, size: 1 },
        { x: 0, y: 0.1, size: 1 },
        { x: 1, y: 1, size: 0.1 },
      ],
      ...[0.0033, 1e-9, Number.MIN_VALUE].map((size) => ({ x: 0, y: 0, size })), // less than a pixel
    ]
    for (const box of boxes)
      expect([box, await refusal(prepareCrop(person, photo.id, { box: box as object | null }))]).toEqual([
        box,
        [400, 'invalid_input'],
      ])
    const json = { contentType: 'image/png', bytes: 9, box: { x: 0, y: 0, size: 1 } }
    expect(await refusal(ask('POST', '/api/photos', { as: person.session, json }))).toEqual([
      400,
      'invalid_input',
    ])
    for (const box of [
      { x: 0.25, y: 0, size: 1 },
      { x: 0, y: 0, size: 0.01 },
      { x: 399 / 400, y: 299 / 300, size: 1 / 300 }, // the last pixel
    ])
      expect((await prepareCrop(person, photo.id, { box })).status).toBe(201)

    const before = await photoOf(person, photo.id)
    expect(await refusal(crop(person, photo.id, 'red.jpg'))).toEqual([422, 'size_mismatch'])
    expect(await photoOf(person, photo.id)).toEqual(before)
  })

  it('is nowhere a photo: not read, changed, shown, shared, tagged, sent or added to an album', async () => {
    const { person, photo } = await newFace('red.jpg')
    const other = await newPerson()
    const { id } = await (await crop(person, photo.id)).json<PhotoJson>()
    const as = { as: person.session }
    const { id: album } = await (await ask('POST', '/api/albums', { ...as, json: { title: 'X' } })).json<{
      id: string
    }>()
    const calls: [method: string, path: string, json?: unknown][] = [
      ['GET', `/api/photos/${id}`],
      ['PATCH', `/api/photos/${id}`, { altText: 'X' }],
      ['DELETE', `/api/photos/${id}`],
      ['DELETE', `/api/photos/${id}/crop`],
      ['GET', `/api/photos/zip?ids=${photo.id},${id}`],
      ['PUT', '/api/me/active-photo', { photoId: id }],
      ['PATCH', `/api/addresses/${person.hash}`, { photoId: id }],
      ['GET', `/api/photos/${id}/shares`],
      ['PUT', `/api/photos/${id}/shares/${other.hash}`],
      ['DELETE', `/api/photos/${id}/shares/${other.hash}`],
      ['GET', `/api/photos/${id}/links`],
      ['POST', `/api/photos/${id}/links`, { expiresIn: 300 }],
      ['DELETE', `/api/photos/${id}/links`],
      ['GET', `/api/photos/${id}/tags`],
      ['PUT', `/api/photos/${id}/tags/${other.hash}`, { x: 0, y: 0, width: 1, height: 1 }],
      ['DELETE', `/api/photos/${id}/tags/${other.hash}`],
      ['GET', `/api/photos/${id}/suggestions`],
      ['PUT', `/api/albums/${album}/photos/${id}`],
      ['PATCH', `/api/albums/${album}`, { coverPhotoId: id }],
      ['POST', '/api/messages', { to: other.hash, text: 'X', photoId: id }],
    ]
    for (const [method, path, json] of calls)
      expect([method, path, await refusal(ask(method, path, { ...as, json }))]).toEqual([
        ...[method, path],
        [404, 'not_found'],
      ])
    expect((await ask('GET', `/photos/${id}`, as)).status).toBe(404)
    expect(await read<List>(person, `/api/photos?order=taken`)).toMatchObject({ items: [{ id: photo.id }] })
    await ask('PUT', `/api/photos/${photo.id}/shares/${other.hash}`, as) // the photo is shown, the crop is not
    expect((await ask('GET', `/raw/${person.id}/${id}?w=160`, { as: other.session })).status).toBe(404)
    expect(await read(other, `/api/photos/${photo.id}`)).not.toHaveProperty('crop')
    expect(await rowsOf(person)).toHaveLength(2)
  })

  it('that fails halfway leaves the one before, and is there at the next try', async () => {
    const { person, photo } = await newFace('red.jpg')
    const before = await (await crop(person, photo.id)).json<PhotoJson>()
    const prototypeOf = (binding: object) => Object.getPrototypeOf(binding) as Record<string, () => unknown>
    const ways: [binding: object, method: string, times: number][] = [
      ...[1, 2, 3].map((times): [object, string, number] => [env.PHOTOS, 'put', times]),
      [env.UPLOADS, 'head', 1],
      [env.PHOTOS, 'get', 1],
      ...[1, 2].map((times): [object, string, number] => [env.IMAGES, 'input', times]),
      [env.ERASURES, 'send', 1],
      [env.PURGES, 'sendBatch', 1],
      ...[1, 2].map((times): [object, string, number] => [env.DB, 'batch', times]),
    ]
    vi.spyOn(console, 'error').mockImplementation(() => {})
    let refused = 0
    for (const [binding, method, nth] of ways) {
      const id = await storeCrop(person, photo.id)
      const prototype = prototypeOf(binding)
      const original = prototype[method] as (...args: unknown[]) => unknown
      let calls = 0
      const spy = vi.spyOn(prototype, method).mockImplementation(function (
        this: unknown,
        ...args: unknown[]
      ) {
        if (++calls !== nth) return original.apply(this, args)
        const down = new Error('down')
        if (method === 'input') throw down // this one is no promise
        return Promise.reject(down)
      } as () => unknown)
      const answer = await complete(person, id)
      spy.mockRestore()
      if (answer.status !== 200) {
        refused++
        expect([method, nth, answer.status]).toEqual([method, nth, 503])
        expect([method, nth, await colour(person.hash)]).toEqual([method, nth, 'green'])
      }
      expect([method, nth, (await complete(person, id)).status]).toEqual([method, nth, 200])
      expect((await photoOf(person, photo.id)).crop?.id).toBe(id)
      expect((await ask('GET', `/raw/${person.id}/${id}?w=160`, { as: person.session })).status).toBe(200)
    }
    expect(refused).toBeGreaterThan(6)
    expect(await rowsOf(person)).toHaveLength(2)
    expect(before.id).not.toBe((await photoOf(person, photo.id)).crop?.id)
    vi.restoreAllMocks()
  })

  it('takes no photo’s place, but its bytes', async () => {
    const { person, photo } = await newFace('red.jpg')
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
       INSERT INTO photos (id, user_id, content_type, bytes, created_at)
       SELECT lower(hex(randomblob(16))), ?, 'image/png', 1, ? FROM n`,
    )
      .bind(person.id, Date.now())
      .run()
    const cut = await (await crop(person, photo.id)).json<PhotoJson>()
    const plain = { contentType: 'image/png', bytes: 10 }
    expect(await refusal(ask('POST', '/api/photos', { as: person.session, json: plain }))).toEqual([
      ...[409, 'quota_exceeded'],
    ])
    expect(await read(person, '/api/usage')).toEqual({
      ...{ photos: 1000, maxPhotos: 1000, maxBytes: 1024 ** 3 },
      bytes: photo.bytes + cut.bytes + 999,
    })
    await env.DB.prepare('UPDATE photos SET bytes = ? WHERE id = ?')
      .bind(1024 ** 3, cut.id)
      .run()
    expect(await refusal(prepareCrop(person, photo.id))).toEqual([409, 'quota_exceeded'])
  })
})

describe('the erasure queue', () => {
  async function consume(jobs: ErasureJob[]) {
    const messages = jobs.map((body, n) => ({ id: String(n), timestamp: new Date(), attempts: 1, body }))
    const batch = createMessageBatch<ErasureJob>('cameo-erasures', messages)
    await worker.queue(batch, env)
    return getQueueResult(batch, createExecutionContext())
  }

  it('erases what a late write left behind, however much', async () => {
    const job = { userId: crypto.randomUUID(), photoId: crypto.randomUUID() }
    const neighbour = `${job.userId}/${job.photoId.slice(0, -1)}`
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => env.PHOTOS.put(`${job.userId}/${job.photoId}/r2/s${n}.webp`, 'x')),
    )
    await env.PHOTOS.put(`${job.userId}/${job.photoId}`, 'x')
    await env.PHOTOS.put(neighbour, 'x')
    const result = await consume([job, job])
    expect(result.explicitAcks).toEqual(['0', '1'])
    expect((await env.PHOTOS.list({ prefix: job.userId })).objects.map((object) => object.key)).toEqual([
      neighbour,
    ])
  })

  it('erases the upload of a photo that is ready, and keeps the upload of one that is pending', async () => {
    const { person, photo } = await newFace('small.png')
    const pending = await prepare(person, 'image/png', 10)
    await store(person, pending, new Uint8Array(10))
    const again = await keyOfUpload(person, photo.id)
    expect(await env.UPLOADS.head(again)).toBeNull() // erased as soon as it was completed
    await store(person, photo.id, new Uint8Array(10)) // the URL is still good
    await consume([photo.id, pending].map((photoId) => ({ userId: person.id, photoId })))
    expect(await env.UPLOADS.head(again)).toBeNull()
    expect(await env.UPLOADS.head(await keyOfUpload(person, pending))).not.toBeNull()
  })

  it('touches nothing while the row stands: the deletion failed', async () => {
    const { person, photo } = await newFace('small.png')
    expect((await consume([{ userId: person.id, photoId: photo.id }])).explicitAcks).toEqual(['0'])
    expect((await ask('GET', `/raw/${person.id}/${photo.id}`, { as: person.session })).status).toBe(200)
  })

  it('tries one message again when R2 fails, and acks the others', async () => {
    const jobs = [1, 2].map(() => ({ userId: crypto.randomUUID(), photoId: crypto.randomUUID() }))
    const spy = vi
      .spyOn(Object.getPrototypeOf(env.PHOTOS), 'delete')
      .mockRejectedValueOnce(new Error('R2 is down'))
    const result = await consume(jobs)
    spy.mockRestore()
    expect([result.explicitAcks, result.retryMessages.map((message) => message.msgId)]).toEqual([
      ['1'],
      ['0'],
    ])
  })
})

describe('GET /raw/{user}/{photo}', () => {
  it("gives the owner the upload's own bytes as a download", async () => {
    const { person, photo } = await newFace('located.jpg')
    const answer = await ask('GET', `/raw/${person.id}/${photo.id}`, { as: person.session })
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(fixture('located.jpg'))
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store',
      'content-disposition': `attachment; filename="${photo.id}.jpg"`,
      'content-length': String(photo.bytes),
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'image/jpeg',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('has no ranges for HEAD', async () => {
    const { person, photo } = await newFace('red.jpg')
    const headers = { range: 'bytes=0-1' }
    const answer = await ask('HEAD', `/raw/${person.id}/${photo.id}`, { as: person.session, headers })
    expect([answer.status, answer.headers.get('content-length')]).toEqual([200, String(photo.bytes)])
  })

  it('makes a width as WebP where that is named, never as AVIF, which takes four times as long', async () => {
    const { person, photo } = await newFace('red.jpg')
    const typeFor = async (accept: string) => {
      const headers = { accept }
      const answer = await ask('GET', `/raw/${person.id}/${photo.id}?w=160`, { as: person.session, headers })
      await answer.arrayBuffer()
      return answer.headers.get('content-type')
    }
    expect(await typeFor('image/avif,image/webp')).toBe('image/webp')
    expect(await typeFor('image/avif,image/*')).toBe('image/jpeg')
    expect(await typeFor('*/*')).toBe('image/jpeg')
  })

  it.each([
    ['bytes=0-9', 206, 0, 10],
    ['bytes=100-', 206, 100, undefined],
    ['bytes=-5', 206, -5, undefined],
    ['bytes=0-0', 206, 0, 1],
    ['bytes=0-1,3-4', 200, 0, undefined],
    ['bytes=-999999', 206, 0, undefined], // RFC 9110, section 14.1.2: a suffix longer than the file is all of it
    ['bytes=5-999999', 206, 5, undefined],
    ['BYTES=0-9', 206, 0, 10],
    ['bytes= 0-9 ', 206, 0, 10],
    ['bytes=99999999-,0-9', 206, 0, 10],
    ['bytes=99999999-', 416, 0, 0],
    ['bytes=-0', 416, 0, 0],
    ['bytes=9-3', 200, 0, undefined], // what is no range is no range to refuse
    ['bytes=x', 200, 0, undefined],
    ['bytes=-', 200, 0, undefined],
    ['bytes=', 200, 0, undefined],
    ['bytes=0-9,x', 200, 0, undefined],
    ['bytes', 200, 0, undefined],
    ['items=0-9', 200, 0, undefined],
  ])('answers Range: %s with %i', async (range, status, from, to) => {
    const { person, photo } = await newFace('red.jpg')
    const answer = await ask('GET', `/raw/${person.id}/${photo.id}`, {
      as: person.session,
      headers: { range },
    })
    const part = fixture('red.jpg').slice(from, to)
    expect(answer.status).toBe(status)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(part)
    if (status === 416) expect(answer.headers.get('content-range')).toBe(`bytes */${photo.bytes}`)
    if (status === 206) {
      const start = from < 0 ? photo.bytes + from : from
      expect(answer.headers.get('content-range')).toBe(
        `bytes ${start}-${start + part.length - 1}/${photo.bytes}`,
      )
    }
  })

  it('honours If-Range: the part for the same bytes, the whole for others', async () => {
    const { person, photo } = await newFace('red.jpg')
    const path = `/raw/${person.id}/${photo.id}`
    const etag = (await ask('GET', path, { as: person.session })).headers.get('etag') as string
    const part = (ifRange: string) =>
      ask('GET', path, { as: person.session, headers: { range: 'bytes=0-1', 'if-range': ifRange } })
    expect([(await part(etag)).status, (await part('"other"')).status]).toEqual([206, 200])
  })

  it('gives the whole picture at a step of its widths, clean', async () => {
    const { person, photo } = await newFace('wide.jpg')
    const widths = await Promise.all(
      ['1', '160', '161', '99999', 'x', ''].map(async (w) => {
        const answer = await ask('GET', `/raw/${person.id}/${photo.id}?w=${w}`, { as: person.session })
        const sniffed = sniffImage(new Uint8Array(await answer.arrayBuffer()))
        expect(answer.headers.get('cache-control')).toBe('private, no-cache')
        expect(sniffed?.metadata).toBe(false)
        return sniffed?.width
      }),
    )
    expect(widths).toEqual([160, 160, 320, 2048, 2048, 2048])
  })

  it('never shares a rendition with the square avatar', async () => {
    const { person, photo } = await newFace('wide.jpg')
    await ask('GET', `/${person.hash}.webp?s=160`)
    const headers = { accept: 'image/webp' }
    const whole = await ask('GET', `/raw/${person.id}/${photo.id}?w=160`, { as: person.session, headers })
    expect(sniffImage(new Uint8Array(await whole.arrayBuffer()))).toMatchObject({
      format: 'webp',
      width: 160,
      height: 53,
    })
  })

  it('never serves bytes that were put there after they were verified', async () => {
    const { person, photo } = await newFace('red.jpg')
    await env.PHOTOS.put(`${person.id}/${photo.id}`, fixture('blue.jpg'))
    expect(await refusal(ask('GET', `/raw/${person.id}/${photo.id}`, { as: person.session }))).toEqual([
      503,
      'unavailable',
    ])
    const shown = await ask('GET', `/${person.hash}.png?s=16`)
    const [red, , blue] = await middleColour(shown)
    expect(red > blue).toBe(true)
  })
})

describe('the cron', () => {
  it('removes abandoned uploads with their objects, expired codes, sessions and browsers, and nothing else', async () => {
    const day = 86_400_000
    const person = await newPerson()
    const ready = await newPhoto(person, 'small.png')
    const old = await prepare(person, 'image/png', 10)
    await store(person, old, new Uint8Array(10))
    const fresh = await prepare(person, 'image/jpeg', fixture('red.jpg').length)
    const code = 'INSERT INTO sign_in_codes (browser_hash, email, email_hash, code_hmac, created_at) VALUES'
    const session = 'INSERT INTO sessions (token_hash, id, user_id, expires_at, created_at) VALUES'
    await env.DB.batch([
      env.DB.prepare('UPDATE photos SET created_at = ? WHERE id IN (?, ?)').bind(
        Date.now() - day,
        old,
        ready.id,
      ),
      env.DB.prepare(`${session} ('dead', 'dead', ?1, ?2, 0)`).bind(person.id, Date.now() - 1),
      env.DB.prepare(`INSERT INTO known_browsers VALUES ('dead', ?1, ?2)`).bind(person.id, Date.now() - 1),
      env.DB.prepare(`${code} ('late', 'a@b.c', 'h', 'c', ?)`).bind(Date.now() - 700_000),
      env.DB.prepare(`${code} ('dead', 'a@b.c', 'h', 'c', ?)`).bind(Date.now() - 2 * day),
    ])
    await worker.scheduled(createScheduledController({ scheduledTime: new Date(), cron: '17 3 * * *' }), env)
    const rows = async (sql: string) => (await env.DB.prepare(sql).all()).results
    expect(await rows(`SELECT id FROM photos WHERE user_id = '${person.id}' ORDER BY created_at`)).toEqual([
      { id: ready.id },
      { id: fresh },
    ])
    expect(await rows(`SELECT token_hash FROM sessions WHERE token_hash = 'dead'`)).toEqual([])
    expect(await rows(`SELECT browser_hash FROM known_browsers WHERE browser_hash = 'dead'`)).toEqual([])
    expect(
      await rows(`SELECT browser_hash, email FROM sign_in_codes WHERE browser_hash IN ('late', 'dead')`),
    ).toEqual([{ browser_hash: 'late', email: null }])
    await vi.waitUntil(
      async () => (await env.UPLOADS.list({ prefix: `${person.id}/${old}` })).objects.length === 0,
      {
        timeout: 10_000,
      },
    )
    await store(person, fresh, fixture('red.jpg'))
    expect((await complete(person, fresh)).status).toBe(200)
    expect((await ask('GET', '/api/me', { as: person.session })).status).toBe(200)
  })
})

describe('the clean-up of uploads', () => {
  const consumeCleanUp = async (body: CleanUpJob) => {
    const message = { id: crypto.randomUUID(), timestamp: new Date(), attempts: 1, body }
    const batch = createMessageBatch<CleanUpJob>('cameo-erasures', [message])
    const ctx = createExecutionContext()
    await worker.queue(batch, env)
    expect((await getQueueResult(batch, ctx)).explicitAcks).toEqual([message.id])
  }
  const run = (now = Date.now()) =>
    worker.scheduled(createScheduledController({ scheduledTime: new Date(now), cron: '17 * * * *' }), env)

  it('removes 5,000 abandoned uploads, each run taking a part and the next the rest, and no other', async () => {
    const person = await newPerson()
    const fresh = await prepare(person, 'image/png', 10)
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
       INSERT INTO photos (id, user_id, content_type, bytes, created_at)
       SELECT lower(hex(randomblob(16))), ?, 'image/png', 1, 0 FROM n`,
    )
      .bind(person.id)
      .run()
    const queue = Object.getPrototypeOf(env.ERASURES)
    const queued = vi.spyOn(queue, 'sendBatch').mockResolvedValue(undefined)
    const jobs: CleanUpJob[] = []
    const sent = vi.spyOn(queue, 'send').mockImplementation(async (job) => jobs.push(job as CleanUpJob))
    const left = async () => {
      const sql = 'SELECT count(*) AS n FROM photos WHERE user_id = ?'
      return (await env.DB.prepare(sql).bind(person.id).first<{ n: number }>())?.n
    }
    await run()
    const counts = [await left()]
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      await consumeCleanUp(job)
      counts.push(await left())
    }
    const messages = queued.mock.calls.map(([batch]) => [...(batch as Iterable<unknown>)].length)
    queued.mockRestore()
    sent.mockRestore()
    expect(counts).toEqual([3001, 1001, 1])
    expect(Math.max(...messages)).toBe(100) // what a queue takes at once
    expect(messages.reduce((sum, count) => sum + count, 0)).toBe(10_000)
    expect((await ask('GET', `/api/photos/${fresh}`, { as: person.session })).status).toBe(200)
  })

  it('goes on by messages of its own until nothing is left, whatever else fails', async () => {
    const person = await newPerson()
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
       INSERT INTO sessions (token_hash, id, user_id, expires_at, created_at) SELECT 'late' || i, 'late' || i, ?, 1, 0 FROM n`,
    )
      .bind(person.id)
      .run()
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const list = vi.spyOn(Object.getPrototypeOf(env.UPLOADS), 'list').mockRejectedValue(new Error('r2'))
    await expect(run()).rejects.toThrow('a clean-up failed')
    list.mockRestore()
    const left = () => env.DB.prepare(`SELECT count(*) AS n FROM sessions WHERE id LIKE 'late%'`).first('n')
    await vi.waitUntil(async () => (await left()) === 0, { timeout: 40_000 })
  })

  it('does not go on where the cron has begun anew, nor with what it does not know', async () => {
    const sent = vi.spyOn(Object.getPrototypeOf(env.ERASURES), 'send')
    const statement = vi.spyOn(Object.getPrototypeOf(env.DB), 'prepare')
    await consumeCleanUp({ cleanUp: 'uploads', place: '', startedAt: Date.now() - 3_600_001 })
    await consumeCleanUp({ cleanUp: 'toString', place: '', startedAt: Date.now() })
    expect([sent.mock.calls, statement.mock.calls]).toEqual([[], []])
    vi.restoreAllMocks()
  })

  it('removes expired codes, sessions and browsers by the thousand', async () => {
    const person = await newPerson()
    const many = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)'
    await env.DB.batch([
      env.DB.prepare(
        `${many} INSERT INTO sessions (token_hash, id, user_id, expires_at, created_at) SELECT 'old' || i, i, ?, 1, 0 FROM n`,
      ).bind(person.id),
      env.DB.prepare(
        `${many} INSERT INTO known_browsers (browser_hash, user_id, expires_at) SELECT 'old' || i, ?, 1 FROM n`,
      ).bind(person.id),
      env.DB.prepare(
        `${many} INSERT INTO upload_grants (photo_id, user_id, created_at) SELECT 'old' || i, ?, 1 FROM n`,
      ).bind(person.id),
    ])
    await run()
    for (const [table, column] of [
      ['sessions', 'token_hash'],
      ['known_browsers', 'browser_hash'],
      ['upload_grants', 'photo_id'],
    ]) {
      const sql = `SELECT count(*) AS n FROM ${table} WHERE ${column} LIKE 'old%'`
      expect([table, await env.DB.prepare(sql).first('n')]).toEqual([table, 0])
    }
  })

  it('removes what a slow PUT left after its photo was deleted or completed, and keeps an upload under way', async () => {
    const person = await newPerson()
    const [gone, open] = [await prepare(person, 'image/png', 10), await prepare(person, 'image/png', 10)]
    const done = await newPhoto(person, 'small.png')
    const keys = await Promise.all([gone, done.id, open].map((id) => keyOfUpload(person, id)))
    await ask('DELETE', `/api/photos/${gone}`, { as: person.session })
    for (const key of keys) await env.UPLOADS.put(key, new Uint8Array(10))
    await env.UPLOADS.put(`${person.id}/${open}/guessed`, 'x')
    await run()
    const { objects } = await env.UPLOADS.list({ prefix: person.id })
    expect(objects.map((object) => object.key)).toEqual([keys[2]])
  })

  it('sees all of more objects than one run looks at, once around from wherever the hour begins', async () => {
    // A twentieth of a run's objects and of what is there: the runs meet the same as with 2,400 of them.
    const { uploads, ...caps } = openCapabilities(env, Date.now())
    let listed = 0
    const list = async ({ limit, ...options }: R2ListOptions) => {
      const page = await uploads.list({ ...options, limit: (limit ?? 0) / 20 })
      listed += page.objects.length
      return page
    }
    const few = { list, delete: (keys: string[]) => uploads.delete(keys) } as R2Bucket
    for (const hour of [0, 1, 2]) {
      const keys = Array.from({ length: 120 }, () => `${crypto.randomUUID()}/${crypto.randomUUID()}/x`)
      await Promise.all(keys.map((key) => uploads.put(key, '')))
      let [runs, place]: [number, Rest] = [0, null]
      do {
        listed = 0
        place = await cleanUpStrays({ ...caps, uploads: few, now: caps.now + hour * 3_600_000 }, place)
        expect(listed).toBeLessThanOrEqual(100)
      } while (++runs < 9 && place !== null)
      const left = await Promise.all(keys.map((key) => uploads.head(key)))
      expect([left.filter(Boolean), place, runs > 1, runs < 4]).toEqual([[], null, true, true])
    }
  })
})

describe('a database without its schema', () => {
  it('answers 503 with the command that makes it, on pictures, pages and the API', async () => {
    await env.DB.exec('ALTER TABLE users RENAME TO users_away')
    await env.DB.exec('ALTER TABLE addresses RENAME TO addresses_away')
    const answers = await Promise.all([
      ask('GET', `/${'a'.repeat(64)}`),
      ask('GET', '/api/me', { as: { cookie: 'session=x' } }),
    ])
    for (const answer of answers) {
      const cacheControl = answer.headers.get('cache-control')
      const problem = await answer.json<{ code: string; detail: string }>()
      expect([answer.status, problem.code]).toEqual([503, 'database_not_migrated'])
      expect(problem.detail).toContain('wrangler d1 migrations apply DB --local')
      expect(cacheControl).toContain('no-store')
    }
    await env.DB.exec('ALTER TABLE users_away RENAME TO users')
  })
})

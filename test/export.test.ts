import { env } from 'cloudflare:workers'
import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { dayOf } from '../src/budgets/counts'
import { digestHex } from '../src/lib/crypto'
import { makePlaces } from '../src/lib/places'
import { ask, fixture, newPerson, newPhoto, type Person, refusal, waitForRoomInTheMinute } from './support'

configure({ useWebWorkers: false }) // workerd has none

const MB = 1024 * 1024

afterEach(() => {
  vi.restoreAllMocks()
})

const exportOf = (person: Person, headers: Record<string, string> = {}) =>
  ask('GET', '/api/me/export', { as: person.session, headers })

/** Every file of an archive, by another library's reading, which compares sizes and checksums. */
async function unzip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  const reader = new ZipReader(new Uint8ArrayReader(bytes), { checkSignature: true })
  for (const entry of await reader.getEntries()) {
    if (entry.directory) throw new Error(`a folder: ${entry.filename}`)
    files.set(entry.filename, await entry.getData(new Uint8ArrayWriter()))
  }
  return files
}

async function readExport(response: Response) {
  expect(response.status).toBe(200)
  const files = await unzip(await response.bytes())
  const account = JSON.parse(new TextDecoder().decode(files.get('account.json')))
  return { files, account, names: [...files.keys()] }
}

const randomBytes = (size: number) => {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  return bytes
}

/** Photos of a person with any bytes, oldest first, as they stand once they are ready. */
async function seedPhotos(person: Person, count: number, bytes: Uint8Array): Promise<string[]> {
  const ids = Array.from({ length: count }, () => crypto.randomUUID())
  const md5 = await digestHex('MD5', bytes)
  for (let at = 0; at < count; at += 20)
    await Promise.all(ids.slice(at, at + 20).map((id) => env.PHOTOS.put(`${person.id}/${id}`, bytes)))
  const insert = env.DB.prepare(
    `INSERT INTO photos (id, user_id, status, content_type, bytes, width, height, etag, created_at)
     VALUES (?, ?, 'ready', 'image/jpeg', ?, 1, 1, ?, ?)`,
  )
  await env.DB.batch(ids.map((id, at) => insert.bind(id, person.id, bytes.length, md5, 1_000_000 + at)))
  return ids
}

/** Has the reads of originals answered otherwise, beginning with one of them. */
function spyOnReads(answer?: (object: R2ObjectBody, number: number) => R2ObjectBody | Promise<R2ObjectBody>) {
  const prototype = Object.getPrototypeOf(env.PHOTOS)
  const get = prototype.get
  let number = 0
  return vi.spyOn(prototype, 'get').mockImplementation(async function (this: R2Bucket, ...args) {
    const object: R2ObjectBody = await Reflect.apply(get, this, args)
    return answer ? answer(object, ++number) : object
  })
}

describe('GET /api/me/export', () => {
  it('holds every original, byte for byte, and all that is known of the person', async () => {
    const person = await newPerson()
    const photos = [await newPhoto(person, 'red.jpg'), await newPhoto(person, 'small.png')]
    await ask('PATCH', `/api/photos/${photos[1]?.id}`, {
      as: person.session,
      json: { altText: 'Zoë', rating: 'pg' },
    })
    await ask('PUT', '/api/me/active-photo', { as: person.session, json: { photoId: photos[0]?.id } })
    await ask('POST', '/api/photos', {
      as: person.session,
      json: { contentType: 'image/png', bytes: 10 }, // not there yet, and so no photo
    })
    const friends = [await newPerson(), await newPerson()].map(({ hash }) => hash).toSorted()
    for (const { id } of photos)
      for (const hash of friends) await ask('PUT', `/api/photos/${id}/shares/${hash}`, { as: person.session })
    await ask('PUT', `/api/contacts/${friends[0]}`, { as: person.session, json: { name: 'Bob' } })
    const response = await exportOf(person)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="cameo-export-${dayOf(Date.now())}.zip"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    })
    const { files, names, account } = await readExport(response)
    expect(names).toEqual([`photos/${photos[0]?.id}.jpg`, `photos/${photos[1]?.id}.png`, 'account.json'])
    expect(files.get(names[0] ?? '')).toEqual(fixture('red.jpg'))
    expect(files.get(names[1] ?? '')).toEqual(fixture('small.png'))

    const read = async (path: string) => (await ask('GET', path, { as: person.session })).json<never>()
    const { items: listed } = await read('/api/photos')
    const { items: sessions } = await read('/api/sessions')
    const md5 = await Promise.all(['red.jpg', 'small.png'].map((name) => digestHex('MD5', fixture(name))))
    expect(account).toEqual({
      version: 1,
      exportedAt: expect.any(Number),
      profile: await read('/api/me'),
      addresses: ((await read('/api/addresses')) as { items: unknown }).items,
      sessions: (sessions as Record<string, unknown>[]).map(({ current: _, ...session }) => session),
      tokens: ((await read('/api/tokens')) as { items: unknown }).items,
      links: [],
      tags: [],
      photos: (listed as Record<string, unknown>[])
        .toReversed()
        .map(({ pictures: _, cropOf: __, ...photo }, at) => ({ ...photo, md5: md5[at], file: names[at] })),
      shares: photos.flatMap(({ id }) =>
        friends.map((hash, at) => {
          return { photoId: id, hash, name: at ? 'somebody' : 'Bob', createdAt: expect.any(Number) }
        }),
      ),
      contacts: [{ hash: friends[0], name: 'Bob' }],
      albums: [],
      conversations: friends.map((hash) => {
        return { mine: person.hash, hash, byMe: true, lastMessageAt: expect.any(Number) }
      }),
      messages: photos.flatMap(({ id }) =>
        friends.map((to) => {
          const message = { id: expect.any(String), from: person.hash, to, kind: 'share', text: '' }
          return { ...message, photoId: id, albumId: null, createdAt: expect.any(Number) }
        }),
      ),
      blocks: [],
    })
    expect(account.photos.map((photo: { active: boolean }) => photo.active)).toEqual([true, false])
    expect(JSON.stringify(account)).not.toMatch(/token_?hash|secret/i)
  })

  it('is whole for who has nothing', async () => {
    const { names, account } = await readExport(await exportOf(await newPerson()))
    expect([names, account.photos]).toEqual([['account.json'], []])
  })

  it('names files by ids alone, and keeps what people wrote as JSON can say it', async () => {
    const person = await newPerson()
    const { id } = await newPhoto(person, 'red.jpg')
    const fileName = '../../etc/\u0000pass\u202egpj.exe\n"\\\u2028'
    await env.DB.prepare('UPDATE photos SET file_name = ?1, alt_text = ?1 WHERE id = ?2')
      .bind(fileName, id)
      .run()
    const { names, account } = await readExport(await exportOf(person))
    expect(names).toEqual([`photos/${id}.jpg`, 'account.json'])
    expect(account.photos[0]).toMatchObject({ fileName, altText: fileName })
  })

  it('lists more photos than one query does, each once', async () => {
    const person = await newPerson()
    const ids = await seedPhotos(person, 401, new Uint8Array([1, 2, 3]))
    await env.DB.prepare('UPDATE photos SET created_at = 5 WHERE user_id = ?').bind(person.id).run()
    const { names, account } = await readExport(await exportOf(person))
    const sorted = ids.toSorted()
    expect(names).toEqual([...sorted.map((id) => `photos/${id}.jpg`), 'account.json'])
    expect(account.photos.map((photo: { id: string }) => photo.id)).toEqual(sorted)
  })

  it('is the same twice at once', async () => {
    const person = await newPerson()
    const ids = await seedPhotos(person, 3, randomBytes(MB))
    const both = await Promise.all((await Promise.all([exportOf(person), exportOf(person)])).map(readExport))
    for (const { names } of both)
      expect(names).toEqual([...ids.map((id) => `photos/${id}.jpg`), 'account.json'])
  })

  it('lists as missing what is gone, what has other bytes, and what is deleted meanwhile', async () => {
    const person = await newPerson()
    const ids = await seedPhotos(person, 6, randomBytes(MB))
    await env.PHOTOS.delete(`${person.id}/${ids[1]}`)
    await env.PHOTOS.put(`${person.id}/${ids[2]}`, 'something else')
    const [reader, writer] = [(await exportOf(person)).body?.getReader(), [] as Uint8Array[]]
    const read = async () => {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (value) writer.push(value)
      return !done
    }
    await read()
    await ask('DELETE', `/api/photos/${ids[5]}`, { as: person.session })
    await env.PHOTOS.delete(`${person.id}/${ids[5]}`)
    while (await read());
    const files = await unzip(await new Response(new Blob(writer)).bytes())
    const account = JSON.parse(new TextDecoder().decode(files.get('account.json')))
    const there = [ids[0], ids[3], ids[4]].map((id) => `photos/${id}.jpg`)
    expect([...files.keys()]).toEqual([...there, 'account.json'])
    expect(
      account.photos.map((photo: { id: string; file: string | null }) => [photo.id, photo.file]),
    ).toEqual(ids.map((id, at) => [id, [1, 2, 5].includes(at) ? null : `photos/${id}.jpg`]))
  })

  it.each([
    ['storage fails in the middle of a file', () => Promise.reject(new Error('r2 is gone'))],
    ['a file ends too early', () => Promise.resolve()],
  ])('breaks off where %s, and says so in the log', async (_what, end) => {
    const person = await newPerson()
    await seedPhotos(person, 3, randomBytes(MB))
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    spyOnReads((object, number) => {
      if (number < 2) return object
      let sent = false
      const body = new ReadableStream({
        type: 'bytes',
        async pull(controller) {
          if (sent) {
            await end()
            controller.close()
            return controller.byobRequest?.respond(0)
          }
          controller.enqueue(new Uint8Array(100_000))
          sent = true
        },
      })
      return { size: object.size, body } as R2ObjectBody
    })
    await expect((await exportOf(person)).bytes()).rejects.toThrow()
    const lines = log.mock.calls.map(([line]) => JSON.parse(String(line)))
    expect(lines).toEqual([expect.objectContaining({ event: 'failure', what: 'export' })])
  })

  it('breaks off where the account is deleted meanwhile, which is nobody’s fault', async () => {
    const person = await newPerson()
    await seedPhotos(person, 6, randomBytes(MB))
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const reader = (await exportOf(person)).body?.getReader()
    await reader?.read()
    await env.DB.prepare('DELETE FROM users WHERE id = ?').bind(person.id).run()
    const rest = async () => {
      while (!(await reader?.read())?.done);
    }
    await expect(rest()).rejects.toThrow()
    expect(log.mock.calls).toEqual([])
  })

  it('reads no further than somebody takes, and stops when they go away', async () => {
    const person = await newPerson()
    await seedPhotos(person, 20, randomBytes(MB))
    const reads = spyOnReads()
    const reader = (await exportOf(person)).body?.getReader()
    await reader?.read()
    await scheduler.wait(300)
    const taken = reads.mock.calls.length
    expect(taken).toBeLessThan(8)
    await reader?.cancel()
    await scheduler.wait(300)
    expect(reads.mock.calls.length).toBeLessThanOrEqual(taken + 1)
  })

  it('tells by HEAD what it is called, reads nothing, and counts for nothing', async () => {
    const person = await newPerson()
    await newPhoto(person, 'red.jpg')
    const reads = spyOnReads()
    const head = await ask('HEAD', '/api/me/export', { as: person.session })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([
      200,
      'application/zip',
      '',
    ])
    const counted = "SELECT count(*) AS n FROM counts WHERE kind = 'exports' AND who = ?"
    expect([reads.mock.calls, await env.DB.prepare(counted).bind(person.id).first('n')]).toEqual([[], 0])
  })

  it('is refused to tokens, to nobody, and to what another site asks', async () => {
    const person = await newPerson()
    const reads = spyOnReads()
    const by = (as: Record<string, string>) => refusal(ask('GET', '/api/me/export', { headers: as }))
    expect(await by(person.token)).toEqual([403, 'session_required'])
    expect(await by({})).toEqual([401, 'unauthenticated'])
    const sites: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const site of sites) expect(await by({ ...person.session, ...site })).toEqual([403, 'cross_site'])
    expect(reads.mock.calls).toEqual([])
  })

  it('is begun ten times a day at most, in parallel too, and again on the next', async () => {
    const person = await newPerson()
    const set = 'INSERT OR REPLACE INTO counts (day, kind, who, used) VALUES (?, ?, ?, ?)'
    await env.DB.prepare(set).bind(dayOf(Date.now()), 'exports', person.id, 8).run()
    const answers = await Promise.all(Array.from({ length: 4 }, () => exportOf(person)))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 429, 429])
    for (const answer of answers) {
      if (answer.status === 429) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(60)
      await answer.bytes()
    }
    await env.DB.prepare('UPDATE counts SET day = ? WHERE who = ?').bind('2020-01-01', person.id).run()
    expect((await readExport(await exportOf(person))).names).toEqual(['account.json'])
  })

  it('is begun five times a minute at most', async () => {
    const person = await newPerson()
    const statuses: number[] = []
    for (let turn = 0; turn < 11; turn++) {
      const answer = await exportOf(person)
      statuses.push(answer.status)
      await answer.bytes()
    }
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(10)
    expect(statuses.slice(0, 5)).toEqual([200, 200, 200, 200, 200])
    expect(statuses).toContain(429)
  })
})

describe('GET /api/photos/zip', () => {
  const zipOf = (person: Person, ids: string[], method = 'GET') =>
    ask(method, `/api/photos/zip?ids=${ids.join()}`, { as: person.session })

  it('holds the chosen originals under their names, each once and with its date', async () => {
    const person = await newPerson()
    const photos = [
      await newPhoto(person, 'red.jpg'),
      await newPhoto(person, 'small.png'),
      await newPhoto(person, 'blue.jpg'),
      await newPhoto(person, 'green.png'),
    ]
    const [red, small, blue] = photos.map(({ id }) => id) as [string, string, string]
    const rename = env.DB.prepare('UPDATE photos SET file_name = ?2, taken_at = ?3 WHERE id = ?1')
    await env.DB.batch([
      rename.bind(red, 'Día.jpg', Date.UTC(1950, 1, 1)),
      rename.bind(blue, 'DÍA.jpg', Date.UTC(2020, 4, 6, 10, 30)),
      rename.bind(small, '../..', null),
    ])
    const response = await zipOf(person, [small, red, blue, red.toUpperCase()])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="cameo-photos-${dayOf(Date.now())}.zip"`,
      'cache-control': 'private, no-store',
    })
    const bytes = await response.bytes()
    const files = await unzip(bytes)
    expect([...files.keys()]).toEqual([`${small}.png`, 'Día.jpg', 'DÍA (2).jpg'])
    expect([...files.values()]).toEqual(['small.png', 'red.jpg', 'blue.jpg'].map(fixture))
    const entries = await new ZipReader(new Uint8ArrayReader(bytes)).getEntries()
    expect(entries.slice(1).map(({ lastModDate }) => lastModDate.toISOString().slice(0, 16))).toEqual([
      ...['1980-01-01T00:00', '2020-05-06T10:30'],
    ])
  })

  it('is one’s own ready photos alone, at most a hundred, and begun so often a day and a minute', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const [mine = '', ...more] = await seedPhotos(person, 101, randomBytes(10))
    const [theirs = ''] = await seedPhotos(other, 1, randomBytes(10))
    const pending = await ask('POST', '/api/photos', {
      as: person.session,
      json: { contentType: 'image/png', bytes: 9 },
    })
    const { id } = await pending.json<{ id: string }>()
    for (const ids of [[mine, theirs], [mine, id], [crypto.randomUUID()]])
      expect(await refusal(zipOf(person, ids))).toEqual([404, 'not_found'])
    for (const ids of [[], ['x'], [mine, ''], [mine, ...more]])
      expect(await refusal(zipOf(person, ids))).toEqual([400, 'invalid_input'])
    expect((await unzip(await (await zipOf(person, more)).bytes())).size).toBe(100)
    const head = await zipOf(person, [mine], 'HEAD')
    expect([head.status, (await head.bytes()).length]).toEqual([200, 0])
    const count = env.DB.prepare("UPDATE counts SET used = ?1 WHERE kind = 'archives' AND who = ?2")
    expect((await count.bind(99, person.id).run()).meta.changes).toBe(1)
    const answers = await Promise.all([1, 2].map(() => zipOf(person, [mine])))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 429])
    for (const answer of answers) await answer.bytes()
    await waitForRoomInTheMinute()
    const statuses: number[] = []
    for (let times = 0; times < 6; times++) {
      await count.bind(0, person.id).run()
      const answer = await zipOf(person, [mine])
      statuses.push(answer.status)
      await answer.bytes()
    }
    expect(statuses.at(-1)).toBe(429)
  })

  it('is one of four of a person on their way and of twenty of everybody, and others wait for none that nobody takes', async () => {
    const persons = await Promise.all(Array.from({ length: 6 }, () => newPerson()))
    const [one, ...others] = await Promise.all(
      persons.map(async (person) => {
        const [id = ''] = await seedPhotos(person, 1, randomBytes(10))
        return () => zipOf(person, [id])
      }),
    )
    if (!one) throw new Error('no person')
    const open = (of: () => Promise<Response>) => Promise.all([1, 2, 3, 4].map(of))
    const mine = await open(one)
    expect(mine.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const late = await one()
    expect([late.headers.get('retry-after'), await refusal(Promise.resolve(late))]).toEqual([
      '30',
      [429, 'rate_limited'],
    ])
    const theirs = (await Promise.all(others.slice(0, 4).map(open))).flat()
    const last = await others[4]?.()
    expect([last?.headers.get('retry-after'), last && (await refusal(Promise.resolve(last)))]).toEqual([
      ...['30', [503, 'unavailable']],
    ])
    await Promise.all([...mine, ...theirs].map((answer) => answer.bytes()))
    expect((await unzip(await (await one()).bytes())).size).toBe(1)
    // What a request that was ended left behind.
    const take = makePlaces({ most: 2, mostEach: 1, life: 100 })
    const [ada, bo] = [take('ada', 0), take('bo', 0)]
    expect([take('ada', 100), take('cleo', 100)]).toEqual(['theirs', 'all'])
    if (typeof ada === 'object') ada.renew(50)
    expect([typeof take('cleo', 101), take('ada', 150)]).toEqual(['object', 'theirs'])
    expect([typeof take('ada', 151), typeof bo]).toEqual(['object', 'object'])
  })

  it('breaks off where an original is gone', async () => {
    const person = await newPerson()
    const [first = '', second = ''] = await seedPhotos(person, 2, randomBytes(10))
    await env.PHOTOS.delete(`${person.id}/${second}`)
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    await expect((await zipOf(person, [first, second])).bytes()).rejects.toThrow()
    await vi.waitUntil(() => log.mock.calls.length > 0)
    expect(JSON.parse(String(log.mock.calls[0]?.[0]))).toMatchObject({ event: 'failure', what: 'export' })
  })
})

describe('the export of the settings page', () => {
  it('is the same archive, and where it is refused a page that says why', async () => {
    const person = await newPerson()
    const asPage = (as?: Person['session']) =>
      ask('GET', '/settings/export', { as, headers: { accept: 'text/html' } })
    const { names } = await readExport(await asPage(person.session))
    expect(names).toEqual(['account.json'])
    let last = await asPage(person.session)
    for (let count = 0; count < 6; count++) {
      await last.body?.cancel()
      last = await asPage(person.session)
    }
    for (const [refused, status] of [
      [last, 429],
      [await asPage(), 401],
    ] as const) {
      expect([refused.status, refused.headers.get('content-disposition')]).toEqual([status, null])
      expect(refused.headers.get('content-type')).toContain('text/html')
    }
    const headers = { 'sec-fetch-site': 'cross-site' }
    expect(await refusal(ask('GET', '/settings/export', { as: person.session, headers }))).toEqual([
      403,
      'cross_site',
    ])
  })
})

import {
  createExecutionContext,
  createMessageBatch,
  getQueueResult,
  runInDurableObject,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readPerson } from '../src/accounts/person'
import { renewPublicKey, updateProfile } from '../src/accounts/profile'
import { addTags, type Edge, findNextCall, spendCalls } from '../src/avatar/budget'
import { profileRequest, whatRequest, whoRequest } from '../src/avatar/canonical'
import { PhotoOrigin } from '../src/avatar/origin'
import { consumePurges, type PurgeJob } from '../src/avatar/purge'
import type { Purger } from '../src/avatar/purger'
import { openCapabilities } from '../src/capabilities'
import type { User } from '../src/db/schema'
import worker from '../src/index'
import { activatePhoto, deletePhoto, updatePhoto } from '../src/photos/photos'
import { consume } from '../src/queues'
import { openSubject, SCENARIOS, simulate } from './purge-simulation'
import {
  activate,
  ask,
  crop,
  middleColour,
  newFace,
  newPerson,
  newPhoto,
  type Person,
  refusal,
  waitForRoomInTheMinute,
} from './support'

afterEach(() => vi.restoreAllMocks())

/** Both queues share a prototype: what is sent to this one carries keys. */
const watchQueue = () => vi.spyOn(Object.getPrototypeOf(env.PURGES), 'sendBatch')
type Sent = { body: PurgeJob; delaySeconds: number }[]
const purgesOf = (queue: ReturnType<typeof watchQueue>) =>
  queue.mock.calls.map(([messages]) => messages as Sent).filter((sent) => sent[0]?.body.keys)

type Change = (person: Person, photo: { id: string }) => Promise<Response>
const as = (person: Person) => ({ as: person.session })
type Keys = (before: Person, after: Person) => string[]
const everyKey: Keys = ({ hash, md5, publicKey }) => [hash, md5, publicKey]

/** With the keys that it purges: every key where none are said. */
const CHANGES: [string, Change, Keys?][] = [
  ['another picture', (person) => activate(person, null)],
  [
    'the rating',
    (person, photo) => ask('PATCH', `/api/photos/${photo.id}`, { ...as(person), json: { rating: 'x' } }),
  ],
  [
    'the alt text',
    (person, photo) => ask('PATCH', `/api/photos/${photo.id}`, { ...as(person), json: { altText: 'Me' } }),
  ],
  ['deleting the active photo', (person, photo) => ask('DELETE', `/api/photos/${photo.id}`, as(person))],
  ['the name', (person) => ask('PATCH', '/api/me', { ...as(person), json: { displayName: 'Me' } })],
  [
    'the look-up switch',
    (person) => ask('PATCH', '/api/me', { ...as(person), json: { publicLookup: false } }),
    ({ hash, md5 }) => [hash, md5],
  ],
  ['a crop', (person, photo) => crop(person, photo.id)],
  [
    'the public key',
    (person) => ask('POST', '/api/me/public-key', as(person)),
    ({ publicKey }, after) => [publicKey, after.publicKey],
  ],
]

describe.each(CHANGES)('a change of what a key shows: %s', (_name, change, keysOf = everyKey) => {
  it('queues the purge of every key that shows it, soon and again after a minute', async () => {
    const { person, photo } = await newFace('small.png')
    const queue = watchQueue()
    const answer = await change(person, photo)
    expect(answer.status).toBeLessThan(300)
    const after = await (await ask('GET', '/api/me', as(person))).json<Person>()
    const [messages = [], ...others] = purgesOf(queue)
    expect(others).toEqual([])
    expect(messages.map((message) => message.delaySeconds)).toEqual([1, 60])
    for (const { body } of messages) {
      expect(new Set(body.keys)).toEqual(new Set(keysOf(person, after)))
    }
  })

  it('is refused where the queue refuses, and nothing is changed', async () => {
    const { person, photo } = await newFace('small.png')
    const state = async () => [
      await (await ask('GET', '/api/me', as(person))).text(),
      await (await ask('GET', `/api/photos/${photo.id}`, as(person))).text(),
    ]
    const before = await state()
    watchQueue().mockRejectedValue(new Error('queue is down'))
    expect(await refusal(change(person, photo))).toEqual([503, 'unavailable'])
    vi.restoreAllMocks()
    expect(await state()).toEqual(before)
  })
})

describe('a change that shows nowhere', () => {
  it('queues nothing', async () => {
    const { person, photo } = await newFace('small.png')
    const hidden = await newPhoto(person, 'small.png')
    const queue = watchQueue()
    await ask('PATCH', `/api/photos/${hidden.id}`, { ...as(person), json: { altText: 'x', rating: 'pg' } })
    await ask('PATCH', '/api/me', { ...as(person), json: { tagPolicy: 'nobody' } })
    await ask('PATCH', '/api/me', { ...as(person), json: {} })
    await ask('PATCH', '/api/me', { ...as(person), json: { displayName: '', publicLookup: true } })
    await ask('PATCH', `/api/photos/${photo.id}`, { ...as(person), json: { altText: '', rating: 'g' } })
    expect((await activate(person, crypto.randomUUID())).status).toBe(404)
    expect((await activate(person, photo.id)).status).toBe(200)
    await ask('DELETE', `/api/photos/${hidden.id}`, as(person))
    expect(purgesOf(queue)).toEqual([])
  })
})

describe('the queue of a change', () => {
  const hold = () => {
    const sent: PurgeJob[] = []
    const sendBatch = async (messages: Iterable<{ body: PurgeJob }>) => {
      for (const { body } of messages) sent.push(body)
    }
    return { sent, queue: { sendBatch } as unknown as Queue }
  }
  type Tools = Parameters<typeof activatePhoto>[0] & { now: number }
  type Values = { user: User; photoId: string }
  const WHERE: [string, 'privacy' | 'ordinary', (caps: Tools, values: Values) => Promise<unknown>][] = [
    ['a deletion', 'privacy', deletePhoto],
    ['showing none', 'privacy', (caps, { user }) => activatePhoto(caps, { user, photoId: null })],
    ['look-up off', 'privacy', (caps, { user }) => updateProfile(caps, { user, publicLookup: false })],
    ['a new public key', 'privacy', renewPublicKey],
    ['a rating', 'ordinary', (caps, values) => updatePhoto(caps, { ...values, rating: 'x' })],
    ['a name', 'ordinary', (caps, { user }) => updateProfile(caps, { user, displayName: 'Me' })],
  ]
  it.each(WHERE)('is for %s: %s', async (_name, wanted, change) => {
    const { person, photo } = await newFace('small.png')
    const [ordinary, privacy] = [hold(), hold()]
    const caps = openCapabilities(env, Date.now())
    await change(
      { ...caps, purges: ordinary.queue, privacyPurges: privacy.queue },
      { user: await readPerson(caps, { userId: person.id }), photoId: photo.id },
    )
    expect([privacy.sent.length, ordinary.sent.length]).toEqual(wanted === 'privacy' ? [2, 0] : [0, 2])
  })
})

describe('the purge queue', () => {
  async function deliver(bodies: unknown[], gather: (tags: string[]) => Promise<void>) {
    const [ackAll, retryAll] = [vi.fn(), vi.fn()]
    const messages = bodies.map((body) => ({ body }))
    await consumePurges({ messages, ackAll, retryAll } as unknown as MessageBatch<PurgeJob>, gather)
    return { acked: ackAll.mock.calls.length, retried: retryAll.mock.calls }
  }
  const jobOf = (n: number): PurgeJob => ({ keys: [`a${n}`, `b${n}`, `c${n}`] })

  it('hands over each tag once, however often one person changes', async () => {
    const gather = vi.fn(async (_tags: string[]) => {})
    const result = await deliver([...Array(60).fill(jobOf(1)), jobOf(2)], gather)
    expect(gather.mock.calls).toEqual([[['k:a1', 'k:b1', 'k:c1', 'k:a2', 'k:b2', 'k:c2']]])
    expect(result).toEqual({ acked: 1, retried: [] })
  })

  it('drops what is no purge, and does the rest', async () => {
    const gather = vi.fn(async (_tags: string[]) => {})
    const result = await deliver([jobOf(1), {}, null, 'x', { keys: 7 }, jobOf(2)], gather)
    expect(gather.mock.calls[0]?.[0]).toHaveLength(6)
    expect(result).toEqual({ acked: 1, retried: [] })
  })

  it('tries again soon, and always as soon, what could not be handed over', async () => {
    const result = await deliver([jobOf(1)], () => Promise.reject(new Error('no answer')))
    expect(result).toEqual({ acked: 0, retried: [[{ delaySeconds: 12 }]] })
  })
})

describe('the budget of purge calls', () => {
  const inStorage = <T>(run: (sql: SqlStorage) => Promise<T>): Promise<T> =>
    runInDurableObject(env.PURGER.getByName(crypto.randomUUID()), (_purger: Purger, state) =>
      run(state.storage.sql),
    )
  const edgeOf = (purge: Edge['purge'], sweep: Edge['sweep'] = async () => true) => ({
    purge: vi.fn(purge),
    sweep: vi.fn(sweep),
  })
  const tagsOf = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `k:${from + n}`)
  const T = 1_000_000_000

  it('makes one call of three tags for an account that changed a hundred times', () =>
    inStorage(async (sql) => {
      const edge = edgeOf(async () => true)
      for (let n = 0; n < 100; n++) addTags(sql, { tags: tagsOf(3), privacy: false }, T + n * 50)
      await spendCalls({ sql, edge }, T + 5000)
      expect(edge.purge.mock.calls).toEqual([[['k:0', 'k:1', 'k:2']]])
      expect(findNextCall(sql)).toBeNull()
    }))

  it('fills the calls that it has, and no call above 100 tags', () =>
    inStorage(async (sql) => {
      const edge = edgeOf(async () => true)
      addTags(sql, { tags: tagsOf(250), privacy: false }, T)
      addTags(sql, { tags: tagsOf(30, 500), privacy: true }, T + 1)
      await spendCalls({ sql, edge }, T + 5000)
      expect(edge.purge.mock.calls.map(([tags]) => tags.length)).toEqual([100, 100, 80])
      expect(edge.purge.mock.calls[0]?.[0].slice(0, 30).sort()).toEqual(tagsOf(30, 500).sort()) // privacy first
    }))

  it('leaves calls to privacy changes, which need not wait for one', () =>
    inStorage(async (sql) => {
      const edge = edgeOf(async () => true)
      for (let n = 0; n < 30; n++) {
        addTags(sql, { tags: tagsOf(1, n), privacy: false }, T)
        await spendCalls({ sql, edge }, T)
      }
      expect(edge.purge).toHaveBeenCalledTimes(20)
      addTags(sql, { tags: ['k:private'], privacy: true }, T)
      expect(findNextCall(sql)).toBe(T + 1000)
      await spendCalls({ sql, edge }, T + 1000)
      expect(edge.purge.mock.lastCall?.[0]).toContain('k:private')
    }))

  it.each([
    ['refuses', async () => false],
    ['fails', () => Promise.reject(new Error('no answer'))],
  ])('keeps what the platform %s, and asks again as soon as there is a call, each time', (_name, purge) =>
    inStorage(async (sql) => {
      const edge = edgeOf(purge)
      addTags(sql, { tags: tagsOf(3), privacy: true }, T)
      for (let n = 0; n < 5; n++) {
        await spendCalls({ sql, edge }, T + n * 12_500)
        expect(findNextCall(sql)).toBe(T + (n + 1) * 12_500)
      }
      expect(edge.purge).toHaveBeenCalledTimes(5)
      edge.purge.mockImplementation(async () => true)
      await spendCalls({ sql, edge }, T + 5 * 12_500)
      expect(findNextCall(sql)).toBeNull()
    }),
  )

  it('keeps what is changed again while its purge is under way', () =>
    inStorage(async (sql) => {
      const edge = edgeOf(async () => {
        addTags(sql, { tags: ['k:1'], privacy: false }, T + 5001)
        return true
      })
      addTags(sql, { tags: tagsOf(3), privacy: false }, T)
      await spendCalls({ sql, edge }, T + 5000)
      edge.purge.mockImplementation(async () => true)
      await spendCalls({ sql, edge }, T + 10_000)
      expect(edge.purge.mock.lastCall).toEqual([['k:1']])
      expect(findNextCall(sql)).toBeNull()
    }))

  it('purges everything by one call where too much waits for too long', () =>
    inStorage(async (sql) => {
      const edge = edgeOf(async () => true)
      for (let n = 0; n < 30; n++) {
        addTags(sql, { tags: tagsOf(100, n * 100), privacy: false }, T)
        await spendCalls({ sql, edge }, T)
      }
      expect([edge.purge.mock.calls.length, edge.sweep.mock.calls.length]).toEqual([20, 0])
      await spendCalls({ sql, edge }, T + 20_000)
      expect([edge.purge.mock.calls.length, edge.sweep.mock.calls.length]).toEqual([20, 1])
      expect(findNextCall(sql)).toBeNull()
    }))

  it('goes on tag by tag, privacy first, where purging everything fails each time', () =>
    inStorage(async (sql) => {
      vi.spyOn(console, 'warn').mockImplementation(() => {})
      vi.spyOn(console, 'error').mockImplementation(() => {})
      const purged = new Set<string>()
      const edge = edgeOf(
        async (tags) => tags.every((tag) => purged.add(tag)),
        async () => Promise.reject(new Error('no such purge')),
      )
      for (let n = 0; n < 40; n++) addTags(sql, { tags: tagsOf(100, n * 100), privacy: false }, T)
      addTags(sql, { tags: ['k:gone'], privacy: true }, T)
      for (let at = T + 20_000; findNextCall(sql) !== null && at < T + 3_600_000; ) {
        await spendCalls({ sql, edge }, at)
        if (at === T + 20_000) expect(purged).toContain('k:gone')
        at = Math.max(at + 1, findNextCall(sql) ?? 0)
      }
      expect(purged.size).toBe(4001)
    }))
})

describe('the Purger', () => {
  it('purges by its alarm what it was given', async () => {
    const purge = vi.spyOn(PhotoOrigin.prototype, 'purge')
    const stub = env.PURGER.getByName(crypto.randomUUID())
    await stub.add(['k:a', 'k:b'], true)
    const purged = () => purge.mock.calls.some(([tags]) => tags.join() === 'k:a,k:b')
    await vi.waitUntil(purged, { timeout: 10_000 })
    expect(
      await runInDurableObject(stub, (_purger: Purger, state) => findNextCall(state.storage.sql)),
    ).toBeNull()
  })
})

describe('a change in the crowd', () => {
  // bench/purges.mjs prints the figures of the same.
  it.each(SCENARIOS)('is purged in time: $name', async (scenario) => {
    vi.spyOn(console, 'warn').mockReturnValue()
    const stub = env.PURGER.getByName(scenario.name)
    const figures = await runInDurableObject(stub, (_purger: Purger, state) =>
      simulate(scenario, (edge) => openSubject(state.storage.sql, edge)),
    )
    expect(figures.changes).toBeGreaterThan(1000)
    expect(figures).toMatchObject({ lost: 0, dead: 0, refused: 0 })
    expect(figures.privacy.max).toBeLessThanOrEqual(20_000)
    expect(figures.ordinary.max).toBeLessThanOrEqual(60_000)
    if (scenario.crowds[0]?.people === 1) expect(figures.sweeps).toBe(0)
  })
})

describe('a queue that nobody knows', () => {
  it.each(['cameo-other', 'cameo-purges-dead', 'toString', ''])('fails loudly: %s', async (name) => {
    const { person, photo } = await newFace('small.png')
    const body = { userId: person.id, photoId: photo.id, keys: [person.hash] }
    const batch = createMessageBatch(name, [{ id: '0', timestamp: new Date(), attempts: 1, body }])
    const gather = vi.fn(async () => {})
    const erasures = vi.spyOn(Object.getPrototypeOf(env.PHOTOS), 'delete')
    await expect(consume(batch, { caps: openCapabilities(env, Date.now()), gather })).rejects.toThrow(
      'no consumer',
    )
    expect([gather.mock.calls, erasures.mock.calls]).toEqual([[], []])
    expect((await getQueueResult(batch, createExecutionContext())).explicitAcks).toEqual([])
  })
})

describe('somebody who changes what the public sees again and again', () => {
  it('is stopped before the purges of everybody else have to wait', async () => {
    await waitForRoomInTheMinute()
    const person = await newPerson()
    for (let count = 0; count < 60; count++) await env.CHANGE_LIMIT.limit({ key: person.id })
    expect(await refusal(activate(person, null))).toEqual([429, 'rate_limited'])
    expect((await activate(await newPerson(), null)).status).toBe(200)
  })
})

describe('PhotoOrigin.purge', () => {
  function originWith(cache: unknown) {
    const ctx = createExecutionContext()
    Object.defineProperty(ctx, 'cache', { value: cache })
    return new PhotoOrigin(ctx, env)
  }

  it('purges the cache that the entrypoint owns, by tag', async () => {
    const purge = vi.fn(async () => ({ success: true }))
    expect(await originWith({ purge }).purge(['k:a', 'k:b'])).toBe(true)
    expect(purge.mock.calls).toEqual([[{ tags: ['k:a', 'k:b'] }]])
  })

  it('says when the platform refuses, or fails: nothing is thrown, which the platform would log as it is', async () => {
    expect(await originWith({ purge: async () => ({ success: false, errors: [] }) }).purge(['k:a'])).toBe(
      false,
    )
    const failing = originWith({
      purge: () => Promise.reject(new Error(`no answer of k:${'a1'.repeat(32)}`)),
    })
    const said = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect([await failing.purge(['k:a']), await failing.sweep()]).toEqual([false, false])
    expect(said.mock.calls.map(([line]) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        what: 'purge',
        step: 'edge',
        cause: expect.stringContaining('no answer of k:[secret]'),
      }),
      expect.objectContaining({ what: 'purge', step: 'edge' }),
    ])
  })

  it('has nothing to do where there is no such cache', async () => {
    expect(await originWith(undefined).purge(['k:a'])).toBe(true)
  })

  it('purges everything that can change by one call, and nothing that cannot', async () => {
    const purge = vi.fn(async () => ({ success: true }))
    expect(await originWith({ purge }).sweep()).toBe(true)
    expect(purge.mock.calls).toEqual([[{ pathPrefixes: ['/2/keys/'] }]])
    const spec = {
      photoId: 'p',
      userId: 'u',
      shape: 's',
      pixels: 80,
      format: 'webp',
      transparent: false,
      fromSmall: true,
    } as const
    const changes = [whoRequest('a'), profileRequest('a'), whatRequest(spec, '')].map(({ url }) =>
      new URL(url).pathname.startsWith('/2/keys/'),
    )
    expect(changes).toEqual([true, true, false])
  })

  it.each(['cameo-purges', 'cameo-privacy-purges'])(
    'is reached by the queue %s of the Worker',
    async (name) => {
      const purge = vi.spyOn(PhotoOrigin.prototype, 'purge')
      const key = crypto.randomUUID()
      const body: PurgeJob = { keys: [key] }
      const batch = createMessageBatch<PurgeJob>(name, [
        { id: '0', timestamp: new Date(), attempts: 1, body },
      ])
      await worker.queue(batch, env)
      expect((await getQueueResult(batch, createExecutionContext())).ackAll).toBe(true)
      const purged = () => purge.mock.calls.some(([tags]) => tags.includes(`k:${key}`))
      await vi.waitUntil(purged, { timeout: 20_000 })
    },
  )
})

describe('reading your own write', () => {
  it('shows what was made active last, through many changes and reads at once', async () => {
    const person = await newPerson()
    const photos = [await newPhoto(person, 'red.jpg'), await newPhoto(person, 'blue.jpg'), null]
    const shows = async (key: string) => {
      const answer = await ask('GET', `/${key}.webp?s=16&d=404`)
      if (answer.status === 404) return answer.body?.cancel().then(() => 2)
      const [red, , blue] = await middleColour(answer)
      return red > blue ? 0 : 1
    }
    const strangers = await Promise.all([newFace('small.png'), newFace('small.png')])
    for (let round = 0; round < 12; round++) {
      const choice = (round * 7) % 3
      const noise = strangers.map(({ person: other, photo }) => activate(other, round % 2 ? photo.id : null))
      const racing = [shows(person.hash), shows(person.md5)] // begun before the write: may show either
      expect((await activate(person, photos[choice]?.id ?? null)).status).toBe(200)
      const after = await Promise.all([person.hash, person.md5, person.publicKey].map(shows))
      expect(after).toEqual([choice, choice, choice])
      await Promise.all([...noise, ...racing])
    }
  })
})

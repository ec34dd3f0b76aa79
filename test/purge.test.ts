import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { PhotoOrigin } from '../src/avatar/origin'
import { consumePurges, type PurgeJob, type PurgeTags } from '../src/avatar/purge'
import worker from '../src/index'
import {
  activate,
  ask,
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
const CHANGES: [string, Change][] = [
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
  ],
  ['the public key', (person) => ask('POST', '/api/me/public-key', as(person))],
]

describe.each(CHANGES)('a change of what a key shows: %s', (_name, change) => {
  it('queues the purge of every key of the person, soon and again after a minute', async () => {
    const { person, photo } = await newFace('small.png')
    const queue = watchQueue()
    const answer = await change(person, photo)
    expect(answer.status).toBeLessThan(300)
    const { publicKey } = await (await ask('GET', '/api/me', as(person))).json<Person>()
    const [messages = [], ...others] = purgesOf(queue)
    expect(others).toEqual([])
    expect(messages.map((message) => message.delaySeconds)).toEqual([1, 60])
    for (const { body } of messages) {
      expect(new Set(body.keys)).toEqual(new Set([person.hash, person.md5, person.publicKey, publicKey]))
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
    await ask('DELETE', `/api/photos/${hidden.id}`, as(person))
    expect(purgesOf(queue)).toEqual([])
  })
})

describe('the purge queue', () => {
  async function consume(jobs: PurgeJob[], purge: PurgeTags, attempts = 1) {
    const acked: number[] = []
    const retried: (number | undefined)[] = []
    const messages = jobs.map((body, n) => ({
      body,
      attempts,
      ack: () => acked.push(n),
      retry: ({ delaySeconds }: QueueRetryOptions) => retried.push(delaySeconds),
    }))
    await consumePurges({ messages } as unknown as MessageBatch<PurgeJob>, purge)
    return { acked, retried }
  }
  const jobOf = (n: number): PurgeJob => ({ keys: [`a${n}`, `b${n}`, `c${n}`, `d${n}`] })
  const many = (count: number, from = 0) => Array.from({ length: count }, (_, n) => jobOf(from + n))

  it('makes one call of a batch of up to 100 different tags', async () => {
    const purge = vi.fn<PurgeTags>(async () => true)
    const { acked } = await consume([...many(25), ...many(25)], purge)
    expect(purge).toHaveBeenCalledOnce()
    expect(purge.mock.calls[0]?.[0]).toHaveLength(100)
    expect(purge.mock.calls[0]?.[0]?.[0]).toBe('k:a0')
    expect(acked).toHaveLength(50)
  })

  it('makes no call of more than 100 tags, and loses none', async () => {
    const purge = vi.fn<PurgeTags>(async () => true)
    const { acked } = await consume(many(90), purge)
    const sizes = purge.mock.calls.map(([tags]) => tags.length)
    expect([sizes, acked.length]).toEqual([[100, 100, 100, 60], 90])
    expect(new Set(purge.mock.calls.flatMap(([tags]) => tags)).size).toBe(360)
  })

  it('drops what is no purge, and does the rest', async () => {
    const purge = vi.fn<PurgeTags>(async () => true)
    const odd = [{}, null, 'x', { keys: 7 }] as unknown as PurgeJob[]
    const { acked } = await consume([jobOf(1), ...odd, jobOf(2)], purge)
    expect(acked).toHaveLength(6)
    expect(purge.mock.calls.map(([tags]) => tags.length)).toEqual([8])
  })

  it('waits longer each time, up to a quarter of an hour', async () => {
    const delays = await Promise.all(
      [1, 2, 3, 5, 50].map(
        async (attempts) => (await consume(many(1), async () => false, attempts)).retried[0],
      ),
    )
    expect(delays).toEqual([15, 30, 60, 240, 900])
  })

  it.each([
    ['is refused', async () => false],
    ['throws', () => Promise.reject(new Error('no answer'))],
  ])(
    'tries again after at least 15 seconds when a call %s, and acks only what was purged',
    async (_name, refuse) => {
      const purge = vi.fn<PurgeTags>(async () => true).mockImplementationOnce(refuse)
      const { acked, retried } = await consume(many(50), purge)
      expect([acked.length, retried.length]).toEqual([25, 25])
      for (const delay of retried) expect(delay).toBeGreaterThanOrEqual(15)
      const again = await consume(
        many(25),
        vi.fn<PurgeTags>(async () => true),
      )
      expect(again.acked).toHaveLength(25)
    },
  )
})

describe('somebody who changes what the public sees again and again', () => {
  it('is stopped before the purges of everybody else have to wait', async () => {
    await waitForRoomInTheMinute()
    const person = await newPerson()
    for (let count = 0; count < 120; count++) await env.CHANGE_LIMIT.limit({ key: person.id })
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

  it('says when the platform refuses, and throws when it fails', async () => {
    expect(await originWith({ purge: async () => ({ success: false, errors: [] }) }).purge(['k:a'])).toBe(
      false,
    )
    const failing = originWith({ purge: () => Promise.reject(new Error('no answer')) })
    await expect(failing.purge(['k:a'])).rejects.toThrow('no answer')
  })

  it('has nothing to do where there is no such cache', async () => {
    expect(await originWith(undefined).purge(['k:a'])).toBe(true)
  })

  it('is reached by the queue of the Worker itself', async () => {
    const messages = [{ id: '0', timestamp: new Date(), attempts: 1, body: jobFor('x') }]
    const batch = createMessageBatch<PurgeJob>('cameo-purges', messages)
    const ctx = createExecutionContext()
    await worker.queue(batch, env, ctx)
    expect((await getQueueResult(batch, ctx)).explicitAcks).toEqual(['0'])
  })
})

const jobFor = (key: string): PurgeJob => ({ keys: [key] })

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
    for (let round = 0; round < 30; round++) {
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

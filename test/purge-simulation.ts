import { addTags, type Edge, findNextCall, openBudget, type Sql, spendCalls } from '../src/avatar/budget'
import { type PurgeJob, queuePurge } from '../src/avatar/purge'
import type { Capabilities } from '../src/capabilities'
import { consume } from '../src/queues'
import { QUEUES } from './purge-queues'

// The real producer, consumer and spender of calls against a clock that is only counted, the queues as Cloudflare
// documents them, and the platform's budget of purge calls. Deterministic: the same figures at every run.
// https://developers.cloudflare.com/queues/configuration/batching-retries/

/** People who change something again and again. */
export interface Crowd {
  people: number
  /** Milliseconds between two changes of one of them. */
  every: number
  /** `both`: look-up off, look-up on, off … */
  kind: 'ordinary' | 'privacy' | 'both'
  /** Keys of one of them: SHA-256 and MD5 of each e-mail, and the public key. */
  keys?: number
}

export interface Scenario {
  name: string
  minutes: number
  crowds: Crowd[]
}

/** What is tried: queues by name with their `max_batch_timeout`, and who consumes them. */
export interface Subject {
  queues: Record<string, { batchTimeout: number }>
  produce(send: (queue: string) => Queue, keys: string[], privacy: boolean): Promise<void>
  consume(batch: MessageBatch<PurgeJob>, now: number): Promise<void>
  alarm?: { at(): number | null; ring(now: number): Promise<void> }
}

export interface Figures {
  changes: number
  /** Milliseconds from the change to the end of the first purge that came after it; of all its keys. */
  privacy: Waits
  ordinary: Waits
  /** Changes without a first purge, or without one a minute later. */
  lost: number
  /** Messages that ran out of tries. */
  dead: number
  calls: number
  refused: number
  sweeps: number
  /** Most tags of one call. */
  mostTags: number
}

export interface Waits {
  median: number
  max: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND

// What the platform takes for itself, on the long side.
const DELIVERY = 500
const ALARM_LATENCY = 300
const CALL_LATENCY = 300

interface Sent {
  body: PurgeJob
  attempts: number
  readyAt: number
}

export async function simulate(scenario: Scenario, open: (edge: Edge) => Subject): Promise<Figures> {
  let now = 0
  const random = makeRandom(7)
  const events = makeEvents()
  const platform = makePlatform(() => now)
  const subject = open(platform.edge)
  const changes: { at: number; keys: string[]; privacy: boolean }[] = []
  let dead = 0
  let planned: number | null = null

  const queues = Object.entries(subject.queues).map(([name, { batchTimeout }]) => {
    let ready: Sent[] = []
    let busy = false
    const put = (message: Sent, delaySeconds = 0) => {
      message.readyAt = now + delaySeconds * SECOND + DELIVERY
      events.add(message.readyAt, async () => {
        ready.push(message)
        events.add(message.readyAt + batchTimeout, deliver)
        await deliver()
      })
    }
    const deliver = async () => {
      const isDue = ready.length >= 100 || (ready[0] && ready[0].readyAt + batchTimeout <= now)
      if (busy || !isDue) return
      busy = true
      const taken = ready.slice(0, 100)
      ready = ready.slice(100)
      const retries = new Map<Sent, number>()
      const messages = taken.map((message) => {
        message.attempts++
        const retry = (options?: QueueRetryOptions) => retries.set(message, options?.delaySeconds ?? 0)
        return { ...message, ack: () => retries.delete(message), retry }
      })
      const batch = {
        queue: name,
        messages,
        ackAll: () => retries.clear(),
        retryAll: (options?: QueueRetryOptions) => {
          for (const message of messages) message.retry(options)
        },
      }
      const began = platform.calls()
      await subject.consume(batch as unknown as MessageBatch<PurgeJob>, now)
      planned = subject.alarm?.at() ?? null
      const took = (platform.calls() - began) * CALL_LATENCY
      for (const [message, delay] of retries) {
        if (message.attempts > 100) dead++
        else put(message, delay + took / SECOND)
      }
      events.add(now + took, async () => {
        busy = false
        await deliver()
      })
    }
    return { name, put }
  })
  const send = (name: string) =>
    ({
      sendBatch: async (messages: { body: PurgeJob; delaySeconds: number }[]) => {
        const queue = queues.find((each) => each.name === name)
        for (const { body, delaySeconds } of messages)
          queue?.put({ body, attempts: 0, readyAt: 0 }, delaySeconds)
      },
    }) as unknown as Queue

  let person = 0
  for (const { people, every, kind, keys: count = 3 } of scenario.crowds) {
    for (let each = 0; each < people; each++) {
      const keys = Array.from({ length: count }, (_, key) => `${key}-${person}`)
      person++
      let round = 0
      for (let at = random() * every; at < scenario.minutes * MINUTE; at += every * (0.8 + 0.4 * random())) {
        const privacy = kind === 'privacy' || (kind === 'both' && round++ % 2 === 0)
        events.add(at, async () => {
          changes.push({ at: now, keys, privacy })
          await subject.produce(send, keys, privacy)
        })
      }
    }
  }

  for (;;) {
    const alarmAt = planned === null ? Number.POSITIVE_INFINITY : planned + ALARM_LATENCY
    if (alarmAt < events.next()) {
      now = Math.max(now, alarmAt)
      await subject.alarm?.ring(now)
      planned = subject.alarm?.at() ?? null
    } else {
      const event = events.take()
      if (!event) break
      now = Math.max(now, event.at)
      await event.run()
    }
  }

  const waits = changes.map((change) => ({
    ...change,
    wait: Math.max(...change.keys.map((key) => platform.purgedAfter(`k:${key}`, change.at) - change.at)),
    again: Math.max(...change.keys.map((key) => platform.purgedAfter(`k:${key}`, change.at + MINUTE))),
  }))
  const summarise = (privacy: boolean): Waits => {
    const sorted = waits.filter((each) => each.privacy === privacy).map((each) => each.wait)
    sorted.sort((a, b) => a - b)
    return { median: sorted[sorted.length >> 1] ?? 0, max: sorted.at(-1) ?? 0 }
  }
  return {
    changes: changes.length,
    privacy: summarise(true),
    ordinary: summarise(false),
    lost: waits.filter(({ wait, again }) => wait + again === Number.POSITIVE_INFINITY).length,
    dead,
    ...platform.count(),
  }
}

/** What is deployed, with the storage of a Purger. */
export function openSubject(sql: Sql, edge: Edge): Subject {
  openBudget(sql)
  sql.exec('DELETE FROM waiting')
  sql.exec('UPDATE budget SET calls = 25, at = 0')
  return {
    queues: QUEUES,
    produce: (send, keys, privacy) =>
      queuePurge(
        { purges: send('cameo-purges'), privacyPurges: send('cameo-privacy-purges') },
        { keys, privacy },
      ),
    consume: (batch, now) =>
      consume(batch, {
        caps: {} as Capabilities, // for the queue of erasures alone
        gather: async (tags, privacy) => addTags(sql, { tags, privacy }, now),
      }),
    alarm: { at: () => findNextCall(sql), ring: (now) => spendCalls({ sql, edge }, now) },
  }
}

/** Somebody deletes or hides their picture now and then, whatever the others do. */
const DELETIONS: Crowd = { people: 40, every: 10 * MINUTE, kind: 'privacy' }

const crowd = (people: number, every: number, kind: Crowd['kind'] = 'ordinary', keys = 3): Crowd[] => [
  { people, every, kind, keys },
  DELETIONS,
]

export const SCENARIOS: Scenario[] = [
  { name: 'one noisy account', minutes: 20, crowds: [...crowd(1, SECOND), ...crowd(5, MINUTE)] },
  {
    name: 'one account, look-up off and on',
    minutes: 20,
    crowds: [...crowd(1, SECOND, 'both'), ...crowd(5, MINUTE)],
  },
  { name: '50 people, a change a minute', minutes: 20, crowds: crowd(50, MINUTE) },
  { name: '50 people of ten addresses', minutes: 20, crowds: crowd(50, MINUTE, 'ordinary', 21) },
  { name: '500 people, a change a minute', minutes: 20, crowds: crowd(500, MINUTE) },
  { name: '500 people, look-up off and on', minutes: 20, crowds: crowd(500, MINUTE, 'both') },
]

/** The bucket of calls, and what was purged when. */
function makePlatform(now: () => number) {
  let tokens = 25
  let filledAt = 0
  let called = 0
  let calls = 0
  let refused = 0
  let mostTags = 0
  const sweeps: number[] = []
  const purges = new Map<string, number[]>()
  let callsAt = -1
  let under = 0
  /** When a call ends: those of one event follow each other. Infinity for one that is refused. */
  const call = (): number => {
    under = callsAt === now() ? under + 1 : 1
    callsAt = now()
    called++
    const at = now() + under * CALL_LATENCY
    tokens = Math.min(25, tokens + ((at - filledAt) * 5) / MINUTE)
    filledAt = at
    if (tokens < 1) {
      refused++
      return Number.POSITIVE_INFINITY
    }
    tokens--
    calls++
    return at
  }
  const edge: Edge = {
    async purge(tags) {
      if (tags.length > 100) throw new Error(`a call of ${tags.length} tags`)
      const at = call()
      if (at === Number.POSITIVE_INFINITY) return false
      mostTags = Math.max(mostTags, tags.length)
      for (const tag of tags) {
        const times = purges.get(tag)
        if (times) times.push(at)
        else purges.set(tag, [at])
      }
      return true
    },
    async sweep() {
      const at = call()
      if (at === Number.POSITIVE_INFINITY) return false
      sweeps.push(at)
      return true
    },
  }
  const after = (times: number[] | undefined, at: number) =>
    times?.find((time) => time >= at) ?? Number.POSITIVE_INFINITY
  return {
    edge,
    calls: () => called,
    purgedAfter: (tag: string, at: number) => Math.min(after(purges.get(tag), at), after(sweeps, at)),
    count: () => ({ calls, refused, sweeps: sweeps.length, mostTags }),
  }
}

/** Events in the order of time, and of adding where the time is one: a binary heap. */
function makeEvents() {
  type Event = { at: number; order: number; run: () => Promise<void> }
  const heap: Event[] = []
  let order = 0
  const isBefore = (a: Event, b: Event) => a.at < b.at || (a.at === b.at && a.order < b.order)
  const swap = (a: number, b: number) => {
    const held = heap[a] as Event
    heap[a] = heap[b] as Event
    heap[b] = held
  }
  return {
    next: () => heap[0]?.at ?? Number.MAX_VALUE,
    add(at: number, run: () => Promise<void>) {
      heap.push({ at, order: order++, run })
      for (let child = heap.length - 1; child > 0; ) {
        const parent = (child - 1) >> 1
        if (!isBefore(heap[child] as Event, heap[parent] as Event)) break
        swap(child, parent)
        child = parent
      }
    },
    take(): Event | undefined {
      const first = heap[0]
      const last = heap.pop()
      if (heap.length && last) {
        heap[0] = last
        for (let parent = 0; ; ) {
          let least = parent
          for (const child of [2 * parent + 1, 2 * parent + 2]) {
            if (child < heap.length && isBefore(heap[child] as Event, heap[least] as Event)) least = child
          }
          if (least === parent) break
          swap(parent, least)
          parent = least
        }
      }
      return first
    },
  }
}

/** Mulberry32: a small generator with a seed. */
function makeRandom(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

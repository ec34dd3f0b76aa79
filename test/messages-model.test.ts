import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { eraseAddressed, toAddressedJob } from '../src/accounts/addressed'
import { requestLeaving } from '../src/accounts/leaving'
import { openCapabilities } from '../src/capabilities'
import { WRITTEN_TO } from '../src/messages/addressed'
import type { ConversationList, ThreadJson } from '../src/messages/answers'
import { ask, holdMail, newPerson, type Person } from './support'

/** A plain model of the rules: people are numbers, and a message is a row. */
interface Letter {
  id: string
  from: number
  to: number
  /** False where the sender was blocked. */
  arrived: boolean
}

interface Model {
  letters: Letter[]
  /** `${who}>${whom}` */
  blocks: Set<string>
  /** How many letters there had been up to what was shown when the inbox was opened. */
  marks: number[]
  /** Who has left. */
  gone: Set<number>
}

const PEOPLE = 4

const unreadOf = ({ letters, blocks, marks }: Model, who: number) =>
  new Set(
    letters
      .filter(
        ({ from, to, arrived }, at) =>
          to === who && arrived && at >= (marks[who] as number) && !blocks.has(`${who}>${from}`),
      )
      .map(({ from }) => from),
  ).size

/** As the thread of `who` with `other` shows them, newest first. */
const threadOf = ({ letters }: Model, who: number, other: number) =>
  letters
    .filter(
      ({ from, to, arrived }) => (from === who && to === other) || (from === other && to === who && arrived),
    )
    .map(({ id }) => id)
    .toReversed()

const listOf = (model: Model, who: number) =>
  [...Array(PEOPLE).keys()]
    .filter((other) => other !== who)
    .map((other) => ({ other, last: threadOf(model, who, other)[0] }))
    .filter(({ last }) => last !== undefined)
    .map(({ other, last }) => ({ other, last, at: model.letters.findIndex(({ id }) => id === last) }))
    .toSorted((a, b) => b.at - a.at)
    .map(({ other, last }) => ({ other, last }))

const who = fc.nat({ max: PEOPLE - 1 })
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), by: who, to: who }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('open' as const), by: who, back: fc.nat({ max: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('block' as const), by: who, to: who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unblock' as const), by: who, to: who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), by: who }) },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

async function leave(person: Person): Promise<void> {
  const mailbox = holdMail()
  const caps = { ...openCapabilities(env, Date.now()), email: mailbox }
  const browserId = await requestLeaving(caps, { user: person, client: crypto.randomUUID() })
  const as = { cookie: `${person.session.cookie}; deletion=${browserId}` }
  expect((await ask('DELETE', '/api/me', { as, json: { code: mailbox.code() } })).status).toBe(204)
  const rows = [{ hash: person.hash, hashAlias: null }]
  const job = toAddressedJob(caps, { userId: person.id, addresses: rows })
  await eraseAddressed(caps, { job, tables: WRITTEN_TO }) // as the queue does a second later
}

async function take(model: Model, people: Person[], step: Step): Promise<void> {
  const me = people[step.by] as Person
  if (model.gone.has(step.by)) return
  if (step.do === 'leave') {
    if (model.gone.size > 1) return
    await leave(me)
    model.gone.add(step.by)
    for (const letter of model.letters)
      if (letter.from === step.by || letter.to === step.by) Object.assign(letter, { from: -1, to: -1 })
    return
  }
  if (step.do === 'open') {
    const mine = model.letters.filter(
      ({ from, to, arrived }) => from === step.by || (to === step.by && arrived),
    )
    const upTo = mine.at(-1 - step.back)
    if (!upTo) return
    const answer = await ask('POST', '/api/inbox/open', { as: me.session, json: { upTo: upTo.id } })
    const mark = model.letters.indexOf(upTo) + 1
    model.marks[step.by] = Math.max(model.marks[step.by] as number, mark)
    expect(await answer.json()).toEqual({ people: unreadOf(model, step.by) })
    return
  }
  if (step.by === step.to) return
  const { hash } = people[step.to] as Person
  if (step.do === 'send') {
    const answer = await ask('POST', '/api/messages', { as: me.session, json: { to: hash, text: 'x' } })
    expect(answer.status).toBe(201)
    const { id } = await answer.json<{ id: string }>()
    const arrived = !model.blocks.has(`${step.to}>${step.by}`)
    model.letters.push({ id, from: step.by, to: step.to, arrived })
    return
  }
  const method = step.do === 'block' ? 'PUT' : 'DELETE'
  expect((await ask(method, `/api/blocks/${hash}`, { as: me.session })).status).toBe(204)
  if (step.do === 'block') model.blocks.add(`${step.by}>${step.to}`)
  else model.blocks.delete(`${step.by}>${step.to}`)
}

async function compare(model: Model, people: Person[]): Promise<void> {
  const read = async <T>(by: Person, path: string) =>
    (await ask('GET', `/api${path}`, { as: by.session })).json<T>()
  const numberOf = (hash: string) => people.findIndex((person) => person.hash === hash)
  for (const [at, person] of people.entries()) {
    if (model.gone.has(at)) continue
    const { people: count } = await read<{ people: number }>(person, '/inbox/unread')
    expect([at, count]).toEqual([at, unreadOf(model, at)])
    const { items } = await read<ConversationList>(person, '/conversations')
    expect(items.map(({ hash, last }) => ({ other: numberOf(hash), last: last.id }))).toEqual(
      listOf(model, at),
    )
    for (const { hash } of items) {
      const thread = await read<ThreadJson>(person, `/conversations/${hash}`)
      expect(thread.items.map(({ id }) => id)).toEqual(threadOf(model, at, numberOf(hash)))
    }
  }
}

describe('messages', () => {
  it('are what a plain model of the rules says, whatever people do in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async (steps) => {
        const people = await Promise.all(Array.from({ length: PEOPLE }, () => newPerson()))
        const model: Model = {
          ...{ letters: [], blocks: new Set(), gone: new Set() },
          marks: people.map(() => 0),
        }
        for (const step of steps) await take(model, people, step)
        await compare(model, people)
      }),
      { numRuns: 12 },
    )
  })

  it('are all there and counted right, however many are sent, opened and blocked at once', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ by: who, to: who }), { minLength: 5, maxLength: 15 }),
        async (sends) => {
          const people = await Promise.all(Array.from({ length: PEOPLE }, () => newPerson()))
          const pairs = sends.filter(({ by, to }) => by !== to)
          await Promise.all(
            pairs.map(async ({ by, to }) => {
              const [sender, receiver] = [people[by] as Person, people[to] as Person]
              const json = { to: receiver.hash, text: 'x' }
              await ask('POST', '/api/messages', { as: sender.session, json })
              await ask('GET', '/api/inbox/unread', { as: receiver.session })
            }),
          )
          for (const [at, person] of people.entries()) {
            const answer = await ask('GET', '/api/inbox/unread', { as: person.session })
            const senders = new Set(pairs.filter(({ to }) => to === at).map(({ by }) => by))
            expect(await answer.json()).toEqual({ people: senders.size })
          }
        },
      ),
      { numRuns: 4 },
    )
  })
})

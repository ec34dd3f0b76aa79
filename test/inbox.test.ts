import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { requestLeaving } from '../src/accounts/leaving'
import { createSession } from '../src/accounts/sessions'
import { openCapabilities } from '../src/capabilities'
import { digestHex } from '../src/lib/crypto'
import { CLOSED, MAX_SOCKETS } from '../src/messages/inbox'
import {
  ask,
  holdMail,
  newAddress,
  newPerson,
  newPhoto,
  type Person,
  refusal,
  waitForRoomInTheMinute,
} from './support'

const ORIGIN = { origin: 'http://localhost' }
const UPGRADE = { ...ORIGIN, upgrade: 'websocket' }

const send = async (by: Person, to: string, text = 'hello') => {
  const answer = await ask('POST', '/api/messages', { as: by.session, json: { to, text } })
  expect(answer.status).toBe(201)
  return (await answer.json<{ id: string }>()).id
}
const open = (by: Person, upTo: string) => ask('POST', '/api/inbox/open', { as: by.session, json: { upTo } })
const openTo = async (by: Person, upTo: string) => (await open(by, upTo)).json()
const unread = async (by: Person) =>
  (await (await ask('GET', '/api/inbox/unread', { as: by.session })).json<{ people: number }>()).people

/** An open socket, with all that it was sent. */
interface Live {
  socket: WebSocket
  got: string[]
  closed: Promise<number>
}

const sockets: WebSocket[] = []

async function listen(as: { cookie: string }): Promise<Live> {
  const answer = await ask('GET', '/api/inbox/live', { as, headers: UPGRADE })
  if (answer.status !== 101) throw new Error(`${answer.status} ${await answer.text()}`)
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
  const socket = answer.webSocket as WebSocket
  const got: string[] = []
  socket.addEventListener('message', ({ data }) => {
    got.push(String(data))
  })
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener('close', ({ code }) => resolve(code))
  })
  socket.accept()
  sockets.push(socket)
  return { socket, got, closed }
}

const told = (live: Live, ...numbers: number[]) =>
  vi.waitFor(() => expect(live.got).toEqual(numbers.map((people) => `{"people":${people}}`)), {
    timeout: 5000,
  })

async function leave(person: Person): Promise<void> {
  const mailbox = holdMail()
  const caps = { ...openCapabilities(env, Date.now()), email: mailbox }
  const browserId = await requestLeaving(caps, { user: person, client: crypto.randomUUID() })
  const as = { cookie: `${person.session.cookie}; deletion=${browserId}` }
  expect((await ask('DELETE', '/api/me', { as, json: { code: mailbox.code() } })).status).toBe(204)
}

const stubOf = (person: Person) => env.INBOX.getByName(person.id)
const newSession = async (person: Person) => ({
  cookie: `session=${await createSession(openCapabilities(env, Date.now()), { userId: person.id, userAgent: '' })}`,
})

afterEach(() => {
  vi.restoreAllMocks()
  for (const socket of sockets.splice(0)) socket.close(1000)
})

describe('POST /api/inbox/open', () => {
  it('counts people and not messages, and forgets them up to what was shown', async () => {
    const [ann, ben, cat] = [await newPerson(), await newPerson(), await newPerson()]
    const second = await newAddress(ann)
    await send(ben, ann.hash)
    const shown = await send(ben, second.hash)
    expect(await unread(ann)).toBe(1)
    const later = await send(cat, ann.hash)
    expect(await unread(ann)).toBe(2)
    expect(await openTo(ann, shown)).toEqual({ people: 1 }) // what came meanwhile is not lost
    expect(await openTo(ann, later)).toEqual({ people: 0 })
    expect(await openTo(ann, shown)).toEqual({ people: 0 }) // and never back
    await send(ben, ann.hash)
    expect(await unread(ann)).toBe(1)
  })

  it('takes nothing that is not of this inbox, nor of the future', async () => {
    const [ann, ben, cat] = [await newPerson(), await newPerson(), await newPerson()]
    await send(ben, ann.hash)
    const others = await send(ben, cat.hash)
    for (const upTo of [others, crypto.randomUUID(), '', '9999999'])
      expect(await refusal(open(ann, upTo))).toEqual([404, 'not_found'])
    expect(await refusal(ask('POST', '/api/inbox/open', { as: ann.session, json: { upTo: 9 } }))).toEqual([
      400,
      'invalid_input',
    ])
    expect(await unread(ann)).toBe(1)
    // One of my own is newer than all that came: it opens those, and nothing that comes.
    expect(await openTo(ann, await send(ann, ben.hash))).toEqual({ people: 0 })
    await send(cat, ann.hash)
    expect(await unread(ann)).toBe(1)
  })

  it('loses nothing where two devices and new messages race', async () => {
    const ann = await newPerson()
    const others = await Promise.all(Array.from({ length: 6 }, () => newPerson()))
    const ids = await Promise.all(others.slice(0, 3).map((other) => send(other, ann.hash)))
    await Promise.all([
      ...ids.map((id) => open(ann, id)),
      ...others.slice(3).map((other) => send(other, ann.hash)),
      ...ids.map((id) => open(ann, id)),
    ])
    expect(await unread(ann)).toBe(3)
  })
})

describe('opening the inbox without end', () => {
  it('writes nothing where it was opened as far, and is limited by the minute', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const [before, last] = [await send(ben, ann.hash), await send(ben, ann.hash)]
    const written = vi.spyOn(Object.getPrototypeOf(env.DB), 'batch')
    const rows = async (upTo: string) => {
      written.mockClear()
      expect((await open(ann, upTo)).status).toBe(200)
      const batches = await Promise.all(written.mock.results.map(({ value }) => value as Promise<D1Result[]>))
      return batches.flat().reduce((sum, { meta }) => sum + meta.rows_written, 0)
    }
    expect([await rows(before), await rows(last), await rows(last), await rows(before)]).toEqual([1, 1, 0, 0])
    vi.restoreAllMocks()
    await waitForRoomInTheMinute()
    const statuses = new Set<number>()
    for (let count = 0; count < 13; count++) {
      const answers = await Promise.all(Array.from({ length: 10 }, () => open(ann, last)))
      for (const { status } of answers) statuses.add(status)
    }
    expect([...statuses]).toEqual([200, 429])
    await send(ben, ann.hash)
    await told(await listen(ann.session), 1) // sockets have a minute of their own
  })
})

describe('GET /api/inbox/live', () => {
  it('refuses every other origin, tokens and what is no upgrade, before the upgrade', async () => {
    const ann = await newPerson()
    const get = (as: Record<string, string> | undefined, headers: Record<string, string>, query = '') =>
      refusal(ask('GET', `/api/inbox/live${query}`, { as: as as { cookie: string }, headers }))
    const upgrade = { upgrade: 'websocket' }
    const foreign: Record<string, string>[] = [
      {},
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: 'http://localhost.evil.example' },
      { origin: 'http://localhost:81' },
      { origin: 'https://localhost' },
      { ...ORIGIN, 'sec-fetch-site': 'cross-site' },
    ]
    for (const headers of foreign)
      expect(await get(ann.session, { ...upgrade, ...headers })).toEqual([403, 'cross_site'])
    expect(await get(ann.token, UPGRADE)).toEqual([403, 'session_required'])
    const token = ann.token.authorization.slice('Bearer '.length)
    const session = ann.session.cookie.slice('session='.length)
    for (const query of [`?token=${token}`, `?access_token=${token}`, `?session=${session}`])
      expect(await get(undefined, UPGRADE, query)).toEqual([401, 'unauthenticated'])
    expect(await get(ann.session, ORIGIN)).toEqual([400, 'invalid_input'])
    const count = await runInDurableObject(stubOf(ann), (_, state) => state.getWebSockets().length)
    expect(count).toBe(0)
  })

  it('sends the number at once and when it changes, to every device, and nothing else', async () => {
    const [ann, ben, cat] = [await newPerson(), await newPerson(), await newPerson()]
    const first = await send(ben, ann.hash)
    const tabs = await Promise.all([listen(ann.session), listen(await newSession(ann))])
    for (const tab of tabs) await told(tab, 1)
    await send(ben, ann.hash) // the same person: the number is the same
    const { id } = await newPhoto(cat)
    await ask('PUT', `/api/photos/${id}/shares/${ann.hash}`, { as: cat.session })
    for (const tab of tabs) await told(tab, 1, 2)
    await open(ann, first)
    const last = await send(cat, ann.hash)
    await open(ann, last)
    for (const tab of tabs) await told(tab, 1, 2, 0)
    await send(ben, ann.hash)
    for (const tab of tabs) await told(tab, 1, 2, 0, 1)
    await ask('PUT', `/api/blocks/${ben.hash}`, { as: ann.session })
    for (const tab of tabs) await told(tab, 1, 2, 0, 1, 0)
    await send(ben, ann.hash)
    await scheduler.wait(400)
    for (const tab of tabs) await told(tab, 1, 2, 0, 1, 0)
  })

  it('reads once for a burst, sends once, and loses nothing of it', async () => {
    const ann = await newPerson()
    const others = await Promise.all(Array.from({ length: 8 }, () => newPerson()))
    const live = await listen(ann.session)
    await told(live, 0)
    await Promise.all(others.map((other) => send(other, ann.hash)))
    await vi.waitFor(() => expect(live.got.at(-1)).toBe('{"people":8}'), { timeout: 5000 })
    expect(live.got.length).toBeLessThanOrEqual(4)
  })

  it('goes on after the object was evicted, and answers pings', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const live = await listen(ann.session)
    await told(live, 0)
    await evictDurableObject(stubOf(ann))
    await send(ben, ann.hash)
    await told(live, 0, 1)
    await evictDurableObject(stubOf(ann))
    await send(ben, ann.hash)
    await scheduler.wait(400)
    await told(live, 0, 1) // what it was sent is known after the eviction too
    live.socket.send('ping')
    await vi.waitFor(() => expect(live.got.at(-1)).toBe('pong'))
    const stored = await runInDurableObject(stubOf(ann), (_, state) => state.storage.list())
    expect(stored.size).toBe(0)
  })

  it('is closed when its session ends, however that comes, and others stay open', async () => {
    const ann = await newPerson()
    const [own, other, third] = [ann.session, await newSession(ann), await newSession(ann)]
    const [a, b, c] = [await listen(own), await listen(other), await listen(third)]
    await ask('POST', '/api/sign-out', { as: own })
    expect(await a.closed).toBe(CLOSED.ended)
    await ask('DELETE', '/api/sessions', { as: other })
    expect(await c.closed).toBe(CLOSED.ended)
    expect(b.socket.readyState).toBe(WebSocket.OPEN)
    const hash = await digestHex('SHA-256', other.cookie.slice('session='.length))
    const one = await env.DB.prepare('SELECT id FROM sessions WHERE token_hash = ?')
      .bind(hash)
      .first<{ id: string }>()
    await ask('DELETE', `/api/sessions/${one?.id}`, { as: other })
    expect(await b.closed).toBe(CLOSED.ended)
  })

  it('is closed when the account is deleted', async () => {
    const ann = await newPerson()
    const live = await listen(ann.session)
    await told(live, 0)
    await leave(ann)
    expect(await live.closed).toBe(CLOSED.ended)
  })

  it('is closed when its session expires, by the alarm', async () => {
    const ann = await newPerson()
    const live = await listen(ann.session)
    await told(live, 0)
    await env.DB.prepare('UPDATE sessions SET expires_at = 1 WHERE user_id = ?').bind(ann.id).run()
    expect(await runDurableObjectAlarm(stubOf(ann))).toBe(true)
    expect(await live.closed).toBe(CLOSED.ended)
    expect(await runDurableObjectAlarm(stubOf(ann))).toBe(false)
  })

  it('writes down once when it is to look whether sessions are over, however much comes', async () => {
    const [ann, ben, cat] = [await newPerson(), await newPerson(), await newPerson()]
    const live = await listen(ann.session)
    await told(live, 0)
    const writes = await runInDurableObject(stubOf(ann), async (_, { storage }) => {
      const setAlarm = vi.spyOn(storage, 'setAlarm')
      await send(ben, ann.hash)
      await told(live, 0, 1)
      await send(cat, ann.hash)
      await told(live, 0, 1, 2)
      return setAlarm.mock.calls.length
    })
    expect(writes).toBe(0)
    expect(await runInDurableObject(stubOf(ann), (_, { storage }) => storage.getAlarm())).not.toBeNull()
  })

  it('tells the others, where one that was closed never answers that', async () => {
    const [ann, ben] = [await newPerson(), await newPerson()]
    const open = () => ask('GET', '/api/inbox/live', { as: ann.session, headers: UPGRADE })
    const answers: Response[] = []
    for (let count = 0; count < MAX_SOCKETS; count++) answers.push(await open()) // nobody takes what these say
    const lives = [await listen(ann.session), await listen(ann.session)]
    for (const live of lives) await told(live, 0)
    await send(ben, ann.hash)
    for (const live of lives) await told(live, 0, 1)
    const states = await runInDurableObject(stubOf(ann), (_, state) =>
      state.getWebSockets().map(({ readyState }) => readyState),
    )
    expect(states.filter((state) => state === WebSocket.OPEN)).toHaveLength(MAX_SOCKETS)
    for (const { webSocket } of answers) {
      webSocket?.accept()
      webSocket?.close(1000)
    }
  })

  it('keeps so many sockets open, closes the oldest, and those that speak', async () => {
    const ann = await newPerson()
    const first = await listen(ann.session)
    await told(first, 0)
    await scheduler.wait(5)
    for (let count = 1; count < MAX_SOCKETS; count++) await listen(ann.session)
    expect(first.socket.readyState).toBe(WebSocket.OPEN)
    const last = await listen(ann.session)
    expect(await first.closed).toBe(CLOSED.crowded)
    last.socket.send('hello')
    expect(await last.closed).toBe(CLOSED.spoke)
  })
})

import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { SessionJson } from '../src/accounts/answers'
import { nameBrowser } from '../src/accounts/browser'
import { createSession } from '../src/accounts/sessions'
import { openCapabilities } from '../src/capabilities'
import { DAY } from '../src/lib/time'
import { ask, newPerson, type Person, refusal } from './support'

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** One more browser of a person, signed in at that time. */
async function signIn(person: Person, { userAgent = FIREFOX, now = Date.now() } = {}) {
  const token = await createSession(openCapabilities(env, now), { userId: person.id, userAgent })
  return { cookie: `session=${token}` }
}

const list = async (as: { cookie: string }) =>
  (await (await ask('GET', '/api/sessions', { as })).json<{ items: SessionJson[] }>()).items
const isSignedIn = async (as: { cookie: string }) => (await ask('GET', '/api/me', { as })).status === 200

describe('the browser of a session', () => {
  it.each([
    [FIREFOX, 'Firefox on Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      'Safari on iOS',
    ],
    [
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Mobile Safari/537.36',
      'Chrome on Android',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0',
      'Microsoft Edge on Windows',
    ],
    ['', ''],
    ['curl/8.5.0', ''],
  ])('of %s is %s', async (userAgent, name) => {
    expect(await nameBrowser(userAgent)).toBe(name)
  })

  it('is a short name whatever a client says of itself', async () => {
    expect((await nameBrowser(`${'<b>‮'.repeat(10_000)}/1.0`)).length).toBeLessThanOrEqual(60)
  })
})

describe('GET /api/sessions', () => {
  it('tells browser, first and last day, and which one asks', async () => {
    const person = await newPerson()
    const now = Date.now()
    const other = await signIn(person, { now: now - 3 * DAY })
    const items = await list(person.session)
    expect(items).toEqual([
      {
        id: expect.any(String),
        current: true,
        browser: '',
        createdAt: expect.any(Number),
        lastUsedAt: expect.any(Number),
      },
      {
        id: expect.any(String),
        current: false,
        browser: 'Firefox on Windows',
        createdAt: now - 3 * DAY,
        lastUsedAt: now - 3 * DAY,
      },
    ])
    expect((await list(other)).map((session) => session.current).toSorted()).toEqual([false, true])
  })

  it('notes the day of last use once a day', async () => {
    const person = await newPerson()
    const created = Date.now() - 2 * DAY
    const as = await signIn(person, { now: created })
    const lastUsedAt = async () => (await list(as)).find((session) => session.current)?.lastUsedAt ?? 0
    const first = await ask('GET', '/api/me', { as })
    expect(first.headers.get('set-cookie')).toMatch(/^session=.*Max-Age=2592000/)
    const noted = await lastUsedAt()
    expect(noted).toBeGreaterThan(created + DAY)
    expect((await ask('GET', '/api/me', { as })).headers.get('set-cookie')).toBeNull()
    expect(await lastUsedAt()).toBe(noted)
  })

  it('holds no expired one, and nothing of another person', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    await signIn(person, { now: Date.now() - 31 * DAY })
    expect(await list(person.session)).toHaveLength(1)
    expect(await list(other.session)).toHaveLength(1)
  })

  it('is bounded: one more than fifty ends the one that was used the longest ago', async () => {
    const person = await newPerson()
    const oldest = await signIn(person, { now: Date.now() - DAY })
    for (let count = 0; count < 49; count++) await signIn(person)
    expect(await list(person.session)).toHaveLength(50)
    expect(await isSignedIn(oldest)).toBe(false)
    expect(await isSignedIn(person.session)).toBe(true)
  })
})

describe('ending sessions', () => {
  it('ends one at the next request, whichever it is', async () => {
    const person = await newPerson()
    const other = await signIn(person)
    const id = (await list(person.session)).find((session) => !session.current)?.id
    const end = () => ask('DELETE', `/api/sessions/${id}`, { as: person.session })
    expect((await end()).status).toBe(204)
    expect([await isSignedIn(other), await isSignedIn(person.session)]).toEqual([false, true])
    expect(await refusal(end())).toEqual([404, 'not_found'])
    const [own] = await list(person.session)
    await ask('DELETE', `/api/sessions/${own?.id}`, { as: person.session })
    expect(await isSignedIn(person.session)).toBe(false)
  })

  it('ends all others and keeps this one, and nobody else’s', async () => {
    const [person, stranger] = [await newPerson(), await newPerson()]
    const others = [await signIn(person), await signIn(person)]
    expect((await ask('DELETE', '/api/sessions', { as: person.session })).status).toBe(204)
    expect(await Promise.all(others.map(isSignedIn))).toEqual([false, false])
    expect([await isSignedIn(person.session), await isSignedIn(stranger.session)]).toEqual([true, true])
    expect((await ask('GET', '/api/me', { as: person.token })).status).toBe(200) // tokens are not sessions
  })
})

describe('the last use of an API token', () => {
  it('is told to the day, null before the first', async () => {
    const person = await newPerson()
    const tokens = async () =>
      (
        await (
          await ask('GET', '/api/tokens', { as: person.session })
        ).json<{
          items: { lastUsedAt: number | null }[]
        }>()
      ).items
    expect((await tokens())[0]?.lastUsedAt).toBeNull()
    await ask('GET', '/api/me', { as: person.token })
    const noted = (await tokens())[0]?.lastUsedAt
    expect(noted).toBeGreaterThan(Date.now() - DAY)
    await ask('GET', '/api/me', { as: person.token })
    expect((await tokens())[0]?.lastUsedAt).toBe(noted)
  })
})

import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { rememberBrowser } from '../src/accounts/signin'
import { cleanUpBudgets } from '../src/budgets/cleanup'
import { dayOf } from '../src/budgets/counts'
import { openCapabilities } from '../src/capabilities'
import { type Config, loadConfig } from '../src/config'
import { cleanUp } from '../src/cron'
import { digestHex } from '../src/lib/crypto'
import { DAY } from '../src/lib/time'
import {
  ask,
  complete,
  fixture,
  holdMail,
  newFace,
  newPerson,
  newPhoto,
  type Person,
  prepare,
  refusal,
  signUp,
  store,
  waitForRoomInTheMinute,
} from './support'

const prototypeOf = (binding: object) => Object.getPrototypeOf(binding)
const defaults = { ...loadConfig(env) }

/** The Worker reads its settings once, into this object. */
const set = (settings: Partial<Config>) => Object.assign(loadConfig(env), settings)

/** From here on nothing is used of the day, and these are its limits. */
async function startDay(settings: Partial<Config>) {
  await env.DB.exec('DELETE FROM counts')
  set(settings)
}

const caps = () => openCapabilities(env, Date.now())
const spyOnImages = () => vi.spyOn(prototypeOf(env.IMAGES), 'input')
const from = (ip: string) => ({ 'cf-connecting-ip': ip })
const tier = (answer: Response) => answer.headers.get('server-timing')?.split(',')[0]

async function countsOf(kind: string) {
  const { results } = await env.DB.prepare(
    'SELECT who, used FROM counts WHERE kind = ? ORDER BY used DESC, who',
  )
    .bind(kind)
    .all<{ who: string; used: number }>()
  return results
}

/** `Retry-After` leads to midnight UTC, give or take the time that a test takes on a slow machine. */
function expectUntilMidnight(answer: Response) {
  const left = (DAY - (Date.now() % DAY)) / 1000
  expect(Math.abs(Number(answer.headers.get('retry-after')) - left)).toBeLessThan(300)
}

async function expectExhausted(answer: Response) {
  expectUntilMidnight(answer)
  expect(answer.headers.get('cache-control')).toContain('no-store')
  expect(await refusal(Promise.resolve(answer))).toEqual([503, 'budget_exhausted'])
}

/** What the log says of budgets. */
function readLog() {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  return () => log.mock.calls.map(([line]) => String(line)).filter((line) => line.includes('"budget"'))
}

/** An upload that waits for its completion. */
async function stored(person: Person, name = 'red.jpg') {
  const id = await prepare(person, 'image/jpeg', fixture(name).length)
  await store(person, id, fixture(name))
  return id
}

beforeEach(() => startDay(defaults))
afterEach(() => {
  vi.restoreAllMocks()
  Object.assign(env, { EMAIL })
})

const { EMAIL } = env

/** Takes mail in place of the binding, which as a service has no method to spy on. */
function takeMail() {
  const mailbox = holdMail()
  Object.assign(env, { EMAIL: mailbox })
  return { mailbox, spy: vi.spyOn(mailbox, 'send') }
}

describe('the budget of transforms', () => {
  it('lets exactly as many through as it has, of 200 at once', async () => {
    const { person } = await newFace()
    await startDay({ budgetTransforms: 10 })
    const said = readLog()
    const images = spyOnImages()
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) => {
        const path = `/${person.hash}.${['webp', 'png', 'jpg'][n % 3]}?s=${16 + 8 * (n % 7)}`
        return ask('GET', path, { headers: from(`198.51.100.${n}`) })
      }),
    )
    expect(images).toHaveBeenCalledTimes(10)
    expect(answers.filter((answer) => tier(answer)?.startsWith('transform')).length).toBe(10)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 503]))
    for (const answer of answers) {
      if (answer.status === 503) await expectExhausted(answer)
      else await answer.arrayBuffer()
    }
    expect(await countsOf('transforms')).toContainEqual({ who: '', used: 10 })
    expect(said().length).toBe(1)
    expect(JSON.parse(said()[0] as string)).toMatchObject({
      event: 'failure',
      what: 'budget',
      step: 'transforms',
    })
  })

  it('writes nothing else to the log, however many are refused', async () => {
    const { person } = await newFace()
    await startDay({ budgetTransforms: 1 })
    await (await ask('GET', `/${person.hash}.webp?s=64`)).arrayBuffer()
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    for (let n = 0; n < 5; n++) await expectExhausted(await ask('GET', `/${person.hash}.png`))
    expect((await complete(person, await stored(person))).status).toBe(503)
    expect(log).toHaveBeenCalledTimes(1)
  })

  it('goes on serving what exists: the picture from its tiers, a neighbour, the default picture, the original', async () => {
    const { person, photo } = await newFace()
    await (await ask('GET', `/${person.hash}.webp?s=64`)).arrayBuffer()
    await vi.waitUntil(() => env.PHOTOS.head(`${person.id}/${photo.id}/r2/s64.webp`))
    await startDay({ budgetTransforms: 1 })
    await expect(complete(person, await stored(person))).resolves.toMatchObject({ status: 200 })

    const warm = await ask('GET', `/${person.hash}.webp?s=64`)
    expect([warm.status, warm.headers.get('cache-control')]).toEqual([200, 'public, max-age=300'])
    vi.spyOn(caches.default, 'match').mockResolvedValue(undefined)
    const kept = await ask('GET', `/${person.hash}.webp?s=64`)
    expect([kept.status, tier(kept)?.startsWith('r2')]).toEqual([200, true])
    const neighbour = await ask('GET', `/${person.hash}.webp?s=48`)
    expect([neighbour.status, neighbour.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect((await ask('GET', `/${'0'.repeat(64)}.png?d=retro`)).status).toBe(200)
    expect((await ask('GET', `/raw/${person.id}/${photo.id}`, { as: person.session })).status).toBe(200)
    await expectExhausted(await ask('GET', `/${person.hash}.png?s=64`))
    await expectExhausted(await ask('GET', `/raw/${person.id}/${photo.id}?w=160`, { as: person.session }))
  })

  it('counts the small master too, and makes the photo ready without one where the day ends there', async () => {
    const person = await newPerson()
    await startDay({ budgetTransforms: 1 })
    const photo = await newPhoto(person, 'large.jpg')
    const { objects } = await env.PHOTOS.list({ prefix: `${person.id}/${photo.id}/` })
    expect(objects.map(({ key }) => key.split('/')[2])).toEqual(['master'])
    expect(await countsOf('transforms')).toContainEqual({ who: '', used: 1 })
  })

  it('keeps an upload that it cannot verify, and takes it the next day', async () => {
    const person = await newPerson()
    await startDay({ budgetTransforms: 1 })
    await newPhoto(person)
    const id = await stored(person)
    await expectExhausted(await complete(person, id))
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + DAY)
    expect((await complete(person, id)).status).toBe(200)
    expect((await complete(person, await stored(person))).status).toBe(503)
  })

  it('counts the second call for the JPEG of a transparent photo, and says why there is none', async () => {
    const { person } = await newFace('glass.png')
    await startDay({ budgetTransforms: 2 })
    await (await ask('GET', `/${person.hash}.jpg?s=32`)).arrayBuffer()
    expect(await countsOf('transforms')).toContainEqual({ who: '', used: 2 })
    await expectExhausted(await ask('GET', `/${person.hash}.webp?s=32`))

    const other = (await newFaceWith({ budgetTransforms: 0 }, 'glass.png')).person
    await startDay({ budgetTransforms: 1 })
    await (await ask('GET', `/${other.hash}.png?s=64`)).arrayBuffer() // so that the PNG has a neighbour
    await expectExhausted(await ask('GET', `/${other.hash}.jpg?s=32`))
  })

  it('does not call a picture damaged because the proof may not be billed', async () => {
    const person = await newPerson()
    const id = await stored(person)
    const real = env.IMAGES.input
    for (const budget of [1, 2]) {
      await startDay({ budgetTransforms: budget })
      let calls = 0
      spyOnImages().mockImplementation((...args: unknown[]) => {
        // The upload fails without a reason; the picture that is known to be good does not.
        if (calls++ === 1) return Reflect.apply(real, env.IMAGES, args)
        throw Object.assign(new Error('IMAGES_TRANSFORM_ERROR'), { code: 9523 })
      })
      await expectExhausted(await complete(person, id))
      expect(calls).toBe(budget)
      vi.restoreAllMocks()
    }
    await startDay(defaults)
    expect((await complete(person, id)).status).toBe(200)
  })

  it('is not used up by a service that is down, and is by pictures that it had to look at', async () => {
    const { person } = await newFace()
    await startDay({})
    for (const [code, used] of [
      [9522, 0],
      [9422, 0],
      [undefined, 0],
      [9516, 1],
      [9412, 2],
    ]) {
      spyOnImages().mockImplementation(() => {
        throw Object.assign(new Error('IMAGES_TRANSFORM_ERROR'), { code })
      })
      expect((await ask('GET', `/${person.hash}.webp`)).status).toBe(503)
      vi.restoreAllMocks()
      expect(await countsOf('transforms')).toContainEqual({ who: '', used })
    }
  })

  it('is never passed because it cannot be counted: 503 unavailable, and no transform', async () => {
    const { person } = await newFace()
    const id = await stored(person)
    const real = env.DB.prepare
    vi.spyOn(prototypeOf(env.DB), 'prepare').mockImplementation((sql: unknown) => {
      if (String(sql).includes('INTO counts')) throw new Error('D1_ERROR: it is down')
      return Reflect.apply(real, env.DB, [sql])
    })
    const images = spyOnImages()
    const answer = await ask('GET', `/${person.hash}.webp`)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await refusal(Promise.resolve(answer))).toEqual([503, 'unavailable'])
    expect(await refusal(complete(person, id))).toEqual([503, 'unavailable'])
    expect(images).not.toHaveBeenCalled()
    vi.restoreAllMocks()
    expect((await complete(person, id)).status).toBe(200)
  })

  it('counts nothing and asks nothing for a picture that is there', async () => {
    const { person, photo } = await newFace()
    await (await ask('GET', `/${person.hash}.webp?s=64`)).arrayBuffer()
    await vi.waitUntil(() => env.PHOTOS.head(`${person.id}/${photo.id}/r2/s64.webp`))
    await (await ask('GET', `/${person.hash}.webp?s=64`)).arrayBuffer()
    await vi.waitUntil(() => caches.default.match(`http://localhost/renditions/r2/${photo.id}/s64.webp`))
    await startDay({})
    const prepared = vi.spyOn(prototypeOf(env.DB), 'prepare')
    await (await ask('GET', `/${person.hash}.webp?s=64`, { headers: from('198.51.100.1') })).arrayBuffer()
    expect(prepared).toHaveBeenCalledTimes(1)
    vi.restoreAllMocks()
    expect(await countsOf('transforms')).toEqual([])
  })

  it('is not for one person alone: the own gallery counts for its client, whose day ends first', async () => {
    const person = await newPerson()
    const photo = await newPhoto(person, 'wide.jpg')
    await startDay({ budgetTransforms: 20, clientTransforms: 2 })
    const widthFrom = (width: number, accept: string, ip: string) =>
      ask('GET', `/raw/${person.id}/${photo.id}?w=${width}`, {
        as: person.session,
        headers: { accept, ...from(ip) },
      })
    // Of a format that nothing is stored in, so that nothing can stand in for the last.
    const asked = [
      [160, 'image/webp'],
      [960, 'image/webp'],
      [160, 'image/png'],
    ] as const
    const statuses: number[] = []
    for (const [width, accept] of asked)
      statuses.push((await widthFrom(width, accept, '203.0.113.30')).status)
    expect(statuses).toEqual([200, 200, 429])
    expect((await widthFrom(160, 'image/png', '203.0.113.31')).status).toBe(200)
  })

  it('is not for one account alone, however many networks ask for its photos', async () => {
    const { person, photo } = await newFace()
    const other = (await newFace()).person
    await startDay({ accountTransforms: 3 })
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const picture = (of: Person, n: number) =>
      ask('GET', `/${of.hash}.${['webp', 'png', 'jpg'][n % 3]}?s=${200 + 8 * n}`, {
        headers: from(`198.51.100.${n}`),
      })
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => picture(person, n)))
    expect(answers.filter((answer) => tier(answer)?.startsWith('transform')).length).toBe(3)
    for (const answer of answers) {
      if (answer.status === 503) await expectExhausted(answer)
      else await answer.arrayBuffer()
    }
    expect(await countsOf('transforms')).toContainEqual({ who: person.id, used: 3 })
    const own = { as: person.session, headers: { accept: 'image/png' } }
    await expectExhausted(await ask('GET', `/raw/${person.id}/${photo.id}?w=160`, own))
    await expectExhausted(await complete(person, await stored(person)))
    expect((await picture(other, 30)).status).toBe(200)
    expect(log).not.toHaveBeenCalled()
  })

  it('counts for an account its masters, large and small, and its thumbnails', async () => {
    const person = await newPerson()
    await startDay({})
    await newPhoto(person, 'wide.jpg')
    const [service, account] = await countsOf('transforms')
    expect(account).toEqual({ who: person.id, used: service?.used })
    expect(service?.used).toBeGreaterThan(3)
  })

  it('has no end where it is 0', async () => {
    const person = await newPerson()
    await startDay({ budgetTransforms: 0, clientTransforms: 0, accountTransforms: 0 })
    for (let n = 0; n < 3; n++) await newPhoto(person)
    expect(await countsOf('transforms')).toEqual([])
  })
})

describe('the budget of mails', () => {
  const askCode = (n: number, ip = `198.51.100.${n}`) =>
    ask('POST', '/api/sign-in/code', { json: { email: `mail-${n}@example.com` }, headers: from(ip) })

  it('lets exactly as many through as it has, of many at once, and takes the rows of the others back', async () => {
    await startDay({ budgetMails: 7 }) // two of them are no stranger's
    const said = readLog()
    const send = takeMail().spy
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => askCode(n)))
    expect(send).toHaveBeenCalledTimes(5)
    expect(answers.filter(({ status }) => status === 202).length).toBe(5)
    for (const answer of answers) if (answer.status !== 202) await expectExhausted(answer)
    const rows = await env.DB.prepare(
      "SELECT count(*) AS n FROM sign_in_codes WHERE email LIKE 'mail-%'",
    ).first('n')
    expect(rows).toBe(5)
    expect(said().length).toBe(1)
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + DAY)
    expect((await askCode(41)).status).toBe(202)
  })

  it('keeps a fifth for browsers that have signed in before, which strangers cannot use up', async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => newPerson()))
    const cookies = await Promise.all(
      people.map(async ({ id }) => `known=${await rememberBrowser(caps(), { userId: id })}`),
    )
    await startDay({ budgetMails: 10 })
    const said = readLog()
    const { spy } = takeMail()
    const strangers = await Promise.all(Array.from({ length: 30 }, (_, n) => askCode(100 + n)))
    expect(strangers.filter(({ status }) => status === 202).length).toBe(8)
    for (const answer of strangers) if (answer.status !== 202) await expectExhausted(answer)
    const askAgain = (n: number, cookie = cookies[n] ?? '') =>
      ask('POST', '/api/sign-in/code', {
        as: { cookie },
        json: { email: people[n]?.email },
        headers: from(`198.51.100.${n}`),
      })
    await expectExhausted(await askAgain(0, '')) // from a browser that nobody knows
    await expectExhausted(await askAgain(0, cookies[1])) // or that is known as somebody else's
    expect([(await askAgain(0)).status, (await askAgain(1)).status]).toEqual([202, 202])
    await expectExhausted(await askAgain(2))
    expect(spy).toHaveBeenCalledTimes(10)
    expect(said().map((line) => JSON.parse(line).cause)).toEqual([
      expect.stringContaining('the last 2 are for browsers that have signed in before'),
    ])
  })

  it.each([
    [0, 40],
    [1, 1],
    [2, 1],
  ])(
    'of %i lets %i of 40 strangers in: 0 is no limit, and one is the first of them',
    async (budget, sent) => {
      await startDay({ budgetMails: budget })
      const { spy } = takeMail()
      for (let n = 0; n < 40; n++) await askCode(150 + n)
      expect(spy).toHaveBeenCalledTimes(sent)
    },
  )

  it('leaves each client a part of it', async () => {
    await startDay({ clientMails: 3 })
    const statuses = []
    for (let n = 50; n < 55; n++) statuses.push((await askCode(n, '203.0.113.5')).status)
    expect(statuses).toEqual([202, 202, 202, 429, 429])
    const refused = await askCode(56, '203.0.113.5')
    expectUntilMidnight(refused)
    expect(await refusal(Promise.resolve(refused))).toEqual([429, 'rate_limited'])
    expect((await askCode(57, '203.0.113.6')).status).toBe(202)
  })

  it('is not used up by mails that are not taken', async () => {
    takeMail().spy.mockRejectedValue(new Error('it is down'))
    vi.spyOn(console, 'error').mockImplementation(() => {})
    expect(await refusal(askCode(60))).toEqual([503, 'unavailable'])
    expect(await countsOf('mails')).toContainEqual({ who: '', used: 0 })
  })
})

describe('the budget of new accounts', () => {
  /** Signs in through the door, as somebody at this IP. */
  async function signIn(email: string, ip: string) {
    const { mailbox } = takeMail()
    const asked = await ask('POST', '/api/sign-in/code', { json: { email }, headers: from(ip) })
    const cookie = /^[^;]+/.exec(asked.headers.get('set-cookie') ?? '')?.[0] ?? ''
    const enter = () =>
      ask('POST', '/api/sign-in', { json: { code: mailbox.code() }, as: { cookie }, headers: from(ip) })
    return { enter, answer: await enter() }
  }

  it('refuses one too many, keeps its code good, and lets those who have one in', async () => {
    await startDay({ budgetAccounts: 2 })
    for (const n of [1, 2])
      expect((await signIn(`new-${n}@example.com`, `198.51.100.${n}`)).answer.status).toBe(200)
    const third = await signIn('new-3@example.com', '198.51.100.3')
    await expectExhausted(third.answer)
    for (let n = 0; n < 6; n++) await expectExhausted(await third.enter()) // more often than a code may be tried
    expect((await signIn('new-1@example.com', '198.51.100.9')).answer.status).toBe(200)
    set({ budgetAccounts: 3 })
    expect((await third.enter()).status).toBe(200)
  })

  it('lets exactly as many through as it has, of many at once', async () => {
    await startDay({ budgetAccounts: 4 })
    const people = await Promise.allSettled(Array.from({ length: 20 }, () => signUp()))
    expect(people.filter(({ status }) => status === 'fulfilled').length).toBe(4)
  })

  it('leaves a client, which is a /64, a part of it, and a /48 four times that', async () => {
    await startDay({ clientAccounts: 2 })
    const statuses: number[] = []
    const join = async (ip: string) =>
      statuses.push((await signIn(`v6-${statuses.length}@example.com`, ip)).answer.status)
    for (const end of [1, 2, 3]) await join(`2001:db8:9:1::${end}`)
    expect(statuses).toEqual([200, 200, 429])
    for (const network of [2, 3, 4]) for (const end of [1, 2]) await join(`2001:db8:9:${network}::${end}`)
    expect(statuses.slice(3)).toEqual([200, 200, 200, 200, 200, 200])
    await join('2001:db8:9:5::1')
    await join('2001:db8:a:5::1')
    expect(statuses.slice(9)).toEqual([429, 200])
  })

  it('stores no IP, and nothing that outlives the day', async () => {
    await startDay({})
    await signIn('ip@example.com', '203.0.113.77')
    const who = [...(await countsOf('accounts')), ...(await countsOf('mails'))].map((row) => row.who)
    for (const each of who) expect(each).toMatch(/^$|^[0-9a-f]{32}$/)
    expect(who).not.toContain((await digestHex('SHA-256', '203.0.113.77')).slice(0, 32))
    await cleanUp(openCapabilities(env, Date.now()))
    expect(await countsOf('accounts')).toHaveLength(2)
    await cleanUp(openCapabilities(env, Date.now() + DAY))
    expect(await countsOf('accounts')).toEqual([{ who: '', used: 1 }])
    expect(
      await env.DB.prepare('SELECT count(*) AS n FROM day_keys WHERE day <= ?')
        .bind(dayOf(Date.now()))
        .first('n'),
    ).toBe(0)
    await cleanUp(openCapabilities(env, Date.now() + 62 * DAY))
    expect(await countsOf('accounts')).toEqual([])
  })

  it('forgets a day of many in steps: one statement of any length would hold up everybody', async () => {
    await startDay({})
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
       INSERT INTO counts (day, kind, who, used) SELECT ?, 'mails', 'network ' || i, 1 FROM n`,
    )
      .bind(dayOf(Date.now() - DAY))
      .run()
    const changes: number[] = []
    const statement = prototypeOf(env.DB.prepare(''))
    for (const method of ['run', 'all', 'raw'] as const) {
      const real = statement[method]
      vi.spyOn(statement, method).mockImplementation(async function (this: unknown, ...values: unknown[]) {
        const result = await Reflect.apply(real, this, values)
        const { meta } = result as Partial<D1Result>
        if (meta) changes.push(meta.changes)
        return result
      })
    }
    await cleanUpBudgets(openCapabilities(env, Date.now()))
    expect(await countsOf('mails')).toEqual([])
    expect(Math.max(...changes)).toBe(1000)
  })
})

describe('verifications', () => {
  it('are limited by the minute, for a client and more loosely for its /48', async () => {
    const person = await newPerson()
    const completeFrom = (ip: string) =>
      ask('POST', `/api/photos/${crypto.randomUUID()}/complete`, { as: person.session, headers: from(ip) })
    const importFrom = (ip: string) =>
      ask('POST', '/api/photos/import', { as: person.session, json: { from: 'gravatar' }, headers: from(ip) })
    await waitForRoomInTheMinute()
    for (let n = 0; n < 110; n++) await env.VERIFY_LIMIT.limit({ key: '2001:db8:c:1::/64' })
    const many = await Promise.all(Array.from({ length: 30 }, () => completeFrom('2001:db8:c:1::1')))
    expect(many.filter(({ status }) => status === 404).length).toBe(10)
    expect(many.filter(({ status }) => status === 429).length).toBe(20)
    expect((await importFrom('2001:db8:c:1::2')).status).toBe(429)
    expect((await completeFrom('2001:db8:c:2::1')).status).toBe(404)
    for (let n = 0; n < 500; n++) await env.VERIFY_WIDE_LIMIT.limit({ key: '2001:db8:c::/48' })
    expect((await completeFrom('2001:db8:c:3::1')).status).toBe(429)
    expect((await completeFrom('2001:db8:d:3::1')).status).toBe(404)
  })

  it('are limited by the day for a client; another client goes on', async () => {
    const person = await newPerson()
    const ids = await Promise.all(Array.from({ length: 4 }, () => stored(person)))
    await startDay({ clientTransforms: 2 })
    const completeFrom = (id: string | undefined, ip: string) =>
      ask('POST', `/api/photos/${id}/complete`, { as: person.session, headers: from(ip) })
    const answers = await Promise.all(ids.slice(0, 3).map((id) => completeFrom(id, '203.0.113.20')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 429])
    expect((await completeFrom(ids[3], '203.0.113.21')).status).toBe(200)
  })
})

describe('API tokens', () => {
  it('are made twenty a day at most, revoked ones included', async () => {
    const person = await newPerson()
    const make = () => ask('POST', '/api/tokens', { as: person.session, json: { name: 'x' } })
    for (let n = 0; n < 20; n++) {
      const made = await make()
      expect(made.status).toBe(201)
      const { id } = await made.json<{ id: string }>()
      await ask('DELETE', `/api/tokens/${id}`, { as: person.session })
    }
    const refused = await make()
    expectUntilMidnight(refused)
    expect(await refusal(Promise.resolve(refused))).toEqual([429, 'rate_limited'])
    expect((await newPerson()).id).toBeTruthy()
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + DAY)
    expect((await make()).status).toBe(201)
  })
})

describe('a day', () => {
  it('is one of UTC', () => {
    expect(dayOf(Date.UTC(2026, 10, 25, 23, 59, 59, 999))).toBe('2026-11-25')
    expect(dayOf(Date.UTC(2026, 10, 26))).toBe('2026-11-26')
  })
})

async function newFaceWith(settings: Partial<Config>, name: string) {
  await startDay(settings)
  return newFace(name)
}

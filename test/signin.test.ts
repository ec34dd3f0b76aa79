import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { CODE_LIFE, dropCode } from '../src/accounts/codes'
import { redeemCode, rememberBrowser, requestCode, SIGN_IN } from '../src/accounts/signin'
import { createToken } from '../src/accounts/tokens'
import { openCapabilities } from '../src/capabilities'
import { digestHex, hmacHex } from '../src/lib/crypto'
import { DAY } from '../src/lib/time'
import { ask, holdMail, newPerson, refusal, waitForRoomInTheMinute } from './support'

const capsAt = (now = Date.now()) => openCapabilities(env, now)
const MINUTE = 60_000
const address = () => `${crypto.randomUUID()}@example.com`

interface Asker {
  now: number
  knownBrowser: string | undefined
  client: string
}

let clients = 0
/** Another network each time. */
const newClient = () => `2001:db8:0:${(++clients).toString(16)}::/64`

/** Asks for a code on behalf of a browser and returns both halves: the browser's id and the mailed code. */
async function askCode(
  email: string,
  { now = Date.now(), knownBrowser, client = newClient() }: Partial<Asker> = {},
) {
  const mailbox = holdMail()
  const browserId = await requestCode({ ...capsAt(now), email: mailbox }, { email, client, knownBrowser })
  return { browserId, code: mailbox.code(), sent: mailbox.to }
}

const wrong = (code: string) => (code === '00000000' ? '00000001' : '00000000')

describe('POST /api/sign-in/code', () => {
  it('mails an eight-digit code and sets the sign-in cookie for ten minutes', async () => {
    const response = await ask('POST', '/api/sign-in/code', { json: { email: ' Somebody@Example.com ' } })
    expect(response.status).toBe(202)
    expect(await response.json()).toEqual({})
    expect(response.headers.get('set-cookie')).toMatch(
      /^sign-in=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/,
    )
    const row = await env.DB.prepare('SELECT * FROM sign_in_codes WHERE email = ?')
      .bind('somebody@example.com')
      .first()
    expect(row).toMatchObject({
      email_hash: await hmacHex('mailbox', 'somebody@example.com'),
      tries: 0,
      known: 0,
    })
  })

  it('answers the same for an address with an account and one without', async () => {
    const { email } = await newPerson()
    const answers = await Promise.all(
      [email, address()].map((to) => ask('POST', '/api/sign-in/code', { json: { email: to } })),
    )
    const seen = await Promise.all(
      answers.map(async (answer) => [answer.status, await answer.text(), [...answer.headers.keys()]]),
    )
    expect(seen[0]).toEqual(seen[1])
  })

  it.each([
    ['no-at-sign'],
    [''],
    ['a@b@c'],
    ['a b@example.com'],
    [`${'a'.repeat(250)}@example.com`],
    [42],
    [null],
  ])('refuses %j as an address', async (email) => {
    expect(await refusal(ask('POST', '/api/sign-in/code', { json: { email } }))).toEqual([
      400,
      'invalid_input',
    ])
  })

  it('uses __Host- cookies with Secure on https', async () => {
    const response = await exports.default.fetch('https://cameo.example/api/sign-in/code', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: address() }),
    })
    expect(response.headers.get('set-cookie')).toMatch(
      /^__Host-sign-in=.*; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
  })

  it('mails three an hour and six a day for one client and address, and leaves the others theirs', async () => {
    const email = address()
    const from = (ip: string, to = email) =>
      ask('POST', '/api/sign-in/code', { json: { email: to }, headers: { 'cf-connecting-ip': ip } })
    for (let count = 1; count <= 3; count++)
      expect((await from(`2001:db8:7:7::${count}`)).status, `${count}`).toBe(202)
    const refused = await from('2001:db8:7:7::4')
    expect(refused.headers.get('retry-after')).toBe('3600')
    expect(await refusal(Promise.resolve(refused))).toEqual([429, 'rate_limited'])
    expect((await from('2001:db8:7:7::4', address())).status).toBe(202) // another address is another count
    expect((await from('2001:db8:7:8::1')).status).toBe(202) // the owner, in a new browser elsewhere

    const start = Date.now()
    const slow = { client: newClient() }
    for (let count = 0; count < 6; count++)
      await askCode(email, { ...slow, now: start + (1 + count) * 61 * MINUTE })
    await expect(askCode(email, { ...slow, now: start + 12 * 61 * MINUTE })).rejects.toMatchObject({
      code: 'rate_limited',
    })
  })

  it('keeps nothing that tells the client without the address', async () => {
    const [one, other] = [address(), address()]
    for (const email of [one, other]) await askCode(email, { client: '192.0.2.77' })
    const rows = await env.DB.prepare('SELECT * FROM sign_in_codes WHERE email IN (?, ?)')
      .bind(one, other)
      .all<{ client_hash: string }>()
    const hashes = rows.results.map((row) => row.client_hash)
    expect(hashes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)])
    expect(hashes[0]).not.toBe(hashes[1])
    expect(hashes).not.toContain(await digestHex('SHA-256', '192.0.2.77'))
    expect(JSON.stringify(rows.results)).not.toContain('192.0.2.77')
  })

  it('counts what reaches one mailbox together', async () => {
    const name = crypto.randomUUID()
    const tagged = Array.from({ length: 10 }, (_, n) => `${name}+${n}@example.com`)
    for (const email of tagged) await askCode(email)
    for (const email of [`${name}@example.com`, `${name}+x@example.com`, `${name}+x+y@example.com`])
      await expect(askCode(email)).rejects.toMatchObject({ code: 'rate_limited' })
    await askCode(`${name}@example.org`)
    const same = { client: newClient() }
    await askCode(`a.${name}@gmail.com`, same)
    await askCode(`a${name}+tag@gmail.com`, same)
    await askCode(`.a.${name}@googlemail.com`, same)
    await expect(askCode(`a${name}@gmail.com`, same)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  it('mails exactly ten of forty codes asked for at once, and three of twenty to one client', async () => {
    const count = async (asks: Partial<Asker>[]) => {
      const email = address()
      const outcomes = await Promise.allSettled(asks.map((asker) => askCode(email, asker)))
      const row = await env.DB.prepare('SELECT count(*) AS n FROM sign_in_codes WHERE email = ?')
        .bind(email)
        .first()
      return [outcomes.filter((outcome) => outcome.status === 'fulfilled').length, row?.n]
    }
    expect(await count(Array.from({ length: 40 }, () => ({})))).toEqual([10, 10])
    expect(await count(Array.from({ length: 20 }, () => ({ client: 'one' })))).toEqual([3, 3])
  })

  it('mails thirty a day to one mailbox', async () => {
    const email = address()
    const start = Date.now()
    for (let count = 0; count < 30; count++) await askCode(email, { now: start + count * 7 * MINUTE })
    await expect(askCode(email, { now: start + 23 * 60 * MINUTE })).rejects.toMatchObject({
      code: 'rate_limited',
    })
    await askCode(email, { now: start + 24 * 60 * MINUTE + 1 })
  })

  it('keeps an allowance for a browser that has signed in as this address before', async () => {
    const person = await newPerson()
    const known = async (userId: string) => ({ knownBrowser: await rememberBrowser(capsAt(), { userId }) })
    const own = { ...(await known(person.id)), client: newClient() }
    const stranger = await known((await newPerson()).id)
    for (let count = 0; count < 10; count++) await askCode(person.email)
    await expect(askCode(person.email)).rejects.toMatchObject({ code: 'rate_limited' })
    await expect(askCode(person.email, stranger)).rejects.toMatchObject({ code: 'rate_limited' })
    for (let count = 0; count < 5; count++) expect((await askCode(person.email, own)).code).toMatch(/^\d{8}$/)
    await expect(askCode(person.email, own)).rejects.toMatchObject({ code: 'rate_limited' })
  })

  it('gives the allowance back when the mail cannot be sent', async () => {
    const email = address()
    const down = { send: () => Promise.reject(new Error('mail is down')) } as unknown as SendEmail
    for (let count = 0; count < 7; count++) {
      await expect(
        requestCode({ ...capsAt(), email: down }, { email, client: newClient(), knownBrowser: undefined }),
      ).rejects.toMatchObject({
        code: 'unavailable',
      })
    }
    expect((await askCode(email)).sent).toEqual([email])
  })

  it('limits one client whatever addresses it names', async () => {
    await waitForRoomInTheMinute()
    const headers = { 'cf-connecting-ip': '198.51.100.7' }
    const answers = await Promise.all(
      Array.from({ length: 60 }, () =>
        ask('POST', '/api/sign-in/code', { json: { email: address() }, headers }),
      ),
    )
    const refused = answers.filter((answer) => answer.status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(15)
    expect(refused[0]?.headers.get('retry-after')).toBe('60')
  })
})

/** The answer to a code from a browser, with its status. */
async function enter(browserId: string | undefined, code: string) {
  const as = browserId ? { cookie: `sign-in=${browserId}` } : undefined
  const answer = await ask('POST', '/api/sign-in', { as, json: { code } })
  const body = await answer.json<{ code?: string; detail?: string; triesLeft?: number; id?: string }>()
  return { ...body, status: answer.status }
}

describe('POST /api/sign-in', () => {
  it('creates the account on first use and signs in', async () => {
    const email = address()
    const { browserId, code } = await askCode(email)
    const spaced = `${code.slice(0, 4)} ${code.slice(4)}`
    const response = await ask('POST', '/api/sign-in', {
      as: { cookie: `sign-in=${browserId}` },
      json: { code: spaced },
    })
    expect(response.status).toBe(200)
    const me = await response.json<Record<string, unknown>>()
    expect(me).toMatchObject({
      email,
      hash: await digestHex('SHA-256', email),
      md5: await digestHex('MD5', email),
    })
    const cookies = response.headers.getSetCookie()
    expect(cookies.find((cookie) => cookie.startsWith('session='))).toContain('Max-Age=2592000')
    expect(cookies.find((cookie) => cookie.startsWith('sign-in='))).toContain('Max-Age=0')
    const session = /session=[^;]+/.exec(cookies.join())?.[0] ?? ''
    expect(await (await ask('GET', '/api/me', { as: { cookie: session } })).json()).toEqual(me)
  })

  it('finds the same account the next time', async () => {
    const person = await newPerson()
    const { browserId, code } = await askCode(person.email)
    expect((await redeemCode(capsAt(), { browserId, code })).id).toBe(person.id)
  })

  it('gives one answer to browsers that hold no live code: never asked, used, expired, guessed out', async () => {
    const { code } = await askCode(address())
    const used = await askCode(address())
    await redeemCode(capsAt(), used)
    const expired = await askCode(address(), { now: Date.now() - CODE_LIFE })
    const guessedOut = await askCode(address())
    for (let count = 0; count < 5; count++) await enter(guessedOut.browserId, wrong(guessedOut.code))
    const dropped = await askCode(address())
    await dropCode(capsAt(), { browserId: dropped.browserId, use: SIGN_IN })
    const answers = await Promise.all([
      enter(undefined, code),
      enter('made-up', code),
      enter(used.browserId, used.code),
      enter(expired.browserId, expired.code),
      enter(guessedOut.browserId, guessedOut.code),
      enter(dropped.browserId, dropped.code),
    ])
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(answers[0]).toMatchObject({ status: 401, code: 'invalid_code' })
    expect(answers[0]).not.toHaveProperty('triesLeft')
  })

  it('tells the browser that holds the live code how many tries are left, and when it is over', async () => {
    const { browserId, code } = await askCode(address())
    const other = await askCode(address())
    const seen = []
    for (const guess of [wrong(code), '', other.code, wrong(code), wrong(code)])
      seen.push(await enter(browserId, guess))
    expect(seen.map(({ status, code, triesLeft, detail }) => [status, code, triesLeft, detail])).toEqual([
      [401, 'invalid_code', 4, 'That code is not right. 4 tries left.'],
      [401, 'invalid_code', 3, 'That code is not right. 3 tries left.'],
      [401, 'invalid_code', 2, 'That code is not right. 2 tries left.'],
      [401, 'invalid_code', 1, 'That code is not right. One try left.'],
      [401, 'invalid_code', 0, 'This code no longer works. Ask for a new one.'],
    ])
    expect((await redeemCode(capsAt(), other)).id).toBeTruthy() // nobody else's tries were counted
  })

  it.each([
    ['Arabic-Indic', '٠١٢٣٤٥٦٧٨٩'],
    ['Extended Arabic-Indic', '۰۱۲۳۴۵۶۷۸۹'],
    ['Devanagari', '०१२३४५६७८९'],
    ['Bengali', '০১২৩৪৫৬৭৮৯'],
    ['Thai', '๐๑๒๓๔๕๖๗๘๙'],
    ['full-width', '０１２３４５６７８９'],
    ['mathematical bold', '𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗'],
    ['ASCII', '0123456789'],
  ])('takes a code in %s digits, with what is pasted around it', async (_, digits) => {
    const { browserId, code } = await askCode(address())
    const typed = Array.from(code, (digit) => Array.from(digits)[Number(digit)]).join('')
    const [left, right] = [typed.slice(0, typed.length / 2), typed.slice(typed.length / 2)]
    const me = await enter(browserId, `\u2068\ufeff ${left}\u00a0\u2011${right}\u200b\r\n`)
    expect(me).toMatchObject({ id: expect.any(String) })
  })

  it('refuses a used code', async () => {
    const { browserId, code } = await askCode(address())
    await redeemCode(capsAt(), { browserId, code })
    await expect(redeemCode(capsAt(), { browserId, code })).rejects.toMatchObject({
      code: 'invalid_code',
    })
  })

  it('lets one of five at once in with the same code', async () => {
    const { browserId, code } = await askCode(address())
    const tries = Array.from({ length: 5 }, () => redeemCode(capsAt(), { browserId, code }))
    const outcomes = await Promise.allSettled(tries)
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
  })

  it('refuses an expired code', async () => {
    const asked = Date.now()
    const { browserId, code } = await askCode(address(), { now: asked })
    const late = redeemCode(capsAt(asked + CODE_LIFE), { browserId, code })
    await expect(late).rejects.toMatchObject({ code: 'invalid_code' })
  })

  it('takes five tries, also when they come at once: the right code is then refused too', async () => {
    const { browserId, code } = await askCode(address())
    await Promise.allSettled(
      Array.from({ length: 30 }, () => redeemCode(capsAt(), { browserId, code: wrong(code) })),
    )
    const row = await env.DB.prepare('SELECT tries FROM sign_in_codes WHERE browser_hash = ?')
      .bind(await digestHex('SHA-256', browserId))
      .first()
    expect(row).toEqual({ tries: 5 })
    await expect(redeemCode(capsAt(), { browserId, code })).rejects.toMatchObject({
      code: 'invalid_code',
    })
  })
})

describe('sessions and tokens', () => {
  it('stores no secret in the clear', async () => {
    const person = await newPerson()
    const { browserId, code } = await askCode(person.email)
    const rows = await env.DB.batch([
      env.DB.prepare('SELECT * FROM sessions'),
      env.DB.prepare('SELECT * FROM api_tokens'),
      env.DB.prepare('SELECT * FROM sign_in_codes'),
    ])
    const dump = JSON.stringify(rows.map((row) => row.results))
    const secrets = [person.session.cookie.slice(8), person.token.authorization.slice(7), browserId, code]
    for (const secret of secrets) expect(dump).not.toContain(secret)
  })

  it('ends a session on sign-out', async () => {
    const { session } = await newPerson()
    const response = await ask('POST', '/api/sign-out', { as: session })
    expect([response.status, response.headers.get('set-cookie')]).toEqual([
      204,
      expect.stringContaining('Max-Age=0'),
    ])
    expect(await refusal(ask('GET', '/api/me', { as: session }))).toEqual([401, 'unauthenticated'])
  })

  it('slides a session that is older than a day, and lets one die after thirty', async () => {
    const { session, id } = await newPerson()
    const day = 86_400_000
    const setExpiry = (expiresAt: number) =>
      env.DB.prepare('UPDATE sessions SET expires_at = ? WHERE user_id = ?').bind(expiresAt, id).run()
    expect((await ask('GET', '/api/me', { as: session })).headers.get('set-cookie')).toBeNull()
    await setExpiry(Date.now() + 5 * day)
    expect((await ask('GET', '/api/me', { as: session })).headers.get('set-cookie')).toContain(
      'Max-Age=2592000',
    )
    const row = await env.DB.prepare('SELECT expires_at AS at FROM sessions WHERE user_id = ?')
      .bind(id)
      .first<{ at: number }>()
    expect(row?.at).toBeGreaterThan(Date.now() + 29 * day)
    await setExpiry(Date.now() - 1)
    expect(await refusal(ask('GET', '/api/me', { as: session }))).toEqual([401, 'unauthenticated'])
  })

  it('makes a token that works until it is revoked, shown once', async () => {
    const { session } = await newPerson()
    const made = await (await ask('POST', '/api/tokens', { as: session, json: { name: ' CI ' } })).json<{
      id: string
      token: string
    }>()
    expect(made).toMatchObject({ name: 'CI', token: expect.stringMatching(/^cameo_[\w-]{43}$/) })
    const as = { authorization: `Bearer ${made.token}` }
    expect((await ask('GET', '/api/me', { as })).status).toBe(200)
    const listed = await (await ask('GET', '/api/tokens', { as: session })).text()
    expect(listed).toContain(made.id)
    expect(listed).not.toContain(made.token)
    expect((await ask('DELETE', `/api/tokens/${made.id}`, { as: session })).status).toBe(204)
    expect(await refusal(ask('GET', '/api/me', { as }))).toEqual([401, 'unauthenticated'])
  })

  it('holds at most fifty tokens a person, also when they are asked for at once', async () => {
    const { session, id } = await newPerson()
    for (let day = 1; day <= 3; day++) {
      for (let n = 0; n < 15; n++)
        await createToken(capsAt(Date.now() - day * DAY), { userId: id, name: 'old' })
    }
    const answers = await Promise.all(
      Array.from({ length: 19 }, (_, n) =>
        ask('POST', '/api/tokens', { as: session, json: { name: `t${n}` } }),
      ),
    )
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(4) // and the 45, and the one it came with
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(15)
  })
})

import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { digestHex } from '../src/lib/crypto'
import { mailboxOf, readEmail, unicodeForm } from '../src/lib/email'
import { readDigits, trimInvisible } from '../src/lib/text'
import { activate, ask, newPerson, newPhoto, refusal, signUp } from './support'

/** What is typed, what is stored, mailed to and hashed, and the form in letters. */
const READ: [typed: string, email: string, letters?: string][] = [
  [' Somebody@Example.COM\n', 'somebody@example.com'],
  ['\u200bname@example.com\u200b', 'name@example.com'],
  ['\u00a0name@example.com\u202f', 'name@example.com'],
  ['\ufeffname@example.com\u00ad', 'name@example.com'],
  ['\u202aname@example.com\u202c', 'name@example.com'],
  ['\u2066name@example.com\u2069\u200e\u200f', 'name@example.com'],
  ['\u3000name@example.com\u2060', 'name@example.com'],
  ['\u3164name@example.com\u2800\u180e', 'name@example.com'],
  ['na\u200bme@exam\u00adple.com', 'name@example.com'],
  ['ｎａｍｅ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'name@example.com'],
  ["o'neil+tag/x=1@sub.example.co.uk", "o'neil+tag/x=1@sub.example.co.uk"],
  ['name@localhost', 'name@localhost'],
  ['name@127.1', 'name@127.1'],
  ['\u212aelvin@example.com', 'kelvin@example.com'],
  ['name@müller.example', 'name@xn--mller-kva.example', 'name@müller.example'],
  ['name@xn--mller-kva.example', 'name@xn--mller-kva.example', 'name@müller.example'],
  ['Name@MÜLLER.Example', 'name@xn--mller-kva.example', 'name@müller.example'],
  ['name@XN--MLLER-KVA.EXAMPLE', 'name@xn--mller-kva.example', 'name@müller.example'],
  ['name@mu\u0308ller.example', 'name@xn--mller-kva.example', 'name@müller.example'],
  ['\u200bname@müller.example\u00a0', 'name@xn--mller-kva.example', 'name@müller.example'],
  ['name@straße.example', 'name@xn--strae-oqa.example', 'name@straße.example'],
  ['name@STRAẞE.example', 'name@xn--strae-oqa.example', 'name@straße.example'],
  ['name@İstanbul.example', 'name@xn--istanbul-o0e.example', 'name@i̇stanbul.example'],
  ['name@例え。テスト', 'name@xn--r8jz45g.xn--zckzah', 'name@例え.テスト'],
  ['name@مثال.إختبار', 'name@xn--mgbh0fb.xn--kgbechtv', 'name@مثال.إختبار'],
  ['name@παράδειγμα.δοκιμή', 'name@xn--hxajbheg2az3al.xn--jxalpdlp', 'name@παράδειγμα.δοκιμή'],
  ['name@💩.example', 'name@xn--ls8h.example', 'name@💩.example'],
  ['name@xn--zzzz.example', 'name@xn--zzzz.example'], // no Punycode of anything: itself alone
]

const REFUSED: [typed: string, fault: 'form' | 'letters'][] = [
  ['', 'form'],
  ['\u200b\u00a0', 'form'],
  ['no-at-sign', 'form'],
  ['@example.com', 'form'],
  ['name@', 'form'],
  ['a@b@c', 'form'],
  ['a b@example.com', 'form'],
  ['"quoted"@example.com', 'form'],
  ['name@[192.0.2.1]', 'form'],
  ['name@a..b', 'form'],
  ['name@-a.example', 'form'],
  ['name@example.com.', 'form'],
  ['name@exa mple.com', 'form'],
  ['name@example.com:25', 'form'],
  ['name@example.com/path', 'form'],
  ['name@example.com#x', 'form'],
  ['name@ex%61mple.com', 'form'],
  ['name@müller.example/path', 'form'],
  ['name@℀.example', 'form'], // a/c to the URL Standard
  [`${'a'.repeat(250)}@example.com`, 'form'],
  [`name@${'ü'.repeat(64)}.example`, 'form'],
  ['jürgen@example.com', 'letters'],
  ['用户@例え.テスト', 'letters'],
  ['İ@example.com', 'letters'],
  ['ü b@example.com', 'form'],
]

describe('reading an e-mail address', () => {
  it.each(READ)('%j is %s', (typed, email, letters) => {
    expect(readEmail(typed)).toEqual({ email })
    expect(unicodeForm(email)).toBe(letters ?? null)
    if (letters) expect(readEmail(letters)).toEqual({ email })
  })

  it.each(REFUSED)('%j is refused for its %s', (typed, fault) => {
    expect(readEmail(typed)).toEqual({ fault })
  })

  it.each([
    ['name@example.com', 'name@example.com'],
    ['name+tag+more@example.com', 'name@example.com'],
    ['+tag@example.com', '+tag@example.com'],
    ['first.last@example.com', 'first.last@example.com'],
    ['first.last+tag@gmail.com', 'firstlast@gmail.com'],
    ['f.i.r.s.t@googlemail.com', 'first@gmail.com'],
    ['a.b@notgmail.com', 'a.b@notgmail.com'],
  ])('%s reaches the mailbox %s', (email, mailbox) => {
    expect(mailboxOf(email)).toBe(mailbox)
  })
})

/** What API and page make of an address: the stored one, or the refusal. */
const DOORS: [name: string, read: (typed: string) => Promise<{ status: number; email: string | null }>][] = [
  [
    'API',
    async (typed) => {
      const answer = await ask('POST', '/api/sign-in/code', { json: { email: typed }, headers: newClient() })
      return { status: answer.status, email: await emailOf(answer) }
    },
  ],
  [
    'page',
    async (typed) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...newClient() }
      const body = new URLSearchParams({ email: typed }).toString()
      const answer = await ask('POST', '/sign-in', { body, headers })
      return { status: answer.status, email: await emailOf(answer) }
    },
  ],
]

let clients = 0
const newClient = () => ({ 'cf-connecting-ip': `198.51.100.${++clients % 250}` })

/** The address that the page shows to the browser that the answer's cookie went to. */
async function emailOf(answer: Response): Promise<string | null> {
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) return null
  const page = await (await ask('GET', '/sign-in', { as: { cookie } })).text()
  return /data-resend="([^"]+)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? null
}

describe.each(DOORS)('the %s', (name, read) => {
  it.each(READ)('takes %j as %s', async (typed, email) => {
    await env.DB.prepare('DELETE FROM sign_in_codes').run() // one mailbox gets few mails
    expect(await read(typed)).toEqual({ status: name === 'API' ? 202 : 303, email })
  })

  it.each(REFUSED)('refuses %j', async (typed) => {
    expect(await read(typed)).toEqual({ status: 400, email: null })
  })
})

describe('a person with an international domain', () => {
  it('is one person, found by the hash of either form, and by neither with the look-up off', async () => {
    const name = crypto.randomUUID()
    const forms = [`${name}@müller.example`, `${name}@xn--mller-kva.example`]
    const [first, second] = await Promise.all(
      forms.map((typed) => {
        const read = readEmail(typed)
        return signUp('email' in read ? read.email : '')
      }),
    )
    if (!first || !second) throw new Error('nobody')
    expect([first.id, first.email]).toEqual([second.id, forms[1]])
    await activate(first, (await newPhoto(first, 'small.png')).id)
    const keys = await Promise.all(
      forms.flatMap((form) => [digestHex('SHA-256', form), digestHex('MD5', form)]),
    )
    const statuses = () => Promise.all(keys.map(async (key) => (await ask('GET', `/${key}?d=404`)).status))
    expect(await statuses()).toEqual([200, 200, 200, 200])
    const profile = await (await ask('GET', `/${keys[0]}.json`)).text()
    expect(profile).toContain(keys[0])
    for (const other of keys.slice(1)) expect(profile).not.toContain(other)

    await ask('PATCH', '/api/me', { as: first.session, json: { publicLookup: false } })
    expect(await statuses()).toEqual([404, 404, 404, 404])
    expect(await (await ask('GET', '/api/me', { as: first.session })).text()).not.toContain(keys[0])
  })
})

describe('text without ASCII', () => {
  it('has the digits of every script', () => {
    const systems = Intl.supportedValuesOf('numberingSystem')
    const written = systems.map((system) =>
      new Intl.NumberFormat(`en-u-nu-${system}`, { useGrouping: false }).format(1234567890),
    )
    const decimal = written.filter((digits) => /^\p{Nd}+$/u.test(digits))
    expect(decimal.length).toBeGreaterThan(60)
    expect(decimal.map(readDigits)).toEqual(decimal.map(() => '1234567890'))
    expect(readDigits('Ⅷ ② ½ 五 x')).toBe('')
  })

  it('loses what cannot be seen at its ends, and no part of an emoji', () => {
    expect(trimInvisible('\u200b\u00a0\ufeff Ada  Lovelace\u200e\u00ad\t')).toBe('Ada  Lovelace')
    for (const whole of ['I ❤\ufe0f', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}', 'a\u200db'])
      expect(trimInvisible(` ${whole} `)).toBe(whole)
    expect(trimInvisible('\u200b \u3164')).toBe('')
  })

  it('is no name where nothing of it can be seen', async () => {
    const { session } = await newPerson()
    const patched = await ask('PATCH', '/api/me', { as: session, json: { displayName: '\u200bAda\u00a0' } })
    expect(await patched.json()).toMatchObject({ displayName: 'Ada' })
    expect(
      await refusal(ask('POST', '/api/tokens', { as: session, json: { name: '\u200b\u2800' } })),
    ).toEqual([400, 'invalid_input'])
  })
})

import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { requestCode } from '../src/accounts/signin'
import { openCapabilities } from '../src/capabilities'
import { digestHex } from '../src/lib/crypto'
import { seedPhoto } from './seeds'
import { ask, holdMail, newPerson } from './support'

const address = () => `${crypto.randomUUID()}@example.com`
const wrong = (code: string) => (code === '00000000' ? '00000001' : '00000000')

let clients = 0
const newClient = () => `203.0.113.${++clients % 250}`

/** A browser without JavaScript: it keeps cookies, and all it can do is load a URL or send a form. */
function openBrowser(client = newClient()) {
  const jar = new Map<string, string>()
  const call = async (method: string, path: string, fields?: Record<string, string>) => {
    const answer = await ask(method, path, {
      body: fields && new URLSearchParams(fields).toString(),
      headers: {
        accept: 'text/html',
        'sec-fetch-site': 'same-origin',
        'cf-connecting-ip': client,
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(fields && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    })
    for (const header of answer.headers.getSetCookie()) {
      const [, name = '', value = '', rest = ''] = /^([^=]+)=([^;]*)(.*)/.exec(header) ?? []
      if (rest.includes('Max-Age=0')) jar.delete(name)
      else jar.set(name, value)
    }
    return { status: answer.status, to: answer.headers.get('location'), text: readText(await answer.text()) }
  }
  return {
    jar,
    get: (path: string) => call('GET', path),
    post: (path: string, fields: Record<string, string> = {}) => call('POST', path, fields),
  }
}

const readText = (html: string) =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** A browser for which a code was mailed, and the code. */
async function openWaiting(email = address()) {
  const browser = openBrowser()
  const mailbox = holdMail()
  const caps = { ...openCapabilities(env, Date.now()), email: mailbox }
  const asker = { client: newClient(), knownBrowser: undefined }
  browser.jar.set('sign-in', await requestCode(caps, { email, ...asker }))
  return { browser, email, code: mailbox.code() }
}

const isCodeStep = (text: string) => text.includes('name="code"')

afterEach(() => vi.restoreAllMocks())

describe('signing in without JavaScript', () => {
  it('goes from the address to the code to where the person wanted to go', async () => {
    const browser = openBrowser()
    const start = await browser.get('/sign-in?next=/settings')
    expect(start.text).toMatch(/<form method="post" action="\/sign-in\?next=%2Fsettings"/)
    expect(start.text).not.toContain('needs JavaScript')
    const email = address()
    const mailbox = holdMail()
    vi.spyOn(env.EMAIL, 'send').mockImplementation((mail) => mailbox.send(mail, {}))
    const asked = await browser.post('/sign-in?next=%2Fsettings', { email: ` ${email.toUpperCase()} ` })
    expect([asked.status, asked.to]).toEqual([303, '/sign-in?next=%2Fsettings'])
    const step = await browser.get(asked.to ?? '')
    expect(step.text).toContain(email)
    expect(step.text).toMatch(/<form method="post" action="\/sign-in\/code\?next=%2Fsettings"/)
    const code = mailbox.code()
    const entered = await browser.post('/sign-in/code?next=%2Fsettings', {
      code: `${code.slice(0, 4)} ${code.slice(4)}`,
    })
    expect([entered.status, entered.to]).toEqual([303, '/settings'])
    expect((await browser.get('/settings')).text).toContain(email)
    expect((await browser.get('/sign-in')).to).toBe('/photos')
  })

  it('says on the page what is wrong with an address, and keeps it', async () => {
    const browser = openBrowser()
    for (const [typed, words] of [
      ['not "an" address', 'Type your e\u2011mail address'],
      ['<b>@', 'Type your e\u2011mail address'],
      ['jürgen@example.com', 'We cannot send mail to this address'],
    ] as const) {
      const answer = await browser.post('/sign-in', { email: typed })
      expect([answer.status, isCodeStep(answer.text)]).toEqual([400, false])
      expect(answer.text).toContain(words)
      expect(answer.text).toContain(`value="${typed}"`)
    }
    expect(browser.jar.size).toBe(0)
  })

  it('says on the page that there were too many codes, and keeps the address', async () => {
    const browser = openBrowser()
    const email = address()
    for (let count = 0; count < 3; count++)
      expect((await browser.post('/sign-in', { email })).status).toBe(303)
    const refused = await browser.post('/sign-in', { email })
    expect(refused.status).toBe(429)
    expect(refused.text).toContain('Too many codes were asked for this address.')
    expect(refused.text).toContain(`value="${email}"`)
  })

  it('says on the page that a code is wrong, how many tries are left, and when it is over', async () => {
    const { browser, code } = await openWaiting()
    const short = await browser.post('/sign-in/code', { code: '1234' })
    expect([short.status, short.text.includes('The code has eight digits.')]).toEqual([400, true])
    expect(short.text).toContain('value="1234"')
    for (const words of ['4 tries left', '3 tries left', '2 tries left', 'One try left', 'no longer works']) {
      const answer = await browser.post('/sign-in/code', { code: wrong(code) })
      expect([answer.status, isCodeStep(answer.text)]).toEqual([401, true])
      expect(answer.text).toContain(words)
      expect((await browser.get('/sign-in')).text).toContain(words) // and a page loaded anew says the same
    }
    expect((await browser.post('/sign-in/code', { code })).status).toBe(401)
    expect(browser.jar.has('session')).toBe(false)
  })

  it('goes back to the address where there is no code to wait for', async () => {
    const answer = await openBrowser().post('/sign-in/code', { code: '12345678' })
    expect([answer.status, isCodeStep(answer.text)]).toEqual([401, false])
    expect(answer.text).toContain('Ask for a new one.')
    expect(answer.text).not.toContain('12345678')
  })

  it.each(['//evil.example', '/.//evil.example', 'https://evil.example/', '/\\evil.example'])(
    'never goes on to %s',
    async (next) => {
      const { browser, code } = await openWaiting()
      const answer = await browser.post(`/sign-in/code?next=${encodeURIComponent(next)}`, { code })
      expect([answer.status, answer.to]).toEqual([303, '/photos'])
    },
  )

  it('has no page where only forms lead', async () => {
    for (const path of ['/sign-in/code', '/sign-in/again', '/sign-in/other']) {
      const answer = await openBrowser().get(`${path}?next=/settings`)
      expect([answer.status, answer.to]).toEqual([303, '/sign-in?next=/settings'])
    }
  })
})

describe('the step of the code', () => {
  it('stays while the code lives, for the browser that holds it alone', async () => {
    const { browser, email } = await openWaiting()
    for (let load = 0; load < 3; load++) {
      const { text } = await browser.get('/sign-in')
      expect([isCodeStep(text), text.includes(email)]).toEqual([true, true])
    }
    const other = openBrowser()
    other.jar.set('sign-in', 'made-up')
    for (const { get } of [openBrowser(), other]) {
      const { text } = await get('/sign-in')
      expect([isCodeStep(text), text.includes(email)]).toEqual([false, false])
    }
  })

  it('shows an international domain in letters', async () => {
    const { browser } = await openWaiting(`${crypto.randomUUID()}@xn--mller-kva.example`)
    expect((await browser.get('/sign-in')).text).toMatch(/<strong class="email">\S+@müller\.example</)
  })

  it('ends with the code: used or expired', async () => {
    const used = await openWaiting()
    const kept = new Map(used.browser.jar)
    await used.browser.post('/sign-in/code', { code: used.code })
    const again = openBrowser()
    again.jar.set('sign-in', kept.get('sign-in') ?? '')
    expect(isCodeStep((await again.get('/sign-in')).text)).toBe(false)

    const expired = await openWaiting()
    await env.DB.prepare('UPDATE sign_in_codes SET created_at = created_at - 600000 WHERE email = ?')
      .bind(expired.email)
      .run()
    expect(isCodeStep((await expired.browser.get('/sign-in')).text)).toBe(false)
  })

  it('ends with "Another address": the code is worth nothing then, and still counts as a mail', async () => {
    const { browser, code } = await openWaiting()
    const id = browser.jar.get('sign-in') ?? ''
    const answer = await browser.post('/sign-in/other?next=%2Fsettings')
    expect([answer.status, answer.to]).toEqual([303, '/sign-in?next=%2Fsettings'])
    expect(browser.jar.has('sign-in')).toBe(false)
    expect(isCodeStep((await browser.get('/sign-in')).text)).toBe(false)
    browser.jar.set('sign-in', id)
    expect((await browser.post('/sign-in/code', { code })).status).toBe(401)
    const row = await env.DB.prepare('SELECT email FROM sign_in_codes WHERE browser_hash = ?')
      .bind(await digestHex('SHA-256', id))
      .first()
    expect(row).toEqual({ email: null })
  })

  it('mails another code to the same address, with tries of its own', async () => {
    const { browser, email, code } = await openWaiting()
    await browser.post('/sign-in/code', { code: wrong(code) })
    const old = browser.jar.get('sign-in')
    const answer = await browser.post('/sign-in/again')
    expect([answer.status, answer.to]).toEqual([303, '/sign-in'])
    expect(browser.jar.get('sign-in')).not.toBe(old)
    const { text } = await browser.get('/sign-in')
    expect([text.includes(email), /(try|tries) left/.test(text)]).toEqual([true, false])
    expect((await browser.post('/sign-in/again')).status).toBe(303)
    expect((await browser.post('/sign-in/again')).status).toBe(303)
    const refused = await browser.post('/sign-in/again')
    expect([refused.status, isCodeStep(refused.text)]).toEqual([429, true])
    expect(refused.text).toContain('Too many codes')
  })
})

describe('the other forms', () => {
  it('send the name and sign out without JavaScript', async () => {
    const { session } = await newPerson()
    const browser = openBrowser()
    browser.jar.set('session', session.cookie.slice('session='.length))
    const saved = await browser.post('/settings/profile', { displayName: ' Ada <3 ' })
    expect([saved.status, saved.to]).toEqual([303, '/settings/profile'])
    expect((await browser.get('/settings')).text).toContain('value="Ada <3"')
    expect((await browser.post('/settings', { name: 'token' })).to).toBe('/settings')
    const out = await browser.post('/sign-out')
    expect([out.status, out.to, browser.jar.has('session')]).toEqual([303, '/', false])
    expect((await ask('GET', '/api/me', { as: session })).status).toBe(401)
    expect((await browser.post('/settings/profile', { displayName: 'X' })).to).toBe('/settings/profile')
  })

  it('put nothing that is typed into a URL: every form that leaves the page is a POST', async () => {
    const person = await newPerson()
    const photoId = await seedPhoto(person)
    const signedIn = openBrowser()
    signedIn.jar.set('session', person.session.cookie.slice('session='.length))
    const pages = await Promise.all([
      openBrowser().get('/sign-in'),
      (await openWaiting()).browser.get('/sign-in'),
      ...['/photos', `/photos/${photoId}`, '/albums', '/shared', '/inbox', '/settings'].map((path) =>
        signedIn.get(path),
      ),
    ])
    const forms = pages.flatMap(({ text }) => text.match(/<form[^>]*>/g) ?? [])
    expect(forms.length).toBeGreaterThan(6)
    for (const form of forms) expect(form).toMatch(/method="(dialog|post" action="\/[a-z])/)
    const fields = pages.map(({ text }) => text.replace(/<form[\s\S]*?<\/form>/g, '')).join()
    expect(fields.match(/<(input|textarea)[^>]*type="(text|email|password)"/g)).toBeNull() // none outside of one
  })
})

describe('a form of another site', () => {
  it.each([
    '/sign-in',
    '/sign-in/code',
    '/sign-in/again',
    '/sign-in/other',
    '/sign-out',
    '/settings/profile',
    '/settings/addresses/other',
    '/settings/deletion/other',
  ])('cannot send to %s', async (path) => {
    const { session } = await newPerson()
    const send = (headers: Record<string, string>) =>
      ask('POST', path, {
        as: session,
        body: new URLSearchParams({ email: address(), displayName: 'Mallory' }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html', ...headers },
      })
    const others: Record<string, string>[] = [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const headers of others) {
      const answer = await send(headers)
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
    }
    expect((await ask('GET', '/api/me', { as: session })).status).toBe(200)
    expect((await send({ origin: 'http://localhost' })).status).not.toBe(403)
  })

  it('is told apart by its type: JSON and multipart are no form of ours', async () => {
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain']) {
      const answer = await ask('POST', '/sign-in', {
        body: 'email=a@example.com',
        headers: { 'content-type': type },
      })
      expect(answer.status).toBe(415)
    }
  })
})

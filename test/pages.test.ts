import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import document from '../dist/client/openapi.json'
import { createApp } from '../src/app'
import { seedFull } from './seeds'
import { ask, holdMail, newAddress, newFace, newPerson, type Person } from './support'

const readPage = async (path: string, as?: Person['session']) => {
  const answer = await ask('GET', path, { as, headers: { accept: 'text/html' } })
  return { status: answer.status, headers: answer.headers, html: await answer.text() }
}

describe('what browsers and crawlers ask for by a fixed name', () => {
  it.each([
    ['/favicon.ico', 'image/x-icon', [0, 0, 1, 0]],
    ['/apple-touch-icon.png', 'image/png', [0x89, 0x50, 0x4e, 0x47]],
  ])('%s is a picture of type %s', async (path, type, magic) => {
    const answer = await ask('GET', path)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
    expect(answer.headers.get('cache-control')).toBe('public, max-age=86400')
    expect([...new Uint8Array(await answer.arrayBuffer()).subarray(0, 4)]).toEqual(magic)
    expect((await readPage('/sign-in')).html).toContain(`href="${path}"`)
  })

  it('the service worker is asked for anew each time, and stands where it may take what is shared', async () => {
    const { status, headers } = await ask('GET', '/sw.js')
    const named = ['content-type', 'cache-control', 'x-content-type-options'].map((name) => headers.get(name))
    expect([status, ...named]).toEqual([200, 'text/javascript; charset=utf-8', 'no-cache', 'nosniff'])
  })

  it('what is shared without it goes nowhere, whoever sends it', async () => {
    const { session } = await newPerson()
    const form = new FormData()
    form.set('photos', new File(['bytes'], 'a.jpg', { type: 'image/jpeg' }))
    const body = () => new Response(form).clone()
    for (const as of [session, undefined]) {
      const { headers, body: stream } = body()
      const sent = { 'content-type': headers.get('content-type') ?? '', 'sec-fetch-site': 'none' }
      const answer = await ask('POST', '/photos/share', { as, headers: sent, body: stream ?? undefined })
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/photos?share=missed'])
    }
    const foreign = { 'sec-fetch-site': 'cross-site' }
    expect((await ask('POST', '/photos/share', { as: session, headers: foreign })).status).toBe(403)
  })

  it('robots.txt lets crawlers read the start page and the guide, and nothing else', async () => {
    const answer = await ask('GET', '/robots.txt')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=UTF-8'])
    const rules = [...(await answer.text()).matchAll(/^(Allow|Disallow): (\S+)$/gm)]
    // The longest rule that fits decides: https://www.rfc-editor.org/rfc/rfc9309#section-2.2.2
    const isAllowed = (path: string) => {
      const fits = rules.filter(([, , rule = '']) =>
        rule.endsWith('$') ? path === rule.slice(0, -1) : path.startsWith(rule),
      )
      return fits.toSorted((a, b) => (b[2] ?? '').length - (a[2] ?? '').length)[0]?.[1] === 'Allow'
    }
    expect(['/', '/docs', '/docs/api', '/docs/errors', '/static/style.css'].filter(isAllowed)).toHaveLength(5)
    const others = [
      '/sign-in',
      '/photos',
      '/settings',
      '/api/me',
      '/raw/x/y',
      `/${'a'.repeat(64)}`,
      '/avatar/x',
    ]
    expect(others.filter(isAllowed)).toEqual([])
  })
})

describe('search engines', () => {
  it.each(['/', '/docs', '/docs/api', '/docs/errors'])('may list %s', async (path) => {
    const { status, headers, html } = await readPage(path)
    expect([status, headers.get('x-robots-tag')]).toEqual([200, null])
    expect(html).not.toContain('noindex')
  })

  it.each(['/sign-in', '/photos', '/albums', '/shared', '/inbox', '/settings', '/nothing/here'])(
    'must not list %s',
    async (path) => {
      const { session } = await newPerson()
      const as = path === '/sign-in' ? undefined : session
      expect((await readPage(path, as)).headers.get('x-robots-tag')).toBe('noindex')
    },
  )
})

describe('words of people', () => {
  it('stand in the direction of their own script, wherever a page shows them', async () => {
    const { person, photo } = await newFace('small.png')
    const words = { displayName: 'עדה (Ada)', altText: 'صورة (1)', token: 'גיבוי (2)' }
    await ask('PATCH', '/api/me', { as: person.session, json: { displayName: words.displayName } })
    await ask('PATCH', `/api/photos/${photo.id}`, { as: person.session, json: { altText: words.altText } })
    await ask('POST', '/api/tokens', { as: person.session, json: { name: words.token } })
    const paths = ['/photos', `/photos/${photo.id}`, '/settings', '/settings/tokens']
    const read = await Promise.all(paths.map((path) => readPage(path, person.session)))
    const pages = read.map(({ html }) => html).join('')
    const shown = [...pages.matchAll(/<([a-z]+)((?:\s[^<>]*)?)>\s*([^<>]*)(?=<)/g)].filter(
      ([, , , text = '']) => Object.values(words).some((word) => text.includes(word)),
    )
    // The code to embed is no text but a line of code.
    const open = shown.filter(
      ([, name, attributes = '']) => name !== 'code' && !attributes.includes('dir="auto"'),
    )
    expect(shown.length).toBeGreaterThanOrEqual(2)
    expect(open.map(([tag]) => tag)).toEqual([])
    for (const name of ['displayName', 'altText', 'name']) {
      expect(pages).toMatch(new RegExp(`<(input|textarea)(?=[^>]*name="${name}")(?=[^>]*dir="auto")`))
    }
  })
})

describe('what the pages promise', () => {
  it('is not that a change is everywhere at once, or that every site finds a picture', async () => {
    const { person } = await newFace('small.png')
    const texts = await Promise.all([
      readPage('/'),
      readPage('/docs'),
      ...['/photos', '/settings', '/settings/addresses', '/settings/data'].map((path) =>
        readPage(path, person.session),
      ),
    ])
    for (const { html } of texts) {
      const text = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
      expect(text).not.toMatch(/by themselves|changes everywhere|wherever Gravatar|stops working at once/)
    }
  })

  it('is JavaScript only where nothing can be done without it', async () => {
    for (const path of ['/', '/docs', '/docs/api', '/docs/errors']) {
      expect((await readPage(path)).html).not.toContain('needs JavaScript')
    }
  })
})

describe('the panel with the own picture', () => {
  it.each(['g', 'pg', 'r', 'x'])('shows a photo rated %s, and says where visitors see it', async (rating) => {
    const { person, photo } = await newFace()
    await ask('PATCH', `/api/photos/${photo.id}`, { as: person.session, json: { rating } })
    const { html } = await readPage('/photos', person.session)
    const [, src = ''] = /<img[^>]* src="([^"]*)"[^>]*data-own-picture/.exec(html) ?? []
    const picture = await ask('GET', `${src.replaceAll('&amp;', '&')}&d=404`)
    expect([rating, picture.status]).toEqual([rating, 200])
    const sentence = `Visitors see it only where a site allows rating ${rating.toUpperCase()}`
    expect(html.includes(sentence)).toBe(rating !== 'g')
  })
})

describe('the header', () => {
  const formOf = (html: string) => /<header[\s\S]*?<\/header>/.exec(html)?.[0] ?? ''

  it('says who is signed in, and lets them out without a script, on every page', async () => {
    const { email, session } = await newPerson()
    for (const path of [
      '/photos',
      '/albums',
      '/shared',
      '/settings',
      '/docs',
      '/docs/errors',
      '/nothing/here',
    ]) {
      const header = formOf((await readPage(path, session)).html)
      expect([path, header.includes(email)]).toEqual([path, true])
      expect(header).toMatch(/<form[^>]*method="post"[^>]*action="\/sign-out"[\s\S]*Sign out[\s\S]*<\/form>/)
    }
    const left = await ask('POST', '/sign-out', { as: session, headers: { 'sec-fetch-site': 'same-origin' } })
    expect([left.status, left.headers.get('location')]).toEqual([303, '/'])
    expect((await ask('GET', '/api/me', { as: session })).status).toBe(401)
  })

  it('offers no way out to whoever is not signed in', async () => {
    for (const path of ['/', '/sign-in', '/docs', '/nothing/here'])
      expect(formOf((await readPage(path)).html)).not.toContain('/sign-out')
  })
})

describe('a sentence', () => {
  const PRIVATE = [
    ...['/photos', '/albums', '/shared', '/inbox', '/settings', '/settings/addresses'],
    ...['/settings/privacy', '/settings/devices', '/settings/tokens', '/settings/data'],
  ]

  it('never breaks within the word e\u2011mail', async () => {
    const person = await newPerson()
    const hidden = await newPerson()
    await ask('PATCH', '/api/me', { as: hidden.session, json: { publicLookup: false } })
    let seen = 0
    for (const path of ['/', '/sign-in', '/docs', '/docs/api', '/docs/errors', ...PRIVATE]) {
      for (const { session } of [person, hidden]) {
        const signedIn = PRIVATE.includes(path)
        const { html } = await readPage(path, signedIn ? session : undefined)
        const text = html.replace(/<(code|option|button)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, '\n')
        expect([path, text.match(/^.*\be-mail\b.*$/m)?.[0]]).toEqual([path, undefined])
        seen += text.split('e\u2011mail').length - 1
      }
    }
    expect(seen).toBeGreaterThan(10)
  })
})

describe('the reference of the API', () => {
  it('is a document that programs of any site may read, and may hold for a while', async () => {
    const answer = await ask('GET', '/api/openapi.json', { headers: { origin: 'https://elsewhere.example' } })
    const { headers } = answer
    expect([answer.status, headers.get('content-type'), headers.get('access-control-allow-origin')]).toEqual([
      ...[200, 'application/json', '*'],
    ])
    expect(headers.get('cache-control')).toBe('public, max-age=300')
    expect(await answer.json()).toEqual(document)
    const etag = headers.get('etag') ?? ''
    const again = await ask('GET', '/api/openapi.json', { headers: { 'if-none-match': etag } })
    expect([again.status, again.headers.get('access-control-allow-origin')]).toEqual([304, '*'])
  })

  it('is missed, like every file of a fixed name, without anybody keeping that', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const fetch = async () => new Response('<h1>no such file</h1>', { status: 404 })
    const bare = { ...env, ASSETS: { ...env.ASSETS, fetch } }
    for (const [path, status] of [
      ['/api/openapi.json', 503],
      ['/docs/api', 503],
      ['/sw.js', 404],
      ['/favicon.ico', 404],
    ] as const) {
      const answer = await createApp().request(path, {}, bare, createExecutionContext())
      const kept = answer.headers.get('cache-control')
      expect([path, answer.status, kept?.includes('no-store')]).toEqual([path, status, true])
      expect(await answer.text()).not.toContain('no such file')
    }
    log.mockRestore()
  })

  it('is a page of less than 60 KB with all calls, each with an example at this very address', async () => {
    const { html, headers } = await readPage('/docs/api')
    const calls = Object.values(document.paths).flatMap((methods) => Object.values(methods))
    const missing = calls.filter(({ operationId }) => !html.includes(`id="${operationId}"`))
    expect([calls.length > 75, missing]).toEqual([true, []])
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
    expect(html.match(/<pre id="\w+-curl"[^>]*>curl [^<]*http:\/\/localhost\//g)).toHaveLength(calls.length)
    expect(html).not.toContain('cameo.example')
    expect(headers.get('content-security-policy')).toContain("script-src 'self';")
    const files = [...html.matchAll(/<(?:script|link)[^>]* (?:src|href)="(\/static\/[^"]+\.(?:js|css))"/g)]
    const parts = await Promise.all(files.map(async ([, path = '']) => (await ask('GET', path)).text()))
    const sizes = await Promise.all([html, ...parts].map(sizeOf))
    expect(sizes.length).toBeGreaterThanOrEqual(3)
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(60_000)
  })

  it('is found from the guide, and from every page', async () => {
    const pages = await Promise.all(['/', '/docs', '/docs/errors'].map((path) => readPage(path)))
    expect(pages.map(({ html }) => html.split('href="/docs/api"').length - 1)).toEqual([1, 2, 2])
  })
})

/** Bytes of a text as it is sent, compressed. */
async function sizeOf(text: string): Promise<number> {
  const sent = new Response(text).body?.pipeThrough(new CompressionStream('gzip'))
  return (await new Response(sent).arrayBuffer()).byteLength
}

describe('language', () => {
  const pageIn = async (headers: Record<string, string>) => {
    const response = await ask('GET', '/docs/errors', { headers: { accept: 'text/html', ...headers } })
    return await response.text()
  }

  it('is the first that the browser asks for and Cameo speaks, by quality, countries aside', async () => {
    for (const [asked, spoken] of [
      ['de', 'de'],
      ['de-AT,de;q=0.9,en;q=0.8', 'de'],
      ['en;q=0.3, DE-ch;q=0.7', 'de'],
      ['fr, de;q=0.5, en;q=0.4', 'de'],
      ['fr', 'en'],
      ['de;q=0, en', 'en'],
      ['*', 'en'],
      ['', 'en'],
      ['de_AT', 'de'],
      ['*, de;q=0.5', 'en'],
      ['en;q=0, *', 'de'],
      ['en;q=0', 'de'],
      ['en;q=0,de', 'de'],
      ['en-GB;q=0, fr', 'en'],
      ['de;q=1000, en;q=-1', 'de'],
      ['de;q=nonsense', 'de'],
      [';;;,,,q=;"\\', 'en'],
      ['constructor, __proto__, den, de', 'de'],
      ['d'.repeat(10_000), 'en'],
      ['xx;q=0.1,'.repeat(11_000), 'en'],
      [`de,${'xx;q=0.1,'.repeat(11_000)}`, 'de'],
    ] as const) {
      expect(await pageIn({ 'accept-language': asked }), asked).toContain(`<html lang="${spoken}"`)
    }
  })

  it('is the one that was chosen, whatever the browser asks for, and none that is not spoken', async () => {
    const asked = { 'accept-language': 'en' }
    expect(await pageIn({ ...asked, cookie: 'language=de' })).toContain('<html lang="de"')
    for (const chosen of [
      'fr',
      'en-XA',
      '__proto__',
      '',
      '%',
      '%64%',
      'de de',
      'DE',
      'd'.repeat(4000),
      '"de',
    ])
      expect(await pageIn({ ...asked, cookie: `language=${chosen}` })).toContain('<html lang="en"')
  })

  it('is that of each asker, however many ask at once, and of pages of what is not there', async () => {
    const languages = Array.from({ length: 20 }, (_, index) => (index % 3 ? 'de' : 'en'))
    const bodies = await Promise.all(languages.map((language) => pageIn({ 'accept-language': language })))
    bodies.forEach((body, index) => {
      expect(body).toContain(`<html lang="${languages[index]}"`)
      expect(body).toContain(languages[index] === 'de' ? 'Zum Inhalt' : 'Skip to content')
    })
    const missing = await ask('GET', '/nothing/here', {
      headers: { accept: 'text/html', 'accept-language': 'de' },
    })
    expect(await missing.text()).toContain('Zum Inhalt')
  })
})

describe('an answer in a language', () => {
  const pages = { accept: 'text/html' }

  it.each(['/', '/docs', '/sign-in', '/l/nothing', '/nothing/here'])(
    'says on %s which it is, and that others get another',
    async (path) => {
      for (const language of ['en', 'de']) {
        const answer = await ask('GET', path, { headers: { ...pages, 'accept-language': language } })
        expect([...answer.headers].filter(([name]) => /^(content-language|vary)$/.test(name))).toEqual([
          ['content-language', language],
          ['vary', 'Accept-Language, Cookie'],
        ])
        expect(await answer.text()).toContain(`<html lang="${language}"`)
      }
    },
  )

  it('is for programs too: what the code says in theirs, what goes beyond it in English', async () => {
    const askApi = async (path: string, headers: Record<string, string>, init = {}) => {
      const answer = await ask('GET', path, { headers, ...init })
      const { code, detail } = await answer.json<{ code: string; detail: string }>()
      return [code, answer.headers.get('content-language'), detail]
    }
    const german = { 'accept-language': 'de-AT' }
    const own = ['unauthenticated', 'de', 'Melde dich zuerst an.']
    expect(await askApi('/api/me', german)).toEqual(own)
    expect(await askApi('/api/me', { ...german, cookie: 'language=en' })).toEqual([
      'unauthenticated',
      'en',
      'Sign in first.',
    ])
    expect(await askApi('/api/me', {})).toEqual(['unauthenticated', 'en', 'Sign in first.'])
    expect(await askApi('/api/nothing', german)).toEqual(['not_found', 'de', 'Hier ist nichts.'])
    const wrong = { ...german, authorization: 'Bearer cameo_nonsense' }
    expect(await askApi('/api/me', wrong)).toEqual(['unauthenticated', 'en', 'This API token is not valid.'])
  })
})

describe('a mail', () => {
  const { EMAIL } = env
  afterEach(() => Object.assign(env, { EMAIL }))

  it.each([
    ['de-CH, en;q=0.5', 'de', 'ist dein Code', 'Gib ihn innerhalb von zehn Minuten'],
    ['tlh', 'en', 'is your Cameo sign-in code', 'Type it into the page'],
  ])('with a code is written in the language of whoever asks: %s', async (asked, spoken, subject, text) => {
    const mailbox = holdMail()
    Object.assign(env, { EMAIL: mailbox })
    const email = `${crypto.randomUUID()}@example.com`
    const headers = { 'accept-language': asked, 'content-type': 'application/json' }
    const answer = await ask('POST', '/api/sign-in/code', { headers, body: JSON.stringify({ email }) })
    expect(answer.status).toBeLessThan(300)
    await vi.waitFor(() => expect(mailbox.to).toEqual([email]))
    const [mail] = mailbox.mails
    expect(mail?.subject).toContain(subject)
    expect(mail?.text).toContain(text)
    expect(mail?.html).toContain(`<div lang="${spoken}">`)
    expect(mail?.html).toContain(text)
  })
})

describe('theme and language', () => {
  const choose = (body: string, { next = '/docs', headers = {} }: Wish = {}) =>
    ask('POST', `/appearance?next=${encodeURIComponent(next)}`, {
      body,
      headers: {
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
        'sec-fetch-site': 'same-origin',
        ...headers,
      },
    })
  interface Wish {
    next?: string
    headers?: Record<string, string>
  }
  const pageWith = async (cookie: string, path = '/docs') =>
    await (await ask('GET', path, { headers: { accept: 'text/html', cookie } })).text()

  it('are remembered in the browser, by whoever chooses, and the form leads back to its page', async () => {
    const chosen = await choose('theme=dark&language=de', { next: '/sign-in?next=%2Fphotos' })
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, '/sign-in?next=%2Fphotos'])
    expect(chosen.headers.getSetCookie()).toEqual([
      'theme=dark; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax',
      'language=de; Max-Age=34560000; Path=/; HttpOnly; SameSite=Lax',
    ])
    const page = await pageWith('', '/sign-in?next=%2Fphotos%3Fa%3D1%26b')
    const back = encodeURIComponent('/sign-in?next=%2Fphotos%3Fa%3D1%26b')
    expect(page).toContain(`action="/appearance?next=${back}"`)
    const forgotten = await choose('theme=system&language=auto')
    expect(forgotten.headers.getSetCookie()).toEqual([
      'theme=; Max-Age=0; Path=/',
      'language=; Max-Age=0; Path=/',
    ])
    const half = await choose('theme=light')
    expect(half.headers.getSetCookie().map((cookie) => cookie.split(';')[0])).toEqual(['theme=light'])
  })

  it('lead to no other site, whatever the form was given', async () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      '/.//evil.example',
      'https://evil.example/',
      'javascript:alert(1)',
      '\t//evil.example',
      '',
    ]) {
      const location = (await choose('theme=dark', { next })).headers.get('location')
      expect([next, location]).toEqual([next, '/'])
    }
  })

  it('are refused from another site and of another kind, and change nothing then', async () => {
    const { session } = await newPerson()
    for (const [headers, body, status] of [
      [{ 'sec-fetch-site': 'cross-site', ...session }, 'theme=dark', 403],
      [{ 'sec-fetch-site': 'same-site' }, 'theme=dark', 403],
      [{}, 'theme=blink', 400],
      [{}, 'language=en-XA', 400],
      [{}, 'theme=dark&language=__proto__', 400],
      [{ 'content-type': 'text/plain' }, 'theme=dark', 415],
    ] as const) {
      const answer = await choose(body, { headers })
      expect([body, answer.status, answer.headers.getSetCookie()]).toEqual([body, status, []])
    }
    expect((await ask('GET', '/appearance')).status).toBe(405)
  })

  it('are drawn from the first byte, on the pages of links too', async () => {
    const { person, photo } = await newFace()
    const made = await ask('POST', `/api/photos/${photo.id}/links`, {
      as: person.session,
      json: { expiresIn: 3600 },
    })
    const { url } = await made.json<{ url: string }>()
    for (const path of ['/docs', '/nothing/here', new URL(url).pathname]) {
      const dark = await pageWith('theme=dark; language=de', path)
      expect(dark, path).toMatch(/<html lang="de"[^>]* data-theme="dark"/)
      expect(dark, path).toContain('<meta name="color-scheme" content="dark"')
      const colours = [...dark.matchAll(/name="theme-color"[^>]* content="([^"]*)"/g)].map(
        ([, value]) => value,
      )
      expect(colours).toEqual(['#1b1e1d', '#1b1e1d'])
      const plain = await pageWith('theme=blink', path)
      expect(plain, path).not.toContain('data-theme=')
      expect(plain, path).toContain('<meta name="color-scheme" content="light dark"')
    }
  })
})

describe('the app', () => {
  it('can be installed: a manifest in the language of whoever asks, with icons of the sizes that it names', async () => {
    const { html, headers } = await readPage('/')
    expect(html).toContain('<link rel="manifest" href="/manifest.webmanifest"')
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    const read = async (language: string, headers = {}) => {
      const asked = { 'accept-language': language, ...headers }
      const answer = await ask('GET', '/manifest.webmanifest', { headers: asked })
      expect(answer.headers.get('content-type')).toBe('application/manifest+json')
      expect(answer.headers.get('vary')).toBe('Accept-Language, Cookie')
      expect(answer.headers.get('cache-control')).toContain('private')
      return answer.json<Manifest>()
    }
    interface Manifest {
      lang: string
      start_url: string
      icons: { src: string; sizes: string; purpose: string }[]
      shortcuts: { name: string; url: string }[]
    }
    const manifest = await read('en')
    expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`)).toEqual([
      '192x192 any',
      '512x512 any',
      '512x512 maskable',
    ])
    for (const { src, sizes } of manifest.icons) {
      const png = new DataView(await (await ask('GET', src)).arrayBuffer())
      expect(`${png.getUint32(16)}x${png.getUint32(20)}`).toBe(sizes)
    }
    const { session } = await newPerson()
    for (const url of [manifest.start_url, ...manifest.shortcuts.map(({ url }) => url)])
      expect((await ask('GET', url, { as: session })).status).toBe(200)
    const german = await read('de')
    expect([german.lang, german.shortcuts[1]?.name]).toEqual(['de', 'Postfach'])
  })
})

describe('pages that are fetched early', () => {
  it('are pages, and nothing that acts or is saved', async () => {
    const { headers } = await readPage('/')
    const [, path = ''] = /^"(.*)"$/.exec(headers.get('speculation-rules') ?? '') ?? []
    const answer = await ask('GET', path)
    expect(answer.headers.get('content-type')).toBe('application/speculationrules+json')
    const rules = await answer.json<{ prefetch: Rule[] }>()
    interface Rule {
      eagerness: string
      where: { and: [{ href_matches: string[] }, { not: { href_matches: string } }, unknown] }
    }
    const fits = (pattern: string, url: string) =>
      new URLPattern(pattern, 'http://localhost').test(new URL(url, 'http://localhost'))
    const eagernessOf = (url: string) =>
      rules.prefetch.find(({ where: { and } }) => {
        const [{ href_matches }, { not }] = and
        return href_matches.some((pattern) => fits(pattern, url)) && !fits(not.href_matches, url)
      })?.eagerness
    for (const url of ['/', '/docs', '/docs/errors', '/sign-in', '/sign-in?next=/photos'])
      expect([url, eagernessOf(url)]).toEqual([url, 'moderate'])
    for (const url of ['/photos', '/photos/x', '/albums/x', '/inbox', '/settings', '/settings/profile'])
      expect([url, eagernessOf(url)]).toEqual([url, 'conservative'])
    for (const url of ['/sign-out', '/settings/export', '/api/me', '/raw/x/y', '/l/x', '/appearance'])
      expect([url, eagernessOf(url)]).toEqual([url, undefined])
  })
})

/** The forms outside of dialogs which are sent nowhere, and can be. A browser writes what is in them into the URL. */
function findLostForms(html: string): string[] {
  const forms = html.replace(/<(dialog|template)\b[\s\S]*?<\/\1>/g, '').match(/<form[\s\S]*?<\/form>/g) ?? []
  return forms.filter(
    (form) => !/^<form[^>]* method="post"/.test(form) && !/type="submit" disabled/.test(form),
  )
}

describe('the weight of a page', () => {
  const zip = async (body: ArrayBuffer | string) => {
    const zipped = new Response(body).body?.pipeThrough(new CompressionStream('gzip'))
    return (await new Response(zipped).arrayBuffer()).byteLength
  }

  it('is below 60 KB of HTML, styles and scripts together, no script keeps it from being shown, and nothing can be sent before its script is there', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])
      await newAddress(person, `${name}.${crypto.randomUUID()}@example.com`)
    const { albumId, photoId } = await seedFull(person, other)
    const linked = await ask('POST', `/api/albums/${albumId}/links`, {
      as: person.session,
      json: { expiresIn: 3600 },
    })
    const { url } = await linked.json<{ url: string }>()
    const own = [
      '/photos',
      '/albums',
      `/albums/${albumId}`,
      `/photos/${photoId}`,
      '/shared',
      '/tagged',
      '/inbox',
    ]
    const settings = ['', '/addresses', '/privacy', '/devices', '/tokens', '/data'].map(
      (part) => `/settings${part}`,
    )
    const pages = [
      ...['/', '/sign-in', '/docs', '/docs/api', '/docs/errors', '/nothing/here', new URL(url).pathname].map(
        (path) => ({ path, as: undefined }),
      ),
      ...[...own, `/inbox/${other.hash}`, ...settings, '/photos/nothing'].map((path) => ({
        path,
        as: person.session,
      })),
    ]
    const files = new Map<string, number>()
    const weights: [string, number][] = []
    for (const language of ['en', 'de'])
      for (const { path, as } of pages) {
        const headers = { accept: 'text/html', 'accept-language': language }
        const html = await (await ask('GET', path, { as, headers })).text()
        const scripts = [...html.matchAll(/<script([^>]*)>/g)].map(([, attributes = '']) => attributes)
        expect(scripts.filter((script) => !/type="module"/.test(script))).toEqual([])
        const needed = [...html.matchAll(/(?:<script[^>]* src|<link rel="stylesheet" href)="([^"]+)"/g)]
        let weight = await zip(html)
        for (const [, file = ''] of needed) {
          if (!files.has(file)) files.set(file, await zip(await (await ask('GET', file)).arrayBuffer()))
          weight += files.get(file) ?? 0
        }
        weights.push([`${language} ${path}`, weight])
        expect([path, findLostForms(html)]).toEqual([path, []])
      }
    expect(weights.filter(([, weight]) => weight >= 60_000)).toEqual([])
  })
})

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCode, type Server, startServer } from './server.ts'

const EMAIL = 'MyEmailAddress@example.com '
const SHA256 = '84059b07d4be67b806386c0aad8070a23f18836bbaae342275dc0a83414c32ee'
const MD5 = '0bc83cb571cd1c50ba6f3e8a78ef1346'
const STRANGER = 'somebody.else@example.com'

const markdown = readFileSync('docs/embed.md', 'utf8')
const blocks = [...markdown.matchAll(/^```\w+\n(.*?)^```$/gms)].map(([, code = '']) => code)

/** Every URL of the service in a code block, as it stands there. */
const templates = [
  ...new Set(blocks.flatMap((code) => code.match(/https:\/\/cameo\.example\/[^\s"'`<>)]*/g) ?? [])),
]

/** What each application puts in place of its placeholder; the same name always means the same. */
const PLACEHOLDERS: Record<string, (who: Person) => string> = {
  key: (who) => who.key,
  hash: (who) => who.hash,
  md5: (who) => who.md5,
  size: () => '96',
  pixels: () => '96',
  rating: () => 'g',
  default: () => 'blank',
  _default: () => 'mp',
  random: () => 'q7Xz_4k',
}

interface Person {
  key: string
  hash: string
  md5: string
}

/** Fills `{name}`, `%{name}` and `${name}`; a placeholder that no application has is an error of the guide. */
function fill(template: string, who: Person): string {
  const filled = template.replace(/[%$]?\{([^}]*)\}/g, (_, name: string) => {
    const value = PLACEHOLDERS[name]?.(who)
    if (value === undefined) throw new Error(`${template}: what is ${name}?`)
    return value
  })
  if (/[^\w:/.?=&%-]|%(?![\dA-F]{2})/.test(filled)) throw new Error(`${template}: a placeholder is left`)
  return filled
}

const hashOf = (algorithm: string, email: string) =>
  createHash(algorithm).update(email.trim().toLowerCase()).digest('hex')

let server: Server
let owner: Person
const stranger = { key: 'a'.repeat(22), hash: hashOf('sha256', STRANGER), md5: hashOf('md5', STRANGER) }

beforeAll(async () => {
  server = await startServer()
  owner = await showPicture(EMAIL)
})
afterAll(() => server.stop())

/** Signs somebody in and makes a picture active, as a browser does. */
async function showPicture(email: string): Promise<Person> {
  const jar = new Map<string, string>()
  const call = async (method: string, path: string, json?: unknown) => {
    const response = await fetch(new URL(path, server.origin), {
      method,
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
      },
      body: JSON.stringify(json),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
  await call('POST', '/api/sign-in/code', { email })
  const code = await readCode(server.origin, email.trim().toLowerCase())
  const me = (await (await call('POST', '/api/sign-in', { code })).json()) as {
    hash: string
    publicKey: string
  }
  const file = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#26806f' } })
    .jpeg()
    .toBuffer()
  const prepared = await call('POST', '/api/photos', { contentType: 'image/jpeg', bytes: file.length })
  const { id, upload } = (await prepared.json()) as {
    id: string
    upload: { url: string; headers: Record<string, string> }
  }
  await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: new Uint8Array(file) })
  await call('POST', `/api/photos/${id}/complete`)
  await call('PUT', '/api/me/active-photo', { photoId: id })
  return { key: me.publicKey, hash: me.hash, md5: MD5 }
}

const ask = (template: string, who: Person) =>
  fetch(fill(template, who).replace('https://cameo.example', server.origin), { redirect: 'manual' })

const isKeyed = (template: string) => /\{(key|hash|md5)\}/.test(template)
const isProfile = (template: string) => template.endsWith('.json')

describe('the guide', () => {
  it('has URLs to try', () => {
    expect(templates.length).toBeGreaterThanOrEqual(20)
    expect(templates.filter(isProfile)).toHaveLength(1)
  })

  it.each(templates)('%s is answered for somebody with a picture', async (template) => {
    const response = await ask(template, owner)
    expect(response.status).toBe(200)
    if (isProfile(template)) {
      expect(await response.json()).toMatchObject({ key: owner.key })
      return
    }
    expect(response.headers.get('content-type')).toMatch(/^image\//)
    const isDefault = response.headers.get('server-timing')?.startsWith('default')
    expect(isDefault).toBe(!isKeyed(template) || template.includes('f=y'))
    expect((await sharp(await response.arrayBuffer()).metadata()).width).toBeGreaterThan(0)
  })

  it.each(templates.filter(isKeyed))('%s is answered for somebody unknown', async (template) => {
    const response = await ask(template, stranger)
    const none = isProfile(template) || /[?&]d=404(&|$)/.test(template)
    expect(response.status).toBe(none ? 404 : 200)
    if (!none) expect(response.headers.get('content-type')).toBe('image/png')
  })

  it('shows the profile that is served', async () => {
    const sample = blocks.find((code) => code.includes('"displayName"')) ?? ''
    const profile = await ask(templates.find(isProfile) ?? '', owner)
    expect(Object.keys((await profile.json()) as object)).toEqual(Object.keys(JSON.parse(sample)))
  })

  it('is what /docs shows, with the URL of the service', async () => {
    const page = await (await fetch(`${server.origin}/docs`)).text()
    for (const [, title = ''] of markdown.matchAll(/^##+ (.*)$/gm)) expect(page).toContain(`>${title}</a>`)
    expect(page).not.toContain('cameo.example')
    expect(page).toContain(`${server.origin}/avatar/%{hash}?s=%{size}`)
  })
})

describe('the snippets that compute the hash', () => {
  const section = /^## Compute the hash$(.*?)^## /ms.exec(markdown)?.[1] ?? ''
  const snippet = (heading: string) =>
    new RegExp(`^### ${heading}\n\n\`\`\`\\w+\n(.*?)^\`\`\`$`, 'ms').exec(section)?.[1] ?? ''

  it('promise the right hash', () => {
    expect(section).toContain(SHA256)
    expect([hashOf('sha256', EMAIL), hashOf('md5', EMAIL)]).toEqual([SHA256, MD5])
  })

  it.each(['JavaScript in a browser', 'Node'])('%s', (heading) => {
    const script = `${snippet(heading)}\nconsole.log(await hashEmail(process.argv[1]))`
    const arguments_ = ['--input-type=module', '--eval', script, EMAIL]
    expect(execFileSync(process.execPath, arguments_, { encoding: 'utf8' })).toBe(`${SHA256}\n`)
  })

  it('Shell', () => {
    const script = `${snippet('Shell')}\nhash_email "$1"`
    expect(execFileSync('sh', ['-c', script, 'sh', EMAIL], { encoding: 'utf8' })).toBe(`${SHA256}\n`)
  })
})

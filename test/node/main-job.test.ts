import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { colourOf, openBrowser, plainJpeg, prepare, put, signIn, uploadPlain } from './person.ts'
import { readCode, type Server, startServer } from './server.ts'

const run = promisify(execFile)

let server: Server
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

describe('the main job over HTTP', () => {
  it('goes from an e-mail address to an embedded picture, and changes it at once', async () => {
    const browser = openBrowser(server.origin)
    const me = await signIn(browser, server.origin, 'ada@example.com')
    const picture = () => fetch(`${server.origin}/${me.hash}?s=200`)
    const red = await uploadPlain(browser, '#c03030')
    const blue = await uploadPlain(browser, '#3030c0')
    expect((await picture()).headers.get('server-timing')).toMatch(/^default\b/)
    for (const [photoId, channel] of [
      [red, 0],
      [blue, 2],
      [red, 0],
    ] as const) {
      expect((await browser.call('PUT', '/api/me/active-photo', { photoId })).status).toBe(200)
      const colour = await colourOf(await picture())
      expect(Math.max(...colour)).toBe(colour[channel])
    }

    const shown = await picture()
    const etag = shown.headers.get('etag') as string
    const again = await fetch(`${server.origin}/${me.hash}?s=200`, { headers: { 'if-none-match': etag } })
    expect([shown.headers.get('content-type'), again.status]).toEqual(['image/jpeg', 304])
    expect((await browser.call('DELETE', `/api/photos/${red}`)).status).toBe(204)
    expect((await fetch(`${server.origin}/${me.hash}?d=404`)).status).toBe(404)
    expect((await browser.call('POST', '/api/sign-out')).status).toBe(204)
    expect((await browser.call('GET', '/api/me')).status).toBe(401)
  })

  it('has upload URLs that take these bytes only, once only', async () => {
    const browser = openBrowser(server.origin)
    await signIn(browser, server.origin, 'grace@example.com')
    const file = await plainJpeg('#808080')
    const prepared = await prepare(browser, file)
    const { id, upload } = prepared
    const forged = new URL(upload.url)
    forged.pathname = forged.pathname.replace(id, crypto.randomUUID())
    const { 'if-none-match': _condition, ...unconditional } = upload.headers
    expect((await put(prepared, file, { 'content-type': 'text/html' })).status).toBe(403)
    expect((await put(prepared, file.subarray(1))).status).toBe(403)
    expect((await put({ id, upload: { ...upload, url: forged.href } }, file)).status).toBe(403)
    expect((await put({ id, upload: { ...upload, headers: unconditional } }, file)).status).toBe(403)
    expect((await put(prepared, file)).status).toBe(200)
    expect((await put(prepared, Buffer.alloc(file.length, 7))).status).toBe(412)
    expect((await browser.call('POST', `/api/photos/${id}/complete`)).status).toBe(200)
    await put(prepared, Buffer.alloc(file.length, 7)) // taken or not, nobody reads it any more
    expect((await browser.call('POST', `/api/photos/${id}/complete`)).status).toBe(200)
    const { hash } = (await (await browser.call('PUT', '/api/me/active-photo', { photoId: id })).json()) as {
      hash: string
    }
    const [red = 0] = await colourOf(await fetch(`${server.origin}/${hash}`))
    expect(Math.abs(red - 0x80)).toBeLessThan(8)
  })

  it("has upload URLs that cannot be bent into a copy of somebody else's photo", async () => {
    const victim = openBrowser(server.origin)
    const { id: victimId } = await signIn(victim, server.origin, 'victim@example.com')
    const photoId = await uploadPlain(victim, '#123456')
    const thief = openBrowser(server.origin)
    const { hash } = await signIn(thief, server.origin, 'thief@example.com')
    // Who may see it knows its ids, and may copy it no more than who may not.
    expect((await victim.call('PUT', `/api/photos/${photoId}/shares/${hash}`)).status).toBe(204)
    expect((await thief.call('GET', `/raw/${victimId}/${photoId}?w=320`)).status).toBe(200)
    const { bytes } = (await (await victim.call('GET', `/api/photos/${photoId}`)).json()) as { bytes: number }
    const prepared = await prepare(thief, Buffer.alloc(bytes))
    // An upload under way lies in the bucket that the URL opens: both ids do not name it.
    const file = await plainJpeg('#654321')
    const pending = await prepare(victim, file)
    expect((await put(pending, file)).status).toBe(200)
    const upload = `cameo-uploads/${victimId}/${pending.id}`
    const [, secret] = new URL(pending.upload.url).pathname.split(`${pending.id}/`)
    expect(secret).toMatch(/^[\w-]{43}$/)
    for (const source of [
      `/cameo-photos/${victimId}/${photoId}`,
      `cameo-photos/${victimId}/${photoId}/master`,
      upload,
      `/${upload}`,
      `/${upload}/`,
      `/${upload}/${'A'.repeat(43)}`,
      `/${upload}/*`,
    ]) {
      const copied = await put(prepared, Buffer.alloc(bytes), { 'x-amz-copy-source': source })
      expect([source, copied.status]).toEqual([source, 404])
    }
    expect((await thief.call('POST', `/api/photos/${prepared.id}/complete`)).status).toBe(409)
    // What keeps the thief out is the name alone: the endpoint copies for whoever knows it.
    const source = `/${upload}/${secret}`
    expect((await put(prepared, Buffer.alloc(bytes), { 'x-amz-copy-source': source })).status).toBe(200)
  })

  it('binds the code to the browser that asked for it', async () => {
    const email = 'linus@example.com'
    const owner = openBrowser(server.origin)
    await owner.call('POST', '/api/sign-in/code', { email })
    const code = await readCode(server.origin, email)
    expect((await openBrowser(server.origin).call('POST', '/api/sign-in', { code })).status).toBe(401)
    expect((await owner.call('POST', '/api/sign-in', { code })).status).toBe(200)
  })

  it('goes by the script of docs/api.md, from a file and a token to the picture that shows', async () => {
    const browser = openBrowser(server.origin)
    const { hash } = await signIn(browser, server.origin, 'script@example.com')
    const made = (await (await browser.call('POST', '/api/tokens', { name: 'X' })).json()) as {
      token: string
    }
    const directory = await mkdtemp(join(tmpdir(), 'cameo-upload-'))
    try {
      const [, script = ''] = /^```sh\n(#!.*?)^```$/ms.exec(await readFile('docs/api.md', 'utf8')) ?? []
      const file = join(directory, 'picture.jpg')
      await writeFile(join(directory, 'upload.sh'), script.replaceAll('https://cameo.example', server.origin))
      await writeFile(file, await plainJpeg('#30c030'))
      const env = { ...process.env, CAMEO_TOKEN: made.token }
      const { stdout } = await run('bash', [join(directory, 'upload.sh'), file], { env })
      expect(stdout).toContain('"status":"ready"')
    } finally {
      await rm(directory, { recursive: true })
    }
    const [red = 0, green = 0, blue = 0] = await colourOf(await fetch(`${server.origin}/${hash}`))
    expect([green > red, green > blue]).toEqual([true, true])
  })

  it('prints two URLs and nothing else', () => {
    const mailbox = `${server.origin}/cdn-cgi/local/explorer/email/sending`
    expect(server.output()).toBe(`Cameo     ${server.origin}\nMailbox   ${mailbox}\n`)
  })
})

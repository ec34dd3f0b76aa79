import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCode, type Server, startServer } from './server.ts'

let server: Server
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

/** A browser, as far as HTTP goes: it keeps cookies and says that it is on our own page. */
function browser() {
  const jar = new Map<string, string>()
  return async (method: string, path: string, json?: unknown) => {
    const response = await fetch(new URL(path, server.origin), {
      method,
      redirect: 'manual',
      headers: {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        'sec-fetch-site': 'same-origin',
        ...(json !== undefined && { 'content-type': 'application/json' }),
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      jar.set(name, value)
    }
    return response
  }
}

const plain = (colour: string) =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()

async function middle(response: Response): Promise<number[]> {
  const image = sharp(Buffer.from(await response.arrayBuffer()))
  const { data } = await image.resize(1, 1).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return [...data]
}

const put = (upload: { url: string; headers: Record<string, string> }, body: Buffer, headers = {}) =>
  fetch(upload.url, { method: 'PUT', headers: { ...upload.headers, ...headers }, body: new Uint8Array(body) })

describe('the main job over HTTP', () => {
  it('goes from an e-mail address to an embedded picture, and changes it at once', async () => {
    const call = browser()
    const email = 'ada@example.com'
    expect((await call('POST', '/api/sign-in/code', { email })).status).toBe(202)
    const signedIn = await call('POST', '/api/sign-in', { code: await readCode(server.origin, email) })
    const me = (await signedIn.json()) as { hash: string; id: string }
    const shown = async () => middle(await fetch(`${server.origin}/${me.hash}?s=200`))

    const upload = async (colour: string) => {
      const file = await plain(colour)
      const prepared = await call('POST', '/api/photos', { contentType: 'image/jpeg', bytes: file.length })
      const { id, upload } = (await prepared.json()) as {
        id: string
        upload: { url: string; headers: Record<string, string> }
      }
      expect(new URL(upload.url).origin).toBe(server.origin)
      expect((await put(upload, file)).status).toBe(200)
      expect((await call('POST', `/api/photos/${id}/complete`)).status).toBe(200)
      return id
    }

    const red = await upload('#c03030')
    const blue = await upload('#3030c0')
    const first = await fetch(`${server.origin}/${me.hash}?s=200`)
    expect(first.headers.get('server-timing')).toBe('default')
    for (const [id, channel] of [
      [red, 0],
      [blue, 2],
      [red, 0],
    ] as const) {
      expect((await call('PUT', '/api/me/active-photo', { photoId: id })).status).toBe(200)
      const colour = await shown()
      expect(Math.max(...colour)).toBe(colour[channel])
    }

    const picture = await fetch(`${server.origin}/${me.hash}?s=200`)
    const etag = picture.headers.get('etag') as string
    const again = await fetch(`${server.origin}/${me.hash}?s=200`, { headers: { 'if-none-match': etag } })
    expect([picture.headers.get('content-type'), again.status]).toEqual(['image/jpeg', 304])
    expect((await call('DELETE', `/api/photos/${red}`)).status).toBe(204)
    expect((await fetch(`${server.origin}/${me.hash}?d=404`)).status).toBe(404)
    expect((await call('POST', '/api/sign-out')).status).toBe(204)
    expect((await call('GET', '/api/me')).status).toBe(401)
  })

  it('has upload addresses that take these bytes only, once only', async () => {
    const call = browser()
    const email = 'grace@example.com'
    await call('POST', '/api/sign-in/code', { email })
    await call('POST', '/api/sign-in', { code: await readCode(server.origin, email) })
    const file = await plain('#808080')
    const prepared = await call('POST', '/api/photos', { contentType: 'image/jpeg', bytes: file.length })
    const { id, upload } = (await prepared.json()) as {
      id: string
      upload: { url: string; headers: Record<string, string> }
    }
    const forged = new URL(upload.url)
    forged.pathname = forged.pathname.replace(id, crypto.randomUUID())
    const { 'if-none-match': _condition, ...unconditional } = upload.headers
    expect((await put(upload, file, { 'content-type': 'text/html' })).status).toBe(403)
    expect((await put(upload, file.subarray(1))).status).toBe(403)
    expect((await put({ ...upload, url: forged.href }, file)).status).toBe(403)
    expect((await put({ ...upload, headers: unconditional }, file)).status).toBe(403)
    expect((await put(upload, file)).status).toBe(200)
    expect((await call('POST', `/api/photos/${id}/complete`)).status).toBe(200)
    const other = await plain('#ff0000')
    const padded = Buffer.concat([other, Buffer.alloc(Math.max(0, file.length - other.length))]).subarray(
      0,
      file.length,
    )
    expect((await put(upload, padded)).status).toBe(412)
    expect((await call('POST', `/api/photos/${id}/complete`)).status).toBe(200)
  })

  it('binds the code to the browser that asked for it', async () => {
    const email = 'linus@example.com'
    const owner = browser()
    await owner('POST', '/api/sign-in/code', { email })
    const code = await readCode(server.origin, email)
    expect((await browser()('POST', '/api/sign-in', { code })).status).toBe(401)
    expect((await owner('POST', '/api/sign-in', { code })).status).toBe(200)
  })

  it('prints two addresses and nothing else', () => {
    expect(server.output()).toBe(
      `Cameo     ${server.origin}\nMailbox   ${server.origin}/cdn-cgi/local/explorer/email\n`,
    )
  })
})

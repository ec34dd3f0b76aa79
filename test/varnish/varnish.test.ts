import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, colourOf, openBrowser, signIn, uploadPlain } from '../node/person.ts'
import { freePort, type Server, startServer } from '../node/server.ts'

// A cache of somebody else's making (Varnish) in front of the gateway: does it keep what it may, and nothing else?
// It is told to ignore cookies, or it would pass whatever has one and prove nothing. What it may keep it keeps for
// a second, so that going stale can be seen.
const vcl = (port: string) => `
vcl 4.1;
backend cameo { .host = "localhost"; .port = "${port}"; }
sub vcl_recv {
  if (req.method != "GET" && req.method != "HEAD") { return (pass); }
  return (hash);
}
sub vcl_backend_response {
  set beresp.http.x-ttl = beresp.ttl;
  set beresp.http.x-revalidated = beresp.was_304;
  if (beresp.http.cache-control ~ "public" && bereq.url ~ "short") { set beresp.ttl = 1s; }
  set beresp.grace = 0s;
  set beresp.keep = 1m;
}
sub vcl_deliver { set resp.http.x-hits = obj.hits; }
`

let server: Server
let cache: ChildProcess
let directory: string
let front: string
let browser: Browser
let me: { id: string; hash: string; email: string }
let photos: string[]

beforeAll(async () => {
  server = await startServer()
  directory = await mkdtemp(join(tmpdir(), 'cameo-varnish-'))
  await chmod(directory, 0o755) // varnishd leaves root behind
  await writeFile(join(directory, 'cameo.vcl'), vcl(new URL(server.origin).port))
  const port = await freePort()
  front = `http://127.0.0.1:${port}`
  const options = ['-F', '-n', directory, '-a', `127.0.0.1:${port}`, '-f', join(directory, 'cameo.vcl')]
  cache = spawn('varnishd', [...options, '-s', 'malloc,64m'], { stdio: 'ignore' })
  browser = openBrowser(server.origin)
  me = await signIn(browser, server.origin, 'varnish@example.com')
  photos = [await uploadPlain(browser, '#c03030'), await uploadPlain(browser, '#3030c0')]
  await browser.call('PUT', '/api/me/active-photo', { photoId: photos[0] })
  while (
    !(await fetch(`${front}/avatar/`).then(
      (response) => response.ok,
      () => false,
    ))
  )
    await sleep(100)
})

afterAll(async () => {
  cache?.kill()
  await server?.stop()
  await rm(directory, { recursive: true, force: true })
})

const CHROME = { accept: 'image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8' }
const isHit = (response: Response) => Number(response.headers.get('x-hits')) > 0
const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${front}${path}`, { headers, redirect: 'manual' })
  return { response, body: Buffer.from(await response.arrayBuffer()) }
}

describe('an RFC 9111 cache in front', () => {
  it('keeps a picture for five minutes and answers from its store', async () => {
    const first = await get(`/${me.hash}?s=100`)
    const second = await get(`/${me.hash}?s=100`)
    expect([isHit(first.response), isHit(second.response)]).toEqual([false, true])
    expect(second.response.headers.get('x-ttl')).toBe('300.000')
    expect(second.body).toEqual(first.body)
    const { status } = (
      await get(`/${me.hash}?s=100`, { 'if-none-match': `${first.response.headers.get('etag')}` })
    ).response
    expect(status).toBe(304)
  })

  it('keeps one answer a format where the format was negotiated', async () => {
    const types = async (headers: Record<string, string>) => {
      const { response } = await get(`/${me.hash}?s=120`, headers)
      return [response.headers.get('content-type'), isHit(response)]
    }
    expect(await types(CHROME)).toEqual(['image/avif', false])
    expect(await types({ accept: '*/*' })).toEqual(['image/jpeg', false])
    expect(await types(CHROME)).toEqual(['image/avif', true])
    expect(await types({ accept: '*/*' })).toEqual(['image/jpeg', true])
  })

  it('keeps one answer for all where it was not', async () => {
    for (const path of [`/${me.hash}.png?s=120`, `/${'0'.repeat(64)}?d=retro`]) {
      expect(isHit((await get(path, CHROME)).response)).toBe(false)
      expect(isHit((await get(path, { accept: '*/*' })).response)).toBe(true)
    }
  })

  it('keeps "no picture" for a minute and a wrong key not at all', async () => {
    const { response } = await get(`/${'1'.repeat(64)}?d=404`)
    expect([response.status, response.headers.get('x-ttl')]).toEqual([404, '60.000'])
    for (const path of ['/nonsense', `/${'1'.repeat(63)}`]) {
      await get(path)
      expect(isHit((await get(path)).response)).toBe(false)
    }
  })

  it('shows the new picture once the old answer is stale, and asks by ETag for it', async () => {
    const shown = async () => {
      const { response, body } = await get(`/${me.hash}.png?s=64&short=1`)
      const [red = 0, , blue = 0] = await colourOf(new Response(body))
      return { colour: red > blue ? 'red' : 'blue', hit: isHit(response) }
    }
    expect(await shown()).toEqual({ colour: 'red', hit: false })
    const revalidated = async () =>
      (await get(`/${me.hash}.png?s=64&short=1`)).response.headers.get('x-revalidated')
    await expect.poll(revalidated, { timeout: 10_000, interval: 200 }).toBe('true')
    await browser.call('PUT', '/api/me/active-photo', { photoId: photos[1] })
    expect((await shown()).colour).toMatch(/red|blue/) // within its life a shared cache may show the old one
    await expect.poll(async () => (await shown()).colour, { timeout: 10_000, interval: 200 }).toBe('blue')
  })

  it('stores nothing private, even when it ignores cookies', async () => {
    const cookie = { cookie: browser.cookie() }
    const paths = [
      '/api/me',
      '/api/photos',
      '/api/tokens',
      '/photos',
      '/settings',
      `/raw/${me.id}/${photos[0]}`,
      `/raw/${me.id}/${photos[0]}?w=160`,
    ]
    for (const path of paths) {
      const mine = await get(path, cookie)
      expect([path, mine.response.status]).toEqual([path, 200])
      const stranger = await get(path)
      expect([path, isHit(stranger.response), [302, 401, 404].includes(stranger.response.status)]).toEqual([
        path,
        false,
        true,
      ])
      expect(stranger.body.includes(me.email) || stranger.body.equals(mine.body)).toBe(false)
    }
  })
})

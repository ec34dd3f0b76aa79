import { execFileSync } from 'node:child_process'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser, prepare, put, signIn } from '../node/person.ts'
import { type Server, startServer } from '../node/server.ts'

let server: Server
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

/** Where exiftool says a picture was taken, and what else of EXIF, XMP, IPTC and ICC it finds. */
async function read(response: Response): Promise<Record<string, unknown>> {
  expect(response.status).toBe(200)
  const input = Buffer.from(await response.arrayBuffer())
  const groups = ['-GPS:all', '-EXIF:all', '-XMP:all', '-IPTC:all', '-ICC_Profile:all', '-Comment']
  const [{ SourceFile: _, ...found }] = JSON.parse(
    execFileSync('exiftool', ['-j', '-G', ...groups, '-'], { input, encoding: 'utf8' }),
  )
  return found
}

it('where a photo was taken is in its owner’s download, and in no form that anybody else gets', async () => {
  const file = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#a04040' } })
    .withExif({
      IFD0: { Make: 'Camera' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '48/1 12/1 30/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '16/1 22/1 0/1',
      },
    })
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><a/></x:xmpmeta>')
    .withIccProfile('p3')
    .jpeg()
    .toBuffer()
  const [owner, friend] = [openBrowser(server.origin), openBrowser(server.origin)]
  const me = await signIn(owner, server.origin, 'gps-owner@example.com')
  const { hash } = await signIn(friend, server.origin, 'gps-friend@example.com')
  const prepared = await prepare(owner, file)
  expect((await put(prepared, file)).status).toBe(200)
  const { id } = prepared
  expect((await owner.call('POST', `/api/photos/${id}/complete`)).status).toBe(200)
  expect((await owner.call('PUT', `/api/photos/${id}/shares/${hash}`)).status).toBe(204)
  expect((await owner.call('PUT', '/api/me/active-photo', { photoId: id })).status).toBe(200)
  const link = await owner.call('POST', `/api/photos/${id}/links`, { expiresIn: 300, download: true })
  const { url } = (await link.json()) as { url: string }

  expect(await read(await owner.call('GET', `/raw/${me.id}/${id}`))).toMatchObject({
    'EXIF:GPSLatitudeRef': 'North',
    'EXIF:Make': 'Camera',
  })
  const others = [
    ...['', '?w=320', '?w=2048'].map((width) => friend.call('GET', `/raw/${me.id}/${id}${width}`)),
    ...['?w=320', '', '?original'].map((form) => fetch(`${url}/${id}${form}`)),
    ...['.jpg', '.png', '.webp', '.avif', ''].map((ending) => fetch(`${server.origin}/${me.hash}${ending}`)),
    owner.call('GET', `/raw/${me.id}/${id}?w=320`),
  ]
  for (const answer of await Promise.all(others))
    expect([answer.url, await read(answer)]).toEqual([answer.url, {}])
})

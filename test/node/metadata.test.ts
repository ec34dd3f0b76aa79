import { spawnSync } from 'node:child_process'
import exifr from 'exifr'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Browser, colourOf, openBrowser, prepare, put, signIn } from './person.ts'
import { type Server, startServer } from './server.ts'

let server: Server
let browser: Browser
let me: { id: string; hash: string }

beforeAll(async () => {
  server = await startServer()
  browser = openBrowser(server.origin)
  me = await signIn(browser, server.origin, 'meta@example.com')
})
afterAll(() => server.stop())

/** Uploads a JPEG, makes it active and gives its id. */
async function show(file: Buffer): Promise<string> {
  const prepared = await prepare(browser, file)
  await put(prepared, file)
  await browser.call('POST', `/api/photos/${prepared.id}/complete`)
  expect((await browser.call('PUT', '/api/me/active-photo', { photoId: prepared.id })).status).toBe(200)
  return prepared.id
}

const red = () => sharp({ create: { width: 400, height: 300, channels: 3, background: '#d02020' } })

const EVERYTHING = {
  tiff: true,
  exif: true,
  gps: true,
  xmp: true,
  icc: true,
  iptc: true,
  jfif: false,
  ihdr: false,
}

/** All metadata that a reader of the format finds; undefined for none. */
const metadataOf = (bytes: Buffer) => exifr.parse(bytes, EVERYTHING)

const hasExiftool = spawnSync('exiftool', ['-ver']).error === undefined

/** The kinds of metadata in an answer's picture; as exiftool finds them too, where that is installed. */
async function find(response: Response): Promise<string[]> {
  expect(response.status).toBe(200)
  const input = Buffer.from(await response.arrayBuffer())
  const found = await sharp(input).metadata()
  const kinds = (['exif', 'xmp', 'iptc', 'icc'] as const).filter((kind) => found[kind])
  if (!hasExiftool) return kinds
  const groups = ['-GPS:all', '-EXIF:all', '-XMP:all', '-IPTC:all', '-ICC_Profile:all', '-Comment']
  const { stdout } = spawnSync('exiftool', ['-j', '-G', ...groups, '-'], { input, encoding: 'utf8' })
  const [{ SourceFile: _, ...tags }] = JSON.parse(stdout) as [Record<string, unknown>]
  if (kinds.includes('exif')) expect(tags).toMatchObject({ 'EXIF:GPSLatitudeRef': 'North' })
  return [...kinds, ...Object.keys(tags)]
}

describe('metadata', () => {
  it('leaves to the owner alone: nobody else gets GPS, EXIF, XMP or ICC in any format', async () => {
    const file = await red()
      .withExif({
        IFD0: { Copyright: 'Somebody', Make: 'Camera' },
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
    expect(await exifr.gps(file)).toMatchObject({ latitude: expect.closeTo(48.2083, 3) })
    const id = await show(file)
    for (const extension of ['.jpg', '.png', '.webp', '.avif']) {
      const response = await fetch(`${server.origin}/${me.hash}${extension}?s=200`)
      const bytes = Buffer.from(await response.arrayBuffer())
      const { exif, icc, xmp, iptc, format } = await sharp(bytes).metadata()
      expect([extension, exif, icc, xmp, iptc]).toEqual([
        extension,
        undefined,
        undefined,
        undefined,
        undefined,
      ])
      // exifr reads JPEG and PNG; of the others sharp has just said the same.
      if (format === 'jpeg' || format === 'png') expect(await metadataOf(bytes)).toBeUndefined()
      expect(bytes.includes('Somebody') || bytes.includes('xmpmeta')).toBe(false)
    }
    const whole = await browser.call('GET', `/raw/${me.id}/${id}?w=320`)
    expect((await sharp(Buffer.from(await whole.arrayBuffer())).metadata()).exif).toBeUndefined()
    const original = await browser.call('GET', `/raw/${me.id}/${id}`)
    expect(Buffer.from(await original.arrayBuffer()).equals(file)).toBe(true)
  })

  it('does not leave wide-gamut colours to be misread: Display P3 looks the same without its profile', async () => {
    const file = await red().withIccProfile('p3').jpeg({ quality: 95 }).toBuffer()
    const raw = await sharp(file, { ignoreIcc: true }).resize(1, 1).raw().toBuffer()
    expect(Math.abs((raw[0] as number) - 0xd0)).toBeGreaterThan(8) // the stored numbers are other ones
    await show(file)
    const shown = await colourOf(await fetch(`${server.origin}/${me.hash}.png?s=64`))
    for (const [channel, value] of [0xd0, 0x20, 0x20].entries()) {
      expect(Math.abs((shown[channel] as number) - value)).toBeLessThan(12)
    }
  })

  it('tells where a photo was taken in its owner’s download, and in no form that anybody else gets', async () => {
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
    const own = await signIn(owner, server.origin, 'gps-owner@example.com')
    const { hash } = await signIn(friend, server.origin, 'gps-friend@example.com')
    const prepared = await prepare(owner, file)
    expect((await put(prepared, file)).status).toBe(200)
    const { id } = prepared
    expect((await owner.call('POST', `/api/photos/${id}/complete`)).status).toBe(200)
    expect((await owner.call('PUT', `/api/photos/${id}/shares/${hash}`)).status).toBe(204)
    expect((await owner.call('PUT', '/api/me/active-photo', { photoId: id })).status).toBe(200)
    const link = await owner.call('POST', `/api/photos/${id}/links`, { expiresIn: 300, download: true })
    const { url } = (await link.json()) as { url: string }

    expect(await find(await owner.call('GET', `/raw/${own.id}/${id}`))).not.toEqual([])
    const others = [
      ...['', '?w=320', '?w=2048'].map((width) => friend.call('GET', `/raw/${own.id}/${id}${width}`)),
      ...['?w=320', '', '?original'].map((form) => fetch(`${url}/${id}${form}`)),
      ...['.jpg', '.png', '.webp', '.avif', ''].map((ending) =>
        fetch(`${server.origin}/${own.hash}${ending}`),
      ),
      owner.call('GET', `/raw/${own.id}/${id}?w=320`),
    ]
    for (const answer of await Promise.all(others))
      expect([answer.url, await find(answer)]).toEqual([answer.url, []])
  })
})

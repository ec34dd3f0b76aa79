import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sniffImage } from '../src/lib/sniff/sniff'
import { stripJpeg } from '../src/lib/sniff/strip'
import { ask, decode, fixture, newFace } from './support'
import { insert, join, marker, u16 } from './surgery'

afterEach(() => vi.restoreAllMocks())

const segment = (code: number, text: string) => join([0xff, code], u16(text.length + 2), text)
const NOTES: [string, Uint8Array][] = [
  ['a copyright tag', segment(0xe1, 'Exif\0\0MM\0*Somebody')],
  ['XMP', segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x/>')],
  ['a colour profile', segment(0xe2, 'ICC_PROFILE\0\x01\x01abc')],
  ['Photoshop’s', segment(0xed, 'Photoshop 3.0\0')],
  ['a comment', segment(0xfe, 'Somebody')],
  ['a JFIF segment with a preview', segment(0xe0, 'JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01abc')],
  ['what only looks like Adobe’s', segment(0xee, 'Adopt')],
]

describe('stripping a JPEG', () => {
  it.each(NOTES)('takes out %s, and gives back what it was put into', (_name, note) => {
    for (const name of ['scene.jpg', 'progressive.jpg', 'grey.jpg']) {
      const plain = fixture(name)
      const places = [2, marker(plain, 0xdb), marker(plain, 0xda)]
      for (const at of places) {
        const noted = insert(plain, at, note, note)
        expect(sniffImage(noted)?.metadata).toBe(true)
        expect(stripJpeg(noted)).toEqual(plain)
      }
    }
  })

  it('takes out what stands between two scans, and after the end', () => {
    const plain = fixture('progressive.jpg')
    const second = plain.findLastIndex((byte, at) => byte === 0xff && plain[at + 1] === 0xda)
    const note = segment(0xfe, 'Somebody')
    expect(stripJpeg(insert(plain, second, note))).toEqual(plain)
    expect(stripJpeg(join(plain, 'MotionPhoto', plain))).toEqual(plain)
  })

  it('keeps what decoding needs, and the same memory', async () => {
    const adobe = segment(0xee, 'Adobe\0d\0\0\0\0\x01')
    const noted = insert(fixture('scene.jpg'), 2, adobe, segment(0xfe, 'x'))
    const kept = insert(fixture('scene.jpg'), 2, adobe)
    const stripped = stripJpeg(noted)
    expect(stripped).toEqual(kept)
    expect(stripped.buffer).toBe(noted.buffer)
    expect((await decode(stripped.slice())).rows).toEqual((await decode(kept)).rows)
  })

  it('ends with every file that is cut off or no JPEG', () => {
    const noted = insert(fixture('scene.jpg'), 2, segment(0xfe, 'Somebody'))
    for (let length = 0; length < noted.length; length += 7)
      expect(stripJpeg(noted.slice(0, length)).length).toBeLessThanOrEqual(length)
    expect(stripJpeg(fixture('scene.png').slice(0, 3))).toEqual(fixture('scene.png').slice(0, 3))
  })

  it('is done to what Images answers: a copyright tag that it kept is in nothing that is stored or served', async () => {
    const { input } = env.IMAGES
    vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input').mockImplementation((stream) => {
      let image = input.call(env.IMAGES, stream as ReadableStream)
      const noting = {
        transform(step: ImageTransform) {
          image = image.transform(step)
          return noting
        },
        async output(to: ImageOutputOptions) {
          const bytes = new Uint8Array(await (await image.output(to)).response().arrayBuffer())
          const noted =
            to.format === 'image/jpeg' ? insert(bytes, 2, segment(0xe1, 'Exif\0\0Somebody')) : bytes
          return { response: () => new Response(noted) }
        },
      }
      return noting
    })
    const { person, photo } = await newFace('large.jpg')
    const shown = await (await ask('GET', `/${person.hash}.jpg?s=300`)).bytes()
    expect(sniffImage(shown)).toMatchObject({ format: 'jpeg', width: 300, metadata: false })
    for (const name of ['master', 'small']) {
      const stored = await (await env.PHOTOS.get(`${person.id}/${photo.id}/${name}`))?.bytes()
      expect(sniffImage(stored as Uint8Array)?.metadata).toBe(false)
    }
  })
})

import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { sniffImage } from '../src/lib/sniff/sniff'
import { isFromSmall, smallSize } from '../src/renditions/sizing'
import {
  activate,
  ask,
  complete,
  fixture,
  newFace,
  newPerson,
  newPhoto,
  type Person,
  pixelAt,
  prepare,
  store,
} from './support'

afterEach(() => vi.restoreAllMocks())

const spyOnImages = () => vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input')

/** What is kept beside the original, but for renditions: thumbnails are made behind the answer. */
const namesOf = async (person: Person, photo: { id: string }) => {
  const prefix = `${person.id}/${photo.id}/`
  const { objects } = await env.PHOTOS.list({ prefix })
  return objects.map(({ key }) => key.slice(prefix.length)).filter((name) => !name.startsWith('r'))
}

const readObject = async (person: Person, photo: { id: string }, name: string) => {
  const object = await env.PHOTOS.get(`${person.id}/${photo.id}/${name}`)
  return new Uint8Array((await object?.arrayBuffer()) as ArrayBuffer)
}

/** Asks for a picture and gives the last parts of the keys that were read of R2 for it. */
async function readFor(path: string, as?: Person['session']) {
  const get = vi.spyOn(Object.getPrototypeOf(env.PHOTOS), 'get')
  const answer = await ask('GET', path, { as })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const read = get.mock.calls.map(([key]) => String(key).split('/').slice(2).join('/'))
  get.mockRestore()
  return { status: answer.status, read, bytes }
}

describe('the masters of a photo', () => {
  it('are a clean one and a small one, upright both, and nothing of the metadata is in either', async () => {
    const person = await newPerson()
    expect(sniffImage(fixture('phone.jpg'))).toMatchObject({ metadata: true, orientation: 6 })
    const photo = await newPhoto(person, 'phone.jpg')
    expect(await namesOf(person, photo)).toEqual(['master', 'small'])
    const sizes = { master: [900, 1200, 'jpeg'], small: [640, 853, 'jpeg'] }
    for (const [name, [width, height, format]] of Object.entries(sizes)) {
      const bytes = await readObject(person, photo, name)
      expect(sniffImage(bytes)).toMatchObject({ format, width, height, orientation: 1, metadata: false })
      expect(new TextDecoder('latin1').decode(bytes)).not.toMatch(/Exif|GPS|Somebody|xpacket|ICC_PROFILE/)
      const [red, green] = await pixelAt(bytes, 0.9, 0.1) // the stored picture's upper left corner
      expect([red < 40, green > 215]).toEqual([true, true])
    }
  })

  it.each([
    ['pane.png', 'is transparent'],
    ['red.jpg', 'is as small already'],
  ])('are one of %s, which %s', async (name) => {
    const person = await newPerson()
    const photo = await newPhoto(person, name)
    expect(await namesOf(person, photo)).toEqual(['master'])
    const format = name === 'pane.png' ? 'webp' : 'jpeg'
    expect(sniffImage(await readObject(person, photo, 'master'))).toMatchObject({ format })
    await activate(person, photo.id)
    const { status, read } = await readFor(`/${person.hash}.webp?s=64`)
    expect([status, read]).toEqual([200, ['r2/s64.webp', 'master']])
  })

  it('are one where the call of Images for the small one fails, which is in the log', async () => {
    const person = await newPerson()
    const bytes = fixture('large.jpg')
    const id = await prepare(person, 'image/jpeg', bytes.length)
    await store(person, id, bytes)
    const log = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { input } = env.IMAGES
    const images = spyOnImages()
    images.mockImplementationOnce((stream) => input.call(env.IMAGES, stream as ReadableStream))
    images.mockImplementationOnce(() => {
      throw Object.assign(new Error('busy'), { code: 9522 })
    })
    expect((await complete(person, id)).status).toBe(200)
    expect(await namesOf(person, { id })).toEqual(['master'])
    expect(JSON.parse(log.mock.calls[0]?.[0])).toMatchObject({ what: 'small-master', step: 'images' })
    await activate(person, id)
    expect((await readFor(`/${person.hash}?s=80`)).status).toBe(200)
  })

  it('go with the photo', async () => {
    const { person, photo } = await newFace('large.jpg')
    await ask('DELETE', `/api/photos/${photo.id}`, { as: person.session })
    await vi.waitUntil(async () => (await namesOf(person, photo)).length === 0, { timeout: 10_000 })
  })
})

describe('what a rendition is cut from', () => {
  it.each([
    ['16', 'small'],
    ['80', 'small'],
    ['256', 'small'],
    ['300', 'master'],
    ['640', 'master'],
  ])('for a square of %s pixels: the %s one, and never another rendition', async (size, source) => {
    const { person } = await newFace('large.jpg')
    await ask('GET', `/${person.hash}.jpg?s=512`) // a larger one is there already
    const images = spyOnImages()
    const { read, bytes } = await readFor(`/${person.hash}.jpg?s=${size}`)
    expect(read).toEqual([`r2/s${size}.jpeg`, source])
    expect(images).toHaveBeenCalledTimes(1)
    expect(sniffImage(bytes)).toMatchObject({ width: Number(size), height: Number(size), metadata: false })
  })

  it.each([
    ['160', 'small'],
    ['320', 'small'],
    ['640', 'master'],
  ])('for a width of %s pixels: the %s one', async (width, source) => {
    const { person, photo } = await newFace('large.jpg')
    const { read, bytes } = await readFor(`/raw/${person.id}/${photo.id}?w=${width}`, person.session)
    expect(read).toEqual([`r2/w${width}.jpeg`, source])
    expect(sniffImage(bytes)?.width).toBe(Number(width))
  })

  it('for a photo from before there were small masters: the one that it has', async () => {
    const { person, photo } = await newFace('large.jpg')
    await env.PHOTOS.delete(`${person.id}/${photo.id}/small`)
    const { status, read, bytes } = await readFor(`/${person.hash}.webp?s=80`)
    expect([status, read]).toEqual([200, ['r2/s80.webp', 'small', 'master']])
    expect(sniffImage(bytes)).toMatchObject({ format: 'webp', width: 80, height: 80 })
  })

  it('follows from the photo and the rendition alone', () => {
    const photo = { width: 4000, height: 3000, transparent: false }
    expect(smallSize(photo)).toEqual({ width: 853, height: 640 })
    expect(smallSize({ ...photo, height: 1 })).toBeNull()
    expect(smallSize({ ...photo, transparent: true })).toBeNull()
    expect(smallSize({ width: 640, height: 9000, transparent: false })).toBeNull()
    expect(smallSize({ width: 8000, height: 1000, transparent: false })).toEqual({ width: 5120, height: 640 })
    const cut = (shape: 's' | 'w', pixels: number) => isFromSmall({ shape, pixels }, photo)
    expect([cut('s', 256), cut('s', 300), cut('w', 320), cut('w', 640)]).toEqual([true, false, true, false])
  })
})

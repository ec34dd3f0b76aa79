import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readAtMost } from '../src/lib/read'
import { ask, fixture, newPerson, type Person, refusal } from './support'

afterEach(() => vi.restoreAllMocks())

/** Says what the other service has for a person. */
async function has(
  person: Person,
  type: string,
  body: BodyInit,
  behaviour = '',
  origin = env.GRAVATAR_ORIGIN,
) {
  const url = `${origin}/avatar/${person.hash}?${behaviour}`
  await fetch(url, { method: 'PUT', body, headers: { 'content-type': type } })
}

const take = (person: Person, from: unknown = 'gravatar') =>
  ask('POST', '/api/photos/import', { as: person.session, json: { from } })

const photosOf = async (person: Person) =>
  (await env.DB.prepare('SELECT status FROM photos WHERE user_id = ?').bind(person.id).all()).results

/** The first bytes of what iPhones save. */
const HEIC = '\0\0\0\x18ftypheic\0\0\0\0mif1heic'

describe('POST /api/photos/import', () => {
  it.each(['gravatar', 'libravatar'])(
    "takes the person's own picture from %s in as a photo",
    async (from) => {
      const person = await newPerson()
      const origin = from === 'gravatar' ? env.GRAVATAR_ORIGIN : env.LIBRAVATAR_ORIGIN
      await has(person, 'image/jpeg', fixture('red.jpg'), '', origin)
      const answer = await take(person, from)
      expect(answer.status).toBe(201)
      const photo = await answer.json<{ id: string }>()
      expect(photo).toMatchObject({
        status: 'ready',
        contentType: 'image/jpeg',
        width: 400,
        height: 300,
        active: false,
      })
      const original = await ask('GET', `/raw/${person.id}/${photo.id}`, { as: person.session })
      expect(new Uint8Array(await original.arrayBuffer())).toEqual(fixture('red.jpg'))
      const chosen = await ask('PUT', '/api/me/active-photo', {
        as: person.session,
        json: { photoId: photo.id },
      })
      expect(chosen.status).toBe(200)
    },
  )

  it('takes in no second time what is there already, and calls it by where it came from', async () => {
    const person = await newPerson()
    await has(person, 'image/png', fixture('small.png'))
    const first = await take(person)
    const again = await take(person)
    expect([first.status, again.status]).toEqual([201, 200])
    const photo = await first.json<{ id: string; fileName: string }>()
    expect(photo.fileName).toBe('gravatar.png')
    expect(await again.json()).toEqual(photo)
    expect(await photosOf(person)).toHaveLength(1)
  })

  it.each(['gravatar', 'libravatar'])('answers 404 where %s has no picture of the person', async (from) => {
    const person = await newPerson()
    expect(await refusal(take(person, from))).toEqual([404, 'not_found'])
    expect(await photosOf(person)).toEqual([])
  })

  it.each([
    ['a picture that is a text', 'image/png', 'not a picture', '', [422, 'not_an_image']],
    ['a HEIC, whatever it is called', 'image/jpeg', HEIC, '', [415, 'unsupported_type']],
    ['an SVG', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', '', [415, 'unsupported_type']],
    ['a page', 'text/html', '<h1>Hello</h1>', '', [415, 'unsupported_type']],
    ['no type', '', 'x', '', [415, 'unsupported_type']],
    ['a picture without end', 'image/png', 'x', 'endless', [413, 'too_large']],
    ['a redirect', 'image/png', 'x', 'redirect', [503, 'unavailable']],
    ['an error', 'image/png', 'x', 'fail', [503, 'unavailable']],
  ])('refuses %s and leaves nothing', async (_name, type, body, behaviour, expected) => {
    const person = await newPerson()
    await has(person, type, body, behaviour)
    expect(await refusal(take(person))).toEqual(expected)
    expect(await photosOf(person)).toEqual([])
  })

  it.each([
    ['image/jpg', 'red.jpg', 'image/jpeg'],
    ['application/octet-stream', 'red.jpg', 'image/jpeg'],
    ['', 'red.jpg', 'image/jpeg'],
    ['text/html', 'red.jpg', 'image/jpeg'],
    ['image/jpeg', 'green.png', 'image/png'],
    ['image/svg+xml', 'green.png', 'image/png'],
    ['image/png', 'yellow.webp', 'image/webp'],
    ['image/jpeg', 'violet.gif', 'image/gif'],
    ['image/webp', 'scene.avif', 'image/avif'],
  ])('labelled %j takes %s for what it is: %s', async (label, name, contentType) => {
    const person = await newPerson()
    await has(person, label, fixture(name))
    const answer = await take(person)
    expect([answer.status, await answer.json()]).toMatchObject([201, { status: 'ready', contentType }])
  })

  it('gives up on a service that does not answer in ten seconds', async () => {
    const person = await newPerson()
    await has(person, 'image/png', 'x', 'hang')
    const patience = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort())
    expect(await refusal(take(person))).toEqual([503, 'unavailable'])
    expect(patience).toHaveBeenCalledWith(10_000)
  })

  it.each([
    [
      'the bucket fails',
      () => vi.spyOn(Object.getPrototypeOf(env.UPLOADS), 'put').mockRejectedValue(new Error('R2 is down')),
    ],
    [
      'Images is busy',
      () =>
        vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input').mockImplementation(() => {
          throw Object.assign(new Error('busy'), { code: 9522 })
        }),
    ],
  ])('leaves no pending row when %s', async (_name, breakIt) => {
    const person = await newPerson()
    await has(person, 'image/jpeg', fixture('red.jpg'))
    breakIt()
    expect(await refusal(take(person))).toEqual([503, 'unavailable'])
    vi.restoreAllMocks()
    expect(await photosOf(person)).toEqual([])
    expect((await take(person)).status).toBe(201)
  })

  it('counts against the same quotas as an upload', async () => {
    const person = await newPerson()
    await has(person, 'image/jpeg', fixture('red.jpg'))
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)
       INSERT INTO upload_grants (photo_id, user_id, created_at) SELECT hex(randomblob(9)), ?, ? FROM n`,
    )
      .bind(person.id, Date.now())
      .run()
    expect(await refusal(take(person))).toEqual([429, 'rate_limited'])
  })

  it.each(['facebook', '', null, 7, 'http://localhost'])('refuses to fetch from %j', async (from) => {
    expect(await refusal(take(await newPerson(), from))).toEqual([400, 'invalid_input'])
  })
})

describe('readAtMost', () => {
  /** Gives every chunk in the same memory, as soon as the one before was taken. */
  const streamOf = (count: number) => {
    const chunk = new Uint8Array(4)
    let given = 0
    return new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (given === count) return controller.close()
          chunk.fill(++given)
          controller.enqueue(chunk)
        },
      },
      { highWaterMark: 0 },
    )
  }

  it('keeps no chunk beside what it gives, and no more memory than the limit', async () => {
    const bytes = await readAtMost(streamOf(3), 16)
    expect(bytes).toEqual(Uint8Array.of(1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3))
    expect(bytes?.buffer.byteLength).toBe(16)
  })

  it('takes exactly the limit, and nothing beyond it', async () => {
    expect((await readAtMost(streamOf(4), 16))?.length).toBe(16)
    expect(await readAtMost(streamOf(5), 16)).toBeNull()
    expect(await readAtMost(null, 16)).toEqual(new Uint8Array(0))
  })
})

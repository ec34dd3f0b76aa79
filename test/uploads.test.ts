import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { openCapabilities } from '../src/capabilities'
import type { Problem } from '../src/http/problems'
import { sniffImage } from '../src/lib/sniff/sniff'
import { admit, CEILING } from '../src/renditions/admission'
import { completeUpload } from '../src/uploads/complete'
import {
  ask,
  complete,
  fixture,
  keyOfUpload,
  newPerson,
  newPhoto,
  type Person,
  prepare,
  refusal,
  skipWaiting,
  store,
  typeOf,
} from './support'

const prepareWith = (person: Person, json: unknown) =>
  ask('POST', '/api/photos', { as: person.session, json })

/** Uploads bytes under an announced type and gives the answer of `complete`. */
async function upload(person: Person, bytes: Uint8Array, contentType: string) {
  const id = await prepare(person, contentType, bytes.length)
  await store(person, id, bytes)
  return { id, answer: complete(person, id) }
}

/** The same object but for one method. */
const withMethod = <T extends object>(target: T, name: keyof T, method: unknown): T =>
  new Proxy(target, {
    get(from, asked) {
      if (asked === name) return method
      const value = Reflect.get(from, asked)
      return typeof value === 'function' ? value.bind(from) : value
    },
  })

/** Two JPEGs, the shorter one with a comment that makes it as long as the other. */
function ofOneLength(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>) {
  const length = Math.max(a.length, b.length) + 4
  return [fillUp(a, length), fillUp(b, length)] as const
}

function fillUp(jpeg: Uint8Array<ArrayBuffer>, length: number): Uint8Array<ArrayBuffer> {
  const filled = new Uint8Array(length)
  const comment = length - jpeg.length - 2
  filled.set([0xff, 0xd8, 0xff, 0xfe, comment >> 8, comment & 255])
  filled.set(jpeg.subarray(2), length - jpeg.length + 2)
  return filled
}

const objectsOf = async (person: Person, bucket = env.PHOTOS) =>
  (await bucket.list({ prefix: `${person.id}/` })).objects.map((o) => o.key)

describe('POST /api/photos', () => {
  it('gives a URL that is signed for type, length and one PUT', async () => {
    const person = await newPerson()
    const answer = await prepareWith(person, { contentType: 'image/jpeg', bytes: 1234 })
    const { id, upload } = await answer.json<{
      id: string
      upload: { url: string; headers: object; method: string; expiresAt: number }
    }>()
    const url = new URL(upload.url)
    expect(answer.status).toBe(201)
    expect(url.pathname).toBe(`/cdn-cgi/local/r2/s3/cameo-uploads/${await keyOfUpload(person, id)}`)
    expect(url.pathname).toMatch(/\/[\w-]{43}$/) // 256 random bits, which only the row knows beside the URL
    expect(url.searchParams.get('X-Amz-Expires')).toBe('600')
    expect(url.searchParams.get('X-Amz-SignedHeaders')).toBe('content-length;content-type;host;if-none-match')
    expect(upload).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'image/jpeg', 'if-none-match': '*' },
    })
    expect(Math.abs(upload.expiresAt - Date.now() - 600_000)).toBeLessThan(30_000)
  })

  it.each([
    ['an SVG', { contentType: 'image/svg+xml', bytes: 10 }, [415, 'unsupported_type']],
    ['a text', { contentType: 'text/plain', bytes: 10 }, [415, 'unsupported_type']],
    ['an empty type', { contentType: '', bytes: 10 }, [415, 'unsupported_type']],
    ['one byte too many', { contentType: 'image/png', bytes: 10_485_761 }, [413, 'too_large']],
    ['no byte', { contentType: 'image/png', bytes: 0 }, [400, 'invalid_input']],
    ['a negative length', { contentType: 'image/png', bytes: -5 }, [400, 'invalid_input']],
    ['half a byte', { contentType: 'image/png', bytes: 1.5 }, [400, 'invalid_input']],
    ['a length in words', { contentType: 'image/png', bytes: '10' }, [400, 'invalid_input']],
    ['a length beyond numbers', { contentType: 'image/png', bytes: 1e300 }, [400, 'invalid_input']],
    ['no length', { contentType: 'image/png' }, [400, 'invalid_input']],
    ['a type that is none', { contentType: 7, bytes: 10 }, [400, 'invalid_input']],
  ])('refuses %s', async (_name, json, expected) => {
    expect(await refusal(prepareWith(await newPerson(), json))).toEqual(expected)
  })

  it('accepts a file of exactly the limit', async () => {
    expect(
      (await prepareWith(await newPerson(), { contentType: 'image/png', bytes: 10_485_760 })).status,
    ).toBe(201)
  })

  it('lets exactly one of ten at once take the last place under the quota of photos', async () => {
    const person = await newPerson()
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
       INSERT INTO photos (id, user_id, content_type, bytes, created_at)
       SELECT lower(hex(randomblob(16))), ?, 'image/png', 1, 0 FROM n`,
    )
      .bind(person.id)
      .run()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => prepareWith(person, { contentType: 'image/png', bytes: 10 })),
    )
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1)
    const refused = answers.find((answer) => answer.status !== 201) as Response
    expect(await refusal(Promise.resolve(refused))).toEqual([409, 'quota_exceeded'])
  })

  it('counts the bytes of all photos against the account', async () => {
    const person = await newPerson()
    await env.DB.prepare(
      `INSERT INTO photos (id, user_id, content_type, bytes, created_at) VALUES (?, ?, 'image/png', ?, 0)`,
    )
      .bind(crypto.randomUUID(), person.id, 1024 ** 3 - 100)
      .run()
    expect(await refusal(prepareWith(person, { contentType: 'image/png', bytes: 101 }))).toEqual([
      409,
      'quota_exceeded',
    ])
    expect((await prepareWith(person, { contentType: 'image/png', bytes: 100 })).status).toBe(201)
  })

  it('counts uploads an hour, also those whose photo was deleted', async () => {
    const person = await newPerson()
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
       INSERT INTO upload_grants (photo_id, user_id, created_at) SELECT hex(randomblob(9)), ?, ? FROM n`,
    )
      .bind(person.id, Date.now())
      .run()
    expect((await prepareWith(person, { contentType: 'image/png', bytes: 1 })).status).toBe(201)
    await env.DB.prepare('DELETE FROM photos WHERE user_id = ?').bind(person.id).run()
    expect(await refusal(prepareWith(person, { contentType: 'image/png', bytes: 1 }))).toEqual([
      429,
      'rate_limited',
    ])
  })
})

describe('POST /api/photos/{id}/complete', () => {
  it.each([
    ['red.jpg', 400, 300],
    ['green.png', 320, 320],
    ['yellow.webp', 200, 200],
    ['violet.gif', 120, 120],
    ['animated.gif', 64, 64],
    ['wide.jpg', 3000, 1000],
    ['oriented-1.jpg', 80, 48],
    ['oriented-6.jpg', 48, 80],
    ['oriented-8.jpg', 48, 80],
  ])('makes %s ready, %i × %i as people see it', async (name, width, height) => {
    const person = await newPerson()
    const photo = await newPhoto(person, name)
    expect(photo).toMatchObject({
      status: 'ready',
      contentType: typeOf(name),
      width,
      height,
      active: false,
      rating: 'g',
      altText: '',
    })
    expect(Object.keys(photo)).toHaveLength(16)
    const folder = `${person.id}/${photo.id}`
    const small = name === 'wide.jpg' ? [`${folder}/small`] : []
    const kept = (await objectsOf(person)).filter((key) => !/\/r\d+\//.test(key)) // the others are thumbnails
    expect(kept).toEqual([folder, `${folder}/master`, ...small])
  })

  const text = new TextEncoder().encode('This is a text, whatever its name says. '.repeat(20))
  const svg = new TextEncoder().encode(
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>1</script></svg>',
  )
  const bomb = () => {
    const bytes = fixture('green.png').slice()
    new DataView(bytes.buffer).setUint32(16, 30_000)
    new DataView(bytes.buffer).setUint32(20, 30_000)
    return bytes
  }
  const corrupt = () => fixture('noise.jpg').slice().fill(0xff, 700, 30_000)

  it.each([
    ['a text named .png', () => text, 'image/png', 'not_an_image'],
    ['an SVG in disguise', () => svg, 'image/png', 'not_an_image'],
    ['a PNG declared as JPEG', () => fixture('green.png'), 'image/jpeg', 'type_mismatch'],
    ['a JPEG declared as GIF', () => fixture('red.jpg'), 'image/gif', 'type_mismatch'],
    ['a truncated JPEG', () => fixture('noise.jpg').slice(0, 20_000), 'image/jpeg', 'damaged'],
    ['a truncated PNG', () => fixture('glass.png').slice(0, -20), 'image/png', 'damaged'],
    ['a truncated WebP', () => fixture('yellow.webp').slice(0, -10), 'image/webp', 'damaged'],
    ['a truncated GIF', () => fixture('violet.gif').slice(0, -40), 'image/gif', 'damaged'],
    ['a JPEG with its middle gone', corrupt, 'image/jpeg', 'damaged'],
    ['a header alone', () => fixture('red.jpg').slice(0, 12), 'image/jpeg', 'not_an_image'],
    ['30 000 × 30 000 pixels in a small file', bomb, 'image/png', 'too_many_pixels'],
  ])('refuses %s and forgets it', async (_name, make, contentType, code) => {
    const person = await newPerson()
    const { id, answer } = await upload(person, make(), contentType)
    expect(await refusal(answer)).toEqual([422, code])
    expect(await refusal(complete(person, id))).toEqual([404, 'not_found'])
  })

  it('keeps the stand-in that the browser made, where it is a ThumbHash', async () => {
    const [person, other] = [await newPerson(), await newPerson()]
    const bytes = fixture('small.png')
    const id = await prepare(person, 'image/png', bytes.length)
    await store(person, id, bytes)
    const completeWith = (body: BodyInit, type = 'application/json') =>
      ask('POST', `/api/photos/${id}/complete`, {
        as: person.session,
        body,
        headers: { 'content-type': type },
      })
    const hash = '1QcSHQRnh493V4dIh4eXh1h4kJUI' // of https://evanw.github.io/thumbhash/
    for (const standIn of [
      ...[
        '',
        'x',
        '#ff0000',
        `${hash}=`,
        `${hash}AAAA`,
        hash.slice(4),
        hash.replace('1Qc', '1QD'),
        'A'.repeat(28),
      ],
      ...['<script>alert(1)</script>xxx', 'javascript:alert(1)/////////', null, 7],
    ])
      expect([standIn, await refusal(completeWith(JSON.stringify({ standIn })))]).toEqual([
        standIn,
        [400, 'invalid_input'],
      ])
    expect(await refusal(completeWith('{"other":1}'))).toEqual([400, 'invalid_input'])
    expect(await refusal(completeWith('{', 'application/json'))).toEqual([400, 'invalid_json'])
    expect(await refusal(completeWith('{}', 'text/plain'))).toEqual([415, 'unsupported_type'])
    const photo = await completeWith(JSON.stringify({ standIn: hash }))
    expect([photo.status, await photo.json()]).toEqual([200, expect.objectContaining({ standIn: hash })])
    expect(await (await completeWith('{}')).json()).toMatchObject({ standIn: hash })
    await ask('PUT', `/api/photos/${id}/shares/${other.hash}`, { as: person.session })
    expect(await (await ask('GET', `/api/photos/${id}`, { as: other.session })).json()).toMatchObject({
      standIn: hash,
      pictures: {
        thumbnail: `http://localhost/raw/${person.id}/${id}?w=640`,
        preview: `http://localhost/raw/${person.id}/${id}?w=2048`,
      },
    })
  })

  it('leaves nothing of a refused upload in the bucket', async () => {
    const person = await newPerson()
    const { answer } = await upload(person, text, 'image/png')
    expect((await answer).status).toBe(422)
    await vi.waitUntil(async () => (await objectsOf(person, env.UPLOADS)).length === 0, { timeout: 10_000 })
    expect(await objectsOf(person)).toEqual([])
  })

  it('refuses bytes of another length than was announced', async () => {
    const person = await newPerson()
    const id = await prepare(person, 'image/jpeg', 77)
    await store(person, id, fixture('red.jpg'))
    expect(await refusal(complete(person, id))).toEqual([422, 'size_mismatch'])
  })

  it('answers 409 before the PUT, and works after it', async () => {
    const person = await newPerson()
    const id = await prepare(person, 'image/jpeg', fixture('red.jpg').length)
    expect(await refusal(complete(person, id))).toEqual([409, 'not_uploaded'])
    await store(person, id, fixture('red.jpg'))
    expect((await complete(person, id)).status).toBe(200)
  })

  it('is the same twice, and twice at once', async () => {
    const person = await newPerson()
    const id = await prepare(person, 'image/jpeg', fixture('red.jpg').length)
    await store(person, id, fixture('red.jpg'))
    const answers = await Promise.all([complete(person, id), complete(person, id)])
    const again = await complete(person, id)
    const photos = await Promise.all([...answers, again].map((answer) => answer.json()))
    expect([...answers, again].map((answer) => answer.status)).toEqual([200, 200, 200])
    expect(photos[1]).toEqual(photos[0])
    expect(photos[2]).toEqual(photos[0])
  })

  it.each([
    ['busy', 9522],
    ['over its quota', 9422],
    ['broken', 9523],
    ['gone', undefined],
  ])('keeps the upload and answers 503 when Images is %s, and completes later', async (_name, code) => {
    const person = await newPerson()
    const spy = vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input').mockImplementation(() => {
      throw Object.assign(new Error('IMAGES_TRANSFORM_ERROR at internal.js:1:1'), { code })
    })
    const { id, answer } = await upload(person, fixture('red.jpg'), 'image/jpeg')
    const refused = await answer
    spy.mockRestore()
    expect(refused.status).toBe(503)
    expect(refused.headers.get('retry-after')).toBeTruthy()
    expect(await refused.text()).not.toContain('internal.js')
    expect((await complete(person, id)).status).toBe(200)
  })

  it('does not blame the picture for one failure of Images that passes', async () => {
    const person = await newPerson()
    const spy = vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input').mockImplementationOnce(() => {
      throw Object.assign(new Error('busy'), { code: 9523 })
    })
    const { answer } = await upload(person, fixture('red.jpg'), 'image/jpeg')
    const { status } = await answer
    spy.mockRestore()
    expect(status).toBe(200)
  })

  it('never puts what was uploaded since in the place of a ready photo', async () => {
    const person = await newPerson()
    const [first, second] = ofOneLength(fixture('red.jpg'), fixture('wide.jpg'))
    const id = await prepare(person, 'image/jpeg', first.length)
    await store(person, id, first)
    const caps = openCapabilities(env, Date.now())
    const values = { userId: person.id, photoId: id }
    // It has read a pending row when another call completes the photo, and its URL is used once more.
    const head = async (key: string) => {
      await completeUpload(caps, values)
      await env.UPLOADS.put(key, second)
      return env.UPLOADS.head(key)
    }
    const late = { ...caps, uploads: withMethod(caps.uploads, 'head', head) }
    const images = vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input')
    const photo = await completeUpload(late, values)
    expect(images).toHaveBeenCalledTimes(1) // for the first
    images.mockRestore()
    expect(photo).toMatchObject({ status: 'ready', width: 400, height: 300 })
    const original = await ask('GET', `/raw/${person.id}/${id}`, { as: person.session })
    expect(new Uint8Array(await original.arrayBuffer())).toEqual(first)
    const master = await env.PHOTOS.get(`${person.id}/${id}/master`)
    const kept = sniffImage(new Uint8Array((await master?.arrayBuffer()) ?? []))
    expect(kept).toMatchObject({ width: 400, height: 300 })
  })

  it('is tried ten times at most, however many ask at once: each try is billed', async () => {
    const person = await newPerson()
    const id = await prepare(person, 'image/jpeg', fixture('red.jpg').length)
    await store(person, id, fixture('red.jpg'))
    const images = vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input').mockImplementation(() => {
      throw Object.assign(new Error('busy'), { code: 9522 })
    })
    const answers = await Promise.all(Array.from({ length: 25 }, () => complete(person, id)))
    expect(images).toHaveBeenCalledTimes(10)
    images.mockRestore()
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(15)
  })

  it('is refused where the queue that erases the upload later refuses, and completes after', async () => {
    const person = await newPerson()
    const spy = vi.spyOn(Object.getPrototypeOf(env.ERASURES), 'send').mockRejectedValueOnce(new Error('down'))
    const { id, answer } = await upload(person, fixture('red.jpg'), 'image/jpeg')
    expect(await refusal(answer)).toEqual([503, 'unavailable'])
    spy.mockRestore()
    const photo = await ask('GET', `/api/photos/${id}`, { as: person.session })
    expect(await photo.json()).toMatchObject({ status: 'pending' })
    expect((await complete(person, id)).status).toBe(200)
  })

  it('measures a GIF by its frame where that is larger than its screen', async () => {
    const person = await newPerson()
    const gif = fixture('violet.gif').slice()
    gif.set([1, 0, 1, 0], 6) // a screen of 1 × 1
    const { answer } = await upload(person, gif, 'image/gif')
    expect(await (await answer).json()).toMatchObject({ width: 120, height: 120 })
    const frame = gif.indexOf(0x2c, 13 + 3 * 2 ** (((gif[10] as number) & 7) + 1))
    gif.set([0x40, 0x1f, 0x40, 0x1f], frame + 5) // a frame of 8000 × 8000
    expect(await refusal((await upload(person, gif, 'image/gif')).answer)).toEqual([422, 'too_many_pixels'])
  })

  it.each(['get', 'put'] as const)('keeps the upload when R2 fails to %s', async (operation) => {
    const person = await newPerson()
    const id = await prepare(person, 'image/jpeg', fixture('red.jpg').length)
    await store(person, id, fixture('red.jpg'))
    const spy = vi
      .spyOn(Object.getPrototypeOf(env.PHOTOS), operation)
      .mockRejectedValueOnce(new Error('R2 is down'))
    expect(await refusal(complete(person, id))).toEqual([503, 'unavailable'])
    spy.mockRestore()
    expect((await complete(person, id)).status).toBe(200)
  })

  it.each([
    ['a text', () => text, 'image/png'],
    ['a picture that is cut off', () => fixture('glass.png').slice(0, -20), 'image/png'],
    ['30 000 × 30 000 pixels', bomb, 'image/png'],
    ['a picture too small for what it claims', hollow, 'image/png'],
    [
      'a large file that begins like a picture',
      () => padded(fixture('red.jpg').slice(0, 200), 600_000),
      'image/jpeg',
    ],
  ])('refuses %s before anything is billed', async (_name, make, contentType) => {
    const person = await newPerson()
    const images = vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input')
    const { answer } = await upload(person, make(), contentType)
    const { status } = await answer
    const calls = images.mock.calls.length
    images.mockRestore()
    expect([status, calls]).toEqual([422, 0])
  })

  it('reads the ends of a large upload alone, lets Images and R2 read the rest, and keeps the same bytes', async () => {
    const person = await newPerson()
    const large = fixture('large.jpg')
    const id = await prepare(person, 'image/jpeg', large.length)
    await store(person, id, large)
    const get = vi.spyOn(Object.getPrototypeOf(env.UPLOADS), 'get')
    const photo = await (await complete(person, id)).json<{ width: number }>()
    const ofUpload = get.mock.calls.filter(([key]) => String(key).startsWith(`${person.id}/${id}/`))
    const ranges = ofUpload
      .filter(([key]) => !/\/(?:master|small|r\d+\/.*)$/.test(String(key))) // those are of the thumbnails
      .map(([, options]) => (options as R2GetOptions | undefined)?.range)
    get.mockRestore()
    expect(photo.width).toBe(1000)
    expect(ranges).toEqual([{ offset: 0, length: 262_144 }, { suffix: 65_536 }, undefined, undefined])
    const original = await env.PHOTOS.get(`${person.id}/${id}`)
    expect(new Uint8Array((await original?.arrayBuffer()) as ArrayBuffer)).toEqual(large)
    const row = await env.DB.prepare('SELECT etag FROM photos WHERE id = ?')
      .bind(id)
      .first<{ etag: string }>()
    expect(row?.etag).toBe(original?.etag)
  })

  it('never takes bytes that were put there after they were looked at', async () => {
    const person = await newPerson()
    const id = await prepare(person, 'image/jpeg', fixture('red.jpg').length)
    await store(person, id, fixture('red.jpg'))
    const images = vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input')
    const { input } = env.IMAGES
    images.mockImplementationOnce((stream) => {
      images.mockRestore()
      const swapped = {
        output: async () => {
          await store(person, id, fixture('red.jpg').slice().fill(7, 5_00))
          return input
            .call(env.IMAGES, stream as ReadableStream)
            .transform({ width: 400, fit: 'scale-down' })
            .output({ format: 'image/webp' })
        },
      }
      return { transform: () => swapped }
    })
    expect(await refusal(complete(person, id))).toEqual([503, 'unavailable'])
    expect(await objectsOf(person)).toEqual([])
  })

  it('erases the upload as soon as the photo is ready', async () => {
    const person = await newPerson()
    const photo = await newPhoto(person, 'red.jpg')
    expect(await env.UPLOADS.head(await keyOfUpload(person, photo.id))).toBeNull()
  })

  it('waits for room in memory, then answers 503 with Retry-After, before anything is counted or billed', async () => {
    const person = await newPerson()
    const id = await prepare(person, 'image/jpeg', fixture('red.jpg').length)
    await store(person, id, fixture('red.jpg'))
    const images = vi.spyOn(Object.getPrototypeOf(env.IMAGES), 'input')
    const full = Promise.withResolvers<void>()
    const holding = admit(CEILING, () => full.promise)
    const waits = skipWaiting()
    const refused = await complete(person, id)
    waits.mockRestore()
    const calls = images.mock.calls.length
    images.mockRestore()
    expect([refused.status, refused.headers.get('retry-after'), calls]).toEqual([503, '1', 0])
    const row = await env.DB.prepare('SELECT tries FROM photos WHERE id = ?').bind(id).first()
    expect(row).toEqual({ tries: 0 })
    const waiting = complete(person, id)
    full.resolve()
    await holding
    expect((await waiting).status).toBe(200)
  })
})

/** A sound PNG by its chunks, but of 5000 × 5000 pixels in a hundred bytes. */
function hollow() {
  const bytes = fixture('green.png').slice()
  new DataView(bytes.buffer).setUint32(16, 5000)
  new DataView(bytes.buffer).setUint32(20, 5000)
  return bytes
}

function padded(bytes: Uint8Array, length: number) {
  const whole = new Uint8Array(length)
  whole.set(bytes)
  return whole
}

describe('admission', () => {
  it('does what is larger than the ceiling alone, and releases what fails', async () => {
    await expect(admit(10 * CEILING, async () => Promise.reject(new Error('x')))).rejects.toThrow('x')
    expect(await admit(10 * CEILING, async () => 'done')).toBe('done')
  })

  it('takes room back from work that the platform ended without a word', async () => {
    const end = Promise.withResolvers<void>()
    const gone = admit(CEILING, () => end.promise) // nothing of it runs any more, as where a request was ended
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 60_000)
    const done = await admit(CEILING, async () => 'done').finally(() => clock.mockRestore())
    expect(done).toBe('done')
    end.resolve()
    await gone
  })

  it('refuses before the work begins where no room comes, with one line in the log for all', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const holding = admit(CEILING, () => promise)
    const work = vi.fn(async () => {})
    const waits = skipWaiting()
    const refused = await Promise.allSettled(Array.from({ length: 5 }, () => admit(1, work)))
    waits.mockRestore()
    const problems = refused.map((each) => (each.status === 'rejected' ? (each.reason as Problem) : null))
    expect(problems.map((each) => [each?.code, each?.retryAfter])).toEqual(Array(5).fill(['unavailable', 1]))
    expect(problems.filter((each) => !each?.logged).length).toBeLessThanOrEqual(1)
    expect(work).not.toHaveBeenCalled()
    resolve()
    await holding
    await admit(CEILING, work)
    expect(work).toHaveBeenCalledOnce()
  })
})

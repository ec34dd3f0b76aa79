import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import { mendStream } from '../src/lib/sniff/mend'
import { type Patch, type Sniffed, sniffImage, typeOf, uprightSize } from '../src/lib/sniff/sniff'
import type { PhotoJson } from '../src/photos/answers'
import { ask, complete, decode, fixture, newPerson, type Person, prepare, store } from './support'
import {
  chunk,
  datedExif,
  exif,
  find,
  half,
  insert,
  join,
  readable,
  segment,
  set,
  u16,
  u32,
  unreadable,
  withChunk,
  withExif,
  zeros,
} from './surgery'

type Bytes = Uint8Array<ArrayBuffer>

let person: Person
beforeAll(async () => {
  person = await newPerson()
})

const typeIn = (bytes: Bytes) => {
  const format = typeOf(bytes)
  return `image/${format === 'heic' || !format ? 'jpeg' : format}`
}

async function upload(bytes: Bytes): Promise<Response> {
  const id = await prepare(person, typeIn(bytes), bytes.length)
  await store(person, id, bytes)
  return complete(person, id)
}

describe('what decoders read whole', () => {
  it.each(readable())('is taken: %s', async (_name, bytes, [width, height]) => {
    const answer = await upload(bytes)
    const photo = await answer.json<PhotoJson>()
    expect([answer.status, photo.width, photo.height]).toEqual([200, width, height])
    const master = await env.PHOTOS.get(`${person.id}/${photo.id}/master`)
    const shown = await decode(new Uint8Array((await master?.arrayBuffer()) as ArrayBuffer))
    expect([shown.width, shown.height]).toEqual([width, height])
    const original = await ask('GET', `/raw/${person.id}/${photo.id}`, { as: person.session })
    expect(new Uint8Array(await original.arrayBuffer())).toEqual(bytes)
  })

  it('is the same picture as without its oddities', async () => {
    const [whole, cut] = await Promise.all(
      [fixture('scene.jpg'), fixture('scene.jpg').slice(0, -2)].map(async (bytes) => {
        const photo = await (await upload(bytes)).json<PhotoJson>()
        return (await env.PHOTOS.get(`${person.id}/${photo.id}/master`))?.bytes()
      }),
    )
    expect(cut).toEqual(whole)
  })

  it.each(unreadable())('and nothing else is: %s', async (_name, bytes, code) => {
    const answer = await upload(bytes)
    expect([answer.status, (await answer.json<{ code: string }>()).code]).toEqual([422, code])
  })

  it('says what to do with a HEIC', async () => {
    const heic = unreadable().find(([name]) => name.includes('HEIC'))?.[1] as Bytes
    expect((await (await upload(heic)).json<{ detail: string }>()).detail).toContain('Most Compatible')
    for (const contentType of ['image/heic', 'image/heif', 'image/heic-sequence']) {
      const answer = await ask('POST', '/api/photos', { as: person.session, json: { contentType, bytes: 9 } })
      const { code, detail } = await answer.json<{ code: string; detail: string }>()
      expect([answer.status, code]).toEqual([415, 'unsupported_type'])
      expect(detail).toContain('Export it as JPEG')
    }
  })
})

describe('the orientation', () => {
  const orientations = [1, 2, 3, 4, 5, 6, 7, 8]

  it.each(orientations)('%i of a photo that is nearly square is the one of its tag', async (orientation) => {
    for (const [name, long] of [
      ['almost-square.jpg', 4100],
      ['scene.jpg', 120],
    ] as const) {
      const photo = await (await upload(withExif(fixture(name), exif(orientation)))).json<PhotoJson>()
      const short = name === 'scene.jpg' ? 80 : 4099
      expect([photo.width, photo.height]).toEqual(orientation < 5 ? [long, short] : [short, long])
    }
  })

  it.each(orientations)('%i is read from every format that decoders heed it in', (orientation) => {
    for (const order of ['II', 'MM'] as const) {
      const tiff = exif(orientation, order)
      for (const bytes of [
        withExif(fixture('scene.jpg'), tiff),
        insert(fixture('scene.png'), 33, chunk('eXIf', tiff)),
        withChunk(set(fixture('turned.webp'), find(fixture('turned.webp'), 'EXIF'), 'none'), 'EXIF', tiff),
      ]) {
        expect(sniffImage(bytes)).toMatchObject({ orientation, width: 120, height: 80, complete: true })
      }
    }
  })

  it('of an AVIF is what its rotation says, not its EXIF', () => {
    const avif = fixture('turned.avif')
    const angle = find(avif, 'irot') + 4
    expect([0, 1, 2, 3].map((turns) => sniffImage(set(avif, angle, [turns]))?.orientation)).toEqual([
      1, 8, 3, 6,
    ])
    const mirrored = (axis: number) => set(avif, find(avif, 'irot'), 'imir', [axis])
    expect([0, 1].map((axis) => sniffImage(mirrored(axis))?.orientation)).toEqual([4, 2])
  })

  it('gives way to what the decoder made, where that has another shape', () => {
    const file = { width: 300, height: 200, orientation: 6 }
    expect(uprightSize(file)).toEqual({ width: 200, height: 300 })
    expect(uprightSize(file, { width: 100, height: 150 })).toEqual({ width: 200, height: 300 })
    expect(uprightSize(file, { width: 150, height: 100 })).toEqual({ width: 300, height: 200 })
    const square = { width: 4100, height: 4099, orientation: 6 }
    expect(uprightSize(square, { width: 2048, height: 2048 })).toEqual({ width: 4099, height: 4100 })
  })
})

describe('the date', () => {
  const read = (tiff: Bytes) => sniffImage(withExif(fixture('scene.jpg'), tiff))?.takenAt

  it('is read by the clock of the camera from every format that has EXIF, else taken as UTC', async () => {
    for (const order of ['II', 'MM'] as const)
      for (const [offset, time] of [
        ['+02:00', '2024-06-15T16:30:05Z'],
        ['-09:30', '2024-06-16T04:00:05Z'],
        [null, '2024-06-15T18:30:05Z'],
        ['x', '2024-06-15T18:30:05Z'],
      ] as const) {
        const tiff = datedExif('2024:06:15 18:30:05', offset, order)
        const png = fixture('scene.png')
        for (const bytes of [
          withExif(fixture('scene.jpg'), tiff),
          insert(png, 33, chunk('eXIf', tiff)),
          insert(png, png.length - 12, chunk('eXIf', tiff)),
          withChunk(set(fixture('turned.webp'), find(fixture('turned.webp'), 'EXIF'), 'none'), 'EXIF', tiff),
        ])
          expect(sniffImage(bytes)).toMatchObject({ takenAt: Date.parse(time), orientation: 1, width: 120 })
      }
  })

  it('is none where it means nothing, and never keeps a picture out', () => {
    for (const date of [
      ...['0000:00:00 00:00:00', '    :  :     :  :  ', '2024:02:30 10:00:00', '2024:13:01 10:00:00'],
      ...['2024:06:15 24:00:00', '2024-06-15 10:00:00', '2024:06:15', '', '2'.repeat(40)],
    ])
      expect([date, read(datedExif(date, '+01:00'))]).toEqual([date, null])
    expect(read(datedExif('1950:01:02 00:00:00', null))).toBe(Date.UTC(1950, 0, 2))
    const tiff = datedExif('2024:06:15 18:30:05', '+02:00')
    for (let at = 0; at < tiff.length; at++)
      for (const value of [0, 1, 0x7f, 0xff])
        expect(sniffImage(withExif(fixture('scene.jpg'), set(tiff, at, [value])))).toMatchObject({
          width: 120,
          complete: true,
        })
  })

  it('is kept with the photo, told to its owner alone, and not believed where it is to come', async () => {
    const dated = (date: string) => upload(withExif(fixture('scene.jpg'), datedExif(date, null)))
    const photo = await (await dated('2024:06:15 18:30:05')).json<PhotoJson>()
    expect(photo.takenAt).toBe(Date.UTC(2024, 5, 15, 18, 30, 5))
    expect(await (await dated(`${new Date().getUTCFullYear() + 2}:01:01 00:00:00`)).json()).toMatchObject({
      takenAt: null,
    })
    const other = await newPerson()
    await ask('PUT', `/api/photos/${photo.id}/shares/${other.hash}`, { as: person.session })
    const seen = await (await ask('GET', `/api/photos/${photo.id}`, { as: other.session })).json()
    expect(seen).toMatchObject({ id: photo.id, standIn: null })
    expect(seen).not.toHaveProperty('takenAt')
  })
})

describe('what Images made', () => {
  const sniff = (bytes: Bytes) => sniffImage(bytes) as Sniffed
  const clean = ['scene.jpg', 'scene.png', 'scene.webp', 'lossless.webp', 'scene.avif', 'glass.avif']

  it.each(clean)('is clean and whole: %s', (name) => {
    expect(sniff(fixture(name))).toMatchObject({ complete: true, ended: true, metadata: false, patches: [] })
  })

  it.each(clean)('is not whole where it is cut off anywhere: %s', (name) => {
    const bytes = fixture(name)
    for (let length = 0; length < bytes.length; length += 1 + (length >> 6)) {
      expect(sniffImage(bytes.slice(0, length))?.ended ?? false).toBe(false)
    }
    expect(sniff(bytes.slice(0, -1)).ended).toBe(false)
  })

  it.each([
    ['EXIF in a JPEG', () => withExif(fixture('scene.jpg'), exif(1))],
    ['a comment in a JPEG', () => insert(fixture('scene.jpg'), 2, segment(0xfe, 'hello'))],
    [
      'XMP behind a scan',
      () => insert(fixture('scene.jpg'), fixture('scene.jpg').length - 2, segment(0xe1, 'http:')),
    ],
    ['a thumbnail in JFIF', () => insert(fixture('scene.jpg'), 2, segment(0xe0, 'JFIF\0', zeros(60)))],
    ['bytes after a JPEG', () => join(fixture('scene.jpg'), 'film')],
    ['text in a PNG', () => insert(fixture('scene.png'), 33, chunk('tEXt', 'Author\0me'))],
    ['a manifest in a PNG', () => insert(fixture('scene.png'), 33, chunk('caBX', 'jumb'))],
    ['bytes after a PNG', () => join(fixture('scene.png'), 'film')],
    ['EXIF after a plain VP8 chunk', () => withChunk(fixture('scene.webp'), 'EXIF', exif(1))],
    ['XMP after a plain VP8 chunk', () => withChunk(fixture('scene.webp'), 'XMP ', join('<x/>'))],
    ['ICC after a VP8L chunk', () => withChunk(fixture('lossless.webp'), 'ICCP', join('acsp'))],
    ['bytes after a WebP', () => join(fixture('scene.webp'), 'film')],
    ['EXIF and ICC in an AVIF', () => fixture('turned.avif')],
    [
      'XMP in an AVIF',
      () => {
        const avif = fixture('glass.avif')
        return set(avif, find(avif, 'infe', find(avif, 'infe') + 4) + 12, 'mime')
      },
    ],
    ['ICC in an AVIF', () => set(fixture('scene.avif'), find(fixture('scene.avif'), 'pixi'), 'colrprof')],
    ['bytes after an AVIF', () => join(fixture('scene.avif'), u32(12), 'uuidfilm')],
  ])('has no metadata: %s is seen', (_name, make) => {
    expect(sniff(make()).metadata).toBe(true)
  })

  it('is not half an AVIF: an announced length or an extent behind the end', () => {
    const avif = fixture('scene.avif')
    expect(sniff(half(avif)).complete).toBe(false)
    expect(sniff(set(avif, find(avif, 'mdat') - 4, u32(avif.length))).complete).toBe(false)
    const iloc = find(avif, 'iloc')
    expect(sniff(set(avif, iloc + 24, u32(avif.length))).complete).toBe(false)
    expect(sniff(set(avif, iloc, 'lost')).complete).toBe(false)
  })
})

describe('sniffImage', () => {
  const samples = () => [...readable().map(([, bytes]) => bytes), ...unreadable().map(([, bytes]) => bytes)]

  it('says by head and tail what it says by the whole file, or asks for more', () => {
    let answered = 0
    for (const bytes of samples()) {
      const { patches: _, metadata: __, ...whole } = sniffImage(bytes) ?? { patches: [], metadata: false }
      for (const [first, last] of [
        [64, 64],
        [700, 100],
        [700, 900],
        [2500, 64],
        [bytes.length - 10, 10],
        [bytes.length >> 1, bytes.length],
      ] as const) {
        const rest = { size: bytes.length, tail: bytes.subarray(-last) }
        const part = sniffImage(bytes.subarray(0, first), rest)
        if (part?.short) {
          expect(part.complete).toBe(false)
          continue
        }
        answered++
        // Whether the parts in between are there, the decoder sees; what costs is the same.
        const { width, height, orientation, format } = whole as Sniffed
        if (part?.complete) expect(part).toMatchObject({ width, height, orientation, format })
        if (first + last >= bytes.length) expect(part).toEqual(sniffImage(bytes))
      }
    }
    expect(answered).toBeGreaterThan(200)
  })

  it('sees by head and tail alone what phones make', () => {
    const filler = zeros(400_000)
    const photo = join(withExif(fixture('scene.jpg'), exif(6)).slice(0, -2), filler, [0xff, 0xd9])
    const film = join(withExif(fixture('scene.jpg'), exif(6)), filler, 'moov', [0xff, 0xe0], zeros(9))
    for (const bytes of [photo, film]) {
      const rest = { size: bytes.length, tail: bytes.subarray(-65_536) }
      const sniffed = sniffImage(bytes.subarray(0, 262_144), rest)
      expect(sniffed).toMatchObject({ width: 120, height: 80, orientation: 6, complete: true, short: false })
    }
    const cut = photo.subarray(0, -2)
    const rest = { size: cut.length, tail: cut.subarray(-65_536) }
    expect(sniffImage(cut.subarray(0, 262_144), rest)).toMatchObject({ complete: false, short: true })
  })

  it('tells a JPEG without its end from one without its last data, for one that has no end marker', () => {
    for (const name of ['scene.jpg', 'red.jpg', 'blue.jpg', 'noise.jpg', 'wide.jpg', 'oriented-3.jpg']) {
      const jpeg = fixture(name)
      expect([name, sniffImage(jpeg.slice(0, -2))?.complete]).toEqual([name, true])
      for (const cut of [4, 5, 8, 20, jpeg.length >> 3]) {
        expect([name, cut, sniffImage(jpeg.slice(0, -cut))?.complete ?? false]).toEqual([name, cut, false])
      }
    }
  })

  it('asks for more where the metadata in front is longer than the head', () => {
    const profile = segment(0xe2, zeros(65_000))
    const jpeg = insert(fixture('scene.jpg'), 2, ...Array.from({ length: 6 }, () => profile))
    const rest = { size: jpeg.length, tail: jpeg.subarray(-65_536) }
    expect(sniffImage(jpeg.subarray(0, 262_144), rest)).toMatchObject({ complete: false, short: true })
    expect(sniffImage(jpeg)).toMatchObject({ width: 120, height: 80, complete: true })
  })

  it('takes the larger of two sizes', () => {
    const jpeg = fixture('scene.jpg')
    const frame = jpeg.slice(find(jpeg, '\xff\xc0'), find(jpeg, '\xff\xc0') + 19)
    const larger = set(frame, 5, u16(9000), u16(8000))
    for (const at of [2, find(jpeg, '\xff\xda')]) {
      expect(sniffImage(insert(jpeg, at, larger))).toMatchObject({ width: 8000, height: 9000 })
    }
    const webp = fixture('turned.webp')
    const small = set(webp, 24, [0, 0, 0, 0, 0, 0])
    expect(sniffImage(small)).toMatchObject({ width: 120, height: 80 })
    const avif = fixture('glass.avif')
    const added = set(
      avif,
      find(avif, 'auxC') - 4,
      u32(20),
      'ispe',
      zeros(4),
      u32(9000),
      u32(8000),
      u32(36),
      'free',
    )
    expect(sniffImage(added)).toMatchObject({ width: 9000, height: 8000 })
  })

  it('never throws and always ends, whatever is done to a file', () => {
    let seed = 1
    const random = (below: number) => {
      seed = (seed * 48_271) % 0x7fffffff
      return seed % below
    }
    const values = [0, 1, 2, 8, 0x7f, 0x80, 0xd8, 0xda, 0xe1, 0xff]
    const names = Object.keys(env.FIXTURES).filter((name) => fixture(name).length < 20_000)
    let known = 0
    for (let round = 0; round < 10_000; round++) {
      const original = fixture(names[round % names.length] as string)
      const bytes = original.slice(0, random(4) ? original.length : 1 + random(original.length))
      for (let count = 1 + random(6); count > 0; count--) {
        const at = random(3) ? random(Math.min(bytes.length, 400)) : random(bytes.length)
        const value = values[random(values.length)] as number
        bytes.fill(random(2) ? value : random(256), at, at + 1 + random(4))
      }
      const rest = { size: bytes.length + random(1000), tail: bytes.subarray(-random(600)) }
      for (const sniffed of [sniffImage(bytes), sniffImage(bytes.subarray(0, 500), rest)]) {
        if (sniffed) known++
        if (sniffed?.complete) expect(sniffed.width * sniffed.height).toBeGreaterThan(0)
      }
    }
    expect(known).toBeGreaterThan(5000)
  })

  it('takes as many steps as a file is long, not as it claims', () => {
    // 40 items, each of 65,535 extents without a size: 2.6 million steps a box if they were believed, and 4,096 boxes.
    const items = join(...Array.from({ length: 40 }, (_, id) => [...u16(id), 0, 0, 0xff, 0xff]))
    const iloc = join(u32(16 + items.length), 'iloc', zeros(4), [0, 0], u16(40), items)
    const meta = (...boxes: Bytes[]) => {
      const body = join(zeros(4), ...boxes)
      return join(u32(20), 'ftypavif', zeros(4), 'avif', u32(8 + body.length), 'meta', body)
    }
    for (const bytes of [
      meta(iloc),
      meta(join(zeros(40_000))),
      meta(join(...Array.from({ length: 5000 }, () => [...u32(8), 0, 0, 0, 0]))),
      meta(join(u32(1), 'iprp', u32(0), u32(0))),
      meta(join(u32(16), 'iinf', zeros(4), u32(-1))),
      join('RIFF', u32(-1), 'WEBPVP8X', zeros(200_000)),
      join('GIF89a', u16(1), u16(1), zeros(3), ...Array.from({ length: 20_000 }, () => [0x21, 0xff, 0])),
      join(
        [0xff, 0xd8],
        Uint8Array.from({ length: 200_000 }, () => 0xff),
      ),
      join(
        [0xff, 0xd8],
        Uint8Array.from({ length: 200_000 }, (_, at) => (at & 1 ? 0 : 0xff)),
      ),
    ]) {
      expect(sniffImage(bytes)?.complete ?? false).toBe(false)
      expect(sniffImage(bytes)?.patches.length ?? 0).toBeLessThanOrEqual(64)
    }
  })
})

describe('mendStream', () => {
  it('applies patches wherever the chunks are cut', async () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, at) => at)
    const patches: Patch[] = [
      { at: 0, drop: 0, insert: [100] },
      { at: 3, drop: 4, insert: [] },
      { at: 7, drop: 1, insert: [101, 102] },
      { at: 20, drop: 15, insert: [] },
      { at: 40, drop: 0, insert: [103] },
    ]
    const expected = [100, 0, 1, 2, 101, 102, ...bytes.subarray(8, 20), ...bytes.subarray(35), 103]
    for (let size = 1; size <= 41; size++) {
      const chunks = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let at = 0; at < 40; at += size) controller.enqueue(bytes.slice(at, at + size))
          controller.close()
        },
      })
      expect(await new Response(mendStream(chunks, patches)).bytes()).toEqual(Uint8Array.from(expected))
    }
  })
})

describe('typeOf', () => {
  const brands = (major: string, ...others: string[]) =>
    join(u32(16 + 4 * others.length), 'ftyp', major, zeros(4), ...others, 'moreavif')

  it.each([
    ['avif', brands('avif', 'mif1')],
    ['avif', brands('mif1', 'miaf', 'avif')],
    ['avif', brands('avis')],
    ['heic', brands('heic', 'mif1')],
    ['heic', brands('heix')],
    ['heic', brands('hevc')],
    ['heic', brands('mif1', 'heic')],
    ['heic', brands('msf1')],
    [null, brands('mp42', 'isom')],
    [null, join('<svg>')],
    [null, join([])],
    ['webp', join('RIFF\n\0\0\0WEBP')],
    [null, join('RIFF\n\0\0\0WAVE')],
    ['gif', join('GIF87a')],
    ['jpeg', join([0xff, 0xd8, 0xff])],
    ['png', join('\x89PNG\r\n\x1a\n')],
  ])('says %s', (type, bytes) => {
    expect(typeOf(bytes)).toBe(type)
  })
})

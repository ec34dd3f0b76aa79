import { env } from 'cloudflare:workers'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { describe, expect, it } from 'vitest'
import type { SuggestionJson } from '../src/tags/answers'
import { turnUpright } from '../src/tags/boxes'
import { readRegions } from '../src/tags/regions'
import { MAX_SUGGESTIONS } from '../src/tags/suggestions'
import {
  ask,
  complete,
  fixture,
  newPerson,
  newPhoto,
  type Person,
  prepare,
  refusal,
  store,
  typeOf,
} from './support'
import { chunk, exif, insert, segment, u32, withChunk, withExif } from './surgery'

type Bytes = Uint8Array<ArrayBuffer>

const XMP = 'http://ns.adobe.com/xap/1.0/\0'
const text = (bytes: Bytes) => new TextDecoder().decode(bytes)
const utf8 = (string: string) => new TextEncoder().encode(string) as Bytes
/** A packet as exiftool wrote it, for a stored picture of that size. */
const packet = (name: string, [width, height] = [120, 80]) =>
  utf8(
    text(fixture(name))
      .replace(/w(>|=')60/, `w$1${width}`)
      .replace(/h(>|=')40/, `h$1${height}`),
  )

const inJpeg = (jpeg: Bytes, ...packets: Bytes[]): Bytes =>
  packets.reduce((file, each) => insert(file, 2, segment(0xe1, XMP, each)), jpeg)
const inPng = (png: Bytes, xmp: Bytes, at: number): Bytes =>
  insert(png, at, chunk('iTXt', 'XML:com.adobe.xmp\0\0\0\0\0', xmp))

async function upload(person: Person, file: Bytes, name = 'scene.jpg'): Promise<string> {
  const id = await prepare(person, typeOf(name), file.length)
  await store(person, id, file)
  const answer = await complete(person, id)
  expect([answer.status, await answer.json()]).toMatchObject([200, { id }])
  return id
}

async function suggest(person: Person, id: string): Promise<SuggestionJson[]> {
  const answer = await ask('GET', `/api/photos/${id}/suggestions`, { as: person.session })
  expect(answer.status).toBe(200)
  return (await answer.json<{ items: SuggestionJson[] }>()).items
}

/** What the packets of test/regions say, in the stored picture. */
const ANN = { name: 'Ann & Bob <x>', x: 0.15, y: 0.25, width: 0.2, height: 0.3 }
const ZOE = { name: 'Zoë', x: 0.7, y: 0.2, width: 0.1, height: 0.1 }
const CARL = { name: 'Carl', x: 0.15, y: 0.25, width: 0.2, height: 0.3 }
const DORA = { name: 'Dora', x: 0.5, y: 0.5, width: 0.25, height: 0.125 }

const close = (items: SuggestionJson[]) =>
  items.map(({ name, ...box }) => ({
    name,
    ...Object.fromEntries(Object.entries(box).map(([side, value]) => [side, expect.closeTo(value, 9)])),
  }))

describe('GET /api/photos/{id}/suggestions', () => {
  it('offers the faces that other programs wrote, in every form and format, upright, and tags nobody', async () => {
    const owner = await newPerson()
    const scene = { jpg: fixture('scene.jpg'), png: fixture('scene.png'), webp: fixture('scene.webp') }
    const turned = (orientation: number, ...faces: SuggestionJson[]) =>
      faces.map(({ name, ...box }) => ({ name, ...turnUpright(box, orientation) }))
    const extended = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>`
    const long = packet('microsoft.xmp')
    const piece = (from: number, to: number) =>
      segment(
        0xe1,
        'http://ns.adobe.com/xmp/extension/\0',
        '0'.repeat(32),
        u32(long.length),
        u32(from),
        long.slice(from, to),
      )
    const cases: [string, Bytes, SuggestionJson[]][] = [
      ['scene.jpg', inJpeg(scene.jpg, packet('mwg.xmp')), [ANN, ZOE]],
      ['scene.jpg', inJpeg(scene.jpg, packet('compact.xmp')), [ANN, ZOE]],
      ['scene.jpg', inJpeg(scene.jpg, packet('microsoft.xmp')), [CARL, DORA]],
      ['scene.jpg', withExif(inJpeg(scene.jpg, packet('mwg.xmp')), exif(6)), turned(6, ANN, ZOE)],
      ['scene.jpg', withExif(inJpeg(scene.jpg, packet('microsoft.xmp')), exif(3)), turned(3, CARL, DORA)],
      // Drawn on the picture as it is seen, and saying so; and on one that was cut since.
      ['scene.jpg', withExif(inJpeg(scene.jpg, packet('mwg.xmp', [80, 120])), exif(8)), [ANN, ZOE]],
      ['scene.jpg', inJpeg(scene.jpg, packet('mwg.xmp', [100, 100])), []],
      // In pieces, in any order.
      [
        'scene.jpg',
        insert(inJpeg(scene.jpg, utf8(extended)), 2, piece(500, long.length), piece(0, 500)),
        [CARL, DORA],
      ],
      ['scene.png', inPng(scene.png, packet('mwg.xmp'), 33), [ANN, ZOE]],
      ['scene.png', inPng(scene.png, packet('compact.xmp'), scene.png.length - 12), [ANN, ZOE]],
      ['scene.webp', withChunk(scene.webp, 'XMP ', packet('mwg.xmp')), [ANN, ZOE]],
      ['scene.jpg', scene.jpg, []],
      ['scene.gif', fixture('scene.gif'), []],
    ]
    for (const [at, [name, file, wanted]] of cases.entries()) {
      const id = await upload(owner, file, name)
      expect([at, await suggest(owner, id)]).toEqual([at, close(wanted)])
      const tags = await ask('GET', `/api/photos/${id}/tags`, { as: owner.session })
      expect(await tags.json()).toMatchObject({ items: [] })
      await ask('DELETE', `/api/photos/${id}`, { as: owner.session })
    }
  })

  it('offers one face once that is written in both forms', async () => {
    const owner = await newPerson()
    const both = text(packet('microsoft.xmp')).replace('Carl', 'Ann &amp; Bob &lt;x>')
    const id = await upload(owner, inJpeg(fixture('scene.jpg'), utf8(both), packet('mwg.xmp')))
    expect((await suggest(owner, id)).map(({ name }) => name)).toEqual(['Ann & Bob <x>', 'Zoë', 'Dora'])
  })

  it('is for the owner alone: another who may see the photo is told nothing', async () => {
    const [owner, viewer] = [await newPerson(), await newPerson()]
    const { id } = await newPhoto(owner)
    await env.DB.prepare('INSERT INTO photo_shares VALUES (?, ?, 0)').bind(id, viewer.hash).run()
    const path = `/api/photos/${id}/suggestions`
    expect(await refusal(ask('GET', path, { as: viewer.session }))).toEqual([404, 'not_found'])
  })
})

describe('a packet that means harm', () => {
  const list = (faces: string, before = '') =>
    `${before}<x:xmpmeta xmlns:x="adobe:ns:meta/"><r><Regions><RegionList><Bag>${faces}</Bag></RegionList></Regions></r></x:xmpmeta>`
  const face = (name: string, area = 'x="0.5" y="0.5" w="0.2" h="0.2"') =>
    `<li><Description Name="${name}" Type="Face"><Area ${area}/></Description></li>`

  it('is read as what it is without it', () => {
    expect(readRegions(list(face('A')))).toMatchObject([{ name: 'A' }])
  })

  it.each([
    [
      'entities that grow',
      list(face('&b;'), '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'),
    ],
    ['an entity that is a file', list(face('&f;'), '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>')],
    ['elements without end', '<a>'.repeat(40_000)],
    ['elements in elements', `${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}`],
    ['no XML', '<<<<>>>>&&&'],
    ['nothing', ''],
    ['figures that are none', list(face('A', 'x="0x1" y="" w="NaN" h="Infinity"'))],
    ['missing figures', list(face('A', 'x="0.5" y="0.5"'))],
    ['pixels', list(face('A', 'x="10" y="10" w="5" h="5" unit="pixel"'))],
  ])('tells of nobody: %s', (_name, xmp) => {
    expect(readRegions(xmp)).toEqual([])
  })

  it('of thousands of regions tells of some, and of none outside of the picture', async () => {
    const owner = await newPerson()
    const faces = Array.from({ length: 200 }, (_, at) =>
      face(`${at}`, `x="${(at % 20) / 20 + 0.02}" y="${Math.floor(at / 20) / 20 + 0.02}" w="0.02" h="0.02"`),
    ).join('')
    expect(readRegions(list(face('A').repeat(5000))).length).toBe(200)
    expect(readRegions(list(face('A').repeat(10_000)))).toEqual([])
    const far = face('far', 'x="7" y="0.5" w="0.2" h="0.2"') + face('half', 'x="1" y="0.5" w="0.2" h="0.2"')
    const file = inJpeg(fixture('scene.jpg'), utf8(list(`${far}${face('N'.repeat(300))}${faces}`)))
    const found = await suggest(owner, await upload(owner, file))
    expect([found.length, found[1]?.name]).toEqual([MAX_SUGGESTIONS, 'N'.repeat(100)])
    expect(found[0]).toEqual({
      ...{ name: 'half', x: 0.9, y: expect.closeTo(0.4), height: expect.closeTo(0.2) },
      width: expect.closeTo(0.1),
    })
  })
})

describe('the export', () => {
  it('has the faces beside each photo, as they lie in the file, and every tag of the person', async () => {
    const [owner, friend] = [await newPerson(), await newPerson()]
    const id = await upload(owner, withExif(fixture('scene.jpg'), exif(6)))
    const other = await newPhoto(owner)
    const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 }
    await env.DB.prepare('INSERT INTO contacts VALUES (?, ?, ?)')
      .bind(owner.id, friend.hash, 'Zoë "<&\u0007')
      .run()
    await ask('PUT', `/api/photos/${id}/tags/${friend.hash}`, { as: owner.session, json: box })
    await ask('PUT', `/api/photos/${id}/tags/${owner.hash}`, { as: friend.session, json: box })
    await ask('PUT', `/api/photos/${other.id}/tags/${friend.hash}`, { as: owner.session, json: box })
    await ask('DELETE', `/api/photos/${other.id}/tags/${friend.hash}`, { as: friend.session })
    const read = async (person: Person) => {
      const answer = await ask('GET', '/api/me/export', { as: person.session })
      const files = new Map<string, string>()
      for (const entry of await new ZipReader(new Uint8ArrayReader(await answer.bytes())).getEntries())
        if (!entry.directory)
          files.set(entry.filename, text((await entry.getData(new Uint8ArrayWriter())) as Bytes))
      return files
    }
    const files = await read(owner)
    expect([...files.keys()].filter((name) => name.endsWith('.xmp'))).toEqual([`photos/${id}.xmp`])
    const regions = readRegions(files.get(`photos/${id}.xmp`) ?? '')
    expect(regions.map(({ name }) => name)).toEqual(['Zoë "<&', 'somebody'])
    const [region] = regions
    expect(region?.drawnOn).toEqual({ width: 120, height: 80 })
    const upright = turnUpright(region?.box as typeof box, 6)
    for (const side of ['x', 'y', 'width', 'height'] as const) expect(upright[side]).toBeCloseTo(box[side], 7)
    const tags = (json = '') => JSON.parse(json).tags
    expect(tags(files.get('account.json'))).toMatchObject([
      {
        photoId: id,
        hash: friend.hash,
        name: 'Zoë "<&\u0007',
        box,
        byMe: true,
        ofMe: false,
        removedAt: null,
      },
      { photoId: id, hash: owner.hash, byMe: false, ofMe: true },
    ])
    const theirs = tags((await read(friend)).get('account.json'))
    expect(theirs).toMatchObject([
      { photoId: id, hash: owner.hash, box, byMe: true, ofMe: false },
      { photoId: other.id, hash: friend.hash, box: null, ofMe: true, removedAt: expect.any(Number) },
      { photoId: id, hash: friend.hash, box, byMe: false, ofMe: true },
    ])
  })
})

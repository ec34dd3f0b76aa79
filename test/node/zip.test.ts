import { setTimeout as sleep } from 'node:timers/promises'
import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js'
import { describe, expect, it, vi } from 'vitest'
import { writeZip, type ZipFile } from '../../src/lib/zip.ts'

configure({ useWebWorkers: false })

const GB = 2 ** 30

async function* once<T>(...parts: T[]): AsyncGenerator<T> {
  yield* parts
}

const file = (name: string, ...parts: (Uint8Array | string)[]): ZipFile => ({
  name,
  modifiedAt: Date.UTC(2026, 10, 25, 12),
  body: once(...parts),
})

async function read(files: AsyncGenerator<ZipFile>): Promise<Uint8Array> {
  const failed = vi.fn()
  const bytes = await new Response(writeZip(files, failed)).bytes()
  expect(failed.mock.calls).toEqual([])
  return bytes
}

/** What a strict reader finds: it takes the numbers of the end records at their word. */
async function entriesOf(bytes: Uint8Array) {
  return new ZipReader(new Uint8ArrayReader(bytes), {
    checkSignature: true,
    checkOverlappingEntry: true,
  }).getEntries()
}

/** How often a record of this kind begins in the last bytes of an archive. */
const countRecords = (bytes: Uint8Array, signature: number[]) =>
  bytes.slice(-120).filter((_, at, tail) => signature.every((byte, more) => tail[at + more] === byte)).length

const END_64 = [0x50, 0x4b, 6, 6]
const LOCATOR_64 = [0x50, 0x4b, 6, 7]

describe('an archive', () => {
  it('holds files of one part, of many, of none', async () => {
    const bytes = await read(once(file('a.txt', 'a', 'ä', new Uint8Array([1, 2])), file('b/empty')))
    const entries = await entriesOf(bytes)
    expect(entries.map((entry) => [entry.filename, entry.uncompressedSize, entry.compressionMethod])).toEqual(
      [
        ['a.txt', 5, 0],
        ['b/empty', 0, 0],
      ],
    )
    const [first] = entries
    if (!first || first.directory) throw new Error('no file')
    expect(await first.getData(new Uint8ArrayWriter())).toEqual(new Uint8Array([0x61, 0xc3, 0xa4, 1, 2]))
    expect(first.lastModDate.getTime()).toBe(Date.UTC(2026, 10, 25, 12))
    expect([countRecords(bytes, END_64), countRecords(bytes, LOCATOR_64)]).toEqual([0, 0])
  })

  it('of nothing is one', async () => {
    expect(await entriesOf(await read(once()))).toEqual([])
  })

  it.each([
    [65_534, 0],
    [65_535, 1],
  ])('of %i files says how many they are, with %i ZIP64 records', async (count, records) => {
    async function* many() {
      for (let at = 0; at < count; at++) yield file(`${at}`, 'x')
    }
    const bytes = await read(many())
    const entries = await entriesOf(bytes)
    expect([entries.length, entries.at(-1)?.filename]).toEqual([count, `${count - 1}`])
    const found = [countRecords(bytes, END_64), countRecords(bytes, LOCATOR_64)]
    expect(found).toEqual([records, records])
  })

  it('of more than 4 GB says where each file stands', async () => {
    // A part that says it is long when its size is added up, and nothing when its checksum is made or it is sent.
    class Long extends Uint8Array {
      asked = 0
      override get length() {
        return ++this.asked === 2 ? 3 * GB : 0
      }
    }
    const bytes = await read(once(file('a', new Long(0)), file('b', new Long(0)), file('c', 'c')))
    const view = new DataView(bytes.buffer)
    const at = (signature: number) => {
      for (let place = bytes.length - 4; place >= 0; place--)
        if (view.getUint32(place, true) === signature) return place
      throw new Error('no such record')
    }
    const entry = at(0x02014b50) // the last one of the directory
    const offset = 2 * (30 + 1 + 3 * GB + 16)
    expect([view.getUint32(entry + 42, true), view.getUint16(entry + 30, true)]).toEqual([0xffffffff, 12])
    expect(view.getBigUint64(entry + 46 + 1 + 4, true)).toBe(BigInt(offset))
    expect(view.getBigUint64(at(0x06064b50) + 48, true)).toBe(BigInt(offset + 30 + 1 + 1 + 16))
    expect([countRecords(bytes, END_64), countRecords(bytes, LOCATOR_64)]).toEqual([1, 1])
  })

  it('asks for a file once what stands before it was taken, and ends all where the reader goes away', async () => {
    const seen: string[] = []
    async function* body(name: string) {
      try {
        for (let part = 0; part < 3; part++) {
          seen.push(`${name}${part}`)
          yield new Uint8Array(10)
        }
      } finally {
        seen.push(`end of ${name}`)
      }
    }
    async function* list(): AsyncGenerator<ZipFile> {
      try {
        for (const name of ['a', 'b', 'c', 'd']) yield { name, modifiedAt: 0, body: body(name) }
      } finally {
        seen.push('end of all')
      }
    }
    const failed = vi.fn()
    const stream = writeZip(list(), failed)
    await sleep(10)
    expect(seen.length).toBeLessThanOrEqual(1) // what the library reads ahead
    const reader = stream.getReader()
    while (!seen.includes('b0')) await reader.read()
    await reader.cancel('gone')
    expect(seen.slice(-2)).toEqual(['end of b', 'end of all'])
    expect([seen.includes('c0'), failed.mock.calls]).toEqual([false, []])
  })

  it('breaks off where a file or the list fails, and tells the reason to nobody but us', async () => {
    const broken = async function* <T>(): AsyncGenerator<T> {
      yield* await Promise.reject<T[]>(new Error('secret'))
    }
    for (const files of [once({ ...file('a'), body: broken<string>() }), broken<ZipFile>()]) {
      const failed = vi.fn()
      const reading = new Response(writeZip(files, failed)).bytes()
      await expect(reading).rejects.toThrow('the archive broke off')
      expect(failed.mock.calls).toEqual([[new Error('secret')]])
    }
  })
})

import { describe, expect, it } from 'vitest'
import { contrast } from '../src/avatar/fallback/color'
import {
  drawFallback,
  FALLBACK_STYLES,
  type FallbackStyle,
  fallbackEtag,
  initialsOf,
  repeatFor,
} from '../src/avatar/fallback/draw'
import { glyphOf } from '../src/avatar/fallback/glyphs'
import { seedColor } from '../src/avatar/fallback/initials'
import { SIZES } from '../src/renditions/sizes'

const SEEDED = ['identicon', 'monsterid', 'wavatar', 'retro', 'robohash'] as const
const KILOBYTES_2 = 2048

/** Something like a SHA-256 in hex, different for every number. */
function keyOf(number: number): string {
  let key = ''
  for (let word = 1; word <= 8; word++) {
    key += (Math.imul(number * 8 + word, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')
  }
  return key
}

/** Reads a PNG chunk by chunk, checking each checksum, and inflates its rows. */
async function readPng(file: Uint8Array) {
  expect([...file.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const chunks = new Map<string, Uint8Array<ArrayBuffer>>()
  let at = 8
  while (at < file.length) {
    const length = view.getUint32(at)
    const name = String.fromCharCode(...file.subarray(at + 4, at + 8))
    expect(view.getUint32(at + 8 + length)).toBe(crc32(file.subarray(at + 4, at + 8 + length)))
    chunks.set(name, new Uint8Array(file.subarray(at + 8, at + 8 + length)))
    at += length + 12
  }
  expect(at).toBe(file.length)
  const header = chunks.get('IHDR') ?? new Uint8Array(13)
  const numbers = new DataView(header.buffer)
  const inflated = new Blob([chunks.get('IDAT') ?? new Uint8Array()])
    .stream()
    .pipeThrough(new DecompressionStream('deflate'))
  const rows = new Uint8Array(await new Response(inflated).arrayBuffer())
  return {
    names: [...chunks.keys()],
    width: numbers.getUint32(0),
    height: numbers.getUint32(4),
    depth: header[8] ?? 0,
    colorType: header[9],
    palette: chunks.get('PLTE') ?? new Uint8Array(),
    transparency: chunks.get('tRNS'),
    rows,
  }
}

function crc32(bytes: Uint8Array): number {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return ~crc >>> 0
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function expectPicture(style: FallbackStyle, size: number, seed: string) {
  const png = await readPng(drawFallback({ style, seed, size, initials: 'AB' }))
  expect([png.width, png.height, png.colorType]).toEqual([size, size, 3])
  expect([1, 2, 4, 8]).toContain(png.depth)
  const stride = 1 + Math.ceil((size * png.depth) / 8)
  expect(png.rows.length).toBe(stride * size)
  expect(png.palette.length % 3).toBe(0)
  expect(png.palette.length / 3).toBeLessThanOrEqual(2 ** png.depth)
  for (let y = 0; y < size; y++) expect(png.rows[y * stride]).toBe(0)
  return png
}

/** The palette index of a pixel. */
function indexReader({ rows, depth, width }: Awaited<ReturnType<typeof readPng>>) {
  const stride = 1 + Math.ceil((width * depth) / 8)
  return (x: number, y: number) => {
    const bit = x * depth
    return ((rows[y * stride + 1 + (bit >> 3)] ?? 0) >> (8 - depth - (bit & 7))) & (2 ** depth - 1)
  }
}

describe('drawFallback', () => {
  it.each(FALLBACK_STYLES)('makes a valid PNG of every step of the ladder: %s', async (style) => {
    for (const size of SIZES) await expectPicture(style, size, keyOf(size))
  })

  it.each(['', 'x', '0aZ9bY8cX7dW6eV5fU4gT3', 'ключ', keyOf(1)])('takes any seed: %j', async (seed) => {
    for (const style of FALLBACK_STYLES) await expectPicture(style, 80, seed)
  })

  it('uses no palette entry that is not there', async () => {
    for (const style of FALLBACK_STYLES) {
      for (let i = 0; i < 40; i++) {
        const { rows, depth, palette } = await expectPicture(style, 64, keyOf(i))
        const highest = rows.reduce((high, byte) => {
          let top = high
          for (let shift = 0; shift < 8; shift += depth)
            top = Math.max(top, (byte >> shift) & (2 ** depth - 1))
          return top
        }, 0)
        expect(highest).toBeLessThan(palette.length / 3)
      }
    }
  })

  it.each(FALLBACK_STYLES)('draws the same bytes for the same values: %s', (style) => {
    const values = { style, seed: keyOf(7), size: 96, initials: 'QZ' }
    const first = drawFallback(values)
    drawFallback({ ...values, seed: keyOf(8), size: 200 })
    expect(hexOf(drawFallback(values))).toBe(hexOf(first))
  })

  it.each(SEEDED)('draws a different picture for each of 1000 keys: %s', (style) => {
    const seen = new Set<string>()
    for (let i = 0; i < 1000; i++) seen.add(hexOf(drawFallback({ style, seed: keyOf(i), size: 64 })))
    expect(seen.size).toBe(1000)
  })

  it('draws every step of the ladder from at least 256 px, or as it is, without a remainder', () => {
    for (const size of SIZES) {
      const repeat = repeatFor(size)
      expect(size % (2 * repeat), `${size} px`).toBe(0)
      expect(size / repeat, `${size} px`).toBeGreaterThanOrEqual(Math.min(size, 256))
      expect(size / repeat, `${size} px`).toBeLessThanOrEqual(512)
    }
  })

  it.each(FALLBACK_STYLES)(
    'draws a large picture as a small one with every pixel repeated: %s',
    async (style) => {
      for (const [small, large] of [
        [512, 2048],
        [300, 600],
        [400, 1200],
      ] as const) {
        const [one, other] = [await expectPicture(style, small, 'x'), await expectPicture(style, large, 'x')]
        expect(hexOf(other.palette)).toBe(hexOf(one.palette))
        const [at, largeAt] = [indexReader(one), indexReader(other)]
        const times = large / small
        let wrong = 0
        for (let y = 0; y < large; y += 5) {
          for (let x = 0; x < large; x += 3) {
            if (largeAt(x, y) !== at(Math.floor(x / times), Math.floor(y / times))) wrong++
          }
        }
        expect(wrong).toBe(0)
      }
    },
  )

  it('draws identicons that are the same in a mirror, upright and lying', async () => {
    for (const size of [16, 80, 256, 300]) {
      for (let i = 0; i < 20; i++) {
        const at = indexReader(await expectPicture('identicon', size, keyOf(i)))
        let wrong = 0
        for (let y = 0; y < size; y++) {
          for (let x = 0; x < size; x++) {
            if (at(x, y) !== at(size - 1 - x, y) || at(x, y) !== at(x, size - 1 - y)) wrong++
          }
        }
        expect(wrong).toBe(0)
      }
    }
  })

  it('draws nearly as many colours as keys', () => {
    expect(new Set(Array.from({ length: 1000 }, (_, i) => seedColor(keyOf(i)))).size).toBeGreaterThan(950)
  })

  it.each(FALLBACK_STYLES)('stays within 2 KB at 256 px: %s', (style) => {
    let largest = 0
    for (let i = 0; i < 200; i++) {
      const initials = ['SB', 'Q8G', 'ЖЮ', 'R', 'MÖW'][i % 5]
      const png = drawFallback({ style, seed: keyOf(i), size: 256, initials })
      largest = Math.max(largest, png.length)
    }
    expect(largest).toBeLessThanOrEqual(KILOBYTES_2)
  })

  it('draws the same person and the same nothing for everybody', () => {
    for (const style of ['mp', 'blank'] as const) {
      const one = drawFallback({ style, seed: keyOf(1), size: 80 })
      expect(hexOf(drawFallback({ style, seed: keyOf(2), size: 80 }))).toBe(hexOf(one))
    }
  })

  it('draws blank as transparent throughout', async () => {
    const { transparency, rows } = await expectPicture('blank', 80, '')
    expect(transparency?.[0]).toBe(0)
    expect(rows.every((byte) => byte === 0)).toBe(true)
  })

  it('draws the plain colour where there is no letter to draw', () => {
    const values = { seed: keyOf(3), size: 80 }
    const color = hexOf(drawFallback({ ...values, style: 'color' }))
    for (const initials of [undefined, '', '李', '!?', '😀']) {
      expect(hexOf(drawFallback({ ...values, style: 'initials', initials }))).toBe(color)
    }
    expect(hexOf(drawFallback({ ...values, style: 'initials', initials: 'A' }))).not.toBe(color)
  })

  it('keeps white letters readable on every colour', () => {
    for (let i = 0; i < 2000; i++) expect(contrast(seedColor(keyOf(i)), 0xffffff)).toBeGreaterThanOrEqual(4.5)
  })
})

describe('glyphOf', () => {
  it('knows every Latin, Greek and Cyrillic capital and every digit', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZÆŒØŁĐÞ0123456789ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ'
    const cyrillic = 'АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЄІЈЉЊЋЏЂҐЅ'
    for (const letter of letters + cyrillic) expect(glyphOf(letter), letter).not.toBeNull()
  })

  it('has no glyph for the names of an object’s own properties', () => {
    for (const letter of ['constructor', '__proto__', 'toString', '']) expect(glyphOf(letter)).toBeNull()
  })
})

describe('initialsOf', () => {
  it.each([
    [{ name: 'Ada Lovelace' }, 'AL'],
    [{ name: 'Ada King Lovelace' }, 'AL'],
    [{ name: '  ada  ' }, 'A'],
    [{ name: 'Élodie Åström' }, 'EA'],
    [{ name: 'E\u0301lodie' }, 'E'],
    [{ name: "d'Arc (Jeanne)" }, 'DJ'],
    [{ name: 'Ada - ' }, 'A'],
    [{ name: 'Øyvind Łukasz' }, 'ØŁ'],
    [{ name: 'Юлия Йовович' }, 'ЮИ'],
    [{ name: 'Ωmega ς' }, 'ΩΣ'],
    [{ name: 'ßeta' }, 'S'],
    [{ name: '李小龍' }, ''],
    [{ name: '' }, ''],
    [{}, ''],
    [{ initials: 'jd' }, 'JD'],
    [{ initials: 'J. R. R. T.' }, 'JRR'],
    [{ initials: 'x', name: 'Ada Lovelace' }, 'X'],
    [{ initials: '', name: 'Ada Lovelace' }, 'AL'],
    [{ initials: 'ＡＢ' }, 'AB'],
    [{ initials: '7' }, '7'],
    [{ initials: '<script>' }, 'SCR'],
  ])('%j gives %j', (values, letters) => {
    expect(initialsOf(values)).toBe(letters)
  })

  it('is not slow on an endless text', () => {
    expect(initialsOf({ name: `${'a'.repeat(100_000)} b` })).toBe('AB')
  })
})

describe('fallbackEtag', () => {
  const values = { style: 'identicon' as FallbackStyle, seed: keyOf(1), size: 80, initials: 'AB' }

  it.each(FALLBACK_STYLES)('is strong, quoted and safe in a header: %s', (style) => {
    expect(fallbackEtag({ ...values, style, seed: 'ключ "\n', initials: 'Ж"' })).toMatch(/^"[a-z0-9.-]+"$/)
  })

  it('changes with style and size', () => {
    const styles = FALLBACK_STYLES.map((style) => fallbackEtag({ ...values, style }))
    expect(new Set(styles).size).toBe(FALLBACK_STYLES.length)
    expect(fallbackEtag({ ...values, size: 96 })).not.toBe(fallbackEtag(values))
  })

  it.each(FALLBACK_STYLES)('changes with the key just where the picture does: %s', (style) => {
    const same = style === 'mp' || style === 'blank'
    const other = fallbackEtag({ ...values, style, seed: keyOf(2) })
    expect(other === fallbackEtag({ ...values, style })).toBe(same)
  })

  it.each(FALLBACK_STYLES)('changes with the letters just where the picture does: %s', (style) => {
    const other = fallbackEtag({ ...values, style, initials: 'ABC' })
    expect(other === fallbackEtag({ ...values, style })).toBe(style !== 'initials')
    expect(fallbackEtag({ ...values, style, initials: 'a.b' })).toBe(fallbackEtag({ ...values, style }))
  })
})

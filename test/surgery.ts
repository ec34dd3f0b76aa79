import { joinChunks } from '../src/lib/png'
import { fixture } from './support'

// Files as they come from bad programs and half transfers, made from good ones. Every function gives new bytes.

type Bytes = Uint8Array<ArrayBuffer>
type Part = ArrayLike<number> | string

/** Numbers, bytes and Latin-1 text in one row. */
export function join(...parts: Part[]): Bytes {
  return Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : Array.from(part),
    ),
  )
}

export const insert = (bytes: Bytes, at: number, ...parts: Part[]): Bytes =>
  join(bytes.subarray(0, at), ...parts, bytes.subarray(at))

/** `bytes` without its last `count` ones. */
export const without = (bytes: Bytes, count: number): Bytes => bytes.slice(0, -count)

export const half = (bytes: Bytes): Bytes => bytes.slice(0, bytes.length >> 1)

export function set(bytes: Bytes, at: number, ...values: Part[]): Bytes {
  const changed = bytes.slice()
  changed.set(join(...values), at)
  return changed
}

export const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255]
export const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value)]
export const u32le = (value: number): number[] => u32(value).reverse()
export const zeros = (count: number): number[] => Array.from({ length: count }, () => 0)

/** Where a Latin-1 text stands first. */
export function find(bytes: Bytes, text: string, from = 0): number {
  const at = new TextDecoder('latin1').decode(bytes).indexOf(text, from)
  if (at < 0) throw new Error(`no ${text}`)
  return at
}

/** Where a marker of a JPEG's header stands. */
export function marker(jpeg: Bytes, code: number): number {
  for (let at = 2; at < jpeg.length; at += 2 + new DataView(jpeg.buffer).getUint16(at + 2)) {
    if (jpeg[at + 1] === code) return at
  }
  throw new Error(`no marker ${code}`)
}

/** EXIF data that says nothing but an orientation. */
export function exif(orientation: number, order: 'II' | 'MM' = 'II', type: 3 | 4 = 3): Bytes {
  const number = (value: number, size: number) => {
    const bytes = size === 2 ? u16(value) : u32(value)
    return order === 'II' ? bytes.reverse() : bytes
  }
  const value = type === 3 ? [...number(orientation, 2), 0, 0] : number(orientation, 4)
  const entry = [...number(0x0112, 2), ...number(type, 2), ...number(1, 4), ...value]
  return join(order, number(42, 2), number(8, 4), number(1, 2), entry, zeros(4))
}

/** EXIF data that says when a picture was taken, and by which clock. */
export function datedExif(date: string, offset: string | null, order: 'II' | 'MM' = 'II'): Bytes {
  const number = (value: number, size: number) => {
    const bytes = size === 2 ? u16(value) : u32(value)
    return order === 'II' ? bytes.reverse() : bytes
  }
  const entry = (tag: number, type: number, count: number, value: number) =>
    [number(tag, 2), number(type, 2), number(count, 4), number(value, 4)].flat()
  const texts = [`${date}\0`, ...(offset === null ? [] : [`${offset}\0`])]
  const behind = 26 + 2 + 12 * texts.length + 4
  const entries = texts.map((text, at) =>
    entry(at ? 0x9011 : 0x9003, 2, text.length, behind + (at ? (texts[0]?.length ?? 0) : 0)),
  )
  return join(
    ...[order, number(42, 2), number(8, 4), number(1, 2), entry(0x8769, 4, 1, 26), zeros(4)],
    ...[number(texts.length, 2), entries.flat(), zeros(4), ...texts],
  )
}

/** A JPEG segment with its length. */
export const segment = (code: number, ...parts: Part[]): Bytes => {
  const body = join(...parts)
  return join([0xff, code], u16(body.length + 2), body)
}

export const withExif = (jpeg: Bytes, tiff: Bytes): Bytes => insert(jpeg, 2, segment(0xe1, 'Exif\0\0', tiff))

/** A PNG chunk with its length and CRC. */
export const chunk = (type: string, ...parts: Part[]): Bytes => joinChunks([[type, join(...parts)]]).slice(8)

/** A WebP with another chunk behind it. */
export function withChunk(webp: Bytes, type: string, data: Bytes): Bytes {
  const longer = join(webp, type, u32le(data.length), data, zeros(data.length & 1))
  return set(longer, 4, u32le(longer.length - 8))
}

/** The sub-blocks of the first frame of a GIF: where each ends. */
export function subBlockEnds(gif: Bytes): number[] {
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  const ends: number[] = []
  let at = 13 + table(gif[10] as number)
  const skip = () => {
    while (gif[at]) {
      at += 1 + (gif[at] as number)
      ends.push(at)
    }
    at++
  }
  while (gif[at] === 0x21) {
    at += 2
    skip()
  }
  ends.length = 0
  at += 11 + table(gif[at + 9] as number)
  skip()
  return ends
}

/** What decoders read whole, however odd; each with the size that people see. */
export function readable(): [name: string, bytes: Bytes, size: [number, number]][] {
  const [jpeg, progressive] = [fixture('scene.jpg'), fixture('progressive.jpg')]
  const [png, gif, avif, turned] = ['scene.png', 'scene.gif', 'scene.avif', 'turned.avif'].map(
    fixture,
  ) as Four
  const [webp, lossless, extended, animated] = [
    'scene.webp',
    'lossless.webp',
    'turned.webp',
    'animated.webp',
  ].map(fixture) as Four
  const frame = marker(jpeg, 0xc0)
  const scan = marker(jpeg, 0xda)
  const table = 13 + 3 * 2 ** (((gif[10] as number) & 7) + 1)
  const lying: [number, number] = [120, 80]
  const standing: [number, number] = [80, 120]
  const rows: [string, Bytes, [number, number]?][] = [
    ['a progressive JPEG', progressive],
    ['stray bytes between two segments', insert(jpeg, frame, [0, 1, 2])],
    ['stray bytes after SOI', insert(jpeg, 2, [0, 0])],
    ['stray bytes before the scan', insert(jpeg, scan, [0x10, 0x20])],
    ['stray bytes that look like data', insert(jpeg, frame, [0, 0xff, 0, 5])],
    ['stray bytes in three places', insert(insert(insert(jpeg, scan, [7]), frame, [8, 8]), 2, [9])],
    ['fill bytes before a marker', insert(jpeg, frame, [0xff, 0xff, 0xff])],
    ['markers that stand alone', insert(jpeg, frame, [0xff, 1, 0xff, 0xd0])],
    ['a comment that is too short to be one', insert(jpeg, frame, [0xff, 0xfe, 0, 0])],
    ['a JPEG without its last two bytes', without(jpeg, 2)],
    ['a JPEG without its last byte', without(jpeg, 1)],
    ['a progressive JPEG without its last two bytes', without(progressive, 2)],
    ['both stray bytes and no end', without(insert(jpeg, frame, [1, 2, 3]), 2)],
    ['restart markers', withRestarts(40)],
    ['restart markers and no end', without(withRestarts(40), 2)],
    ['zeros in place of the end', join(without(jpeg, 2), zeros(20))],
    ['zeros after the end', join(jpeg, zeros(100))],
    ['a second JPEG after the end (MPF)', join(jpeg, fixture('red.jpg'))],
    ['half a JPEG after the end', join(jpeg, half(jpeg))],
    ['a film after the end (motion photo)', join(jpeg, u32(24), 'ftypmp42', zeros(300))],
    ['a thumbnail in APP1', insert(jpeg, 2, segment(0xe1, 'Exif\0\0', exif(1), fixture('oriented-1.jpg')))],
    ['EXIF that is broken', insert(jpeg, 2, segment(0xe1, 'Exif\0\0II*\0', u32(-1), zeros(9)))],
    ['two orientations, of which the first counts', withExif(withExif(jpeg, exif(1)), exif(6)), standing],
    ['EXIF of the other byte order', withExif(jpeg, exif(6, 'MM')), standing],
    ['an orientation of the wrong type', withExif(jpeg, exif(8, 'II', 4)), standing],
    ['an orientation that does not exist', withExif(jpeg, exif(9))],
    ['a PNG without IEND', without(png, 12)],
    ['a PNG with half of IEND', without(png, 6)],
    ['garbage before IEND', insert(png, find(png, 'IEND') - 4, 'garbage!!')],
    ['garbage after IEND', join(png, 'garbage')],
    ['a wrong CRC in a text chunk', insert(png, 33, u32(1), 'tEXtA', zeros(4))],
    ['a wrong CRC in IEND', set(png, png.length - 1, [1])],
    ['eXIf in a PNG', insert(png, 33, chunk('eXIf', exif(6))), standing],
    ['eXIf behind the pixels, where it does not count', insert(png, png.length - 12, chunk('eXIf', exif(6)))],
    ['a GIF without its trailer', without(gif, 1)],
    ['a GIF without its last two bytes', without(gif, 2)],
    ['a GIF with zeros behind it', join(gif, zeros(30))],
    ['an extension that nobody knows', insert(gif, table, [0x21, 0x55, 3, 1, 2, 3, 0])],
    ['a comment in a GIF', insert(gif, table, [0x21, 0xfe, 2, 65, 66, 0])],
    ['a RIFF that says it is longer', set(webp, 4, u32le(webp.length + 92))],
    ['a RIFF that counts itself', set(webp, 4, u32le(webp.length))],
    ['a RIFF that says it is shorter', set(webp, 4, u32le(webp.length - 20))],
    ['a RIFF that says nothing', set(webp, 4, u32le(0))],
    ['a WebP with bytes behind it', join(webp, 'appended by somebody')],
    ['EXIF behind a plain WebP, where it does not count', withChunk(webp, 'EXIF', exif(6))],
    ['a lossless WebP', lossless],
    ['a WebP with EXIF', extended, standing],
    ['an animated WebP', animated, [64, 64]],
    ['an AVIF', avif],
    ['an AVIF that is turned', turned, standing],
    ['an AVIF with transparency', fixture('glass.avif')],
    ['an AVIF with bytes behind it', join(avif, zeros(3), [9], 'junk', zeros(30))],
  ]
  return rows.map(([name, bytes, size]) => [name, bytes, size ?? lying])
}

/** What no decoder reads whole: half files, and what is no picture at all. */
export function unreadable(): [name: string, bytes: Bytes, code: string][] {
  const [jpeg, progressive, png, gif] = ['scene.jpg', 'progressive.jpg', 'scene.png', 'scene.gif'].map(
    fixture,
  ) as Four
  const [webp, avif] = [fixture('scene.webp'), fixture('scene.avif')]
  const frame = marker(jpeg, 0xc0)
  const blocks = subBlockEnds(gif)
  const mdat = find(avif, 'mdat')
  return [
    ['half a JPEG', half(jpeg), 'damaged'],
    ['half a JPEG with an end', join(half(jpeg), [0xff, 0xd9]), 'damaged'],
    ['half a JPEG and zeros', join(half(jpeg), zeros(jpeg.length >> 1)), 'damaged'],
    ['a JPEG without its last twenty bytes', without(jpeg, 20), 'damaged'],
    [
      'half a JPEG after a whole thumbnail',
      without(withExif(jpeg, join(exif(1), jpeg)), jpeg.length >> 1),
      'damaged',
    ],
    ['half a JPEG with restart markers', without(withRestarts(20), 2), 'damaged'],
    ['half a progressive JPEG', half(progressive), 'damaged'],
    ['the first scan of a progressive JPEG alone', firstScan(progressive), 'damaged'],
    ['a JPEG that leaves its height to the end', set(jpeg, frame + 5, u16(0)), 'damaged'],
    ['a JPEG with two frames', insert(jpeg, frame, jpeg.slice(frame, frame + 19)), 'damaged'],
    ['a JPEG that ends in its header', jpeg.slice(0, frame + 30), 'damaged'],
    ['half a PNG', half(png), 'damaged'],
    ['half a PNG with an end', join(half(png), png.subarray(-12)), 'damaged'],
    ['a PNG without pixels', join(png.subarray(0, 33), png.subarray(-12)), 'damaged'],
    ['a wrong CRC in the pixels', set(png, find(png, 'IEND') - 8, [1, 2, 3, 4]), 'damaged'],
    ['a PNG as Xcode rewrites them (CgBI)', insert(png, 8, chunk('CgBI', [0x50, 0, 0x20, 2])), 'damaged'],
    ['half a GIF', half(gif), 'damaged'],
    ['half a GIF, cut between two blocks', gif.slice(0, blocks[blocks.length >> 1]), 'damaged'],
    ['half a WebP', half(webp), 'damaged'],
    ['half a WebP that says so', set(half(webp), 4, u32le((webp.length >> 1) - 8)), 'damaged'],
    ['half an animated WebP', half(fixture('animated.webp')), 'damaged'],
    ['half an AVIF', half(avif), 'damaged'],
    ['half an AVIF that says so', set(half(avif), mdat - 4, u32((avif.length >> 1) - mdat + 4)), 'damaged'],
    ['an AVIF without its last byte', without(avif, 1), 'damaged'],
    ['an AVIF that ends with its header', avif.slice(0, mdat - 4), 'damaged'],
    ['bytes before a JPEG', join([0, 0], jpeg), 'not_an_image'],
    ['a HEIC in disguise', join(u32(24), 'ftypheic', zeros(4), 'mif1heic', zeros(400)), 'not_an_image'],
  ]
}

/**
 * A grey JPEG of 40 units of six blocks, of which each takes two bits, with a restart marker after every unit: twelve
 * bits, filled up with ones. Only so many of its units are there.
 */
function withRestarts(units: number): Bytes {
  const grey = fixture('grey.jpg')
  const scan = marker(grey, 0xda)
  const start = scan + 2 + new DataView(grey.buffer).getUint16(scan + 2)
  const data = Array.from({ length: units }, (_, index) => [
    ...(index ? [0xff, 0xd0 + ((index - 1) & 7)] : []),
    0,
    0x0f,
  ])
  return join(
    grey.subarray(0, scan),
    segment(0xdd, u16(1)),
    grey.subarray(scan, start),
    data.flat(),
    [0xff, 0xd9],
  )
}

function firstScan(progressive: Bytes): Bytes {
  const start = marker(progressive, 0xda) + 2
  for (let at = start; at < progressive.length; at++) {
    if (progressive[at] === 0xff && progressive[at + 1] !== 0) return progressive.slice(0, at)
  }
  throw new Error('one scan')
}

type Four = [Bytes, Bytes, Bytes, Bytes]

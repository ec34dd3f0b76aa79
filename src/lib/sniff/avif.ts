import { type Items, readItems } from './avif-items'
import { readBoxes } from './boxes'
import { blank, type Reader, type Sniffed } from './bytes'

/** Items that a picture is made of (AVIF 1.2; HEIF, ISO/IEC 23008-12). Anything else says something about it. */
const PICTURE = new Set(['av01', 'grid', 'iovl', 'iden', 'tmap', 'sato'])

const ALPHA = /^urn:(mpeg:mpegB:cicp:systems:auxiliary:alpha|mpeg:hevc:2015:auxid:1)\0/

/**
 * How a decoder turns the picture, as EXIF would say it, by `irot` (quarters against the clock) and `imir` (none, top
 * to bottom, left to right). An Exif item says it too, for people; decoders do not heed it (HEIF, 6.5.10).
 */
const TURNS = [
  [1, 4, 2],
  [8, 5, 7],
  [3, 2, 4],
  [6, 7, 5],
] as const

/** AVIF: boxes; one of them, `meta`, says what items there are, their properties, and where their bytes are. */
export function sniffAvif(file: Reader): Sniffed | null {
  const sniffed = blank('avif')
  let items: Items | null = null
  let at = 0
  for (const { type, start, end } of readBoxes(file, 0, file.size)) {
    at = end
    if (type === 'uuid' || type === 'udta') sniffed.metadata = true
    if (type !== 'meta' && type !== 'mdat' && end > file.size) {
      sniffed.metadata = true // no box, but something that was appended
      at = file.size
    } else if (end > file.size)
      return items ? { ...describe(file, sniffed, items), complete: false } : sniffed
    else if (type === 'meta' && !items) {
      if (!file.sees(start, end - start)) return { ...sniffed, short: true }
      items = readItems(file, start + 4, end)
    }
  }
  if (!items) return at < file.size && file.size > file.head.length ? { ...sniffed, short: true } : null
  return describe(file, sniffed, items)
}

function describe(file: Reader, sniffed: Sniffed, items: Items): Sniffed {
  const own = items.properties.filter((_, index) => items.associated.has(index))
  const sizes = items.properties.filter(({ type }) => type === 'ispe').map(readSize)
  const ownSize = own.find(({ type }) => type === 'ispe')
  const largest = {
    width: Math.max(0, ...sizes.map(({ width }) => width)),
    height: Math.max(0, ...sizes.map(({ height }) => height)),
  }
  // Tiles and thumbnails have sizes too. Where one of them is larger than the picture, limits must see it.
  const size = ownSize ? readSize(ownSize) : largest
  const isLargest = sizes.every(({ width, height }) => width * height <= size.width * size.height)
  const last = (type: string) => own.findLast((property) => property.type === type)
  const rotation = last('irot')
  const mirror = last('imir')
  const turn = TURNS[rotation ? file.u8(rotation.start) & 3 : 0] ?? TURNS[0]
  const complete = sizes.length > 0 && !items.isCut
  return {
    ...sniffed,
    ...(isLargest ? size : largest),
    orientation: turn[mirror ? 1 + (file.u8(mirror.start) & 1) : 0] ?? 1,
    transparent: items.properties.some(
      ({ type, start }) => type === 'auxC' && ALPHA.test(file.text(start + 4, 48)),
    ),
    complete,
    ended: complete,
    metadata:
      sniffed.metadata ||
      items.hasText ||
      items.types.some((type) => !PICTURE.has(type)) ||
      items.properties.some(({ type, start }) => isProfile(type, file.text(start, 4))),
  }

  function readSize({ start }: { start: number }) {
    return { width: file.u32(start + 4), height: file.u32(start + 8) }
  }
}

/** Colours by numbers (`nclx`) are needed to decode; a profile can carry its maker's name. */
function isProfile(type: string, kind: string): boolean {
  return (type === 'colr' && kind !== 'nclx') || type === 'uuid' || type === 'udes'
}

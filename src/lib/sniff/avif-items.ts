import { type Box, readBoxes } from './boxes'
import type { Reader } from './bytes'

/** What `meta` says of the items of a file (HEIF, ISO/IEC 23008-12; ISO/IEC 14496-12, 8.11). */
export interface Items {
  /** The types of all items. */
  types: string[]
  /** Boxes of `ipco`, in their order. */
  properties: Box[]
  /** Which of them belong to the primary item. */
  associated: Set<number>
  /** Whether an item's bytes lie behind the end of the file. */
  isCut: boolean
  /** Whether there is XML, or a box of a private type. */
  hasText: boolean
}

/** The items that `meta` lists; boxes that reach out of the one they stand in are left out. */
export function readItems(file: Reader, from: number, to: number): Items {
  const items: Items = { types: [], properties: [], associated: new Set(), isCut: false, hasText: false }
  const boxes = [...readBoxes(file, from, to)].filter(({ end }) => end <= to)
  const find = (type: string) => boxes.find((box) => box.type === type)
  const [pitm, iinf, iloc, iprp, idat] = ['pitm', 'iinf', 'iloc', 'iprp', 'idat'].map(find)
  const primary = pitm ? (file.u8(pitm.start) ? file.u32(pitm.start + 4) : file.u16(pitm.start + 4)) : 0
  items.hasText = boxes.some(({ type }) => type === 'xml ' || type === 'bxml' || type === 'uuid')
  if (iinf) items.types = readTypes(file, iinf)
  if (iloc) items.isCut = isCut(file, iloc, idat)
  else items.isCut = true
  for (const box of iprp ? readBoxes(file, iprp.start, iprp.end) : []) {
    if (box.end > to) break
    if (box.type === 'ipco')
      items.properties = [...readBoxes(file, box.start, box.end)].filter((p) => p.end <= box.end)
    if (box.type === 'ipma') items.associated = items.associated.union(readAssociations(file, box, primary))
  }
  return items
}

/** `infe` of version 2 and 3; older ones have no type and are not written by anybody who writes AVIF. */
function readTypes(file: Reader, iinf: Box): string[] {
  const start = iinf.start + (file.u8(iinf.start) ? 8 : 6)
  return [...readBoxes(file, start, iinf.end)]
    .filter(({ type, end }) => type === 'infe' && end <= iinf.end)
    .map((infe) => file.text(infe.start + (file.u8(infe.start) === 3 ? 10 : 8), 4))
}

/** The indexes of the properties that `ipma` gives to an item. */
function readAssociations(file: Reader, ipma: Box, item: number): Set<number> {
  const found = new Set<number>()
  const isWide = (file.u8(ipma.start + 3) & 1) === 1
  const idBytes = file.u8(ipma.start) ? 4 : 2
  let at = ipma.start + 8
  for (let left = file.u32(ipma.start + 4); left > 0 && at + idBytes < ipma.end; left--) {
    const id = idBytes === 4 ? file.u32(at) : file.u16(at)
    const count = file.u8(at + idBytes)
    at += idBytes + 1
    for (let index = 0; index < count && at < ipma.end; index++, at += isWide ? 2 : 1) {
      const property = isWide ? file.u16(at) & 0x7fff : file.u8(at) & 0x7f
      if (id === item && property) found.add(property - 1)
    }
  }
  return found
}

/** Whether any part of any item ends behind the file, or behind `idat` where it says to lie in there. */
function isCut(file: Reader, iloc: Box, idat: Box | undefined): boolean {
  const version = file.u8(iloc.start)
  const sizes = file.u16(iloc.start + 4)
  const [offsetSize, lengthSize, baseSize, indexSize] = [12, 8, 4, 0].map(
    (shift) => (sizes >>> shift) & 15,
  ) as Quartet
  const idSize = version < 2 ? 2 : 4
  const extentSize = (version ? indexSize : 0) + offsetSize + lengthSize
  let at = iloc.start + 6
  const read = (size: number) => {
    const value =
      size === 8
        ? file.u32(at) * 2 ** 32 + file.u32(at + 4)
        : size === 4
          ? file.u32(at)
          : size === 2
            ? file.u16(at)
            : 0
    at += size
    return value
  }
  for (let left = read(idSize); left > 0; left--) {
    if (at + idSize + 4 + baseSize > iloc.end) return true
    read(idSize)
    const method = version ? read(2) & 15 : 0
    read(2) // data reference: this file
    const base = read(baseSize)
    const limit = method === 0 ? file.size : idat ? idat.end - idat.start : 0
    // Extents without a size take no room: one of them stands for as many as are claimed.
    const count = Math.min(read(2), extentSize ? Number.POSITIVE_INFINITY : 1)
    for (let index = 0; index < count; index++) {
      if (at + extentSize > iloc.end) return true
      read(version ? indexSize : 0)
      const offset = read(offsetSize)
      const end = base + offset + read(lengthSize)
      if (method < 2 && end > limit) return true
    }
  }
  return false
}

type Quartet = [number, number, number, number]

import { MINUTE } from '../time'
import type { Reader } from './bytes'

const ORIENTATION = 0x0112
const EXIF_DIRECTORY = 0x8769
const TAKEN = 0x9003
const TAKEN_OFFSET = 0x9011

/** The directories of cameras have some tens of entries. */
const MAX_ENTRIES = 1000

/** What is read of the EXIF data of a picture. */
export interface Exif {
  /** 1..8; 1 where there is none that means anything. */
  orientation: number
  /** Milliseconds since 1970; null where there is none that means anything. */
  takenAt: number | null
}

/** An open TIFF file, which EXIF data is. */
interface Tiff {
  file: Reader
  start: number
  end: number
  u16: (at: number) => number
  u32: (at: number) => number
}

/**
 * Orientation and date of EXIF data, a TIFF file of its own from `start` to `end` (Exif 3.0, 4.6.4.1 and 4.6.6). Like
 * libexif, it does not mind which of the types of integer a camera chose.
 */
export function readExif(file: Reader, start: number, end: number): Exif {
  const exif: Exif = { orientation: 1, takenAt: null }
  const order = file.text(start, 4)
  if ((order !== 'II*\0' && order !== 'MM\0*') || !file.sees(start, 8)) return exif
  const little = order[0] === 'I'
  const tiff = {
    ...{ file, start, end },
    u16: little ? file.u16le : file.u16,
    u32: little ? file.u32le : file.u32,
  }
  const first = readEntries(tiff, tiff.u32(start + 4), [ORIENTATION, EXIF_DIRECTORY])
  const orientation = readInteger(tiff, first.get(ORIENTATION))
  if (orientation !== null && orientation >= 1 && orientation <= 8) exif.orientation = orientation
  const place = readInteger(tiff, first.get(EXIF_DIRECTORY))
  const second = place === null ? null : readEntries(tiff, place, [TAKEN, TAKEN_OFFSET])
  if (second)
    exif.takenAt = toTime(readText(tiff, second.get(TAKEN)), readText(tiff, second.get(TAKEN_OFFSET)))
  return exif
}

/** Where the entries of these tags stand in the directory at `offset`, the first of each. */
function readEntries({ file, start, end, u16 }: Tiff, offset: number, tags: number[]): Map<number, number> {
  const found = new Map<number, number>()
  const directory = start + offset
  if (!file.sees(directory, 2) || directory + 2 > end) return found
  const count = Math.min(u16(directory), MAX_ENTRIES)
  for (let index = 0; index < count; index++) {
    const at = directory + 2 + 12 * index
    if (at + 12 > end || !file.sees(at, 12)) return found
    const tag = u16(at)
    if (tags.includes(tag) && !found.has(tag)) found.set(tag, at)
  }
  return found
}

function readInteger({ file, u16, u32 }: Tiff, entry: number | undefined): number | null {
  if (entry === undefined) return null
  const readers: Record<number, (at: number) => number> = { 1: file.u8, 3: u16, 4: u32 }
  return readers[u16(entry + 2)]?.(entry + 8) ?? null
}

/** Of a date at the most: what is longer is none. */
const MAX_TEXT = 32

function readText({ file, start, end, u32 }: Tiff, entry: number | undefined): string {
  const length = entry === undefined ? 0 : u32(entry + 4)
  if (entry === undefined || length > MAX_TEXT) return ''
  const at = length <= 4 ? entry + 8 : start + u32(entry + 8)
  return at + length <= end && file.sees(at, length) ? file.text(at, length) : ''
}

/** `2026:11:25 18:30:00` by the clock of the place, and where the camera knows it `+01:00`; else taken as UTC. */
function toTime(text: string, offset: string): number | null {
  const date = /^(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)(?:\0|$)/.exec(text)
  if (!date) return null
  const [year = 0, month = 0, day = 0, hours = 0, minutes = 0, seconds = 0] = date.slice(1).map(Number)
  const time = Date.UTC(year, month - 1, day, hours, minutes, seconds)
  const read = new Date(time)
  // What is no date comes out as another one; years below 100 are those of the twentieth century to Date.UTC.
  const isOne =
    read.getUTCFullYear() === year && read.getUTCMonth() === month - 1 && read.getUTCDate() === day
  if (!isOne || hours > 23 || minutes > 59 || seconds > 60) return null
  const [, sign, ahead, aside] = /^([+-])(0\d|1[0-4]):([0-5]\d)(?:\0|$)/.exec(offset) ?? []
  return time - (sign === '-' ? -1 : 1) * (Number(ahead ?? 0) * 60 + Number(aside ?? 0)) * MINUTE
}

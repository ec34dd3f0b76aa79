import type { Reader } from './bytes'

const ORIENTATION = 0x0112

/** IFD0 of cameras has some tens of entries. */
const MAX_ENTRIES = 1000

/**
 * The orientation tag of EXIF data, a TIFF file of its own from `start` to `end` (Exif 3.0, 4.6.4.1); 1 where there is
 * none that means anything. Like libexif, it does not mind which of the types of integer a camera chose.
 */
export function readOrientation(file: Reader, start: number, end: number): number {
  const order = file.text(start, 4)
  if (order !== 'II*\0' && order !== 'MM\0*') return 1
  const little = order[0] === 'I'
  const u16 = little ? file.u16le : file.u16
  const u32 = little ? file.u32le : file.u32
  if (!file.sees(start, 8)) return 1
  const directory = start + u32(start + 4)
  if (!file.sees(directory, 2) || directory + 2 > end) return 1
  const count = Math.min(u16(directory), MAX_ENTRIES)
  for (let index = 0; index < count; index++) {
    const at = directory + 2 + 12 * index
    if (at + 12 > end || !file.sees(at, 12)) return 1
    if (u16(at) !== ORIENTATION) continue
    const readers: Record<number, (at: number) => number> = { 1: file.u8, 3: u16, 4: u32 }
    const value = readers[u16(at + 2)]?.(at + 8) ?? 1
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

import type { Reader } from './bytes'

/** A box of the ISO base media file format (ISO/IEC 14496-12, 4.2). */
export interface Box {
  type: string
  /** Where its content begins, and where it ends by its own words: perhaps behind the end of what it stands in. */
  start: number
  end: number
}

/** Items of a large grid have some hundreds; beyond this a file was made to be slow. */
const MAX_BOXES = 4096

/**
 * The boxes from `from` to `to`, one after the other. Stops in front of one that is not at hand; a box that goes past
 * `to` is the last. Every step goes forward, and there are at most so many.
 */
export function* readBoxes(file: Reader, from: number, to: number): Generator<Box> {
  let at = from
  for (let count = 0; count < MAX_BOXES && at + 8 <= to && file.sees(at, 8); count++) {
    const size = file.u32(at)
    const type = file.text(at + 4, 4)
    if (size === 1 && !file.sees(at, 16)) return
    const header = size === 1 ? 16 : 8
    const length = size === 1 ? file.u32(at + 8) * 2 ** 32 + file.u32(at + 12) : size
    if (length !== 0 && length < header) return
    const end = length === 0 ? to : at + length // 0: up to the end
    yield { type, start: at + header, end }
    at = end
  }
}

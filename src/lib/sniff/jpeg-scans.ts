import type { Reader } from './bytes'

export interface Frame {
  progressive: boolean
  /** The components' identifiers. */
  components: number[]
}

/** Where a scan's header stands, from its length on. */
export interface Scan {
  at: number
  end: number
}

/**
 * Whether the scans show every component, and of a progressive picture every coefficient down to its last bit (ITU-T
 * T.81, B.2.3 and G.1.1.1): so the last scan that is there is the last that there was.
 */
export function showsAll(file: Reader, { frame, scans }: { frame: Frame; scans: Scan[] }): boolean {
  const missing = new Map(frame.components.map((id) => [id, new Uint8Array(64).fill(1)]))
  for (const { at, end } of scans) {
    const count = file.sees(at, 3) ? file.u8(at + 2) : 0
    const spectrum = at + 3 + 2 * count
    if (count > 4 || spectrum + 3 > end || !file.sees(spectrum, 3)) return false
    const [first, last] = frame.progressive ? [file.u8(spectrum), file.u8(spectrum + 1)] : [0, 63]
    const bitsLeft = frame.progressive ? file.u8(spectrum + 2) & 15 : 0
    for (let index = 0; index < count; index++) {
      if (!bitsLeft) missing.get(file.u8(at + 3 + 2 * index))?.fill(0, first, last + 1)
    }
  }
  return missing.size > 0 && [...missing.values()].every((bits) => !bits.includes(1))
}

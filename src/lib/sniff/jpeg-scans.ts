import type { Reader } from './bytes'

/** What a frame header says (ITU-T T.81, B.2.2). */
export interface Frame {
  /** The marker's code. */
  process: number
  width: number
  height: number
  components: { id: number; across: number; down: number }[]
}

/** A segment that the scans depend on: DHT, DRI, SOS. `at` is where its length stands, `end` is behind it. */
export interface Segment {
  marker: number
  at: number
  end: number
}

export function readFrame(file: Reader, { marker, at, end }: Segment): Frame {
  const count = Math.min(file.u8(at + 7), 4, Math.floor((end - at - 8) / 3))
  const components = Array.from({ length: Math.max(0, count) }, (_, index) => {
    const sampling = file.u8(at + 9 + 3 * index)
    return { id: file.u8(at + 8 + 3 * index), across: sampling >> 4, down: sampling & 15 }
  })
  return { process: marker, height: file.u16(at + 3), width: file.u16(at + 5), components }
}

/**
 * Whether the scans show every component, and of a progressive picture every coefficient down to its last bit (ITU-T
 * T.81, B.2.3 and G.1.1.1): so the last scan that is there is the last that there was.
 */
export function showsAll(file: Reader, { frame, segments }: { frame: Frame; segments: Segment[] }): boolean {
  const isProgressive = (frame.process & 3) === 2
  const missing = new Map(frame.components.map(({ id }) => [id, new Uint8Array(64).fill(1)]))
  for (const { marker, at, end } of segments) {
    if (marker !== 0xda) continue
    const count = file.sees(at, 3) ? file.u8(at + 2) : 0
    const spectrum = at + 3 + 2 * count
    if (count > 4 || spectrum + 3 > end || !file.sees(spectrum, 3)) return false
    const [first, last] = isProgressive ? [file.u8(spectrum), file.u8(spectrum + 1)] : [0, 63]
    const bitsLeft = isProgressive ? file.u8(spectrum + 2) & 15 : 0
    for (let index = 0; index < count; index++) {
      if (!bitsLeft) missing.get(file.u8(at + 3 + 2 * index))?.fill(0, first, last + 1)
    }
  }
  return missing.size > 0 && [...missing.values()].every((bits) => !bits.includes(1))
}

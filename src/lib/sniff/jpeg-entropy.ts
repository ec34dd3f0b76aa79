import type { Reader } from './bytes'
import type { Frame, Segment } from './jpeg-scans'

/** By the next 16 bits: a code's length times 256, plus its symbol; 0 where no code begins so. */
type Codes = Uint16Array

/** The codes of one block: of its first coefficient, and of the others. */
interface Block {
  dc: Codes
  ac: Codes
}

interface Plan {
  /** Where the data begins. */
  at: number
  /** The blocks of one unit (MCU), of which there are `units`, with a marker after every `restart` ones. */
  unit: Block[]
  units: number
  restart: number
}

/**
 * Whether the last scan of a sequential JPEG (ITU-T T.81, annex F) has the data of all its blocks: the only way to tell
 * a picture without its last two bytes from half of one, since decoders fill what is missing with grey. Reads codes
 * and skips values. The time it takes is bounded by the bytes: no block takes less than two bits. Data that makes no
 * sense counts as there; it is the decoder's to refuse.
 */
export function hasAllBlocks(file: Reader, values: { frame: Frame; segments: Segment[] }): boolean {
  const scan = values.segments.findLast(({ marker }) => marker === 0xda)
  if (!scan) return false
  const plan = planScan(file, { ...values, scan })
  return !plan || walk(file.head, plan)
}

/** Null where the scan names what does not exist. */
function planScan(
  file: Reader,
  { frame, segments, scan }: { frame: Frame; segments: Segment[]; scan: Segment },
): Plan | null {
  const { codes, restart } = readTables(file, segments)
  const count = file.u8(scan.at + 2)
  const across = Math.max(1, ...frame.components.map((each) => each.across))
  const down = Math.max(1, ...frame.components.map((each) => each.down))
  const unit: Block[] = []
  let units = Math.ceil(frame.width / (8 * across)) * Math.ceil(frame.height / (8 * down))
  for (let index = 0; index < count; index++) {
    const id = file.u8(scan.at + 3 + 2 * index)
    const tables = file.u8(scan.at + 4 + 2 * index)
    const component = frame.components.find((each) => each.id === id)
    const [dc, ac] = [codes.get(tables >> 4), codes.get(0x10 | (tables & 15))]
    if (!component || !dc || !ac) return null
    // Several components come in units of so many blocks each, one alone comes block by block (A.2).
    const blocks = count > 1 ? component.across * component.down : 1
    for (let block = 0; block < blocks; block++) unit.push({ dc, ac })
    if (count > 1) continue
    const wide = Math.ceil((frame.width * component.across) / across)
    const high = Math.ceil((frame.height * component.down) / down)
    units = Math.ceil(wide / 8) * Math.ceil(high / 8)
  }
  return { at: scan.end, unit, units, restart }
}

/** The tables as they stand for the last scan: a later one takes the place of an earlier one. */
function readTables(file: Reader, segments: Segment[]): { codes: Map<number, Codes>; restart: number } {
  const codes = new Map<number, Codes>()
  let restart = 0
  for (const { marker, at, end } of segments) {
    if (marker === 0xdd && at + 4 <= end) restart = file.u16(at + 2)
    if (marker !== 0xc4) continue
    for (let from = at + 2; from + 17 <= end; ) {
      const lengths = file.head.subarray(from + 1, from + 17)
      const total = lengths.reduce((sum, each) => sum + each, 0)
      const symbols = file.head.subarray(from + 17, from + 17 + total)
      codes.set(file.u8(from) & 0x1f, makeCodes(lengths, symbols))
      from += 17 + total
    }
  }
  return { codes, restart }
}

/** T.81, annex C: codes of one length follow each other, and double from length to length. */
function makeCodes(lengths: Uint8Array, symbols: Uint8Array): Codes {
  const codes = new Uint16Array(65_536)
  let code = 0
  let index = 0
  for (let length = 1; length <= 16; length++) {
    for (let left = lengths[length - 1] ?? 0; left > 0; left--, code++, index++) {
      codes.fill((length << 8) | (symbols[index] ?? 0), code << (16 - length), (code + 1) << (16 - length))
    }
    code <<= 1
  }
  return codes
}

/** One loop without calls: it sees every symbol of a file. */
function walk(data: Uint8Array, { at: start, unit, units, restart }: Plan): boolean {
  let at = start
  let bits = 0 // the newest are the lowest
  let count = 0 // how many of them are not read yet; negative where a value goes on in the bytes to come
  for (let done = 0; done < units; done++) {
    if (restart && done && done % restart === 0) {
      if (count < 0 || at + 1 >= data.length) return false
      count = 0
      at += 2
    }
    for (const { dc, ac } of unit) {
      let codes = dc
      for (let coefficient = 0; coefficient < 64; ) {
        while (count < 16 && at < data.length) {
          const byte = data[at] as number
          if (byte === 0xff && data[at + 1] !== 0) break // a marker, or the end
          bits = (bits << 8) | byte
          count += 8
          at += byte === 0xff ? 2 : 1
        }
        if (count <= 0) return false
        const code = codes[(count < 16 ? bits << (16 - count) : bits >>> (count - 16)) & 0xffff] as number
        const length = code >> 8
        if (length === 0) return count >= 16
        if (length > count) return false
        const symbol = code & 0xff
        count -= length + (symbol & 15)
        if (symbol === 0 && codes === ac) break // end of block
        coefficient += 1 + (symbol >> 4)
        codes = ac
      }
    }
  }
  return count >= 0 || data.length - at >= -count / 8
}

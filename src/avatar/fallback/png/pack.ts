import { type Canvas, stretchAfter } from '../canvas'
import { addRun, createRuns, type Runs } from './runs'

// Room for one picture at a time: encoding is synchronous.
const runs = createRuns()

/** Every byte of one palette index, by bits a pixel. */
const SPREAD: Record<number, number> = { 1: 0xff, 2: 0x55, 4: 0x11, 8: 1 }

/**
 * A canvas's rows as PNG has them before compression, each pixel `repeat` times across and down, in `depth` bits. Rows
 * go without a filter: equal and shifted rows are then what deflate finds by itself. The next call overwrites the result.
 */
export function packRows(canvas: Canvas, depth: number, repeat: number): Runs {
  const { size, values } = canvas
  const perByte = 8 / depth
  const spread = SPREAD[depth] as number
  const stride = 1 + Math.ceil((size * repeat) / perByte)
  runs.count = 0
  runs.stride = stride
  runs.repeat = repeat
  for (let y = 0; y < size; y++) {
    // The row's filter type.
    let open = 0
    let end = y * stride + 1
    let partial = 0
    let filled = 0
    for (let x = 0; x < size; ) {
      const after = stretchAfter(canvas, y, x)
      const whole = (values[y * size + x] as number) * spread
      let left = (after - x) * repeat
      x = after
      if (filled > 0) {
        const taken = Math.min(left, perByte - filled)
        partial = (partial << (taken * depth)) | (whole & ((1 << (taken * depth)) - 1))
        filled += taken
        left -= taken
        if (filled < perByte) continue
        if (partial !== open) addRun(runs, open, end)
        open = partial
        end++
        filled = 0
      }
      const bytes = Math.floor(left / perByte)
      if (bytes > 0) {
        if (whole !== open) addRun(runs, open, end)
        open = whole
        end += bytes
      }
      filled = left - bytes * perByte
      partial = whole & ((1 << (filled * depth)) - 1)
    }
    if (filled > 0) {
      partial <<= (perByte - filled) * depth
      if (partial !== open) addRun(runs, open, end)
      open = partial
      end++
    }
    addRun(runs, open, end)
  }
  return runs
}

import type { Patch } from './bytes'

/**
 * The same file with the patches of `sniffImage` applied on its way, for a decoder that refuses what browsers read:
 * stray bytes between segments, an end marker that is missing.
 */
export function mendStream(
  source: ReadableStream<Uint8Array>,
  patches: readonly Patch[],
): ReadableStream<Uint8Array> {
  if (!patches.length) return source
  const waiting = [...patches]
  let at = 0
  let dropTo = 0
  const mending = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const end = at + chunk.length
      let from = Math.min(Math.max(at, dropTo), end)
      const pass = (to: number) => to > from && controller.enqueue(chunk.subarray(from - at, to - at))
      while (waiting[0] && waiting[0].at < end) {
        const patch = waiting.shift() as Patch
        pass(patch.at)
        if (patch.insert.length) controller.enqueue(Uint8Array.from(patch.insert))
        dropTo = patch.at + patch.drop
        from = Math.min(dropTo, end)
      }
      pass(end)
      at = end
    },
    flush(controller) {
      for (const patch of waiting) controller.enqueue(Uint8Array.from(patch.insert))
    },
  })
  return source.pipeThrough(mending)
}

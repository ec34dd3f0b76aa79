/** So many at once: more would only make each of them slower. */
const AT_ONCE = 4

/**
 * Does the same with several things, some of them at once, and goes on where one fails.
 * @param onProgress told after each how many are through, failed ones too
 */
export async function doSeveral<T>(
  items: T[],
  work: (item: T) => Promise<unknown>,
  onProgress: (through: number) => void = () => undefined,
): Promise<{ done: T[]; failed: { item: T; reason: unknown }[] }> {
  const waiting = [...items]
  const done: T[] = []
  const failed: { item: T; reason: unknown }[] = []
  const next = async (): Promise<void> => {
    const item = waiting.shift()
    if (item === undefined) return
    try {
      await work(item)
      done.push(item)
    } catch (reason) {
      failed.push({ item, reason })
    }
    onProgress(done.length + failed.length)
    return next()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  return { done, failed }
}

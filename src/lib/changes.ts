/**
 * What of the given values differs from what stands; null where nothing does. Writing that alone keeps whatever
 * another request writes to the other fields meanwhile.
 */
export function pickChanges<T extends object>(stands: T, given: Partial<T>): Partial<T> | null {
  const changes = Object.entries(given).filter(
    ([name, value]) => value !== undefined && value !== stands[name as keyof T],
  )
  return changes.length ? (Object.fromEntries(changes) as Partial<T>) : null
}

/**
 * Work on many rows in steps: D1 does one statement at a time for everybody, and a long one holds all others up.
 * Ends when a step found less than it could do, or after `steps` of them: what is left waits for the next message.
 * @param step does at most `size` rows and returns how many it did
 * @returns whether nothing is left
 */
export async function inBatches(
  { size, steps }: { size: number; steps: number },
  step: (size: number) => Promise<number>,
): Promise<boolean> {
  for (let count = 0; count < steps; count++) if ((await step(size)) < size) return true
  return false
}

/** What a bounded run of a clean-up left: null for nothing, else where the next one goes on, '' for wherever it likes. */
export type Rest = string | null

/** What is left of work in parts, of which any next run finds the rest by itself. */
export function restOf(areDone: boolean[]): Rest {
  return areDone.every(Boolean) ? null : ''
}

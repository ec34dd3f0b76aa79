/**
 * Work on many rows in steps: D1 does one statement at a time for everybody, and a long one holds all others up.
 * Ends when a step found less than it could do, or after `steps` of them: what is left waits for the next run.
 * @param step does at most `size` rows and returns how many it did
 */
export async function inBatches(
  { size, steps }: { size: number; steps: number },
  step: (size: number) => Promise<number>,
): Promise<void> {
  for (let count = 0; count < steps; count++) if ((await step(size)) < size) return
}

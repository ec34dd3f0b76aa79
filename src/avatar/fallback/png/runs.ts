/**
 * Bytes as runs: run i is of `values[i]` and ends before byte `ends[i]`. Rows are `stride` bytes, and a run ends with
 * its row at the latest. Each row stands for `repeat` rows in the picture; if for several, it has at least 3 bytes, as
 * many as a match must have.
 */
export interface Runs {
  count: number
  ends: Int32Array
  values: Uint8Array
  stride: number
  repeat: number
}

export function createRuns(): Runs {
  return { count: 0, ends: new Int32Array(4096), values: new Uint8Array(4096), stride: 1, repeat: 1 }
}

export function addRun(runs: Runs, value: number, end: number): void {
  if (runs.count === runs.ends.length) grow(runs)
  runs.ends[runs.count] = end
  runs.values[runs.count++] = value
}

function grow(runs: Runs): void {
  const ends = new Int32Array(runs.ends.length * 2)
  const values = new Uint8Array(runs.values.length * 2)
  ends.set(runs.ends)
  values.set(runs.values)
  runs.ends = ends
  runs.values = values
}

import { during } from './failures'

/** Measures the steps of one request, for its `Server-Timing` (W3C Server Timing, section 2). */
export interface Timings {
  /** Waits for a step and notes how long it took, in milliseconds; where it fails, that it was this one. */
  measure<T>(step: string, work: Promise<T>): Promise<T>
  /** The header: what answered, if anything did, then each step. */
  header(answeredBy?: string): string
}

/** The part of the platform behind a step, as the log names it. */
const PARTS: Record<string, string> = { match: 'cache', get: 'r2', master: 'r2' }

export function startTimings(): Timings {
  const steps: string[] = []
  return {
    async measure(step, work) {
      const start = performance.now()
      const result = await during(PARTS[step] ?? step, work)
      steps.push(`${step};dur=${(performance.now() - start).toFixed(1)}`)
      return result
    },
    header: (answeredBy) => (answeredBy ? [answeredBy, ...steps] : steps).join(', '),
  }
}

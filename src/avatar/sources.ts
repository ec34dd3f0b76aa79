import { logProblem, type Problem, toProblem } from '../http/problems'
import type { Timings } from '../lib/timings'
import { findRendition, type Rendition } from '../renditions/rendition'
import type { RenditionSpec } from '../renditions/spec'
import { openWorkshop } from '../renditions/workshop'
import { findProfile, findShownPhoto, type Profile, type ShownPhoto } from './lookup'

// The two truths at their source: called by PhotoOrigin where the platform's cache stands in front, and in process
// where there is none.

/** Who shows under a key. */
export function findWho(env: Env, key: string, timings: Timings): Promise<ShownPhoto | null> {
  return timings.measure('d1', findShownPhoto(env.DB, { key }))
}

/** What is public of the person behind a key. */
export function findProfileOf(env: Env, key: string, timings: Timings): Promise<Profile | null> {
  return timings.measure('d1', findProfile(env.DB, { key }))
}

/** The rendition from the nearest tier that has it. */
export function makeWhat(
  env: Env,
  spec: RenditionSpec,
  values: { client: string; waitUntil(promise: Promise<unknown>): void; timings: Timings },
): Promise<Rendition> {
  const { client, waitUntil, timings } = values
  return findRendition(openWorkshop(env, { client, waitUntil, measure: timings.measure }), spec)
}

/** The problem of a failure, logged: at the source, or where the gateway itself fails. */
export function reported(error: unknown): Problem {
  const problem = toProblem(error)
  logProblem(problem, { what: 'picture' })
  return problem
}

import * as z from 'zod/mini'
import { CODES, type Code } from './problems'

// What calls of every feature answer; the Worker imports types alone from here.

/** What went wrong (RFC 9457). */
export const problemAnswer = z.looseObject({
  /** Where the code is explained; from the root of the service. */
  type: z.string(),
  /** The status in words. */
  title: z.string(),
  status: z.int(),
  /** Stays the same: what a program goes by. */
  code: z.enum(Object.keys(CODES) as [Code, ...Code[]]),
  /** For people; may change. */
  detail: z.string(),
  /** How many more codes may be tried, with `invalid_code` alone. */
  triesLeft: z.optional(z.int()),
})

/** Nothing to say: the status is the answer. */
export const emptyAnswer = z.strictObject({})

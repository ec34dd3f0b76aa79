import * as z from 'zod/mini'
import { once } from '../../lib/once'

// What the calls of this feature take.

/** `expiresIn` in seconds, from five minutes to thirty days. */
export const linkRequest = once(() =>
  z.strictObject({
    expiresIn: z.int().check(z.gte(300), z.lte(2_592_000)),
    password: z.optional(z.string().check(z.minLength(1), z.maxLength(200))),
    download: z.optional(z.boolean()),
  }),
)

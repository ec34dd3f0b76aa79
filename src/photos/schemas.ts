import * as z from 'zod/mini'
import { RATINGS } from '../lib/ratings'

// What the calls of this feature take.

export const photoPatch = z.strictObject({
  altText: z.optional(z.string().check(z.trim(), z.maxLength(500))),
  rating: z.optional(z.enum(RATINGS)),
})
export const activation = z.strictObject({ photoId: z.nullable(z.string()) })

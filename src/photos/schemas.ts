import * as z from 'zod/mini'
import { RATINGS } from '../lib/ratings'

// What the calls of this feature take and answer. The types of the pages' browser code come from here.
// Answers are types for the Worker and leave no code in it: zod does not mark `int` as pure, so it is marked here.

/** Milliseconds since 1970. */
const time = /* @__PURE__ */ z.int()
const whole = /* @__PURE__ */ z.int()

export const photoPatch = z.strictObject({
  altText: z.optional(z.string().check(z.trim(), z.maxLength(500))),
  rating: z.optional(z.enum(RATINGS)),
})
export const activation = z.strictObject({ photoId: z.nullable(z.string()) })

/** A photo as its owner sees it. */
export const photoAnswer = z.strictObject({
  id: z.string(),
  status: z.enum(['pending', 'ready']),
  contentType: z.string(),
  bytes: whole,
  /** Upright pixels; null while pending. */
  width: z.nullable(whole),
  height: z.nullable(whole),
  rating: z.enum(RATINGS),
  altText: z.string(),
  active: z.boolean(),
  createdAt: time,
})
export type PhotoJson = z.infer<typeof photoAnswer>

export const photoList = z.strictObject({
  items: z.array(photoAnswer),
  nextCursor: z.nullable(z.string()),
})
export type PhotoList = z.infer<typeof photoList>

import * as z from 'zod/mini'
import { RATINGS } from '../lib/ratings'

// What the calls of this feature take and answer. The types of the pages' browser code come from here.

export const photoPatch = z.strictObject({
  altText: z.optional(z.string().check(z.trim(), z.maxLength(500))),
  rating: z.optional(z.enum(RATINGS)),
})
/** `md5` keeps to the photos of exactly these bytes. */
export const photoQuery = z.object({
  md5: z.optional(z.string().check(z.regex(/^[0-9a-f]{32}$/i, 'not an MD5 in hexadecimal'))),
})
export const activation = z.strictObject({ photoId: z.nullable(z.string()) })

/** A photo as its owner sees it. */
export const photoAnswer = z.strictObject({
  id: z.string(),
  status: z.enum(['pending', 'ready']),
  contentType: z.string(),
  bytes: z.int(),
  /** Upright pixels; null while pending. */
  width: z.nullable(z.int()),
  height: z.nullable(z.int()),
  rating: z.enum(RATINGS),
  altText: z.string(),
  /** What the file was called; null where nobody said. */
  fileName: z.nullable(z.string()),
  active: z.boolean(),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
})
export type PhotoJson = z.infer<typeof photoAnswer>

export const photoList = z.strictObject({
  items: z.array(photoAnswer),
  nextCursor: z.nullable(z.string()),
})
export type PhotoList = z.infer<typeof photoList>

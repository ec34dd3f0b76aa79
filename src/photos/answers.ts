import * as z from 'zod/mini'
import { RATINGS } from '../lib/ratings'

// What the calls of this feature answer. The Worker imports types alone from here, so that none of it is in its
// bundle: esbuild keeps every schema of a module that it keeps. The pages' browser code has the same types.

/** Milliseconds since 1970. */
const time = z.int()
const whole = z.int()

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
  /** What the file was called; null where nobody said. */
  fileName: z.nullable(z.string()),
  active: z.boolean(),
  createdAt: time,
})
export type PhotoJson = z.infer<typeof photoAnswer>

/** A photo as others see it who may. */
export const seenPhoto = z.strictObject({
  id: z.string(),
  userId: z.string(),
  /** Upright pixels. */
  width: whole,
  height: whole,
  altText: z.string(),
  createdAt: time,
  /** Of the primary address; the viewer's own name for them, else how they call themself, else `somebody`. */
  owner: z.strictObject({ hash: z.string(), name: z.string() }),
})
export type SeenPhotoJson = z.infer<typeof seenPhoto>

/** A photo as whoever asks may know it. */
export const anyPhoto = z.union([photoAnswer, seenPhoto])

export const photoList = z.strictObject({
  items: z.array(photoAnswer),
  nextCursor: z.nullable(z.string()),
})
export type PhotoList = z.infer<typeof photoList>

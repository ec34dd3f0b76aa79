import * as z from 'zod/mini'

// What the calls of this feature answer. The Worker imports types alone from here, so that none of it is in its
// bundle: esbuild keeps every schema of a module that it keeps. The pages' browser code has the same types.

/** Milliseconds since 1970. */
const time = z.int()

/** The person as they see themselves. */
export const meAnswer = z.strictObject({
  id: z.string(),
  email: z.string(),
  hash: z.string(),
  md5: z.string(),
  publicKey: z.string(),
  publicLookup: z.boolean(),
  displayName: z.string(),
  activePhotoId: z.nullable(z.string()),
  tagPolicy: z.enum(['anyone', 'nobody']),
  createdAt: time,
})
export type MeJson = z.infer<typeof meAnswer>

export const tokenAnswer = z.strictObject({
  id: z.string(),
  name: z.string(),
  createdAt: time,
})
export type TokenJson = z.infer<typeof tokenAnswer>

export const newTokenAnswer = z.extend(tokenAnswer, {
  /** The secret, shown this once. */
  token: z.string(),
})
export type NewTokenJson = z.infer<typeof newTokenAnswer>

export const tokenList = z.strictObject({ items: z.array(tokenAnswer), nextCursor: z.null() })

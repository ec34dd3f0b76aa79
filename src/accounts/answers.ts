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

export const addressAnswer = z.strictObject({
  hash: z.string(),
  md5: z.string(),
  email: z.string(),
  primary: z.boolean(),
  publicLookup: z.boolean(),
  /** Shows the account's active photo. */
  follows: z.boolean(),
  /** What it shows; null for none. */
  photoId: z.nullable(z.string()),
  createdAt: time,
})
export type AddressJson = z.infer<typeof addressAnswer>

export const addressList = z.strictObject({ items: z.array(addressAnswer), nextCursor: z.null() })

export const sessionAnswer = z.strictObject({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  /** "Firefox on Windows"; empty where it is not known. */
  browser: z.string(),
  createdAt: time,
  /** To the day. */
  lastUsedAt: time,
})
export type SessionJson = z.infer<typeof sessionAnswer>

export const sessionList = z.strictObject({ items: z.array(sessionAnswer), nextCursor: z.null() })

export const tokenAnswer = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** To the day; null for never. */
  lastUsedAt: z.nullable(time),
  createdAt: time,
})
export type TokenJson = z.infer<typeof tokenAnswer>

export const newTokenAnswer = z.extend(tokenAnswer, {
  /** The secret, shown this once. */
  token: z.string(),
})
export type NewTokenJson = z.infer<typeof newTokenAnswer>

export const tokenList = z.strictObject({ items: z.array(tokenAnswer), nextCursor: z.null() })

import * as z from 'zod/mini'

// What the calls of this feature take and answer. The types of the pages' browser code come from here.
// Answers are types for the Worker and leave no code in it: zod does not mark `int` as pure, so it is marked here.

/** Milliseconds since 1970. */
const time = /* @__PURE__ */ z.int()

const email = z.pipe(
  z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254)), // RFC 5321, section 4.5.3.1.3
  // What <input type="email"> accepts, so that page and server agree.
  z.email({ pattern: z.regexes.html5Email, error: 'not an e-mail address' }),
)

export const codeRequest = z.strictObject({ email })
export const signInRequest = z.strictObject({ code: z.string().check(z.maxLength(40)) })
export const profilePatch = z.strictObject({
  displayName: z.optional(z.string().check(z.trim(), z.maxLength(100))),
  publicLookup: z.optional(z.boolean()),
  tagPolicy: z.optional(z.enum(['anyone', 'nobody'])),
})
export const tokenRequest = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
})

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

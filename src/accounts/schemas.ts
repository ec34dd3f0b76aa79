import * as z from 'zod/mini'
import { readEmail } from '../lib/email'
import { readDigits, trimInvisible } from '../lib/text'

// What the calls of this feature take and answer. The types of the pages' browser code come from here.

const FAULTS = {
  form: 'not an e-mail address',
  letters: 'only a to z, digits and signs such as . _ - + may stand before the @',
}

const email = z.pipe(
  z.string().check(z.maxLength(1000)), // bounds the work; what is read out of it has a limit of its own
  z.transform((typed, context) => {
    const read = readEmail(typed)
    if ('email' in read) return read.email
    context.issues.push({ code: 'custom', message: FAULTS[read.fault], input: typed })
    return z.NEVER
  }),
)

/** A name: shown as it is, but for what cannot be seen at its ends. */
const name = z.string().check(z.overwrite(trimInvisible), z.maxLength(100))

export const codeRequest = z.strictObject({ email })
export const signInRequest = z.strictObject({
  code: z.pipe(z.string().check(z.maxLength(200)), z.transform(readDigits)),
})
export const profilePatch = z.strictObject({
  displayName: z.optional(name),
  publicLookup: z.optional(z.boolean()),
  tagPolicy: z.optional(z.enum(['anyone', 'nobody'])),
})
export const tokenRequest = z.strictObject({
  name: name.check(z.minLength(1)),
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
  /** Milliseconds since 1970. */
  createdAt: z.int(),
})
export type MeJson = z.infer<typeof meAnswer>

export const tokenAnswer = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
})
export type TokenJson = z.infer<typeof tokenAnswer>

export const newTokenAnswer = z.extend(tokenAnswer, {
  /** The secret, shown this once. */
  token: z.string(),
})
export type NewTokenJson = z.infer<typeof newTokenAnswer>

export const tokenList = z.strictObject({ items: z.array(tokenAnswer), nextCursor: z.null() })

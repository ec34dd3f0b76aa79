import * as z from 'zod/mini'
import { readEmail } from '../lib/email'
import { once } from '../lib/once'
import { readDigits, trimInvisible } from '../lib/text'

// What the calls of this feature take.

const FAULTS = {
  form: 'not an e-mail address',
  letters: 'only a to z, digits and signs such as . _ - + may stand before the @',
}

const email = () =>
  z.pipe(
    z.string().check(z.maxLength(1000)), // bounds the work; what is read out of it has a limit of its own
    z.transform((typed, context) => {
      const read = readEmail(typed)
      if ('email' in read) return read.email
      context.issues.push({ code: 'custom', message: FAULTS[read.fault], input: typed })
      return z.NEVER
    }),
  )

/** A name: shown as it is, but for what cannot be seen at its ends. */
const name = () => z.string().check(z.overwrite(trimInvisible), z.maxLength(100))

/** Whom to mail a code: at sign-in, or to add an address. */
export const codeRequest = once(() => z.strictObject({ email: email() }))
/** The code that was mailed, whatever for. */
export const codeProof = once(() =>
  z.strictObject({
    code: z.pipe(z.string().check(z.maxLength(200)), z.transform(readDigits)),
  }),
)
export const profilePatch = once(() =>
  z.strictObject({
    displayName: z.optional(name()),
    publicLookup: z.optional(z.boolean()),
    tagPolicy: z.optional(z.enum(['anyone', 'nobody'])),
  }),
)
/** What it shows is said in one way: a photo or none, or that it follows. */
export const addressPatch = once(() =>
  z
    .strictObject({
      publicLookup: z.optional(z.boolean()),
      photoId: z.optional(z.nullable(z.string())),
      follows: z.optional(z.boolean()),
      primary: z.optional(z.literal(true)),
    })
    .check(
      z.refine(({ photoId, follows }) => photoId === undefined || follows === undefined, {
        error: 'either photoId or follows, not both',
        path: ['follows'],
      }),
    ),
)
export const tokenRequest = once(() =>
  z.strictObject({
    name: name().check(z.minLength(1)),
  }),
)

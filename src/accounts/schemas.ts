import * as z from 'zod/mini'

// What the calls of this feature take.

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

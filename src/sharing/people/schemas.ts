import * as z from 'zod/mini'
import { once } from '../../lib/once'
import { trimInvisible } from '../../lib/text'

// What the calls of this feature take.

/** A person, as a URL names them: the SHA-256 of their e-mail in hexadecimal of any case. Becomes lower case. */
export const personHash = once(() =>
  z.string().check(z.regex(/^[0-9a-f]{64}$/i, 'not a SHA-256 in hexadecimal'), z.toLowerCase()),
)
export const contactRequest = once(() =>
  z.strictObject({
    name: z.string().check(z.overwrite(trimInvisible), z.minLength(1), z.maxLength(100)),
  }),
)

import * as z from 'zod/mini'
import { Problem } from '../http/problems'
import { once } from '../lib/once'
import { trimInvisible } from '../lib/text'

// What the calls of this feature take.

/** Characters of a message, as JavaScript counts them. */
export const MAX_TEXT = 4000

const hash = () =>
  z.string().check(z.regex(/^[0-9a-f]{64}$/i, 'not a SHA-256 in hexadecimal'), z.toLowerCase())

export const messageRequest = once(() =>
  z
    .strictObject({
      to: hash(),
      /** One of one's own. */
      from: z.optional(hash()),
      text: z.optional(z.string().check(z.overwrite(trimInvisible), z.maxLength(MAX_TEXT))),
      photoId: z.optional(z.string()),
      /** The address that `to` is the hash of: they are told by e-mail, too, where they have no account. */
      invite: z.optional(z.string().check(z.maxLength(1000))),
    })
    .check(z.refine(({ text, photoId }) => Boolean(text || photoId), 'a text, a photo or both')),
)

export const openRequest = once(() => z.strictObject({ upTo: z.string() }))

/** What a client calls a message that it sends. */
export const idempotencyKey = once(() =>
  z.string().check(z.minLength(1), z.maxLength(200, 'Idempotency-Key: at most 200 characters')),
)

/**
 * Reads the hash of an e-mail from a URL: SHA-256 in hexadecimal of any case.
 * @throws Problem `not_found`
 */
export function readHash(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Problem('not_found')
  return text.toLowerCase()
}

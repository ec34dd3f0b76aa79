import * as z from 'zod/mini'
import { once } from '../../lib/once'
import { trimInvisible } from '../../lib/text'

// What the calls of this feature take.

/** A title: shown as it is, but for what cannot be seen at its ends. */
const title = () => z.string().check(z.overwrite(trimInvisible), z.minLength(1), z.maxLength(100))

export const albumRequest = once(() => z.strictObject({ title: title() }))
export const albumPatch = once(() =>
  z.strictObject({
    title: z.optional(title()),
    coverPhotoId: z.optional(z.nullable(z.string())),
  }),
)
export const memberRequest = once(() => z.strictObject({ role: z.enum(['viewer', 'contributor']) }))

import * as z from 'zod/mini'
import { once } from '../lib/once'
import { RATINGS } from '../lib/ratings'

// What the calls of this feature take.

export const photoPatch = once(() =>
  z.strictObject({
    altText: z.optional(z.string().check(z.trim(), z.maxLength(500))),
    rating: z.optional(z.enum(RATINGS)),
  }),
)
/** `md5` keeps to the photos of exactly these bytes; `order` is when they came, or when they were taken. */
export const photoQuery = once(() =>
  z.object({
    md5: z.optional(z.string().check(z.regex(/^[0-9a-f]{32}$/i, 'not an MD5 in hexadecimal'))),
    order: z.optional(z.enum(['created', 'taken'])),
  }),
)
/** Most photos of one archive: their ids stand in a URL. */
const MAX_IN_ARCHIVE = 100

/** Ids, with commas between them. */
export const archiveQuery = once(() =>
  z.object({
    ids: z.pipe(
      z
        .string()
        .check(
          z.regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36})*$/i, 'ids of photos, with commas between them'),
          z.maxLength(37 * MAX_IN_ARCHIVE - 1, `at most ${MAX_IN_ARCHIVE}`),
        ),
      z.transform((text) => [...new Set(text.toLowerCase().split(','))]),
    ),
  }),
)
export const activation = once(() => z.strictObject({ photoId: z.nullable(z.string()) }))

import * as z from 'zod/mini'
import { once } from '../lib/once'

// What the calls of this feature take.

/** Where a person may have a picture already. */
export const IMPORT_SOURCES = ['gravatar', 'libravatar'] as const
export type ImportSource = (typeof IMPORT_SOURCES)[number]

export const uploadRequest = once(() =>
  z.strictObject({
    contentType: z.string().check(z.maxLength(100)),
    bytes: z.int().check(z.positive('must be above 0')),
    /** What the file is called; kept without folders and without what is not seen. */
    fileName: z.optional(z.string().check(z.maxLength(255))),
  }),
)
export const importRequest = once(() => z.strictObject({ from: z.enum(IMPORT_SOURCES) }))

import * as z from 'zod/mini'

// What the calls of this feature take and answer. The types of the pages' browser code come from here.
// Answers are types for the Worker and leave no code in it: zod does not mark `int` as pure, so it is marked here.

/** Milliseconds since 1970. */
const time = /* @__PURE__ */ z.int()

/** Where a person may have a picture already. */
export const IMPORT_SOURCES = ['gravatar', 'libravatar'] as const
export type ImportSource = (typeof IMPORT_SOURCES)[number]

export const uploadRequest = z.strictObject({
  contentType: z.string().check(z.maxLength(100)),
  bytes: z.int().check(z.positive('must be above 0')),
})
export const importRequest = z.strictObject({ from: z.enum(IMPORT_SOURCES) })

export const preparedAnswer = z.strictObject({
  id: z.string(),
  upload: z.strictObject({
    method: z.literal('PUT'),
    url: z.string(),
    /** What the browser must send along; it sets `content-length` itself. */
    headers: z.record(z.string(), z.string()),
    expiresAt: time,
  }),
})
export type PreparedUpload = z.infer<typeof preparedAnswer>

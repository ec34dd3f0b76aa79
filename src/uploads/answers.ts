import * as z from 'zod/mini'

// What the calls of this feature answer. The Worker imports types alone from here, so that none of it is in its
// bundle: esbuild keeps every schema of a module that it keeps. The pages' browser code has the same types.

/** Milliseconds since 1970. */
const time = z.int()

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

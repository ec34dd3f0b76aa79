import * as z from 'zod/mini'
import { once } from '../lib/once'
import { isThumbHash } from '../lib/stand-in'

// What the calls of this feature take.

/** Where a person may have a picture already. */
export const IMPORT_SOURCES = ['gravatar', 'libravatar'] as const
export type ImportSource = (typeof IMPORT_SOURCES)[number]

/** A part of a picture, and of more than nothing: both figures are of it as people see it. */
const part = () => z.number().check(z.minimum(0), z.maximum(1))

export const uploadRequest = once(() =>
  z
    .strictObject({
      contentType: z.string().check(z.maxLength(100)),
      bytes: z.int().check(z.positive('must be above 0')),
      /** What the file is called; kept without folders and without what is not seen. */
      fileName: z.optional(z.string().check(z.maxLength(255))),
      /** The photo that this one is cut from, and the square that it is of it. */
      cropOf: z.optional(z.string()),
      box: z.optional(z.strictObject({ x: part(), y: part(), size: part() })),
    })
    .check(
      z.refine(({ cropOf, box }) => (cropOf === undefined) === (box === undefined), {
        error: 'cropOf and box, or neither',
      }),
    ),
)
export const completion = once(() =>
  z.strictObject({
    /** What is seen until the picture is there. */
    standIn: z.optional(z.string().check(z.refine(isThumbHash, { error: 'not a ThumbHash in base64' }))),
  }),
)
export const importRequest = once(() => z.strictObject({ from: z.enum(IMPORT_SOURCES) }))

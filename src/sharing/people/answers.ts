import * as z from 'zod/mini'
import { seenPhoto } from '../../photos/answers'

// What the calls of this feature answer; see `photos/answers.ts`.

/** Milliseconds since 1970. */
const time = z.int()

/** Somebody whom a photo is shared with. */
export const shareAnswer = z.strictObject({
  hash: z.string(),
  /** As `namePeople` calls them. */
  name: z.string(),
  createdAt: time,
})
export type ShareJson = z.infer<typeof shareAnswer>

export const shareList = z.strictObject({ items: z.array(shareAnswer), nextCursor: z.null() })
export type ShareList = z.infer<typeof shareList>

/** One's own name for somebody. */
export const contactAnswer = z.strictObject({ hash: z.string(), name: z.string() })
export type ContactJson = z.infer<typeof contactAnswer>

export const contactList = z.strictObject({ items: z.array(contactAnswer), nextCursor: z.null() })
export type ContactList = z.infer<typeof contactList>

/** A photo that is shared with who asks. */
export const sharedPhoto = z.extend(seenPhoto, {
  sharedAt: time,
  /** Which of their addresses it is shared with, by its hash; the newest share where there are several. */
  sharedWith: z.string(),
})
export type SharedPhotoJson = z.infer<typeof sharedPhoto>

export const sharedList = z.strictObject({
  items: z.array(sharedPhoto),
  nextCursor: z.nullable(z.string()),
})
export type SharedList = z.infer<typeof sharedList>

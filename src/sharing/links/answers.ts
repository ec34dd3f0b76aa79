import * as z from 'zod/mini'

// What the calls of this feature answer; the Worker imports types alone from here.

/** Milliseconds since 1970. */
const time = z.int()

/** A link as the owner of its photo or album sees it. */
export const linkAnswer = z.strictObject({
  id: z.string(),
  createdAt: time,
  /** From this very millisecond it shows nothing any more. */
  expiresAt: time,
  hasPassword: z.boolean(),
  /** Whether whoever opens it may download. */
  download: z.boolean(),
})
export type LinkJson = z.infer<typeof linkAnswer>

/** The same when it has just been made. */
export const newLinkAnswer = z.extend(linkAnswer, {
  /** With its token, which is told this once. */
  url: z.string(),
})
export type NewLinkJson = z.infer<typeof newLinkAnswer>

/** One page: there are at most fifty. */
export const linkList = z.strictObject({ items: z.array(linkAnswer), nextCursor: z.null() })
export type LinkList = z.infer<typeof linkList>

import * as z from 'zod/mini'
import { seenPhoto } from '../photos/answers'

// What the calls of this feature answer. The Worker imports types alone from here, so that none of it is in its
// bundle: esbuild keeps every schema of a module that it keeps. The pages' browser code has the same types.

export const messageAnswer = z.strictObject({
  id: z.string(),
  /** Whether who asks wrote it. */
  mine: z.boolean(),
  /** `share` and `album` show something, `tag` tells of one. */
  kind: z.enum(['message', 'share', 'tag', 'album']),
  /** As it was written: text, and never markup. */
  text: z.string(),
  /** Null where there is none, or one that they may see no more. */
  photo: z.nullable(seenPhoto),
  album: z.nullable(z.strictObject({ id: z.string(), title: z.string() })),
  /** Milliseconds since 1970. */
  createdAt: z.int(),
})
export type MessageJson = z.infer<typeof messageAnswer>

const between = {
  /** Of the other person's e-mail. */
  hash: z.string(),
  /** One's own name for them; else how they call themself, where one may know; else `somebody`. */
  name: z.string(),
  /** The hash of one's own address that this conversation is with. */
  mine: z.string(),
}

export const conversationAnswer = z.strictObject({
  ...between,
  last: messageAnswer,
  /** Whether they wrote since the inbox was last opened. */
  unread: z.boolean(),
})
export type ConversationJson = z.infer<typeof conversationAnswer>

export const conversationList = z.strictObject({
  items: z.array(conversationAnswer),
  nextCursor: z.nullable(z.string()),
})
export type ConversationList = z.infer<typeof conversationList>

export const threadAnswer = z.strictObject({
  ...between,
  /** Whether one blocks them. */
  blocked: z.boolean(),
  /** Newest first. */
  items: z.array(messageAnswer),
  nextCursor: z.nullable(z.string()),
})
export type ThreadJson = z.infer<typeof threadAnswer>

export const blockAnswer = z.strictObject({ hash: z.string(), name: z.string(), blocked: z.boolean() })
export type BlockJson = z.infer<typeof blockAnswer>

export const blockList = z.strictObject({ items: z.array(blockAnswer), nextCursor: z.null() })

/** How many different people wrote since the inbox was last opened. */
export const unreadAnswer = z.strictObject({ people: z.int() })
export type UnreadJson = z.infer<typeof unreadAnswer>

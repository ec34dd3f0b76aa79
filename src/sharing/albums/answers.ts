import * as z from 'zod/mini'
import { seenPhoto } from '../../photos/answers'

// What the calls of this feature answer. The Worker imports types alone from here, so that none of it is in its
// bundle.

/** Milliseconds since 1970. */
const time = z.int()

/** An album as whoever asks may know it. */
export const albumAnswer = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Of whoever asks; who is in it by two addresses has the one that may do more. */
  role: z.enum(['owner', 'contributor', 'viewer']),
  /** Of the primary address; the viewer's own name for them, else how they call themself, else `somebody`. */
  owner: z.strictObject({ hash: z.string(), name: z.string() }),
  /** One of its photos; null for none. */
  coverPhotoId: z.nullable(z.string()),
  photoCount: z.int(),
  createdAt: time,
})
export type AlbumJson = z.infer<typeof albumAnswer>

export const albumList = z.strictObject({ items: z.array(albumAnswer), nextCursor: z.nullable(z.string()) })

export const albumPhotoList = z.strictObject({
  items: z.array(seenPhoto),
  nextCursor: z.nullable(z.string()),
})

export const memberAnswer = z.strictObject({
  /** Null where whoever asks is neither the album's owner nor this member. */
  hash: z.nullable(z.string()),
  name: z.string(),
  role: z.enum(['viewer', 'contributor']),
  createdAt: time,
})
export type MemberJson = z.infer<typeof memberAnswer>

export const memberList = z.strictObject({ items: z.array(memberAnswer), nextCursor: z.null() })

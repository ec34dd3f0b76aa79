import * as z from 'zod/mini'

// What the calls of this feature answer; the Worker imports types alone from here.

/** What is public of somebody who shows a picture. */
export const profileAnswer = z.strictObject({
  /** As it was asked for: nothing else tells who it is. */
  key: z.string(),
  displayName: z.string(),
  avatarUrl: z.string(),
  altText: z.string(),
  /** The same once more, where clients of Gravatar's older profile look. */
  entry: z.array(
    z.strictObject({
      hash: z.string(),
      displayName: z.string(),
      thumbnailUrl: z.string(),
      photos: z.array(z.strictObject({ value: z.string(), type: z.literal('thumbnail') })),
    }),
  ),
})

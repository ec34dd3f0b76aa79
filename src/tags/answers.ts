import * as z from 'zod/mini'
import { seenPhoto } from '../photos/answers'

// What the calls of this feature answer. The Worker imports types alone from here, so that none of it is in its
// bundle: esbuild keeps every schema of a module that it keeps. The pages' browser code has the same types.

/** In parts of the upright picture, from its top left corner. */
const box = { x: z.number(), y: z.number(), width: z.number(), height: z.number() }
const whole = z.int()

/** Somebody in a photo. */
export const tagAnswer = z.strictObject({
  /** As they were tagged; null for viewers other than the owner, the tagger and the tagged person. */
  hash: z.nullable(z.string()),
  /** What the viewer calls them; `somebody` for whom they may not know. */
  name: z.string(),
  ...box,
  byMe: z.boolean(),
  /** Of the rendition that `w` names. */
  pixels: z.optional(z.strictObject({ x: whole, y: whole, width: whole, height: whole })),
})
export type TagJson = z.infer<typeof tagAnswer>

/** One page: there are at most twenty. */
export const tagList = z.strictObject({ items: z.array(tagAnswer), nextCursor: z.null() })

/** A photo of whoever asks. */
export const taggedPhoto = z.extend(seenPhoto, { taggedAt: z.int() })
export type TaggedPhotoJson = z.infer<typeof taggedPhoto>

export const taggedList = z.strictObject({
  items: z.array(taggedPhoto),
  nextCursor: z.nullable(z.string()),
})

/** Somebody whom the file itself says is in it. */
export const suggestion = z.strictObject({ name: z.string(), ...box })
export type SuggestionJson = z.infer<typeof suggestion>

export const suggestionList = z.strictObject({ items: z.array(suggestion), nextCursor: z.null() })

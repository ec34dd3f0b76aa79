import * as z from 'zod/mini'
import { RATINGS } from '../lib/ratings'

// What the calls of this feature answer. The Worker imports types alone from here, so that none of it is in its
// bundle: esbuild keeps every schema of a module that it keeps. The pages' browser code has the same types.

/** Milliseconds since 1970. */
const time = z.int()
const whole = z.int()

/** Addresses of a photo's private pictures: any other width is asked for by `?w=` in the same way. */
const seenPictures = z.strictObject({
  /** At most 640 pixels wide. */
  thumbnail: z.string(),
  /** At most 2048 pixels wide. */
  preview: z.string(),
})
export type SeenPicturesJson = z.infer<typeof seenPictures>

const pictures = z.extend(seenPictures, {
  /** The bytes as they were uploaded. */
  original: z.string(),
})
export type PicturesJson = z.infer<typeof pictures>

/** A square of a photo: the corner in parts of its width and height, the side in parts of its shorter side. */
const cropBox = z.strictObject({ x: z.number(), y: z.number(), size: z.number() })
export type CropBox = z.infer<typeof cropBox>

/** A ThumbHash in base64; null where nobody made one. */
const standIn = z.nullable(z.string())

/** A photo as its owner sees it. */
export const photoAnswer = z.strictObject({
  id: z.string(),
  status: z.enum(['pending', 'ready']),
  contentType: z.string(),
  bytes: whole,
  /** Upright pixels; null while pending. */
  width: z.nullable(whole),
  height: z.nullable(whole),
  rating: z.enum(RATINGS),
  altText: z.string(),
  /** What the file was called; null where nobody said. */
  fileName: z.nullable(z.string()),
  /** Whether the account shows it, whole or by its crop. */
  active: z.boolean(),
  /** What shows of it where it is active; null for all of it. */
  crop: z.nullable(z.strictObject({ id: z.string(), box: cropBox })),
  /** Of a crop, the photo that it was cut from: only `complete` ever answers one. Null for every other photo. */
  cropOf: z.nullable(z.string()),
  /** When the camera says that it was taken; null where it says nothing. */
  takenAt: z.nullable(time),
  standIn,
  pictures,
  createdAt: time,
})
export type PhotoJson = z.infer<typeof photoAnswer>

/** A photo as others see it who may. */
export const seenPhoto = z.strictObject({
  id: z.string(),
  userId: z.string(),
  /** Upright pixels. */
  width: whole,
  height: whole,
  altText: z.string(),
  standIn,
  pictures: seenPictures,
  createdAt: time,
  /** Of the primary address; the viewer's own name for them, else how they call themself, else `somebody`. */
  owner: z.strictObject({ hash: z.string(), name: z.string() }),
})
export type SeenPhotoJson = z.infer<typeof seenPhoto>

/** What a person has used of what they may have; what is pending counts. */
export const usageAnswer = z.strictObject({
  photos: whole,
  /** Of originals, those of crops too. */
  bytes: whole,
  maxPhotos: whole,
  maxBytes: whole,
})
export type UsageJson = z.infer<typeof usageAnswer>

/** A photo as whoever asks may know it. */
export const anyPhoto = z.union([photoAnswer, seenPhoto])

export const photoList = z.strictObject({
  items: z.array(photoAnswer),
  nextCursor: z.nullable(z.string()),
})
export type PhotoList = z.infer<typeof photoList>

import type { PhotoJson } from '../../../photos/answers'
import type { Part } from './framing'

/**
 * Asks which square of a photo shows and what is in it, and does it. What the bundle of the crop dialog gives: it is
 * loaded when it is needed. Resolves with the photo as it is then, or null where it was left.
 */
export type CropCall = (values: {
  /** The photo's owner. */
  userId: string
  photo: PhotoJson
  /** Whether it is the owner's picture already. */
  isShown: boolean
  /** URL of the whole picture as the page shows it. */
  preview: string
  /** URL of a larger one, which takes its place once it is there. */
  sharper?: string
  /** Faces that are known to be in it; the largest is framed first. Where none are, the browser looks for them. */
  faces: Part[]
  maxBytes: number
  /** Done at the end, within the dialog: what it throws is said there and can be tried again. */
  finish: (photo: PhotoJson) => Promise<void>
}) => Promise<PhotoJson | null>

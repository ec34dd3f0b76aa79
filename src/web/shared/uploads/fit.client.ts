import { Refusal } from '../api.client'
import { inspectFile, typeFile } from './file-types.client'
import { shrinkPicture } from './shrink.client'
import { Lost } from './stops.client'

interface Wanted {
  maxBytes: number
  /** The person wants a smaller copy. */
  smaller: boolean
  /** Told that a copy is made. */
  converting(): void
}

/**
 * A file as it can be uploaded: itself, or a copy. A HEIC is copied without a question, since it cannot be uploaded as
 * it is.
 * @throws Refusal `too_large` where only a smaller copy would pass; Lost `heic` where this browser cannot read one
 */
export async function fitFile(
  file: File,
  { maxBytes, smaller, converting }: Wanted,
): Promise<{ file: File; isCopy: boolean }> {
  const format = await inspectFile(file, maxBytes)
  if (format !== 'heic' && !smaller) {
    if (file.size > maxBytes) throw new Refusal('too_large')
    return { file: typeFile(file, format), isCopy: false }
  }
  converting()
  const copy = await shrinkPicture(file, maxBytes).catch((thrown) => {
    throw format === 'heic' ? new Lost('heic') : thrown
  })
  return { file: copy, isCopy: true }
}

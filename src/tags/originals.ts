import type { Capabilities } from '../capabilities'
import type { Photo } from '../db/schema'
import { openReader, type Reader } from '../lib/sniff/bytes'
import { type Sniffed, sniffImage } from '../lib/sniff/sniff'
import { originalKey } from '../renditions/keys'

/** What is read of an original, in bytes: its beginning and its end. */
interface Parts {
  head: number
  tail: number
}

/** Enough for how large it is and how it lies; what verifying an upload reads. */
export const SIZE_PARTS: Parts = { head: 256 * 1024, tail: 64 * 1024 }

/** Enough for all that cameras and programs write about it. */
export const XMP_PARTS: Parts = { head: 1024 * 1024, tail: 256 * 1024 }

/** What the file of a photo says of itself. */
export interface Original {
  format: Sniffed['format']
  /** Pixels as they are stored. */
  width: number
  height: number
  /** 1..8: how the picture is turned before it is shown. */
  orientation: number
  file: Reader
}

/**
 * The beginning and the end of an original, while its bytes are the verified ones; null where they are not, or say
 * nothing.
 */
export async function readOriginal(
  { bucket }: Pick<Capabilities, 'bucket'>,
  values: { photo: Photo; parts: Parts },
): Promise<Original | null> {
  const { photo, parts } = values
  const { bytes: size } = photo
  const part = async (range: R2Range) => {
    const key = originalKey({ userId: photo.userId, photoId: photo.id })
    const object = await bucket.get(key, { range, onlyIf: { etagMatches: photo.etag ?? '' } })
    return object && 'body' in object ? object.bytes() : null
  }
  const [head, tail] = await Promise.all([
    part({ offset: 0, length: Math.min(size, parts.head) }),
    size > parts.head ? part({ suffix: Math.min(size - parts.head, parts.tail) }) : new Uint8Array(0),
  ])
  if (!head || !tail) return null
  const sniffed = sniffImage(head, { size, tail })
  if (!sniffed) return null
  const { format, orientation: said } = sniffed
  const file = openReader(head, { size, tail })
  // Not every decoder heeds the tag in every format: what the photo came out as tells.
  const isHeeded = said < 5 || (photo.width === sniffed.height && photo.height === sniffed.width)
  const orientation = isHeeded || !sniffed.width ? said : 1
  if (sniffed.width) return { format, width: sniffed.width, height: sniffed.height, orientation, file }
  const { width, height } = photo // its own header is longer than what was read
  const [across, down] = orientation < 5 ? [width, height] : [height, width]
  return { format, width: across ?? 1, height: down ?? 1, orientation, file }
}

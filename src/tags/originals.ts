import type { Capabilities } from '../capabilities'
import type { Photo } from '../db/schema'
import { openReader, type Reader } from '../lib/sniff/bytes'
import { type Sniffed, sniffImage } from '../lib/sniff/sniff'
import { originalKey } from '../renditions/keys'

/** What is read of an original, in bytes: the header, in which cameras and programs put all they know, and the end. */
const HEAD = 1024 * 1024
const TAIL = 256 * 1024

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
  photo: Pick<Photo, 'id' | 'userId' | 'etag' | 'bytes' | 'width' | 'height'>,
): Promise<Original | null> {
  const { bytes: size } = photo
  const part = async (range: R2Range) => {
    const key = originalKey({ userId: photo.userId, photoId: photo.id })
    const object = await bucket.get(key, { range, onlyIf: { etagMatches: photo.etag ?? '' } })
    return object && 'body' in object ? object.bytes() : null
  }
  const [head, tail] = await Promise.all([
    part({ offset: 0, length: Math.min(size, HEAD) }),
    size > HEAD ? part({ suffix: Math.min(size - HEAD, TAIL) }) : new Uint8Array(0),
  ])
  if (!head || !tail) return null
  const sniffed = sniffImage(head, { size, tail })
  if (!sniffed) return null
  const { format, width, height } = sniffed
  // Not every decoder heeds the tag in every format: what the photo came out as tells.
  const isTurned = width !== height && photo.width === height && photo.height === width
  const orientation = sniffed.orientation >= 5 && width !== height && !isTurned ? 1 : sniffed.orientation
  return { format, width, height, orientation, file: openReader(head, { size, tail }) }
}

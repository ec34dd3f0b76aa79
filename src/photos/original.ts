import type { Capabilities } from '../capabilities'
import type { Photo } from '../db/schema'
import { during } from '../lib/failures'
import { originalKey } from '../renditions/keys'

/**
 * Bytes that are asked of R2 at once: each step of an archive holds a part, and some three are there at a time
 * (`node bench/export.mjs`). Smaller parts cost each byte more CPU.
 */
const CHUNK = 16 * 1024

/** The original, while its bytes are the verified ones; else null. */
export async function openOriginal(
  { bucket }: Pick<Capabilities, 'bucket'>,
  photo: Pick<Photo, 'id' | 'userId' | 'etag'>,
): Promise<R2ObjectBody | null> {
  const key = originalKey({ userId: photo.userId, photoId: photo.id })
  const object = await bucket.get(key, { onlyIf: { etagMatches: photo.etag ?? '' } })
  return object && 'body' in object ? object : null
}

/** @throws Error where the bytes end before they should */
export async function* readWhole({ body, size }: R2ObjectBody): AsyncGenerator<Uint8Array> {
  const reader = body.getReader({ mode: 'byob' })
  let left = size
  try {
    while (left > 0) {
      const { value } = await during('r2', reader.readAtLeast(Math.min(CHUNK, left), new Uint8Array(CHUNK)))
      if (!value?.byteLength) throw new Error(`an original ended ${left} bytes too early`)
      left -= value.byteLength
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {}) // it is of no use any more, whatever came of it
  }
}

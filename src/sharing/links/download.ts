import type { Capabilities } from '../../capabilities'
import { Problem } from '../../http/problems'
import { CONTENT_TYPES } from '../../lib/sniff/type'
import type { ViewerSight } from '../../photos/access'
import { masterKey } from '../../renditions/keys'
import { masterFormat } from '../../renditions/master'

/** What a link lets people keep of a photo. */
interface Download {
  /** null where only the rest was asked for. */
  body: ReadableStream | null
  bytes: number
  contentType: string
}

/**
 * The clean master of a photo: upright and without metadata, which nobody but the owner ever gets. The photos from
 * before masters were JPEG say themselves what theirs is.
 * @param values.withBody false reads no byte
 * @throws Problem `unavailable` where there is none
 */
export async function openDownload(
  { bucket }: Pick<Capabilities, 'bucket'>,
  { sight, withBody }: { sight: ViewerSight; withBody: boolean },
): Promise<Download> {
  const { id: photoId, userId, transparent } = sight.photo
  const key = masterKey({ userId, photoId })
  const object = withBody ? await bucket.get(key) : await bucket.head(key)
  if (!object) throw new Problem('unavailable', undefined, { cause: new Error(`no master of ${photoId}`) })
  const contentType = object.httpMetadata?.contentType ?? CONTENT_TYPES[masterFormat({ transparent })]
  const body = 'body' in object ? (object as R2ObjectBody).body : null
  return { body, bytes: object.size, contentType }
}

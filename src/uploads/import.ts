import type { Capabilities } from '../capabilities'
import type { Config } from '../config'
import type { Photo, User } from '../db/schema'
import { Problem } from '../http/problems'
import { noteStep } from '../lib/failures'
import { readAtMost } from '../lib/read'
import { CONTENT_TYPES, typeOf } from '../lib/sniff/type'
import { SECOND } from '../lib/time'
import { originalKey } from '../renditions/keys'
import { completeUpload, type Studio } from './complete'
import { UPLOAD_TYPES } from './kinds'
import { checkAnnounced, reservePhoto } from './prepare'
import type { ImportSource } from './schemas'

/** How long the other service may take, in milliseconds. */
const PATIENCE = 10 * SECOND

/**
 * Fetches the person's own picture from Gravatar or Libravatar, by their hash, from that one host, and takes it in
 * as if they had uploaded it: the same quotas, the same verification.
 * https://docs.gravatar.com/sdk/images/ · https://wiki.libravatar.org/api/
 * @throws Problem `not_found` (they show no picture), `unavailable` (no answer), and those of an upload
 */
export async function importPhoto(
  caps: Studio & Pick<Capabilities, 'config' | 'now'>,
  values: { user: User; from: ImportSource },
): Promise<Photo> {
  const { user, from } = values
  const { bytes, contentType } = await fetchPicture(caps.config, { from, hash: user.hash })
  checkAnnounced(caps, { contentType, bytes: bytes.length })
  const photo = { userId: user.id, photoId: crypto.randomUUID() }
  await reservePhoto(caps, { ...photo, contentType, bytes: bytes.length })
  await caps.uploads.put(originalKey(photo), bytes)
  return completeUpload(caps, photo)
}

async function fetchPicture(config: Config, values: { from: ImportSource; hash: string }) {
  const { from, hash } = values
  // Libravatar asks Gravatar for whom it does not know, by a redirect, unless it is told not to.
  const only = from === 'libravatar' ? '&gravatarproxy=n' : ''
  const origin = from === 'gravatar' ? config.gravatarOrigin : config.libravatarOrigin
  const url = `${origin}/avatar/${hash}?s=2048&d=404&r=x${only}`
  try {
    const response = await fetch(url, {
      redirect: 'manual', // another host is not what the person asked for
      signal: AbortSignal.timeout(PATIENCE),
      headers: { accept: UPLOAD_TYPES.join(', '), 'user-agent': 'Cameo (picture import)' },
    })
    if (response.status === 404) throw new Problem('not_found', 'There is no picture of you there.')
    if (response.status !== 200) throw new Error(`answered ${response.status}`)
    const label = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
    const bytes = await readAtMost(response.body, config.maxUploadBytes)
    if (!bytes) throw new Problem('too_large', 'The picture there is too large.')
    return { bytes, contentType: typeInBytes(bytes) ?? label }
  } catch (cause) {
    if (cause instanceof Problem) throw cause
    noteStep(cause, 'import')
    throw new Problem('unavailable', 'The other service did not answer. Try again later.', { cause })
  }
}

/** What the bytes say counts, not the label: `image/jpg` and `application/octet-stream` are common ones. */
function typeInBytes(bytes: Uint8Array): string | null {
  const format = typeOf(bytes)
  return format === 'heic' ? 'image/heic' : format && CONTENT_TYPES[format]
}

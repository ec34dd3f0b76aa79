import type { Person } from '../accounts/person'
import type { Capabilities } from '../capabilities'
import type { Config } from '../config'
import { Problem } from '../http/problems'
import { digestHex, randomToken } from '../lib/crypto'
import { noteStep } from '../lib/failures'
import { withEnding } from '../lib/file-name'
import { readAtMost } from '../lib/read'
import { CONTENT_TYPES, typeOf } from '../lib/sniff/type'
import { SECOND } from '../lib/time'
import type { OwnPhoto } from '../photos/own'
import { findTwin } from '../photos/photos'
import { admit } from '../renditions/admission'
import { uploadKey } from '../renditions/keys'
import { completeUpload, discardUpload, type Studio } from './complete'
import { UPLOAD_TYPES } from './kinds'
import { checkAnnounced, reservePhoto } from './prepare'
import type { ImportSource } from './schemas'

/** How long the other service may take, in milliseconds. */
const PATIENCE = 10 * SECOND

/**
 * Fetches the person's own picture from Gravatar or Libravatar, by their hash, from that one host, and takes it in
 * as if they had uploaded it: the same quotas, the same verification. What they have already is not taken in twice.
 * https://docs.gravatar.com/sdk/images/ · https://wiki.libravatar.org/api/
 * @throws Problem `not_found` (they show no picture), `unavailable` (no answer), and those of an upload
 */
export async function importPhoto(
  caps: Studio & Pick<Capabilities, 'config' | 'now'>,
  values: { user: Pick<Person, 'id' | 'hash'>; from: ImportSource },
): Promise<{ photo: OwnPhoto; isNew: boolean }> {
  const { user, from } = values
  const photo = { userId: user.id, photoId: crypto.randomUUID() }
  const response = await askService(caps.config, { from, hash: user.hash })
  const twin = await admit(caps.config.maxUploadBytes, async () => {
    const { bytes, contentType } = await readPicture(caps.config, response)
    checkAnnounced(caps, { contentType, bytes: bytes.length })
    const found = await findTwin(caps, { userId: user.id, md5: await digestHex('MD5', bytes) })
    if (found) return found
    const [secret, fileName] = [randomToken(), withEnding(from, contentType)]
    await reservePhoto(caps, { ...photo, secret, contentType, bytes: bytes.length, fileName })
    await keepOrDiscard(caps, photo, caps.uploads.put(uploadKey(photo, secret), bytes))
    return null
  })
  if (twin) return { photo: twin, isNew: false }
  return { photo: await keepOrDiscard(caps, photo, completeUpload(caps, photo)), isNew: true }
}

/** Nobody would complete an import that failed: it leaves nothing, whatever failed. */
async function keepOrDiscard<T>(
  caps: Studio,
  photo: { userId: string; photoId: string },
  work: Promise<T>,
): Promise<T> {
  try {
    return await work
  } catch (error) {
    await discardUpload(caps, photo)
    throw error
  }
}

async function askService(config: Config, values: { from: ImportSource; hash: string }): Promise<Response> {
  const { from, hash } = values
  // Libravatar asks Gravatar for whom it does not know, by a redirect, unless it is told not to.
  const only = from === 'libravatar' ? '&gravatarproxy=n' : ''
  const origin = from === 'gravatar' ? config.gravatarOrigin : config.libravatarOrigin
  const url = `${origin}/avatar/${hash}?s=2048&d=404&r=x${only}`
  const response = await fetch(url, {
    redirect: 'manual', // another host is not what the person asked for
    signal: AbortSignal.timeout(PATIENCE),
    headers: { accept: UPLOAD_TYPES.join(', '), 'user-agent': 'Cameo (picture import)' },
  }).catch(blameService)
  if (response.status === 404) throw new Problem('not_found', 'There is no picture of you there.')
  return response.status === 200 ? response : blameService(new Error(`answered ${response.status}`))
}

async function readPicture(config: Config, response: Response) {
  const label = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  const bytes = await readAtMost(response.body, config.maxUploadBytes).catch(blameService)
  if (!bytes) throw new Problem('too_large', 'The picture there is too large.')
  return { bytes, contentType: typeInBytes(bytes) ?? label }
}

function blameService(cause: unknown): never {
  noteStep(cause, 'import')
  throw new Problem('unavailable', 'The other service did not answer. Try again later.', { cause })
}

/** What the bytes say counts, not the label: `image/jpg` and `application/octet-stream` are common ones. */
function typeInBytes(bytes: Uint8Array): string | null {
  const format = typeOf(bytes)
  return format === 'heic' ? 'image/heic' : format && CONTENT_TYPES[format]
}

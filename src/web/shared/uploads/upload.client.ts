import type { CropBox, PhotoJson } from '../../../photos/answers'
import type { PreparedUpload } from '../../../uploads/answers'
import { callApi, type Reason, Refusal } from '../api.client'
import { claimFile } from './twins.client'

/** What `complete` answers when the server holds nothing of the upload any more: another try starts anew. */
const GONE: Reason[] = [
  'not_found',
  'not_an_image',
  'type_mismatch',
  'size_mismatch',
  'too_many_pixels',
  'too_large',
  'damaged',
]

/** One file on its way. What is done is kept, so that a retry goes on where the last try ended. */
export interface Upload {
  file: File
  /** Taken in even if the same bytes are there already. */
  anyway: boolean
  /** What is told of it beside its file: the photo that it was cut from, and where. */
  more?: { cropOf: string; box: CropBox }
  prepared: PreparedUpload | null
  /** The bytes are in the storage; what is left is to complete. */
  stored: boolean
  cancel: AbortController
}

export interface Progress {
  /** Share of the bytes that are sent, 0..1. */
  sent(share: number): void
  /** Everything is sent, the server checks it. */
  checking(): void
}

/**
 * Takes a file the whole way: look for the same bytes, prepare, PUT, complete.
 * @throws Refusal
 */
export async function runUpload(upload: Upload, progress: Progress): Promise<PhotoJson> {
  const release = upload.anyway || upload.prepared ? undefined : await claimFile(upload.file)
  try {
    return await send(upload, progress)
  } finally {
    release?.()
  }
}

async function send(upload: Upload, progress: Progress): Promise<PhotoJson> {
  const { file } = upload
  if (upload.prepared && !upload.stored && upload.prepared.upload.expiresAt < Date.now()) await forget(upload)
  upload.prepared ??= await callApi<PreparedUpload>('POST', '/api/photos', {
    contentType: file.type,
    bytes: file.size,
    fileName: file.name.slice(0, 255),
    ...upload.more,
  })
  if (upload.cancel.signal.aborted) {
    await forget(upload) // cancelled while the server prepared it
    throw new Refusal('network')
  }
  if (!upload.stored) {
    await put(upload, upload.prepared, progress)
    upload.stored = true
  }
  progress.checking()
  try {
    return await callApi<PhotoJson>('POST', `/api/photos/${upload.prepared.id}/complete`)
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    if (thrown.reason === 'not_uploaded') upload.stored = false
    if (GONE.includes(thrown.reason)) reset(upload)
    throw thrown
  }
}

/** Stops an upload and takes back what the server holds of it. */
export async function abandonUpload(upload: Upload): Promise<void> {
  upload.cancel.abort()
  await forget(upload)
}

async function forget(upload: Upload): Promise<void> {
  const id = upload.prepared?.id
  reset(upload)
  // Abandoned uploads are cleaned up by the server too, so a failure here does not matter.
  if (id) await callApi('DELETE', `/api/photos/${id}`).catch(() => undefined)
}

function reset(upload: Upload): void {
  upload.prepared = null
  upload.stored = false
}

/** fetch cannot tell how much is sent; XMLHttpRequest can. */
function put(upload: Upload, { upload: target }: PreparedUpload, progress: Progress): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(target.method, target.url)
    for (const [name, value] of Object.entries(target.headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => event.lengthComputable && progress.sent(event.loaded / event.total)
    request.onload = () => {
      // 412: the URL is write-once and an earlier try got through.
      if (request.status < 300 || request.status === 412) return resolve()
      // 403: the URL has expired; the next try asks for a new one.
      if (request.status === 403) reset(upload)
      reject(new Refusal('unavailable', 'The storage did not take the file. Try again in a moment.'))
    }
    request.onerror = () => reject(new Refusal('network'))
    request.onabort = request.onerror
    upload.cancel.signal.addEventListener('abort', () => request.abort())
    request.send(upload.file)
  })
}

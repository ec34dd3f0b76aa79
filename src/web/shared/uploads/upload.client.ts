import type { CropBox, PhotoJson } from '../../../photos/answers'
import type { PreparedUpload } from '../../../uploads/answers'
import { callApi, type Reason, Refusal } from '../api.client'
import type { Row } from './rows.client'

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

/** How far a file is, which a retry goes on from: of a row of the tray, or of a square that is cut for its photo. */
export type Upload = Pick<Row, 'prepared' | 'sent'>

/** What an upload tells and heeds. */
export interface Way {
  signal: AbortSignal
  /** What is seen until the picture is there, a ThumbHash in base64. */
  standIn?: Promise<string | undefined>
  /** Writes down how far the row is; what is written down is not done again. */
  keep(): Promise<void>
  /** Share of the bytes that are sent, 0..1. */
  sent(share: number): void
  /** Everything is sent, the server checks it. */
  checking(): void
}

/**
 * Takes a file from wherever the last try ended, on this page or on one before: prepare, PUT, complete. Where a page
 * went while it was sent, the storage is asked first whether all of it got through.
 * @param more what is told of it beside its file: the photo that it was cut from, and where
 * @throws Refusal
 */
export async function sendFile(
  row: Upload,
  file: File,
  way: Way,
  more: { cropOf?: string; box?: CropBox } = {},
): Promise<PhotoJson> {
  if (row.prepared && row.sent !== 'no') {
    try {
      return await complete(row, way)
    } catch (thrown) {
      const isMissing =
        thrown instanceof Refusal && (thrown.reason === 'not_uploaded' || thrown.reason === 'not_found')
      if (!isMissing) throw thrown
    }
  }
  if (row.prepared && row.sent !== 'yes' && row.prepared.upload.expiresAt < Date.now()) await forget(row)
  row.prepared ??= await callApi<PreparedUpload>('POST', '/api/photos', {
    contentType: file.type,
    bytes: file.size,
    fileName: file.name.slice(0, 255),
    ...more,
  })
  if (row.sent !== 'yes') row.sent = 'begun'
  await way.keep()
  if (way.signal.aborted) throw new Refusal('network')
  if (row.sent !== 'yes') {
    await put(row, { file, target: row.prepared.upload, way })
    row.sent = 'yes'
    await way.keep()
  }
  return complete(row, way)
}

/** @throws Refusal */
async function complete(row: Upload, way: Way): Promise<PhotoJson> {
  way.checking()
  try {
    const standIn = await way.standIn
    const path = `/api/photos/${row.prepared?.id}/complete`
    return await callApi<PhotoJson>('POST', path, standIn && { standIn })
  } catch (thrown) {
    if (thrown instanceof Refusal) {
      if (thrown.reason === 'not_uploaded') row.sent = 'no'
      if (GONE.includes(thrown.reason)) reset(row)
      await way.keep()
    }
    throw thrown
  }
}

/** Takes back what the server holds of an upload. */
export async function forget(row: Upload): Promise<void> {
  const id = row.prepared?.id
  reset(row)
  // Abandoned uploads are cleaned up by the server too, so a failure here does not matter.
  if (id) await callApi('DELETE', `/api/photos/${id}`).catch(() => undefined)
}

function reset(row: Upload): void {
  row.prepared = null
  row.sent = 'no'
}

interface Sending {
  file: File
  target: PreparedUpload['upload']
  way: Way
}

/** fetch cannot tell how much is sent; XMLHttpRequest can. */
function put(row: Upload, { file, target, way }: Sending): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open(target.method, target.url)
    for (const [name, value] of Object.entries(target.headers)) request.setRequestHeader(name, value)
    request.upload.onprogress = (event) => event.lengthComputable && way.sent(event.loaded / event.total)
    request.onload = () => {
      // 412: the URL is write-once and an earlier try got through.
      if (request.status < 300 || request.status === 412) return resolve()
      // 403: the URL has expired; the next try asks for a new one.
      if (request.status === 403) reset(row)
      reject(new Refusal('unavailable'))
    }
    request.onerror = () => reject(new Refusal('network'))
    request.onabort = request.onerror
    way.signal.addEventListener('abort', () => request.abort())
    request.send(file)
  })
}

import { CONTENT_TYPES, TYPE_BYTES, typeOf } from '../../../lib/sniff/type'
import { HEIC_ADVICE, isHeic, UPLOAD_TYPES } from '../../../uploads/kinds'
import { Refusal } from '../api.client'

/**
 * The file with the type that its first bytes say. Names and types are often wrong (phones and chats call a WebP
 * `.jpg`), or missing. Refuses at once what the server would refuse after the upload.
 * @throws Refusal
 */
export async function checkFile(file: File, maxBytes: number): Promise<File> {
  const promised = UPLOAD_TYPES.includes(file.type) || /\.(jpe?g|jfif|png|webp|gif|avif)$/i.test(file.name)
  if (!file.size && promised) throw new Refusal('empty')
  const format = typeOf(await readHead(file))
  if (format === 'heic' || (!format && (isHeic(file.type) || /\.hei[cf]$/i.test(file.name)))) {
    throw new Refusal('unsupported_type', HEIC_ADVICE)
  }
  if (!format && !promised) throw new Refusal('unsupported_type')
  if (file.size > maxBytes) throw new Refusal('too_large')
  if (!format) throw new Refusal('not_an_image')
  const type = CONTENT_TYPES[format]
  return file.type === type ? file : new File([file], file.name, { type, lastModified: file.lastModified })
}

/** @throws Refusal `unreadable` where it was moved, or lies where the browser may not read */
async function readHead(file: File): Promise<Uint8Array> {
  const buffer = await file
    .slice(0, TYPE_BYTES)
    .arrayBuffer()
    .catch(() => {
      throw new Refusal('unreadable')
    })
  return new Uint8Array(buffer)
}

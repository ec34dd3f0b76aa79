import { CONTENT_TYPES, type ImageFormat, TYPE_BYTES, typeOf } from '../../../lib/sniff/type'
import { isHeic, UPLOAD_TYPES } from '../../../uploads/kinds'
import { Refusal } from '../api.client'

/**
 * What a file is by its first bytes. Names and types are often wrong (phones and chats call a WebP `.jpg`), or missing.
 * Refuses at once what the server would refuse after the upload.
 * @throws Refusal `too_large` only where it is no picture at all: one that is can be made smaller
 */
export async function inspectFile(file: File, maxBytes: number): Promise<ImageFormat | 'heic'> {
  const promised = UPLOAD_TYPES.includes(file.type) || /\.(jpe?g|jfif|png|webp|gif|avif)$/i.test(file.name)
  if (!file.size && promised) throw new Refusal('empty')
  const format = typeOf(await readHead(file))
  if (format) return format
  if (isHeic(file.type) || /\.hei[cf]$/i.test(file.name)) return 'heic'
  if (!promised) throw new Refusal('unsupported_type')
  throw new Refusal(file.size > maxBytes ? 'too_large' : 'not_an_image')
}

/** The file with the type that it has. */
export function typeFile(file: File, format: ImageFormat): File {
  const type = CONTENT_TYPES[format]
  return file.type === type ? file : new File([file], file.name, { type, lastModified: file.lastModified })
}

/** @throws Refusal `unreadable` where it was moved, or lies where the browser may not read */
export async function readHead(file: File): Promise<Uint8Array> {
  const buffer = await file
    .slice(0, TYPE_BYTES)
    .arrayBuffer()
    .catch(() => {
      throw new Refusal('unreadable')
    })
  return new Uint8Array(buffer)
}

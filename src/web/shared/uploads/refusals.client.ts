import { formatBytes } from '../../../lang/formats'
import { KINDS } from '../../../uploads/kinds'
import { Refusal } from '../api.client'
import { explain } from '../refusals.client'

const CHOOSE = `Choose a ${KINDS} picture.`

/** Says why the upload of a file was refused and what to do about it, in words about that file. */
export function explainUpload(thrown: unknown, file: File, maxBytes: number): string {
  if (!(thrown instanceof Refusal)) return explain(thrown)
  switch (thrown.reason) {
    case 'empty':
      return 'This file is empty.'
    case 'unreadable':
      return 'This file cannot be read any more. Add it again from where it is now.'
    case 'too_large':
      return `This file is ${formatBytes(file.size)}. The limit is ${formatBytes(maxBytes)}.`
    case 'unsupported_type':
      return thrown.message || `This type of file is not supported. ${CHOOSE}`
    case 'not_an_image':
      return `This file is not a picture, whatever its name says. ${CHOOSE}`
    case 'type_mismatch':
      return 'This file was changed while it was uploaded. Add it again.'
    case 'size_mismatch':
    case 'not_uploaded':
      return 'The file did not arrive whole. Try again.'
    case 'damaged':
      return 'This picture is damaged and cannot be read to its end. Export it again from where it came.'
    case 'too_many_pixels':
      return `${thrown.message} Make it smaller and add it again.`
    case 'already_here':
      return 'This picture is already here.'
    case 'network':
      return 'The connection was lost. Try again.'
    default:
      return explain(thrown)
  }
}

/** The same for an import, in words about the other service. */
export function explainImport(
  thrown: unknown,
  { service, email, maxBytes }: { service: string; email: string; maxBytes: number },
): string {
  if (!(thrown instanceof Refusal)) return explain(thrown)
  switch (thrown.reason) {
    case 'not_found':
      return `${service} has no picture for ${email}.`
    case 'unsupported_type':
      return `What ${service} has of you is not a ${KINDS} picture.`
    case 'not_an_image':
    case 'type_mismatch':
    case 'damaged':
      return `What ${service} sent cannot be read as a picture. Save it there and upload it here yourself.`
    case 'too_large':
      return `Your picture at ${service} is larger than ${formatBytes(maxBytes)}. Make it smaller and upload it.`
    case 'too_many_pixels':
      return `${thrown.message} Make it smaller and upload it.`
    case 'unavailable':
      return `Your picture could not be fetched from ${service}. Try again in a minute.`
    default:
      return explain(thrown)
  }
}

/** Whether the same file may pass when it is tried again. */
export function mayPassLater(thrown: unknown): boolean {
  const passing = [
    'network',
    'unavailable',
    'not_uploaded',
    'not_found',
    'rate_limited',
    'unauthenticated',
    'quota_exceeded',
  ]
  return !(thrown instanceof Refusal) || passing.includes(thrown.reason)
}

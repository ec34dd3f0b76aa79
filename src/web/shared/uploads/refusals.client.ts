import { formatBytes } from '../../../lang/formats'
import { t } from '../../../lang/imports'
import { Refusal } from '../api.client'
import { explain } from '../refusals.client'

/** Says why an import was refused and what to do about it, in words about the other service. */
export function explainImport(
  thrown: unknown,
  { service, email, maxBytes }: { service: string; email: string; maxBytes: number },
): string {
  if (!(thrown instanceof Refusal)) return explain(thrown)
  switch (thrown.reason) {
    case 'not_found':
      return t().none(service, email)
    case 'unsupported_type':
      return t().kind(service)
    case 'not_an_image':
    case 'type_mismatch':
    case 'damaged':
      return t().damaged(service)
    case 'too_large':
      return t().tooLarge(service, formatBytes(maxBytes))
    case 'too_many_pixels':
      return t().tooManyPixels
    case 'unavailable':
      return t().unavailable(service)
    default:
      return explain(thrown)
  }
}

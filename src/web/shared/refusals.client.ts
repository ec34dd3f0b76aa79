import { currentLanguage } from '../../lang/current'
import { t as problems } from '../../lang/problems'
import { t } from '../../lang/shared'
import { Refusal } from './api.client'

/**
 * Says what was refused and what to do about it. Where the server or the page knows more than the code tells, in its own
 * words: those of the server are English, so that in other languages the code's own are said.
 */
export function explain(thrown: unknown): string {
  if (!(thrown instanceof Refusal)) return t().explain.page
  switch (thrown.reason) {
    case 'network':
      return t().explain.network
    case 'unauthenticated':
      return t().explain.signedOut
    default:
      return wordsOf(thrown) || t().explain.ours
  }
}

function wordsOf({ reason, message, isOurs }: Refusal): string {
  if (isOurs || currentLanguage() === 'en') return message
  const texts: Partial<Record<Refusal['reason'], string>> = problems()
  return texts[reason] ?? message
}

// Sentences that pages and browser code say in several places.

import { t } from '../../lang/shared'
import type { EmailFault } from '../../lib/email'

/** What is wrong with a typed e-mail address. */
export function describeFault(fault: EmailFault): string {
  return t().faults[fault]
}

/** `1 photo`, `12 photos`. */
export function countPhotos(count: number): string {
  return t().photos(count)
}

/** Whether an address leads to what it shows. */
export function describeLookup(publicLookup: boolean): string {
  return publicLookup ? t().lookup.on : t().lookup.off
}

/** What others see at one's URL. */
export function describeState(active: { rating: string } | null): string {
  if (!active) return t().state.none
  return active.rating === 'g' ? t().state.shows : t().state.rated(active.rating.toUpperCase())
}

import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/photos'

// Whether the primary address leads to the account's picture, in the panel that shows it.

/** @param addresses the primary one first */
export function isReached([primary]: AddressJson[]): boolean {
  return primary?.publicLookup === true && primary.follows
}

/** @param addresses the primary one first */
export function describeReach(addresses: AddressJson[]): string {
  const [primary] = addresses
  const { reach } = t().own
  const isOne = addresses.length === 1
  if (!primary?.publicLookup) return reach.off(isOne)
  if (primary.follows) return reach.found(isOne)
  return primary.photoId ? reach.photo : reach.nothing
}

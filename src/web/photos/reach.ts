import type { AddressJson } from '../../accounts/answers'

// Whether the primary address leads to the account's picture, in the panel that shows it.

/** @param addresses the primary one first */
export function isReached([primary]: AddressJson[]): boolean {
  return primary?.publicLookup === true && primary.follows
}

/** @param addresses the primary one first */
export function describeReach(addresses: AddressJson[]): string {
  const [primary] = addresses
  const name = addresses.length > 1 ? 'primary address' : 'e\u2011mail'
  if (!primary?.publicLookup) return `Your ${name} does not lead to this picture.`
  if (primary.follows) return `Sites that point here also find this picture by your ${name}.`
  return `Your ${name} shows ${primary.photoId ? 'a photo of its own' : 'no photo'}.`
}

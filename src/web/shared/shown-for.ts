import type { AddressJson } from '../../accounts/answers'
import type { PhotoJson } from '../../photos/answers'

/** The addresses that show a photo of their own choice, while the account shows another one. */
export function findShownFor(
  photo: Pick<PhotoJson, 'id' | 'active'>,
  addresses: AddressJson[],
): AddressJson[] {
  if (photo.active) return []
  return addresses.filter(({ follows, photoId }) => !follows && photoId === photo.id)
}

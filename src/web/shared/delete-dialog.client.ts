import type { AddressJson } from '../../accounts/answers'
import { showEmail } from '../../lib/email'
import type { PhotoJson } from '../../photos/answers'
import { callApi, isGone } from './api.client'
import { ask } from './dialogs.client'
import { find } from './elements.client'
import { findShownFor } from './shown-for'
import { rawPath } from './urls'

/** Asks whether to delete a photo and does it; resolves with whether it is gone. */
export async function confirmDelete(
  userId: string,
  photo: PhotoJson,
  addresses: AddressJson[],
): Promise<boolean> {
  const done = await askToDelete(userId, [photo], addresses, async () => {
    await deletePhoto(photo.id)
    return true
  })
  return done === true
}

/** Asks once before some photos are deleted, and does `work` if so. @param photos at least one */
export function askToDelete<T>(
  userId: string,
  photos: PhotoJson[],
  addresses: AddressJson[],
  work: () => Promise<T>,
): Promise<T | null> {
  const dialog = find(document, '[data-delete-dialog]', HTMLDialogElement)
  const one = photos.length === 1
  const shown = photos.find(({ active }) => active)
  const pictured = shown ?? photos[0]
  if (pictured) find(dialog, '[data-preview]', HTMLImageElement).src = rawPath(userId, pictured.id, 320)
  find(dialog, '[data-question]', HTMLElement).textContent = one
    ? 'Delete this photo?'
    : `Delete ${photos.length} photos?`
  find(dialog, '[data-consequence]', HTMLElement).textContent = describeLoss(photos, addresses)
  find(dialog, '[data-keep]', HTMLElement).textContent = one ? 'Keep it' : 'Keep them'
  return ask(dialog, 'delete', work)
}

/** Deletes a photo; one that was deleted elsewhere is as wanted. */
export async function deletePhoto(photoId: string): Promise<void> {
  await callApi('DELETE', `/api/photos/${photoId}`).catch((thrown) => {
    if (!isGone(thrown)) throw thrown
  })
}

function describeLoss(photos: PhotoJson[], addresses: AddressJson[]): string {
  const one = photos.length === 1
  const shownFor = photos.flatMap((photo) =>
    findShownFor(photo, addresses).map(({ email }) => showEmail(email)),
  )
  const active = photos.some((photo) => photo.active)
  const what = active ? 'your active photo' : `what ${new Intl.ListFormat('en').format(shownFor)} shows`
  const last = `${one ? 'It is' : 'They are'} removed for good, for everybody who sees ${one ? 'it' : 'them'}. This cannot be undone.`
  if (!active && shownFor.length === 0) return last
  const which = one ? 'It is' : 'Among them is'
  return `${which} ${what}: a default picture will show in its place; others may hold the old one up to five minutes. This cannot be undone.`
}

import type { AddressJson } from '../../accounts/answers'
import { showEmail } from '../../lib/email'
import type { PhotoJson } from '../../photos/answers'
import { callApi, isGone } from '../shared/api.client'
import { ask } from '../shared/dialogs.client'
import { find } from '../shared/elements.client'
import { rawPath, rawSrcset } from '../shared/urls'
import { formatBytes, formatDate } from '../shared/words'
import { findShownFor } from './photo-card'

/**
 * Opens the details of a photo; resolves with the changed photo, null if nothing was saved, or `gone` if it has been
 * deleted elsewhere. Only what was changed here is sent: the rest may have been changed in another tab.
 */
export function editPhoto(userId: string, photo: PhotoJson): Promise<PhotoJson | 'gone' | null> {
  const dialog = find(document, '[data-details]', HTMLDialogElement)
  const altText = find(dialog, '[name=altText]', HTMLTextAreaElement)
  const rating = find(dialog, '[name=rating]', HTMLSelectElement)
  const preview = find(dialog, '[data-preview]', HTMLImageElement)
  altText.value = photo.altText
  rating.value = photo.rating
  preview.width = photo.width ?? 0
  preview.height = photo.height ?? 0
  preview.sizes = '(min-width: 720px) 560px, 92vw'
  preview.srcset = rawSrcset(userId, photo.id, [640, 960, 1280])
  preview.src = rawPath(userId, photo.id, 640)
  find(dialog, '[data-download]', HTMLAnchorElement).href = rawPath(userId, photo.id)
  const fileName = find(dialog, '[data-file-name]', HTMLElement)
  fileName.textContent = photo.fileName
  fileName.hidden = !photo.fileName
  find(dialog, '[data-facts]', HTMLElement).textContent = [
    `${photo.width} × ${photo.height}`,
    formatBytes(photo.bytes),
    photo.contentType.replace('image/', '').toUpperCase(),
    formatDate(photo.createdAt),
  ].join(' · ')
  return ask(dialog, 'save', async () => {
    const changes = {
      ...(altText.value !== photo.altText && { altText: altText.value }),
      ...(rating.value !== photo.rating && { rating: rating.value }),
    }
    return callApi<PhotoJson>('PATCH', `/api/photos/${photo.id}`, changes).catch(unlessGone)
  }).finally(() => {
    preview.removeAttribute('srcset') // or the last photo flashes up in the next dialog
    preview.removeAttribute('src')
  })
}

/** Asks whether to delete a photo and does it; resolves with whether it is gone. */
export async function confirmDelete(
  userId: string,
  photo: PhotoJson,
  addresses: AddressJson[],
): Promise<boolean> {
  const dialog = find(document, '[data-delete-dialog]', HTMLDialogElement)
  find(dialog, '[data-preview]', HTMLImageElement).src = rawPath(userId, photo.id, 320)
  find(dialog, '[data-consequence]', HTMLElement).textContent = describeLoss(photo, addresses)
  const done = await ask(dialog, 'delete', async () => {
    await callApi('DELETE', `/api/photos/${photo.id}`).catch(unlessGone) // deleted elsewhere: as wanted
    return true
  })
  return done === true
}

function describeLoss(photo: PhotoJson, addresses: AddressJson[]): string {
  const shownFor = findShownFor(photo, addresses).map(({ email }) => showEmail(email))
  const what = photo.active ? 'your active photo' : `what ${new Intl.ListFormat('en').format(shownFor)} shows`
  if (!photo.active && shownFor.length === 0) return 'It is removed for good. This cannot be undone.'
  return `It is ${what}: a default picture will show in its place; others may hold the old one up to five minutes. This cannot be undone.`
}

function unlessGone(thrown: unknown): 'gone' {
  if (isGone(thrown)) return 'gone'
  throw thrown
}

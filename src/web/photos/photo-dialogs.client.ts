import type { PhotoJson } from '../../photos/answers'
import { callApi } from '../shared/api.client'
import { ask } from '../shared/dialogs.client'
import { find } from '../shared/elements.client'
import { rawPath, rawSrcset } from '../shared/urls'
import { formatBytes, formatDate } from '../shared/words'

/** Opens the details of a photo; resolves with the changed photo, or null if nothing was saved. */
export function editPhoto(userId: string, photo: PhotoJson): Promise<PhotoJson | null> {
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
  find(dialog, '[data-facts]', HTMLElement).textContent = [
    `${photo.width} × ${photo.height}`,
    formatBytes(photo.bytes),
    photo.contentType.replace('image/', '').toUpperCase(),
    formatDate(photo.createdAt),
  ].join(' · ')
  return ask(dialog, 'save', () =>
    callApi<PhotoJson>('PATCH', `/api/photos/${photo.id}`, { altText: altText.value, rating: rating.value }),
  ).finally(() => {
    preview.removeAttribute('srcset') // or the last photo flashes up in the next dialog
    preview.removeAttribute('src')
  })
}

/** Asks whether to delete a photo and does it; resolves with whether it is gone. */
export async function confirmDelete(userId: string, photo: PhotoJson): Promise<boolean> {
  const dialog = find(document, '[data-delete-dialog]', HTMLDialogElement)
  find(dialog, '[data-preview]', HTMLImageElement).src = rawPath(userId, photo.id, 320)
  find(dialog, '[data-consequence]', HTMLElement).textContent = photo.active
    ? 'It is your active photo: a default picture will show in its place. This cannot be undone.'
    : 'It is removed for good. This cannot be undone.'
  const done = await ask(dialog, 'delete', async () => {
    await callApi('DELETE', `/api/photos/${photo.id}`)
    return true
  })
  return done === true
}

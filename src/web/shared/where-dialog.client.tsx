import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/where'
import type { PhotoJson } from '../../photos/answers'
import { callApi, isGone, Refusal } from './api.client'
import { ask } from './dialogs.client'
import { draw } from './draw.client'
import { find } from './elements.client'
import { rawPath } from './urls'
import { Places } from './where-dialog'

/**
 * Asks where a photo is to show and does it. Resolves with the one address that shows it now, `everywhere`, `gone` if
 * the photo has been deleted elsewhere, or null if nothing was changed.
 */
export async function choosePlace(
  userId: string,
  photo: Pick<PhotoJson, 'id'>,
  addresses: AddressJson[],
): Promise<AddressJson | 'everywhere' | 'gone' | null> {
  const dialog = find(document, '[data-where-dialog]', HTMLDialogElement)
  const preview = find(dialog, '[data-preview]', HTMLImageElement)
  const places = find(dialog, '[data-places]', HTMLFieldSetElement)
  preview.src = rawPath(userId, photo.id, 320)
  places.replaceChildren(draw(<Places photoId={photo.id} addresses={addresses} />))
  const done = ask(dialog, 'show', async () => {
    const { value } = find(places, 'input:checked', HTMLInputElement)
    return showPhoto(photo.id, value)
  })
  find(places, 'input', HTMLInputElement).focus()
  return done.finally(() => preview.removeAttribute('src'))
}

async function showPhoto(photoId: string, place: string): Promise<AddressJson | 'everywhere' | 'gone'> {
  try {
    if (place !== 'everywhere')
      return await callApi<AddressJson>('PATCH', `/api/addresses/${place}`, { photoId })
    await callApi('PUT', '/api/me/active-photo', { photoId })
    return 'everywhere'
  } catch (thrown) {
    if (!isGone(thrown)) throw thrown
    // The photo or the address: a photo that can be read is not what is missing.
    const photo = await callApi('GET', `/api/photos/${photoId}`).catch((thrown) => {
      if (isGone(thrown)) return 'gone' as const
      throw thrown
    })
    if (photo === 'gone') return 'gone'
    throw new Refusal('not_found', t().addressGone)
  }
}

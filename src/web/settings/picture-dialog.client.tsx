import type { AddressJson } from '../../accounts/answers'
import { formatDate } from '../../lang/formats'
import { t } from '../../lang/settings'
import { showEmail } from '../../lib/email'
import type { PhotoList } from '../../photos/answers'
import { callApi, isGone, Refusal } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { ask } from '../shared/dialogs.client'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'
import { PictureChoice } from './picture-choice'

/**
 * Asks what an address is to show and does it. Resolves with the address after it, null if nothing was saved, or
 * `gone` if it has been removed elsewhere.
 * @param values.activePhotoId the account's picture
 */
export function choosePicture(values: {
  userId: string
  activePhotoId: string | null
  address: AddressJson
}): Promise<AddressJson | 'gone' | null> {
  const { userId, activePhotoId, address } = values
  const dialog = find(document, '[data-picture-dialog]', HTMLDialogElement)
  const choices = find(dialog, '[data-choices]', HTMLFieldSetElement)
  find(dialog, '[data-email]', HTMLElement).textContent = showEmail(address.email)
  const own = address.follows ? null : address.photoId
  const chosen = address.follows ? 'account' : (own ?? 'none')
  const add = (value: string, text: string, photoId: string | null, badge = '') => {
    const choice = { userId, value, text, photoId, badge, checked: value === chosen }
    choices.append(draw(<PictureChoice {...choice} />))
  }
  choices.replaceChildren()
  add('account', t().picture.account, activePhotoId)
  add('none', t().picture.none, null)
  if (own) add(own, t().picture.asNow, own) // wherever in the list it stands
  const done = ask(dialog, 'save', () => {
    const value = choices.querySelector<HTMLInputElement>('input:checked')?.value ?? chosen
    return save(address.hash, value)
  })
  find(choices, 'input:checked', HTMLInputElement).focus()
  const stop = startPhotos(dialog, ({ id, altText, fileName, createdAt, rating }) => {
    const text = altText || fileName || t().picture.of(formatDate(createdAt))
    if (id !== own) add(id, text, id, rating === 'g' ? '' : rating.toUpperCase())
  })
  return done.finally(() => {
    stop()
    choices.replaceChildren() // or the last one's flash up in the next dialog
  })
}

async function save(hash: string, value: string): Promise<AddressJson | 'gone'> {
  const changes = value === 'account' ? { follows: true } : { photoId: value === 'none' ? null : value }
  try {
    return await callApi<AddressJson>('PATCH', `/api/addresses/${hash}`, changes)
  } catch (thrown) {
    if (!isGone(thrown)) throw thrown
    // The photo or the address: the list says which.
    const { items } = await callApi<{ items: AddressJson[] }>('GET', '/api/addresses')
    if (!items.some((address) => address.hash === hash)) return 'gone'
    throw new Refusal('not_found', t().picture.gone)
  }
}

/** Loads the photos page by page, the first at once. Returns what stops it. */
function startPhotos(
  dialog: HTMLDialogElement,
  onPhoto: (photo: PhotoList['items'][number]) => void,
): () => void {
  const more = find(dialog, '[data-more]', HTMLElement)
  const choices = find(dialog, '[data-choices]', HTMLFieldSetElement)
  const error = find(dialog, '[data-error]', HTMLElement)
  let path = '/api/photos'
  let stopped = false

  async function load(): Promise<number> {
    const { items, nextCursor } = await callApi<PhotoList>('GET', path)
    const before = choices.childElementCount
    if (stopped) return before
    for (const photo of items) onPhoto(photo)
    more.hidden = !nextCursor
    path = `/api/photos?cursor=${nextCursor}`
    return before
  }

  const button = find(more, 'button', HTMLButtonElement)
  button.onclick = () =>
    void attempt(button, async () => {
      const before = await load()
      choices.children[before]?.querySelector('input')?.focus()
    })
  more.hidden = true
  load().catch((thrown) => {
    if (!stopped) error.textContent = explain(thrown)
  })
  return () => {
    stopped = true
  }
}

import { t } from '../../lang/photo'
import { t as common } from '../../lang/shared'
import type { PhotoJson } from '../../photos/answers'
import { callApi, isGone, Refusal } from '../shared/api.client'
import { find, whileBusy } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'
import { notify } from '../shared/toasts.client'

/** Description and rating. Only what was changed here is sent: the rest may have been changed in another tab. */
export function startWords(
  page: HTMLElement,
  { read, onChange }: { read: () => PhotoJson; onChange: (photo: PhotoJson) => void },
) {
  const form = find(page, '[data-words]', HTMLFormElement)
  const altText = find(form, '[name=altText]', HTMLTextAreaElement)
  const rating = find(form, '[name=rating]', HTMLSelectElement)
  const error = find(form, '[data-error]', HTMLElement)
  const submit = find(form, '[type=submit]', HTMLButtonElement)
  // As the page came, not as it is: somebody may have been quicker with the keys than this code was to load.
  let saved = { altText: altText.defaultValue, rating: read().rating as string }
  let isLeaving = false
  const changes = () => ({
    ...(altText.value !== saved.altText && { altText: altText.value }),
    ...(rating.value !== saved.rating && { rating: rating.value }),
  })

  addEventListener('beforeunload', (event) => {
    if (!isLeaving && Object.keys(changes()).length) event.preventDefault()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void whileBusy(submit, async () => {
      error.textContent = ''
      try {
        const sent = changes()
        const photo = await callApi<PhotoJson>('PATCH', `/api/photos/${read().id}`, sent).catch(sayGone)
        saved = { ...saved, ...sent }
        onChange(photo)
        notify(common().saved)
      } catch (thrown) {
        error.textContent = explain(thrown)
      }
    })
  })

  submit.disabled = false

  /** The description was changed elsewhere on the page; what is typed here and not saved stays. */
  function take({ altText: words }: PhotoJson): void {
    if (altText.value === saved.altText) altText.value = words
    saved = { ...saved, altText: words }
  }

  /** What is not saved goes with the photo. */
  function drop(): void {
    isLeaving = true
  }

  return { take, drop }
}

/** @throws Refusal in words about the photo where it is gone */
export function sayGone(thrown: unknown): never {
  throw isGone(thrown) ? new Refusal('not_found', t().gone) : thrown
}

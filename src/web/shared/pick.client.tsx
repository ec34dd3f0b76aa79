import { t } from '../../lang/albums'
import { t as shared } from '../../lang/shared'
import type { PhotoJson, PhotoList } from '../../photos/answers'
import { callApi, Refusal } from './api.client'
import { attempt } from './attempts.client'
import { ask } from './dialogs.client'
import { draw } from './draw.client'
import { find } from './elements.client'
import { Pick } from './pick'
import { explain } from './refusals.client'
import { countPhotos } from './words'

interface Options {
  userId: string
  /** Whether one alone is picked. */
  one?: boolean
  /** Whether a photo is in the album, as far as the page knows. */
  isThere?(photoId: string): boolean
  /** @throws Refusal */
  add(photo: PhotoJson): Promise<void>
}

/** Asks which of one's photos are added, to an album or a message, and adds them; resolves with how many, null for none. */
export function pickPhotos({ userId, one = false, isThere, add }: Options): Promise<number | null> {
  const dialog = find(document, '[data-pick-dialog]', HTMLDialogElement)
  const picks = find(dialog, '[data-picks]', HTMLFieldSetElement)
  const more = find(dialog, '[data-more]', HTMLElement)
  const none = find(dialog, '[data-none]', HTMLElement)
  const error = find(dialog, '[data-error]', HTMLElement)
  const submit = find(dialog, '[data-add]', HTMLButtonElement)
  const photos = new Map<string, PhotoJson>()
  let path = '/api/photos'
  let isOpen = true

  const chosen = () => [...picks.querySelectorAll<HTMLInputElement>('input:checked:not(:disabled)')]
  const show = () => {
    const count = chosen().length
    submit.textContent = count && !one ? t().addCount(countPhotos(count)) : shared().add
  }

  async function load(): Promise<HTMLElement | null> {
    const { items, nextCursor } = await callApi<PhotoList>('GET', path)
    if (!isOpen) return null
    const drawn = items.map((photo) => {
      photos.set(photo.id, photo)
      return draw(<Pick userId={userId} photo={photo} one={one} isThere={isThere?.(photo.id) ?? false} />)
    })
    picks.append(...drawn)
    none.hidden = photos.size > 0
    more.hidden = !nextCursor
    path = `/api/photos?cursor=${nextCursor}`
    return drawn[0] ?? null
  }

  /** One after the other: what failed stays picked, and is said. */
  async function addChosen(): Promise<number> {
    const boxes = chosen()
    if (!boxes.length) throw new Refusal('invalid_input', one ? t().pickOne : t().pickSome)
    let added = 0
    for (const box of boxes) {
      const photo = photos.get(box.value)
      if (!photo) continue
      try {
        await add(photo)
      } catch (thrown) {
        throw new Refusal(
          'unavailable',
          added ? t().addedThen(countPhotos(added), explain(thrown)) : explain(thrown),
        )
      }
      added++
      box.disabled = true
      if (!one) submit.textContent = t().through(added, boxes.length)
    }
    return added
  }

  picks.replaceChildren()
  picks.onchange = show
  none.hidden = true
  more.hidden = true
  show()
  const button = find(more, 'button', HTMLButtonElement)
  button.onclick = () => void attempt(button, async () => (await load())?.querySelector('input')?.focus())
  const done = ask(dialog, 'add', addChosen)
  load()
    .then((first) => first?.querySelector('input')?.focus())
    .catch((thrown) => {
      if (isOpen) error.textContent = explain(thrown)
    })
  return done.finally(() => {
    isOpen = false
    picks.replaceChildren()
  })
}

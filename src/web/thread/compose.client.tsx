import type { PhotoJson } from '../../photos/answers'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { pickPhotos } from '../shared/pick.client'
import { Attached } from './compose'
import type { Draft } from './outbox.client'

/** Most characters of a message, as the API counts them (`MAX_TEXT` of src/messages/schemas.ts). */
const MAX_TEXT = 4000

interface Options {
  userId: string
  name: string
  send(draft: Draft): void
}

/** Makes the box that messages are written in. Enter sends where there are real keys; on a phone it begins a line. */
export function startCompose(page: HTMLElement, { userId, name, send }: Options): { focus(): void } {
  const form = find(page, '[data-compose]', HTMLFormElement)
  const text = find(form, 'textarea', HTMLTextAreaElement)
  const attached = find(form, '[data-attached]', HTMLElement)
  const attach = find(form, '[data-attach]', HTMLButtonElement)
  const error = find(form, '[data-error]', HTMLElement)
  let photo: PhotoJson | null = null

  function showPhoto(chosen: PhotoJson | null): void {
    photo = chosen
    attached.replaceChildren(
      ...(chosen ? [draw(<Attached userId={userId} photo={chosen} name={name} />)] : []),
    )
  }

  function grow(): void {
    text.style.height = 'auto'
    text.style.height = `${text.scrollHeight + 2}px` // its border
  }

  function showLength(): boolean {
    const length = text.value.trim().length
    const isLong = length > MAX_TEXT
    const [has, most] = [length, MAX_TEXT].map((number) => number.toLocaleString('en'))
    error.textContent = isLong ? `Too long: ${has} of ${most} characters.` : ''
    text.toggleAttribute('aria-invalid', isLong)
    return isLong
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const written = text.value.trim()
    text.focus()
    if ((!written && !photo) || showLength()) return
    const seen = photo && { ...photo, width: photo.width ?? 1, height: photo.height ?? 1, userId }
    send({ text: written, photo: seen && { ...seen, owner: { hash: '', name: '' } } })
    text.value = ''
    showPhoto(null)
    grow()
  })
  text.addEventListener('input', () => {
    grow()
    showLength()
  })
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    if (matchMedia('(pointer: coarse)').matches && !event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    form.requestSubmit()
  })
  attach.addEventListener('click', async () => {
    await pickPhotos({ userId, one: true, add: async (chosen) => showPhoto(chosen) })
    if (photo) text.focus()
  })
  attached.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element) || !target.closest('[data-detach]')) return
    showPhoto(null)
    attach.focus()
  })
  return { focus: () => text.focus() }
}

import { t } from '../../lang/invitations'
import { t as messages } from '../../lang/messages'
import { showEmail } from '../../lib/email'
import type { PhotoJson } from '../../photos/answers'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { pickPhotos } from '../shared/pick.client'
import { forgetTyped } from '../shared/typed.client'
import { Attached } from './compose'
import type { Draft } from './outbox.client'

/** Most characters of a message, as the API counts them (`MAX_TEXT` of src/messages/schemas.ts). */
const MAX_TEXT = 4000

interface Options {
  userId: string
  name: string
  /** Their address, where it was typed in this browser and they never wrote; null for none. */
  address: string | null
  send(draft: Draft): void
}

/** Makes the box that messages are written in. Enter sends where there are real keys; on a phone it begins a line. */
export function startCompose(page: HTMLElement, { userId, name, address, send }: Options): { focus(): void } {
  const form = find(page, '[data-compose]', HTMLFormElement)
  const text = find(form, 'textarea', HTMLTextAreaElement)
  const attached = find(form, '[data-attached]', HTMLElement)
  const attach = find(form, '[data-attach]', HTMLButtonElement)
  const error = find(form, '[data-error]', HTMLElement)
  const invite = find(form, '[data-invite]', HTMLElement)
  const asked = find(invite, 'input', HTMLInputElement)
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
    error.textContent = isLong ? messages().tooLong(length, MAX_TEXT) : ''
    text.toggleAttribute('aria-invalid', isLong)
    return isLong
  }

  /** One mail a day is all there is. */
  function endInvitation(): void {
    forgetTyped()
    asked.checked = false
    invite.hidden = true
  }

  if (address) {
    find(invite, '[data-invite-hint]', HTMLElement).textContent = t().boxHint(showEmail(address))
    invite.hidden = false
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const written = text.value.trim()
    text.focus()
    if ((!written && !photo) || showLength()) return
    const seen = photo && { ...photo, width: photo.width ?? 1, height: photo.height ?? 1, userId }
    const invited = (asked.checked && address) || null
    send({ text: written, photo: seen && { ...seen, owner: { hash: '', name: '' } }, invited })
    if (invited) endInvitation()
    text.value = ''
    showPhoto(null)
    grow()
  })
  find(form, '[type=submit]', HTMLButtonElement).disabled = false
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

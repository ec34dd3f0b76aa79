import { readEmail } from '../../lib/email'
import { callApi, isSignedOut } from '../shared/api.client'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { runForm, showError } from '../shared/forms.client'
import { hashTyped } from '../shared/hash.client'
import { readAll } from '../shared/pages.client'
import { explain } from '../shared/refusals.client'
import type { ContactJson } from '../shared/sharing'
import { keepTyped } from '../shared/typed.client'
import { describeFault } from '../shared/words'
import { KnownReader } from './new-message'

/** More would be a wall: typing narrows them down. */
const MOST_KNOWN = 12

/** Makes the dialog that asks whom to write to. It leads to the thread with them. */
export function startNewMessage(page: HTMLElement): void {
  const dialog = find(page, '[data-new-dialog]', HTMLDialogElement)
  const form = find(dialog, '[data-new-form]', HTMLFormElement)
  const email = find(form, '[name=email]', HTMLInputElement)
  const name = find(form, '[name=name]', HTMLInputElement)
  const known = find(dialog, '[data-known]', HTMLElement)
  const chips = find(dialog, '[data-chips]', HTMLElement)
  let contacts: ContactJson[] = []

  function showKnown(): void {
    const typed = email.value.trim().toLowerCase()
    const fitting = contacts.filter((each) => each.name.toLowerCase().includes(typed))
    chips.replaceChildren(...fitting.slice(0, MOST_KNOWN).map((each) => draw(<KnownReader person={each} />)))
    known.hidden = fitting.length === 0
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const read = readEmail(email.value)
    if ('fault' in read) return showError(form, describeFault(read.fault))
    void runForm(form, find(form, '[type=submit]', HTMLButtonElement), async () => {
      const hash = await hashTyped(read.email)
      const called = name.value.trim()
      if (called) await callApi('PUT', `/api/contacts/${hash}`, { name: called })
      keepTyped({ hash, email: read.email })
      location.assign(`/inbox/${hash}`)
    })
  })
  email.addEventListener('input', showKnown)
  find(page, '[data-new]', HTMLButtonElement).addEventListener('click', () => {
    form.reset()
    showError(form, '', { focus: false })
    showKnown()
    dialog.showModal()
    email.focus()
    readAll<ContactJson>('/api/contacts')
      .then((all) => {
        contacts = all
        showKnown()
      })
      .catch((thrown) => isSignedOut(thrown) || showError(form, explain(thrown), { focus: false }))
  })
}

import { isSignedOut } from './api.client'
import { find, whileBusy } from './elements.client'
import { explain } from './refusals.client'
import { notify } from './toasts.client'

/** What to do at the end of each dialog that is open, or was closed a moment ago. */
const ends = new WeakMap<HTMLDialogElement, () => void>()

/**
 * Shows a dialog until it is closed. The browser tells of that a moment later, and whoever is quick has opened the dialog
 * again by then: each opening has its own end.
 * @returns the value of the button that closed it, empty where none did
 */
export function showDialog(dialog: HTMLDialogElement): Promise<string> {
  ends.get(dialog)?.()
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((resolve) => {
    const end = () => {
      dialog.removeEventListener('close', hear)
      ends.delete(dialog)
      resolve(dialog.returnValue)
    }
    const hear = () => dialog.open || end()
    ends.set(dialog, end)
    dialog.addEventListener('close', hear)
  })
}

/**
 * Shows a dialog until it is closed (null) or `work`, started by the button of that value, has succeeded: what has begun
 * is waited for, though the dialog was closed. What fails is said inside the dialog, which stays open.
 */
export async function ask<T>(
  dialog: HTMLDialogElement,
  value: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const form = find(dialog, 'form', HTMLFormElement)
  const error = find(dialog, '[data-error]', HTMLElement)
  let result: T | null = null
  let isOpen = true
  let working: Promise<void> | undefined
  error.textContent = ''
  // The first button of a dialog is mostly the way out: Enter in a field is to do what is asked instead.
  form.onkeydown = (event) => {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    form.requestSubmit(find(form, `button[value="${value}"]`, HTMLButtonElement))
  }
  form.onsubmit = (event) => {
    const button = event.submitter
    if (!(button instanceof HTMLButtonElement) || button.value !== value) return
    event.preventDefault()
    if (button.ariaBusy === 'true') return
    working = whileBusy(button, async () => {
      try {
        result = await work()
        if (isOpen) dialog.close()
      } catch (thrown) {
        if (isOpen) error.textContent = explain(thrown)
        else if (!isSignedOut(thrown)) notify(explain(thrown), { error: true })
      }
    })
  }
  await showDialog(dialog)
  isOpen = false
  await working
  return result
}

import { find, whileBusy } from './elements.client'
import { explain } from './refusals.client'

/**
 * Shows a dialog until it is closed (null) or `work`, started by the button of that value, has succeeded.
 * What fails is said inside the dialog, which stays open.
 */
export function ask<T>(dialog: HTMLDialogElement, value: string, work: () => Promise<T>): Promise<T | null> {
  const form = find(dialog, 'form', HTMLFormElement)
  const error = find(dialog, '[data-error]', HTMLElement)
  error.textContent = ''
  // The first button of a dialog is mostly the way out: Enter in a field is to do what is asked instead.
  form.onkeydown = (event) => {
    if (event.key !== 'Enter' || event.isComposing || !(event.target instanceof HTMLInputElement)) return
    event.preventDefault()
    form.requestSubmit(find(form, `button[value="${value}"]`, HTMLButtonElement))
  }
  dialog.showModal()
  return new Promise((resolve) => {
    let result: T | null = null
    form.onsubmit = (event) => {
      const button = event.submitter
      if (!(button instanceof HTMLButtonElement) || button.value !== value) return
      event.preventDefault()
      void whileBusy(button, async () => {
        try {
          result = await work()
          dialog.close()
        } catch (thrown) {
          error.textContent = explain(thrown)
        }
      })
    }
    dialog.onclose = () => resolve(result)
  })
}

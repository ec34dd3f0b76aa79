import { find, whileBusy } from './elements.client'
import { explain } from './refusals.client'

/** Says beside the one field of a form what is wrong with it, or with an empty text that nothing is. */
export function showError(form: HTMLFormElement, text: string, { focus = true } = {}): void {
  const input = form.querySelector('input')
  find(form, '[data-error]', HTMLElement).textContent = text
  if (text) input?.setAttribute('aria-invalid', 'true')
  else input?.removeAttribute('aria-invalid')
  if (focus) input?.focus()
}

/** Runs what a form's button does; what fails is said beside the field. */
export async function runForm(
  form: HTMLFormElement,
  button: HTMLElement,
  work: () => Promise<void>,
): Promise<void> {
  await whileBusy(button, async () => {
    try {
      showError(form, '', { focus: false })
      await work()
    } catch (thrown) {
      showError(form, explain(thrown))
    }
  })
}

/** Runs a form's work on submit. */
export function onSubmit(form: HTMLFormElement, work: () => Promise<void>): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void runForm(form, find(form, '[type=submit]', HTMLButtonElement), work)
  })
}

import { t } from '../../lang/settings'
import { callApi } from '../shared/api.client'
import { startCodeForm } from '../shared/code-form.client'
import { redraw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { postForm } from '../shared/form-post.client'
import { onSubmit } from '../shared/forms.client'
import { notify } from '../shared/toasts.client'
import { DeletionForm } from './deletion'

/** Makes the two steps of deleting the account work, whichever the page shows. */
export function startDeletion(section: HTMLElement): void {
  const local = section.dataset.local !== undefined
  startStep(find(section, '[data-delete]', HTMLFormElement))

  /** The primary address as it is on this page by now. */
  function readEmail(): string {
    return find(document, '[data-primary-email]', HTMLElement).textContent ?? ''
  }

  function show(old: HTMLFormElement, isMailed: boolean): HTMLFormElement {
    const email = readEmail()
    const mailed = isMailed ? { email, triesLeft: 5, age: 0 } : null
    const node = <DeletionForm email={email} mailed={mailed} local={local} />
    const form = redraw(old, node) as HTMLFormElement
    startStep(form)
    return form
  }

  function startStep(form: HTMLFormElement): void {
    if (form.dataset.step === 'ask') {
      onSubmit(form, async () => {
        await callApi('POST', '/api/me/deletion-code')
        find(show(form, true), 'input', HTMLInputElement).focus()
      })
      return
    }
    startCodeForm(form, {
      auto: false, // a code that a browser fills in must not end an account by itself
      async enter(code) {
        await callApi('DELETE', '/api/me', { code })
        location.replace('/?account=deleted')
      },
      again: () => callApi('POST', '/api/me/deletion-code'),
      async leave() {
        await postForm(find(form, '[data-leave]', HTMLButtonElement))
        show(form, false)
        find(section, 'h2', HTMLElement).focus()
        notify(t().deletion.kept)
      },
    })
  }
}

import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { readEmail, showEmail } from '../../lib/email'
import { callApi } from '../shared/api.client'
import { startCodeForm } from '../shared/code-form.client'
import { redraw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { postForm } from '../shared/form-post.client'
import { runForm, showError } from '../shared/forms.client'
import { notify } from '../shared/toasts.client'
import { describeFault } from '../shared/words'
import { AddAddress } from './add-address'

/** Makes the two steps of adding an address work, whichever the page shows. */
export function startAddAddress(
  section: HTMLElement,
  { onAdded }: { onAdded: (address: AddressJson) => void },
): void {
  const local = section.dataset.local !== undefined
  startStep(find(section, '[data-add]', HTMLFormElement))

  function startStep(form: HTMLFormElement): void {
    if (form.dataset.step === 'email') startEmailStep(form)
    else startCodeStep(form)
  }

  /** Goes on to a step: to the code that was mailed, or to a new address. */
  function show(old: HTMLFormElement, email: string | null): void {
    const mailed = email === null ? null : { email, triesLeft: 5, age: 0 }
    const form = redraw(old, <AddAddress mailed={mailed} local={local} />) as HTMLFormElement
    startStep(form)
    find(form, 'input', HTMLInputElement).focus()
  }

  function startEmailStep(form: HTMLFormElement): void {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const read = readEmail(find(form, 'input', HTMLInputElement).value)
      if ('fault' in read) return showError(form, describeFault(read.fault))
      void runForm(form, find(form, '[type=submit]', HTMLButtonElement), async () => {
        await callApi('POST', '/api/addresses', { email: read.email })
        show(form, read.email)
      })
    })
  }

  function startCodeStep(form: HTMLFormElement): void {
    startCodeForm(form, {
      auto: true,
      async enter(code) {
        const address = await callApi<AddressJson>('POST', '/api/addresses/confirm', { code })
        onAdded(address)
        show(form, null)
        notify(t().adding.added(showEmail(address.email)))
      },
      again: (email) => callApi('POST', '/api/addresses', { email }),
      async leave() {
        await postForm(find(form, '[data-leave]', HTMLButtonElement))
        show(form, null)
      },
    })
  }
}

import { readEmail } from '../../lib/email'
import { callApi } from '../shared/api.client'
import { startCodeForm } from '../shared/code-form.client'
import { find } from '../shared/elements.client'
import { runForm, showError } from '../shared/forms.client'
import { takeTried } from '../shared/tried.client'
import { describeFault } from '../shared/words'

// The forms work without this. With it, what is refused is said without a new page, and nothing typed is lost when
// the connection is.

const card = find(document, '.sign-in', HTMLElement)
const form = find(card, 'form', HTMLFormElement)

if (form.dataset.step === 'email') startEmailStep()
else {
  startCodeForm(form, {
    auto: true,
    async enter(code) {
      await callApi('POST', '/api/sign-in', { code })
      location.assign(card.dataset.next ?? '/photos')
    },
    again: (email) => callApi('POST', '/api/sign-in/code', { email }),
  })
}

function startEmailStep(): void {
  const input = find(form, 'input', HTMLInputElement)
  input.value ||= takeTried()
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const read = readEmail(input.value)
    if ('fault' in read) return showError(form, describeFault(read.fault))
    void runForm(form, find(form, '[type=submit]', HTMLButtonElement), async () => {
      await callApi('POST', '/api/sign-in/code', { email: read.email })
      location.replace(form.action) // the server knows the step
    })
  })
}

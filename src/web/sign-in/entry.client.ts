import { readEmail } from '../../lib/email'
import { readDigits } from '../../lib/text'
import { callApi, Refusal } from '../shared/api.client'
import { find, whileBusy } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'
import { FAULTS, SHORT_CODE } from './words'

// The forms work without this. With it, what is refused is said without a new page, and nothing typed is lost when
// the connection is.

const card = find(document, '.sign-in', HTMLElement)
const form = find(card, 'form', HTMLFormElement)
const input = find(form, 'input', HTMLInputElement)

if (form.dataset.step === 'email') startEmailStep()
else startCodeStep()

function startEmailStep(): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const read = readEmail(input.value)
    if ('fault' in read) return showError(FAULTS[read.fault])
    void run(find(form, '[type=submit]', HTMLButtonElement), async () => {
      await callApi('POST', '/api/sign-in/code', { email: read.email })
      location.replace(form.action) // the server knows the step
    })
  })
}

function startCodeStep(): void {
  const resend = find(form, '[data-resend]', HTMLButtonElement)
  const status = find(form, '[data-status]', HTMLElement)
  /** The code that was sent last, so that typing on in a refused one does not send it again by itself. */
  let tried = ''
  /** The code that was refused last, and how: Enter after it was sent by itself must not cost a second try. */
  let refused = { digits: '', text: '' }

  form.addEventListener('submit', (event) => {
    const button = event.submitter
    if (button === resend) {
      event.preventDefault()
      void mailAnother()
    } else if (!button?.hasAttribute('formaction')) {
      event.preventDefault()
      void enter()
    }
  })

  // A whole code that is pasted or filled in by the system needs no further press.
  input.addEventListener('input', () => {
    const digits = readDigits(input.value)
    if (digits.length === 8 && digits !== tried) form.requestSubmit()
  })

  const holdResend = startHold(resend)
  holdResend(Number(resend.dataset.wait))

  async function enter(): Promise<void> {
    const digits = readDigits(input.value)
    if (digits.length !== 8) return showError(SHORT_CODE)
    if (digits === refused.digits) return showError(refused.text)
    tried = digits
    await run(find(form, '[type=submit]', HTMLButtonElement), async () => {
      try {
        await callApi('POST', '/api/sign-in', { code: digits })
      } catch (thrown) {
        if (thrown instanceof Refusal && thrown.reason === 'invalid_code') {
          refused = { digits, text: thrown.message }
          holdResend(0)
        }
        throw thrown
      }
      location.assign(card.dataset.next ?? '/photos')
    })
  }

  async function mailAnother(): Promise<void> {
    if (resend.getAttribute('aria-disabled') === 'true') return
    await run(resend, async () => {
      await callApi('POST', '/api/sign-in/code', { email: resend.dataset.resend })
      input.value = ''
      tried = ''
      refused = { digits: '', text: '' }
      input.focus()
      status.textContent = 'A new code is on its way. The old one no longer works.'
      holdResend(30)
    })
  }
}

/** Counts seconds down on a button, which does nothing meanwhile. */
function startHold(button: HTMLButtonElement): (seconds: number) => void {
  const text = button.textContent
  let timer: ReturnType<typeof setTimeout> | undefined
  const hold = (left: number) => {
    clearTimeout(timer)
    button.textContent = left > 0 ? `Resend in ${left} s` : text
    button.setAttribute('aria-disabled', String(left > 0))
    if (left > 0) timer = setTimeout(hold, 1000, left - 1)
  }
  return hold
}

async function run(button: HTMLButtonElement, work: () => Promise<void>): Promise<void> {
  await whileBusy(button, async () => {
    try {
      showError('', { focus: false })
      await work()
    } catch (thrown) {
      showError(explain(thrown))
    }
  })
}

function showError(text: string, { focus = true } = {}): void {
  find(form, '[data-error]', HTMLElement).textContent = text
  if (text) input.setAttribute('aria-invalid', 'true')
  else input.removeAttribute('aria-invalid')
  if (focus) input.focus()
}

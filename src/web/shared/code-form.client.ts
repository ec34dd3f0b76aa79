import { t } from '../../lang/code'
import { t as shared } from '../../lang/shared'
import { readDigits } from '../../lib/text'
import { Refusal } from './api.client'
import { find } from './elements.client'
import { runForm, showError } from './forms.client'
import { explain } from './refusals.client'

interface CodeWork {
  /** Uses the code: eight digits. */
  enter: (code: string) => Promise<void>
  /** Mails another code to this address. */
  again: (email: string) => Promise<void>
  /** Leaves the step; without it, the form's own way out is taken. */
  leave?: () => Promise<void>
  /** Whether a whole code is sent by itself. */
  auto: boolean
}

/** Makes a form of `CodeFields` work without a new page. */
export function startCodeForm(form: HTMLFormElement, { enter, again, leave, auto }: CodeWork): void {
  const input = find(form, 'input', HTMLInputElement)
  const resend = find(form, '[data-resend]', HTMLButtonElement)
  const status = find(form, '[data-status]', HTMLElement)
  /** The code that was sent last, so that typing on in a refused one does not send it again by itself. */
  let tried = ''
  /** The code that was refused last, and how: Enter after it was sent by itself must not cost a second try. */
  let refused = { digits: '', text: '' }

  form.addEventListener('submit', (event) => {
    const button = event.submitter
    const leaves = button?.matches('[data-leave]') === true
    if (leaves && !leave) return
    event.preventDefault()
    if (button === resend) void mailAnother()
    else if (leaves && leave) void runForm(form, button as HTMLElement, leave)
    else void send()
  })

  // A whole code that is pasted or filled in by the system needs no further press.
  input.addEventListener('input', () => {
    const digits = readDigits(input.value)
    if (auto && digits.length === 8 && digits !== tried) form.requestSubmit()
  })

  const holdResend = startHold(resend)
  holdResend(Number(resend.dataset.wait))

  async function send(): Promise<void> {
    const digits = readDigits(input.value)
    if (digits.length !== 8) return showError(form, shared().shortCode)
    if (digits === refused.digits) return showError(form, refused.text)
    tried = digits
    await runForm(form, find(form, '[type=submit]', HTMLButtonElement), async () => {
      try {
        await enter(digits)
      } catch (thrown) {
        if (thrown instanceof Refusal && thrown.reason === 'invalid_code') {
          refused = { digits, text: explain(thrown) }
          holdResend(0)
        }
        throw thrown
      }
    })
  }

  async function mailAnother(): Promise<void> {
    if (resend.getAttribute('aria-disabled') === 'true') return
    await runForm(form, resend, async () => {
      await again(resend.dataset.resend ?? '')
      input.value = ''
      tried = ''
      refused = { digits: '', text: '' }
      input.focus()
      status.textContent = t().resent
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
    button.textContent = left > 0 ? t().resendIn(left) : text
    button.setAttribute('aria-disabled', String(left > 0))
    if (left > 0) timer = setTimeout(hold, 1000, left - 1)
  }
  return hold
}

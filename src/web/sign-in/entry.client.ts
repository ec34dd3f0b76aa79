import { callApi } from '../shared/api.client'
import { find, whileBusy } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'

const page = find(document, '[data-sign-in]', HTMLElement)
const emailForm = find(page, '[data-step=email]', HTMLFormElement)
const codeForm = find(page, '[data-step=code]', HTMLFormElement)
const email = find(emailForm, '[name=email]', HTMLInputElement)
const code = find(codeForm, '[name=code]', HTMLInputElement)
const resend = find(codeForm, '[data-resend]', HTMLButtonElement)
const status = find(codeForm, '[data-status]', HTMLElement)

/** Seconds before another code can be asked for: mail takes a moment, and an hour allows only a few. */
const RESEND_AFTER = 30

/** The code that was sent last, so that typing on in a refused one does not send it again by itself. */
let tried = ''

emailForm.addEventListener('submit', (event) => {
  event.preventDefault()
  if (!email.checkValidity())
    return showError(emailForm, email, 'Type your e-mail address, such as you@example.com.')
  void run(emailForm, email, async () => {
    await callApi('POST', '/api/sign-in/code', { email: email.value })
    find(codeForm, '[data-address]', HTMLElement).textContent = email.value.trim()
    emailForm.hidden = true
    codeForm.hidden = false
    code.value = ''
    tried = ''
    showError(codeForm, code, '', { focus: false })
    holdResend()
    code.focus()
    status.textContent = 'The code is on its way.'
  })
})

codeForm.addEventListener('submit', (event) => {
  event.preventDefault()
  const digits = readDigits()
  if (digits.length !== 8) return showError(codeForm, code, 'The code has eight digits.')
  tried = digits
  void run(codeForm, code, async () => {
    await callApi('POST', '/api/sign-in', { code: digits })
    location.assign(page.dataset.next ?? '/photos')
  })
})

// A whole code that is pasted or filled in by the system needs no further press.
code.addEventListener('input', () => {
  const digits = readDigits()
  if (digits.length === 8 && digits !== tried) codeForm.requestSubmit()
})

find(codeForm, '[data-back]', HTMLButtonElement).addEventListener('click', () => {
  codeForm.hidden = true
  emailForm.hidden = false
  email.select()
})

resend.addEventListener('click', () => {
  if (resend.getAttribute('aria-disabled') === 'true') return
  void whileBusy(resend, async () => {
    try {
      await callApi('POST', '/api/sign-in/code', { email: email.value })
      showError(codeForm, code, '', { focus: false })
      code.value = ''
      tried = ''
      status.textContent = 'A new code is on its way. The old one no longer works.'
      holdResend()
    } catch (thrown) {
      showError(codeForm, code, explain(thrown), { focus: false })
    }
  })
})

function readDigits(): string {
  return code.value.replace(/\D/g, '')
}

function holdResend(): void {
  let left = RESEND_AFTER
  const show = () => {
    resend.textContent = left ? `Resend in ${left} s` : 'Resend code'
    resend.setAttribute('aria-disabled', String(left > 0))
    if (left-- > 0) setTimeout(show, 1000)
  }
  show()
}

async function run(form: HTMLFormElement, input: HTMLInputElement, work: () => Promise<void>): Promise<void> {
  await whileBusy(find(form, '[type=submit]', HTMLButtonElement), async () => {
    try {
      showError(form, input, '', { focus: false })
      await work()
    } catch (thrown) {
      showError(form, input, explain(thrown))
    }
  })
}

function showError(
  form: HTMLFormElement,
  input: HTMLInputElement,
  text: string,
  { focus = true } = {},
): void {
  find(form, '[data-error]', HTMLElement).textContent = text
  if (text) input.setAttribute('aria-invalid', 'true')
  else input.removeAttribute('aria-invalid')
  if (focus) input.focus()
}

import type { NewTokenJson } from '../../accounts/answers'
import { callApi, leaveIfSignedOut } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { startCopyButtons } from '../shared/copy.client'
import { draw } from '../shared/draw.client'
import { find, whileBusy } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'
import { notify } from '../shared/toasts.client'
import { startLookup } from './lookup.client'
import { TokenRow } from './token-row'

const tokens = find(document, '[data-tokens]', HTMLElement)
const tokenList = find(tokens, '[data-token-list]', HTMLElement)
const tokenDialog = find(document, '[data-token-dialog]', HTMLDialogElement)
const newToken = find(tokenDialog, '#new-token', HTMLElement)
const revokeDialog = find(document, '[data-revoke-dialog]', HTMLDialogElement)

startCopyButtons()
startLookup(find(document, '[data-lookup]', HTMLElement))

onSubmit(find(document, '[data-profile]', HTMLFormElement), async (form) => {
  const { displayName } = Object.fromEntries(new FormData(form))
  await callApi('PATCH', '/api/me', { displayName })
  notify('Saved.')
})

onSubmit(find(tokens, '[data-new-token]', HTMLFormElement), async (form) => {
  const input = find(form, '[name=name]', HTMLInputElement)
  if (!input.value.trim()) {
    input.focus()
    find(form, '[data-error]', HTMLElement).textContent = 'Give the token a name, so that you know it later.'
    return
  }
  const made = await callApi<NewTokenJson>('POST', '/api/tokens', { name: input.value })
  form.reset()
  const { token, ...shown } = made
  tokenList.prepend(draw(<TokenRow token={shown} />))
  showEmpty()
  newToken.textContent = token
  tokenDialog.showModal()
})

// The secret leaves the page with the dialog.
tokenDialog.addEventListener('close', () => {
  newToken.textContent = ''
})

tokenList.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-revoke]') : null
  const row = button?.closest<HTMLElement>('[data-token]')
  if (!button || !row) return
  find(revokeDialog, '[data-name]', HTMLElement).textContent = find(
    row,
    '[data-name]',
    HTMLElement,
  ).textContent
  revokeDialog.returnValue = ''
  revokeDialog.onclose = () => {
    if (revokeDialog.returnValue === 'revoke') void revoke(button, row)
  }
  revokeDialog.showModal()
})

async function revoke(button: HTMLElement, row: HTMLElement): Promise<void> {
  await attempt(button, async () => {
    await callApi('DELETE', `/api/tokens/${row.dataset.token}`)
    const neighbour = row.nextElementSibling ?? row.previousElementSibling
    row.remove()
    showEmpty()
    const target =
      neighbour?.querySelector<HTMLElement>('[data-revoke]') ?? document.getElementById('tokens-title')
    target?.focus()
    notify('The token is revoked.')
  })
}

function showEmpty(): void {
  find(tokens, '[data-no-tokens]', HTMLElement).hidden = tokenList.childElementCount > 0
}

/** Runs a form's work on submit; what fails is said beside its field. */
function onSubmit(form: HTMLFormElement, work: (form: HTMLFormElement) => Promise<void>): void {
  const error = find(form, '[data-error]', HTMLElement)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void whileBusy(find(form, '[type=submit]', HTMLButtonElement), async () => {
      try {
        error.textContent = ''
        await work(form)
      } catch (thrown) {
        leaveIfSignedOut(thrown)
        error.textContent = explain(thrown)
      }
    })
  })
}

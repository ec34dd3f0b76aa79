import type { NewTokenJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { callApi, isGone } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { showDialog } from '../shared/dialogs.client'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { onSubmit, showError } from '../shared/forms.client'
import { notify } from '../shared/toasts.client'
import { TokenRow } from './token-row'

/** Makes making and revoking API tokens work. */
export function startTokens(section: HTMLElement): void {
  const list = find(section, '[data-token-list]', HTMLElement)
  const form = find(section, '[data-new-token]', HTMLFormElement)
  const newDialog = find(document, '[data-token-dialog]', HTMLDialogElement)
  const newToken = find(newDialog, '#new-token', HTMLElement)
  const firstCall = find(newDialog, '#first-call', HTMLElement)
  const revokeDialog = find(document, '[data-revoke-dialog]', HTMLDialogElement)
  const showEmpty = () => {
    find(section, '[data-no-tokens]', HTMLElement).hidden = list.childElementCount > 0
  }

  onSubmit(form, async () => {
    const { value } = find(form, '[name=name]', HTMLInputElement)
    if (!value.trim()) return showError(form, t().tokens.nameless)
    const { token, ...shown } = await callApi<NewTokenJson>('POST', '/api/tokens', { name: value })
    form.reset()
    list.prepend(draw(<TokenRow token={shown} />))
    showEmpty()
    newToken.textContent = token
    firstCall.textContent = `curl -H 'Authorization: Bearer ${token}' ${location.origin}/api/me`
    void showDialog(newDialog).then(() => {
      // The secret leaves the page with the dialog.
      newToken.textContent = ''
      firstCall.textContent = ''
      find(form, '[name=name]', HTMLInputElement).focus()
    })
  })

  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-revoke]') : null
    const row = button?.closest<HTMLElement>('[data-token]')
    if (!button || !row) return
    const name = find(row, '[data-name]', HTMLElement).textContent
    find(revokeDialog, '[data-name]', HTMLElement).textContent = name
    void showDialog(revokeDialog).then((value) => {
      if (value === 'revoke') void revoke(button, row)
    })
  })

  async function revoke(button: HTMLElement, row: HTMLElement): Promise<void> {
    await attempt(button, async () => {
      await callApi('DELETE', `/api/tokens/${row.dataset.token}`).catch((thrown) => {
        if (!isGone(thrown)) throw thrown // revoked elsewhere: as wanted
      })
      const neighbour = row.nextElementSibling ?? row.previousElementSibling
      row.remove()
      showEmpty()
      const target =
        neighbour?.querySelector<HTMLElement>('[data-revoke]') ?? find(section, 'h2', HTMLElement)
      target.focus()
      notify(t().tokens.revoked)
    })
  }
}

import type { MeJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { callApi } from '../shared/api.client'
import { ask } from '../shared/dialogs.client'
import { find } from '../shared/elements.client'
import { notify } from '../shared/toasts.client'

/** Makes the renewal of the private URL work. */
export function startPrivateUrl(section: HTMLElement): void {
  find(section, '[data-renew]', HTMLButtonElement).addEventListener('click', () => void renew(section))
}

async function renew(section: HTMLElement): Promise<void> {
  const dialog = find(document, '[data-renew-dialog]', HTMLDialogElement)
  const me = await ask(dialog, 'renew', () => callApi<MeJson>('POST', '/api/me/public-key'))
  if (!me) return
  const url = find(section, '#private-url', HTMLElement)
  url.textContent = new URL(`/${me.publicKey}`, url.textContent ?? '').href
  notify(t().url.renewed)
}

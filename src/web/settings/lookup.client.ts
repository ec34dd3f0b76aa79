import type { MeJson } from '../../accounts/answers'
import { callApi } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { ask } from '../shared/dialogs.client'
import { find } from '../shared/elements.client'
import { notify } from '../shared/toasts.client'
import { describeLookup } from '../shared/words'

/** Makes the switch for finding by e-mail and the renewal of the private URL work. */
export function startLookup(section: HTMLElement): void {
  const lookup = find(section, '[data-switch]', HTMLButtonElement)
  // It moves only when the server has done it: whoever goes unfound must not believe so too early.
  lookup.addEventListener('click', () => {
    const wanted = lookup.getAttribute('aria-checked') !== 'true'
    void attempt(lookup, async () => {
      const { publicLookup } = await callApi<MeJson>('PATCH', '/api/me', { publicLookup: wanted })
      lookup.setAttribute('aria-checked', String(publicLookup))
      find(section, '[data-state]', HTMLElement).textContent = describeLookup(publicLookup)
      notify(
        publicLookup
          ? 'Your e\u2011mail leads to your picture.'
          : 'Your e\u2011mail no longer leads to your picture. Others may hold it up to five minutes.',
      )
    })
  })
  find(section, '[data-renew]', HTMLButtonElement).addEventListener('click', () => void renew(section))
}

async function renew(section: HTMLElement): Promise<void> {
  const dialog = find(document, '[data-renew-dialog]', HTMLDialogElement)
  const me = await ask(dialog, 'renew', () => callApi<MeJson>('POST', '/api/me/public-key'))
  if (!me) return
  const url = find(section, '#private-url', HTMLElement)
  url.textContent = new URL(`/${me.publicKey}`, url.textContent ?? '').href
  notify('This is your new URL. The old one ends within five minutes.')
}

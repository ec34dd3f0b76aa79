import type { MeJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { callApi } from '../shared/api.client'
import { find } from '../shared/elements.client'
import { explain } from '../shared/refusals.client'
import { notify } from '../shared/toasts.client'

/** Makes the choice of who may tag a person work: at once, and back to what stands where it fails. */
export function startPrivacy(section: HTMLElement): void {
  const chosen = () => find(section, 'input:checked', HTMLInputElement)
  let stands = chosen().value
  section.addEventListener('change', async () => {
    const { value } = chosen()
    try {
      stands = (await callApi<MeJson>('PATCH', '/api/me', { tagPolicy: value })).tagPolicy
      notify(value === 'nobody' ? t().tags.off : t().tags.on)
    } catch (thrown) {
      notify(explain(thrown), { error: true })
    }
    find(section, `input[value=${stands}]`, HTMLInputElement).checked = true
  })
}

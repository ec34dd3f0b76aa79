import { t } from '../../lang/shared'
import { callApi } from '../shared/api.client'
import { startCopyButtons } from '../shared/copy.client'
import { onSubmit } from '../shared/forms.client'
import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'
import { notify } from '../shared/toasts.client'
import { startAddAddress } from './add-address.client'
import { startAddresses } from './addresses.client'
import { startDeletion } from './deletion.client'
import { startPrivacy } from './privacy.client'
import { startPrivateUrl } from './private-url.client'
import { startSessions } from './sessions.client'
import { startTokens } from './tokens.client'

/** Where each part stands that an anchor of the one page led to, before every section was a page of its own. */
const MOVED: Record<string, string> = {
  '#addresses-title': '/settings/addresses',
  '#privacy-title': '/settings/privacy',
  '#private-url-title': '/settings/privacy#private-url-title',
  '#sessions-title': '/settings/devices',
  '#tokens-title': '/settings/tokens',
  '#export-title': '/settings/data#export-title',
  '#deletion-title': '/settings/data#deletion-title',
}
const moved = location.pathname === '/settings' && MOVED[location.hash]
if (moved) location.replace(moved)

watchSession()
watchPictures()
startCopyButtons()
startPart('[data-profile]', (form) => {
  if (!(form instanceof HTMLFormElement)) return
  onSubmit(form, async () => {
    const { displayName } = Object.fromEntries(new FormData(form))
    await callApi('PATCH', '/api/me', { displayName })
    notify(t().saved)
  })
})
startPart('[data-addresses]', (section) => {
  const { showAddress } = startAddresses(section)
  startAddAddress(section, { onAdded: showAddress })
})
startPart('[data-privacy]', startPrivacy)
startPart('[data-private-url]', startPrivateUrl)
startPart('[data-sessions]', startSessions)
startPart('[data-tokens]', startTokens)
startPart('[data-deletion]', startDeletion)

// Whoever comes from another section goes on in this one, and not through the header again.
const [entry] = performance.getEntriesByType('navigation')
const isFresh = entry instanceof PerformanceNavigationTiming && entry.type === 'navigate'
const before = document.referrer && new URL(document.referrer).pathname
if (isFresh && before.startsWith('/settings') && before !== location.pathname && !location.hash)
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('[data-section-title]')?.focus({ preventScroll: true })

/** Makes a part work that this page has; a page has those of one section. */
function startPart(selector: string, start: (part: HTMLElement) => void): void {
  const part = document.querySelector<HTMLElement>(selector)
  if (part) start(part)
}

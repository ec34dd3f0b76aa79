import { t } from '../../lang/settings'
import { callApi, isGone } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { ask } from '../shared/dialogs.client'
import { find } from '../shared/elements.client'
import { notify } from '../shared/toasts.client'

/** Makes ending one session and all others work. */
export function startSessions(section: HTMLElement): void {
  const list = find(section, '[data-session-list]', HTMLElement)
  const endOthers = find(section, '[data-end-others]', HTMLButtonElement)
  const title = find(section, 'h2', HTMLElement)
  const others = () => [...list.querySelectorAll('li:has([data-end])')]

  list.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-end]') : null
    const row = button?.closest<HTMLElement>('[data-session-id]')
    if (!button || !row) return
    void attempt(button, async () => {
      await callApi('DELETE', `/api/sessions/${row.dataset.sessionId}`).catch((thrown) => {
        if (!isGone(thrown)) throw thrown // ended elsewhere: as wanted
      })
      const next = row.nextElementSibling ?? row.previousElementSibling
      row.remove()
      endOthers.hidden = others().length === 0
      ;(next?.querySelector<HTMLElement>('button') ?? title).focus()
      notify(t().sessions.ended)
    })
  })

  endOthers.addEventListener('click', async () => {
    const dialog = find(document, '[data-end-dialog]', HTMLDialogElement)
    const done = await ask(dialog, 'end', async () => {
      await callApi('DELETE', '/api/sessions')
      return true
    })
    if (!done) return
    for (const row of others()) row.remove()
    endOthers.hidden = true
    title.focus()
    notify(t().sessions.othersEnded)
  })
}

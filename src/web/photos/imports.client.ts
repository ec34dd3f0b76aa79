import { t } from '../../lang/photos'
import type { PhotoJson } from '../../photos/answers'
import { callApi } from '../shared/api.client'
import { find, whileBusy } from '../shared/elements.client'
import { notify } from '../shared/toasts.client'
import { explainImport } from '../shared/uploads/refusals.client'

interface Options {
  maxBytes: number
  /** Told what came; says whether it was not on the page yet. */
  onDone(photo: PhotoJson): boolean
}

/** Makes the buttons work that fetch one's picture from another service. One at a time: they share their words. */
export function startImports(area: HTMLElement, { maxBytes, onDone }: Options): void {
  const buttons = [...area.querySelectorAll<HTMLButtonElement>('[data-import]')]
  const progress = find(area, 'progress', HTMLProgressElement)
  const state = find(area, '[data-state]', HTMLElement)
  const error = find(area, '[data-error]', HTMLElement)

  function show(text: string, running: HTMLElement | null): void {
    state.textContent = text
    progress.hidden = !running
    for (const button of buttons) {
      button.setAttribute('aria-disabled', String(running !== null && button !== running))
    }
  }

  async function run(button: HTMLElement): Promise<void> {
    const service = button.dataset.name ?? ''
    error.textContent = ''
    show(t().imports.asking(service), button)
    try {
      const photo = await callApi<PhotoJson>('POST', '/api/photos/import', { from: button.dataset.import })
      const isNew = onDone(photo)
      notify(isNew ? t().imports.fresh(service) : t().imports.known(service))
    } catch (thrown) {
      error.textContent = explainImport(thrown, { service, email: area.dataset.email ?? '', maxBytes })
    } finally {
      show('', null)
    }
  }

  for (const button of buttons) {
    button.addEventListener('click', () => {
      if (button.getAttribute('aria-disabled') !== 'true') void whileBusy(button, () => run(button))
    })
  }
}

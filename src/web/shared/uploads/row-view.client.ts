import { t } from '../../../lang/uploads'
import { cloneTemplate, find } from '../elements.client'
import type { Gate, Row } from './rows.client'
import { describeButton, describeRow } from './words.client'

/** One row of the list on the page. */
export interface RowView {
  element: HTMLElement
  show(row: Row, now: { gate: Gate; maxBytes: number; isHeld: boolean }): void
  preview(file: File | null): void
  dispose(): void
}

export function makeRowView(template: HTMLTemplateElement): RowView {
  const element = cloneTemplate(template)
  const progress = find(element, '[data-progress]', HTMLProgressElement)
  const state = find(element, '[data-state]', HTMLElement)
  const retry = find(element, '[data-retry]', HTMLButtonElement)
  const remove = find(element, '[data-remove]', HTMLButtonElement)
  const name = find(element, '[data-name]', HTMLElement)
  const image = find(element, 'img', HTMLImageElement)
  let url: string | null = null

  return {
    element,
    show(row, { gate, maxBytes, isHeld }) {
      const says = describeRow(row, { gate, maxBytes })
      // A longer text would move what is below: while somebody points here it is cut off, see tray.css.
      if (isHeld && says !== state.textContent && state.textContent) element.dataset.late = ''
      if (!isHeld) delete element.dataset.late
      state.textContent = says
      if (row.photo && !name.querySelector('a')) {
        const link = document.createElement('a')
        link.href = `/photos/${row.photo.id}`
        name.replaceChildren(link)
      }
      const text = name.querySelector('a') ?? name
      text.textContent = row.name
      text.title = row.name // it may be cut off
      element.dataset.state = row.state
      element.classList.toggle('failed', row.state === 'failed')
      progress.classList.toggle('off', row.state !== 'waiting')
      progress.ariaHidden = String(row.state !== 'waiting')
      progress.ariaLabel = t().progressOf(row.name)
      // No known end while the server checks: the bar moves by itself.
      if (row.step === 'checking' || row.step === 'converting') progress.removeAttribute('value')
      else progress.value = row.share * 100
      const button = describeButton(row, gate)
      if (!button && document.activeElement === retry) remove.focus()
      retry.hidden = !button
      retry.textContent = button?.word ?? ''
      retry.ariaLabel = button?.label ?? null
      remove.ariaLabel = row.state === 'waiting' ? t().cancelNamed(row.name) : t().dismissNamed(row.name)
    },
    /** The file itself, if the browser can show it. */
    preview(file) {
      if (!file || url) return
      url = URL.createObjectURL(file)
      image.onload = () => {
        image.hidden = false
      }
      image.src = url
      image.hidden = false
      image.onerror = () => {
        image.hidden = true
      }
    },
    dispose() {
      element.remove()
      if (url) URL.revokeObjectURL(url)
    },
  }
}

import { find } from './elements.client'

const LIFE = 5000

/**
 * Says something in the page's live region: screen readers speak it, and it shows for five seconds.
 * @param options.silent it stands elsewhere on the page already and is only spoken
 */
export function notify(text: string, { silent = false, error = false } = {}): void {
  const region = find(document, '[data-toasts]', HTMLElement)
  if (!silent) for (const old of region.querySelectorAll('.toast')) old.remove() // one at a time
  const toast = document.createElement('p')
  toast.className = silent ? 'visually-hidden' : error ? 'toast error' : 'toast'
  toast.textContent = text
  region.append(toast)
  setTimeout(() => toast.remove(), error ? LIFE * 2 : LIFE)
}

/** Says something to screen readers while a dialog is open: they hear nothing of what stands outside of it. */
export function say(dialog: HTMLDialogElement, text: string): void {
  find(dialog, '[data-status]', HTMLElement).textContent = text
}

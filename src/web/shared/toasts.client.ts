import { find } from './elements.client'

const LIFE = 5000

const HAS_POPOVERS = 'popover' in HTMLElement.prototype

let watcher: MutationObserver | undefined

/**
 * Says something in the page's live region: screen readers speak it, and it shows for five seconds.
 * @param options.silent it stands elsewhere on the page already and is only spoken
 */
export function notify(text: string, { silent = false, error = false } = {}): void {
  const region = findRegion()
  if (!silent) for (const old of region.querySelectorAll('.toast:not(.undo)')) old.remove() // one at a time
  const toast = document.createElement('p')
  toast.className = silent ? 'visually-hidden' : error ? 'toast error' : 'toast'
  toast.textContent = text
  showToast(toast)
  setTimeout(() => dropToast(toast), error ? LIFE * 2 : LIFE)
}

/** Shows something in the live region, above all else of the page, until `dropToast`. */
export function showToast(toast: HTMLElement): void {
  const region = findRegion()
  region.append(toast)
  watcher ??= new MutationObserver(raise)
  watcher.observe(document.body, { subtree: true, attributeFilter: ['open'] })
  raise()
}

export function dropToast(toast: HTMLElement): void {
  toast.remove()
  const region = findRegion()
  if (region.childElementCount > 0) return
  watcher?.disconnect()
  lower(region)
  if (region.parentElement !== document.body) document.body.append(region)
}

/** Says something to screen readers while a dialog is open: they hear nothing of what stands outside of it. */
export function say(dialog: HTMLDialogElement, text: string): void {
  find(dialog, '[data-status]', HTMLElement).textContent = text
}

function findRegion(): HTMLElement {
  return find(document, '[data-toasts]', HTMLElement)
}

/**
 * While a dialog is open, nothing outside of it can be seen or reached: the region goes into the one on top, and back.
 * As a popover no part of the dialog lies over it or cuts it off; browsers without them show it within.
 */
function raise(): void {
  const region = findRegion()
  const host = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body
  if (region.parentElement === host && (!HAS_POPOVERS || region.matches(':popover-open'))) return
  const { activeElement } = document
  lower(region)
  if (region.parentElement !== host) host.append(region)
  if (HAS_POPOVERS) {
    region.popover = 'manual'
    region.showPopover()
  }
  if (activeElement instanceof HTMLElement && region.contains(activeElement)) activeElement.focus()
}

function lower(region: HTMLElement): void {
  if (HAS_POPOVERS && region.matches(':popover-open')) region.hidePopover()
}

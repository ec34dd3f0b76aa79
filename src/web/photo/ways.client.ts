import { find } from '../shared/elements.client'
import type { Direction } from './stage'
import { startSwipes } from './swipes.client'

/**
 * Goes on by arrow keys, swipes and the visible ways, to the photos beside this one, and by Escape back to the list. Each
 * photo takes this one's place in the history, so that one step back leads to the list.
 * @param gone photos that are about to be deleted: nobody goes there
 */
export function startWays(page: HTMLElement, gone: string[]): void {
  const stage = find(page, '[data-stage]', HTMLElement)
  const isRightToLeft = document.dir === 'rtl'
  const wayOf = (direction: Direction) =>
    stage.querySelector<HTMLAnchorElement>(`[data-way=${direction}]:not([hidden])`)
  // While somebody tags, keys and fingers are for the box.
  const isFree = () => !('tagging' in stage.dataset)
  const go = (direction: Direction) => {
    const way = wayOf(direction)
    if (way && isFree()) location.replace(way.href)
  }

  for (const direction of ['previous', 'next'] as const) {
    const way = wayOf(direction)
    if (!way) continue
    way.hidden = gone.includes(JSON.parse(way.dataset.photo ?? '{}').id)
    way.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      go(direction)
    })
  }
  const back = startBack(find(page, '[data-back]', HTMLAnchorElement))
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (document.querySelector('dialog[open]') || !isFree()) return
    if (event.target instanceof Element && event.target.closest('input, textarea, select, header')) return
    if (event.key === 'Escape') back()
    else if (event.key === 'ArrowLeft') go(isRightToLeft ? 'next' : 'previous')
    else if (event.key === 'ArrowRight') go(isRightToLeft ? 'previous' : 'next')
  })
  startSwipes(stage, { wayOf: (direction) => (isFree() ? wayOf(direction) : null), isRightToLeft, go })
}

/** The name under which a tab remembers which list its photos were opened from. */
const LIST = 'list'

/** The way back is the browser's own where it leads to the list: there the page is as it was left. */
function startBack(link: HTMLAnchorElement): () => void {
  const isOpenedFromList = cameFrom(link)
  if (isOpenedFromList) sessionStorage.setItem(LIST, link.href)
  else sessionStorage.removeItem(LIST)
  const back = () => (isOpenedFromList ? history.back() : location.assign(link.href))
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    back()
  })
  return back
}

/** Whether this page was opened from the list: by a press there, or by going on from another photo that was. */
function cameFrom(link: HTMLAnchorElement): boolean {
  if (history.length < 2 || !document.referrer) return false
  const before = new URL(document.referrer).pathname
  if (before === new URL(link.href).pathname) return true
  return before.startsWith('/photos/') && sessionStorage.getItem(LIST) === link.href
}

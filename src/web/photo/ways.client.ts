import { find } from '../shared/elements.client'

/** How far a finger goes for the next photo, in CSS pixels. */
const SWIPE = 50

/**
 * Goes on by arrow keys, swipes and the visible ways, to the photos beside this one. Each takes this one's place in the
 * history, so that Back leads to the list.
 */
export function startWays(page: HTMLElement): void {
  const stage = find(page, '[data-stage]', HTMLElement)
  const ways = {
    ArrowLeft: stage.querySelector<HTMLAnchorElement>('[data-previous]'),
    ArrowRight: stage.querySelector<HTMLAnchorElement>('[data-next]'),
  }
  // While somebody tags, keys and fingers are for the box.
  const go = (way: HTMLAnchorElement | null) =>
    way && !('tagging' in stage.dataset) && location.replace(way.href)

  for (const way of Object.values(ways)) {
    way?.addEventListener('click', (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return
      event.preventDefault()
      go(way)
    })
  }
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (event.target instanceof Element && event.target.closest('input, textarea, select, dialog')) return
    go(ways[event.key])
  })
  startSwipes(stage, (direction) => go(ways[direction]))
  startBack(find(page, '[data-back]', HTMLAnchorElement))
}

/** One finger, mostly sideways, on a page that is not zoomed. */
function startSwipes(stage: HTMLElement, go: (direction: 'ArrowLeft' | 'ArrowRight') => void): void {
  let start: Touch | null = null
  stage.addEventListener(
    'touchstart',
    ({ touches }) => {
      start = touches.length === 1 && (visualViewport?.scale ?? 1) < 1.1 ? (touches[0] ?? null) : null
    },
    { passive: true },
  )
  stage.addEventListener('touchend', ({ changedTouches }) => {
    const end = changedTouches[0]
    if (!start || !end) return
    const [across, down] = [end.clientX - start.clientX, end.clientY - start.clientY]
    start = null
    if (Math.abs(across) < SWIPE || Math.abs(across) < 2 * Math.abs(down)) return
    go(across > 0 ? 'ArrowLeft' : 'ArrowRight')
  })
}

/** The name under which a tab remembers which list its photos were opened from. */
const LIST = 'list'

/** The way back is the browser's own where it leads to the list: there the page is as it was left. */
function startBack(link: HTMLAnchorElement): void {
  const isOpenedFromList = cameFrom(link)
  if (isOpenedFromList) sessionStorage.setItem(LIST, link.href)
  else sessionStorage.removeItem(LIST)
  link.addEventListener('click', (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !isOpenedFromList) return
    event.preventDefault()
    history.back()
  })
}

/** Whether this page was opened from the list: by a press there, or by going on from another photo that was. */
function cameFrom(link: HTMLAnchorElement): boolean {
  if (history.length < 2 || !document.referrer) return false
  const before = new URL(document.referrer).pathname
  if (before === new URL(link.href).pathname) return true
  return before.startsWith('/photos/') && sessionStorage.getItem(LIST) === link.href
}

import { watchPictures } from '../shared/pictures.client'

// The large views of an album work by links; this adds keys and swipes, keeps the focus in the one that shows, and
// keeps the way back short: Back leaves a view, however many were looked at.

/** Pixels that a finger goes sideways at least for another photo. */
const SWIPE = 50

const views = [...document.querySelectorAll<HTMLElement>('[data-view]')]
const behind = document.querySelector<HTMLElement>('[data-behind]')
let shown: HTMLElement | null = null

watchPictures()
for (const view of views) {
  view.setAttribute('role', 'dialog')
  view.setAttribute('aria-modal', 'true')
}
addEventListener('hashchange', follow)
follow()

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link?.matches('[data-close], [data-previous], [data-next]') || event.ctrlKey || event.metaKey) return
  event.preventDefault()
  location.replace(link.hash)
})

document.addEventListener('keydown', (event) => {
  if (!shown || event.altKey || event.ctrlKey || event.metaKey) return
  const way = { ArrowLeft: 'previous', ArrowRight: 'next', Escape: 'close' }[event.key]
  if (!way) return
  event.preventDefault()
  go(way)
})

let start: Touch | null = null

document.addEventListener('touchstart', ({ touches }) => {
  start = touches.length === 1 ? (touches[0] ?? null) : null
})

document.addEventListener('touchend', ({ changedTouches: [end] }) => {
  if (!shown || !start || !end || (visualViewport?.scale ?? 1) > 1) return // whoever has zoomed in moves the picture
  const [x, y] = [end.clientX - start.clientX, end.clientY - start.clientY]
  if (Math.abs(x) >= SWIPE && Math.abs(x) > 2 * Math.abs(y)) go(x > 0 ? 'previous' : 'next')
})

/** Presses a link of the view that shows, where it has it. */
function go(way: string): void {
  const link = shown?.querySelector<HTMLAnchorElement>(`[data-${way}]`)
  if (link) location.replace(link.hash)
}

/** Does what the URL says: opens a view, or closes the one that showed. */
function follow(): void {
  const last = shown
  shown = views.find(({ id }) => `#${id}` === location.hash) ?? null
  if (behind) behind.inert = shown !== null
  if (shown) {
    const held = ['previous', 'next'].find(
      (way) => last?.querySelector(`[data-${way}]`) === document.activeElement,
    )
    const kept = held && shown.querySelector<HTMLElement>(`[data-${held}]`)
    ;(kept || shown).focus()
    for (const way of ['previous', 'next']) prepare(shown.querySelector<HTMLAnchorElement>(`[data-${way}]`))
  } else if (last) document.getElementById(last.id.replace('p-', 't-'))?.focus()
}

/** Has the picture that a link leads to fetched already. */
function prepare(link: HTMLAnchorElement | null): void {
  const image = link && document.getElementById(link.hash.slice(1))?.querySelector('img')
  if (image) image.loading = 'eager'
}

import { watchPictures } from '../shared/pictures.client'

// A large view of an album is a page of its own by links alone. Here it opens over the gallery, moves on by keys and
// swipes and keeps the focus; the URL says which is open, so that one step back leaves it however many were looked at.

/** Pixels that a finger goes sideways at least for another photo. */
const SWIPE = 50

const behind = document.querySelector<HTMLElement>('[data-behind]')
const template = document.querySelector<HTMLTemplateElement>('[data-views]')
const views = new Map<string | undefined, HTMLElement>()
/** The view that is open: of those over the gallery, or the one that is this page. */
let open: HTMLElement | null = template ? null : document.querySelector<HTMLElement>('[data-view]')
/** Which button of a view has the focus, and keeps it in the next one. */
let held: string | undefined

watchPictures()
if (template) {
  for (const view of template.content.querySelectorAll<HTMLElement>('[data-view]')) {
    view.setAttribute('role', 'dialog')
    view.setAttribute('aria-modal', 'true')
    views.set(view.dataset.view, view)
  }
  document.body.append(template.content)
  addEventListener('hashchange', follow)
  follow()
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (link.dataset.way) {
    event.preventDefault()
    press(link)
  } else if (views.has(link.dataset.to)) {
    event.preventDefault()
    location.hash = `p-${link.dataset.to}`
  }
})

/** Where the photos before and after are. */
const [onLeft, onRight] = document.dir === 'rtl' ? ['next', 'previous'] : ['previous', 'next']

document.addEventListener('keydown', (event) => {
  if (!open || event.altKey || event.ctrlKey || event.metaKey) return
  const way = { ArrowLeft: onLeft, ArrowRight: onRight, Escape: 'close' }[event.key]
  if (!way) return
  event.preventDefault()
  press(linkOf(open, way))
})

let start: Touch | null = null

document.addEventListener('touchstart', ({ touches }) => {
  start = touches.length === 1 ? (touches[0] ?? null) : null
})

document.addEventListener('touchend', ({ changedTouches: [end] }) => {
  if (!open || !start || !end || (visualViewport?.scale ?? 1) > 1) return // whoever has zoomed in moves the picture
  const [x, y] = [end.clientX - start.clientX, end.clientY - start.clientY]
  if (Math.abs(x) >= SWIPE && Math.abs(x) > 2 * Math.abs(y)) press(linkOf(open, x > 0 ? onLeft : onRight))
})

function linkOf(view: HTMLElement | undefined, way: string | undefined): HTMLAnchorElement | null {
  return view?.querySelector<HTMLAnchorElement>(`[data-way=${way}]`) ?? null
}

/** Goes where a link of the open view leads, if it has it, in place of where we are. */
function press(link: HTMLAnchorElement | null): void {
  if (!link) return
  held = link === document.activeElement ? link.dataset.way : undefined
  const { to } = link.dataset
  if (!template) location.replace(link.href)
  else location.replace(to === undefined ? link.hash : `#p-${to}`)
}

/** Does what the URL says: opens a view over the gallery, or closes the one that was open. */
function follow(): void {
  const last = open
  open = views.get(/^#p-(.+)$/.exec(location.hash)?.[1]) ?? null
  last?.classList.remove('open')
  open?.classList.add('open')
  if (behind) behind.inert = open !== null
  if (open) {
    const kept = linkOf(open, held) ?? open
    kept.focus()
    for (const way of ['next', 'previous']) fetchAhead(linkOf(open, way))
  } else if (last) document.getElementById(`t-${last.dataset.view}`)?.focus()
}

/** Has the picture of the view that a link leads to fetched before it opens. */
function fetchAhead(link: HTMLAnchorElement | null): void {
  const image = views.get(link?.dataset.to)?.querySelector('img')
  if (image) image.loading = 'eager'
}

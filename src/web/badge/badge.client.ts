import { t } from '../../lang/layout'

/** Where a tab keeps the number for its next page: that has it before any answer comes. */
const KEPT = 'people'

const link = document.querySelector<HTMLElement>('[data-inbox-link]')
const count = document.querySelector<HTMLElement>('[data-inbox-count]')
const status = document.querySelector<HTMLElement>('[data-inbox-status]')
let shown: number | null = null

/** What the last page of this tab showed; null for none. */
export function readKept(user: string): number | null {
  const [whose, people] = sessionStorage.getItem(KEPT)?.split(' ') ?? []
  return whose === user ? Number(people) : null
}

export function keep(user: string, people: number | null): void {
  if (people === null) sessionStorage.removeItem(KEPT)
  else sessionStorage.setItem(KEPT, `${user} ${people}`)
}

/**
 * Shows how many people wrote: beside the icon, in the title of the page and on that of the app. More than before is
 * said to screen readers. The page is told by the event `people`.
 */
export function showPeople(now: number | null): void {
  const people = now ?? 0
  const text = people > 99 ? '99+' : String(people)
  if (count) {
    count.dataset.inboxCount = text
    count.hidden = people === 0
  }
  if (people) link?.setAttribute('aria-label', t().inboxNew(people))
  else link?.removeAttribute('aria-label')
  if (status && people > (shown ?? people)) {
    status.textContent = t().wrote(people)
  } else if (status && people === 0) status.textContent = ''
  shown = people
  showTitle()
  // Refused where the page is not installed, which is no fault.
  if ('setAppBadge' in navigator) void navigator.setAppBadge(people).catch(() => undefined)
  document.dispatchEvent(new CustomEvent('people', { detail: people }))
}

/** Keeps the number before the title when the page changes that. */
export function watchTitle(): void {
  const title = document.querySelector('title')
  if (title) new MutationObserver(showTitle).observe(title, { childList: true })
}

function showTitle(): void {
  const plain = document.title.replace(/^\(\d+\+?\) /, '')
  const title = shown ? `(${shown > 99 ? '99+' : shown}) ${plain}` : plain
  if (title !== document.title) document.title = title
}

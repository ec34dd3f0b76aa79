import { find } from './elements.client'

// Whether the session that this page was opened with is still there. A page says whose it is when it opens, so that
// a tab that lost its session goes on when the person has signed in again in another one.

type State = 'here' | 'over' | 'other'

const me = document.body.dataset.user
let state: State = 'here'
const waiting: (() => void)[] = []

/** Makes a page that is one person's notice that their session is over, and that it is back. */
export function watchSession(): void {
  const channel = new BroadcastChannel('session')
  channel.addEventListener('message', (event) => settle(event.data))
  channel.postMessage(me)
  // Whoever signed in where no message comes from returns to this tab in the end.
  for (const type of ['focus', 'online']) addEventListener(type, () => void look())
  document.addEventListener('visibilitychange', () => void look())
  document.addEventListener('close', () => state !== 'here' && show(), true) // the notice may stand in a dialog
}

/** Whether calls would be made as somebody else, who has signed in in this browser since. */
export function isOtherPerson(): boolean {
  return state === 'other'
}

/** Says that the session is over and how to go on; the page stays as it is. */
export function reportSignedOut(): void {
  if (!me) return // a page for everybody
  if (state === 'here') state = 'over'
  show()
}

/** Resolves once the person is signed in, which they mostly are, or the signal is aborted. */
export function whenSignedIn(signal: AbortSignal): Promise<void> {
  if (state === 'here') return Promise.resolve()
  return new Promise((resolve) => {
    waiting.push(resolve)
    signal.addEventListener('abort', () => resolve())
  })
}

async function look(): Promise<void> {
  if (state === 'here' || document.hidden) return
  const response = await fetch('/api/me').catch(() => null)
  if (response?.ok) settle((await response.json()).id)
}

/** Somebody has a session in this browser, maybe somebody else. */
function settle(user: unknown): void {
  const before = state
  state = user === me ? 'here' : 'other'
  if (state !== before) show()
  if (state === 'other' || before === 'here') return
  for (const go of waiting.splice(0)) go()
  document.dispatchEvent(new Event('signed-in'))
}

/** Shows the notice, or takes it away. While a dialog is open, nothing outside of it can be reached. */
function show(): void {
  const notice = find(document, '[data-session]', HTMLElement)
  const host = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body
  if (notice.parentElement !== host) host.prepend(notice)
  for (const text of notice.querySelectorAll<HTMLElement>('[data-when]')) {
    text.hidden = text.dataset.when !== state
  }
  notice.hidden = state === 'here'
}

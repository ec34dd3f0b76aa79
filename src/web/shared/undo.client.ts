import { t } from '../../lang/toasts'
import { isSignedOut } from './api.client'
import { explain } from './refusals.client'
import { dropToast, notify, showToast } from './toasts.client'

/** How long something can be undone, in milliseconds, not counting the time that a pointer or the focus rests on it. */
export const UNDO_LIFE = 8000

/** Something that the page shows as done. */
export interface Undoable {
  /** What was done: `Photo deleted.` */
  text: string
  /**
   * Does it for good: when the time has passed, when something else is done, or when the page goes (`leaving`: then only
   * requests with `keepalive` arrive). Absent where it is done already.
   */
  run?(how: { leaving: boolean }): Promise<unknown>
  /** Makes it undone: shows again what was taken away and leads the focus there, or does the opposite. */
  revert(): unknown
  /** Shows again what `run` could not do, in the place of `revert`, and says so; the reason is added. */
  fail?(): string
}

interface Pending {
  what: Undoable
  toast: HTMLElement
  /** Milliseconds that are left, as of `since`; null while time stands still. */
  left: number
  since: number
  timer: ReturnType<typeof setTimeout> | undefined
}

let pending: Pending | null = null

/** What is being done for good just now. */
const doing = new Set<Promise<boolean>>()

/**
 * Says what was done and offers to undo it for eight seconds, by a button or Ctrl+Z. One thing at a time: what was done
 * before is then for good, but for what this stands instead of: several deletions in a row are one.
 */
export function undoable(what: Undoable, instead?: Undoable): void {
  if (instead && isPending(instead)) take()
  void settle()
  const toast = document.createElement('div')
  toast.className = 'toast undo'
  const text = document.createElement('p')
  text.textContent = what.text
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = t().undo
  button.setAttribute('aria-keyshortcuts', 'Control+Z')
  button.addEventListener('click', () => void undo())
  toast.append(text, button)
  const mine: Pending = { what, toast, left: UNDO_LIFE, since: 0, timer: undefined }
  const go = () => {
    clearTimeout(mine.timer)
    mine.since = Date.now()
    mine.timer = setTimeout(() => pending === mine && void settle(), mine.left)
  }
  const stop = () => {
    if (mine.timer !== undefined) mine.left = Math.max(1000, mine.left - (Date.now() - mine.since))
    clearTimeout(mine.timer)
    mine.timer = undefined
  }
  const rest = () => (toast.matches(':hover, :focus-within') ? stop() : mine.timer === undefined && go())
  for (const type of ['pointerenter', 'pointerleave', 'focusin']) toast.addEventListener(type, rest)
  toast.addEventListener('focusout', () => setTimeout(rest))
  pending = mine
  showToast(toast)
  go()
}

/** Whether this can still be undone. */
export function isPending(what: Undoable): boolean {
  return pending?.what === what
}

/** Does for good what waits to be undone. Resolves when it is done, or was said to have failed. */
export async function settle({ leaving = false } = {}): Promise<void> {
  const what = take()
  if (!what) return
  const work = carryOut(what, leaving)
  doing.add(work)
  await work.finally(() => doing.delete(work))
}

/** @returns whether it is done */
async function carryOut(what: Undoable, leaving: boolean): Promise<boolean> {
  try {
    await what.run?.({ leaving })
    return true
  } catch (thrown) {
    const said = what.fail?.() ?? ''
    if (!what.fail) await what.revert()
    if (!leaving && !isSignedOut(thrown)) notify(`${said} ${explain(thrown)}`.trim(), { error: true })
    return false
  }
}

async function undo(): Promise<void> {
  const what = take()
  if (!what) return
  try {
    await what.revert()
    notify(t().undone)
  } catch (thrown) {
    if (!isSignedOut(thrown)) notify(explain(thrown), { error: true })
  }
}

/** What waits, which then waits no more. */
function take(): Undoable | null {
  if (!pending) return null
  const { what, toast, timer } = pending
  pending = null
  clearTimeout(timer)
  dropToast(toast)
  return what
}

addEventListener('pagehide', () => void settle({ leaving: true }))

// Whoever signs out wants it done, and could not do it any more. What is refused keeps them here, where it is said.
document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', async (event) => {
  if (!pending && doing.size === 0) return
  event.preventDefault()
  void settle()
  const done = await Promise.all(doing)
  if (done.every(Boolean)) (event.target as HTMLFormElement).requestSubmit()
})

document.addEventListener('keydown', (event) => {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z'
  const types =
    event.target instanceof Element &&
    event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')
  if (!isUndo || types || !pending) return
  event.preventDefault()
  void undo()
})

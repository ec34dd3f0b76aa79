import { t } from '../../lang/messages'
import type { ConversationList, MessageJson, ThreadJson } from '../../messages/answers'
import { callApi } from '../shared/api.client'
import { attempt } from '../shared/attempts.client'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { markOpened, whenSeen } from '../shared/inbox.client'
import { showMoments } from '../shared/moments.client'
import { watchPictures } from '../shared/pictures.client'
import { makePulse } from '../shared/pulse.client'
import { watchSession } from '../shared/session.client'
import { notify } from '../shared/toasts.client'
import { readTyped } from '../shared/typed.client'
import { startCompose } from './compose.client'
import { MessageRow } from './message-row'
import { type Draft, openOutbox } from './outbox.client'

/** Milliseconds between two looks while somebody is counted already: what they write then changes no number. */
const LOOK = 10_000

const page = find(document, '[data-thread-page]', HTMLElement)
const list = find(page, '[data-thread]', HTMLElement)
const none = find(page, '[data-none]', HTMLElement)
const { hash = '', mine = '', name = '', owner: userId = '' } = page.dataset
const path = `/api/conversations/${hash}?as=${mine}`
let people = 0
const lookAgain = makePulse(() => whenSeen(look), LOOK)

watchSession()
watchPictures()
showMoments(page)
startBlocking(find(page, '[data-block]', HTMLButtonElement))
startOlder(page.querySelector('[data-older]'))
if (page.dataset.newestPage) startNewest()

function startNewest(): void {
  const send = (draft: Draft) => {
    outbox.send(draft)
    showEnd()
  }
  // Whoever wrote has an account.
  const address = list.querySelector('[data-message]:not(.mine)') ? null : readTyped(hash)
  const compose = startCompose(page, { userId, name, address, send })
  const outbox = openOutbox({ list, hash, name, mine, arrived, leave: compose.focus })
  showEnd()
  whenSeen(open)
  document.addEventListener('people', ({ detail }) => {
    count(detail)
    if (people && !document.hidden) whenSeen(look)
  })
  document.addEventListener('visibilitychange', () => document.hidden || whenSeen(look))
}

/** Keeps how many people are new. */
function count(now: number): void {
  people = now
  lookAgain(people > 0)
}

const rowOf = (id: string) => list.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`)
const newest = () => [...list.querySelectorAll<HTMLElement>('[data-message]')].at(-1)?.dataset.message

function drawRow(message: MessageJson): HTMLElement {
  const row = draw(<MessageRow message={message} name={name} />)
  showMoments(row)
  return row
}

/** The answer to a message that was sent; the list may have been read again before it came. */
function arrived(message: MessageJson, row: HTMLElement): void {
  if (rowOf(message.id)) row.remove()
  else row.replaceWith(drawRow(message))
  none.hidden = true
}

/** Shows what came since, as far back as the newest page goes, before what is being sent. */
async function look(): Promise<void> {
  const { items } = await callApi<ThreadJson>('GET', path)
  const fresh = items.filter(({ id }) => !rowOf(id)).toReversed()
  const known = items.findIndex(({ id }) => rowOf(id))
  const isAtEnd = innerHeight + scrollY > document.documentElement.scrollHeight - 200
  const added = known < 0 ? fresh : fresh.slice(-known || fresh.length)
  const sending = list.querySelector('[data-key]')
  for (const message of added) list.insertBefore(drawRow(message), sending)
  if (!added.length) return
  none.hidden = true
  const theirs = added.filter((message) => !message.mine)
  if (theirs.length) notify(say(theirs), { silent: true })
  if (isAtEnd) showEnd()
  else if (theirs.length) notify(t().below)
  await open()
}

function say(messages: MessageJson[]): string {
  return messages.map(({ text }) => t().wrote(name, text)).join(' ')
}

/**
 * Opens the inbox up to the newest message here, unless somebody else wrote meanwhile: what stands in no thread that is
 * looked at would be counted as seen.
 */
async function open(): Promise<void> {
  const upTo = newest()
  if (!upTo) return
  const { items } = await callApi<ConversationList>('GET', '/api/conversations')
  const unread = items.filter((each) => each.unread)
  if (!unread.length || unread.some((each) => each.hash !== hash || each.mine !== mine)) return
  count(await markOpened(upTo))
  if (people) await look() // it came meanwhile
}

/** The page ends with what is written in, which stays above the bar that a phone has at its lower edge. */
function showEnd(): void {
  none.hidden = list.childElementCount > 0
  const bar = Number.parseFloat(getComputedStyle(document.body).getPropertyValue('padding-bottom'))
  scrollTo({ top: page.getBoundingClientRect().bottom + scrollY + bar - innerHeight, behavior: 'instant' })
}

/** The page before stands above, and what is read stays where it is. */
function startOlder(more: HTMLElement | null): void {
  const link = more?.querySelector('a')
  let cursor: string | null = page.dataset.nextCursor ?? null
  link?.addEventListener('click', (event) => {
    event.preventDefault()
    void attempt(link, async () => {
      const { items, nextCursor } = await callApi<ThreadJson>('GET', `${path}&cursor=${cursor}`)
      const height = document.documentElement.scrollHeight
      const [first] = list.children
      list.prepend(...items.toReversed().map(drawRow))
      cursor = nextCursor
      if (more) more.hidden = !cursor
      scrollBy({ top: document.documentElement.scrollHeight - height, behavior: 'instant' })
      if (!cursor && first instanceof HTMLElement) {
        first.tabIndex = -1
        first.focus({ preventScroll: true })
      }
      notify(t().olderShown(items.length), { silent: true })
    })
  })
}

function startBlocking(button: HTMLButtonElement): void {
  button.addEventListener('click', () => {
    const isBlocked = button.dataset.block === 'true'
    void attempt(button, async () => {
      await callApi(isBlocked ? 'DELETE' : 'PUT', `/api/blocks/${hash}`)
      button.dataset.block = String(!isBlocked)
      button.textContent = isBlocked ? t().block : t().unblock
      button.classList.toggle('danger', isBlocked)
      find(page, '[data-blocked]', HTMLElement).hidden = isBlocked
      notify(isBlocked ? t().mayWrite : t().nowBlocked)
    })
  })
}

import type { ConversationList } from '../../messages/answers'
import { callApi } from '../shared/api.client'
import { draw } from '../shared/draw.client'
import { find } from '../shared/elements.client'
import { markOpened, whenSeen } from '../shared/inbox.client'
import { showMoments } from '../shared/moments.client'
import { watchPictures } from '../shared/pictures.client'
import { watchSession } from '../shared/session.client'
import { ConversationRow } from './conversation-row'
import { startNewMessage } from './new-message.client'

const page = find(document, '[data-inbox-page]', HTMLElement)
const list = find(page, '[data-conversations]', HTMLElement)
const empty = find(page, '[data-empty]', HTMLElement)

watchSession()
watchPictures()
showMoments(page)
startNewMessage(page)

if (page.dataset.first) {
  let newest = page.dataset.newest
  if (newest) whenSeen(() => markOpened(newest ?? ''))
  // A number that falls tells of no message.
  document.addEventListener('people', ({ detail: people }) => {
    if (people && !document.hidden) whenSeen(refresh)
  })
  // What comes from somebody who is counted already changes no number.
  document.addEventListener(
    'visibilitychange',
    () => document.hidden || void refresh().catch(() => undefined),
  )

  async function refresh(): Promise<void> {
    const { items } = await callApi<ConversationList>('GET', '/api/conversations')
    const last = items[0]?.last.id
    if (!last || last === newest) return
    newest = last
    show(items)
    if (await markOpened(last)) await refresh() // something came meanwhile, or stands further down
  }
}

/** Draws anew those that changed; those further down stay. The focus stays where it is. */
function show(items: ConversationList['items']): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-conversation]')?.dataset.conversation
  const fresh = items.map((conversation) => draw(<ConversationRow conversation={conversation} />))
  const keyOf = (row: Element) => row.querySelector('a')?.getAttribute('href')
  const keys = new Set(fresh.map(keyOf))
  const older = [...list.children].filter((row) => !keys.has(keyOf(row)))
  list.replaceChildren(...fresh, ...older)
  showMoments(list)
  empty.hidden = list.childElementCount > 0
  if (focused) list.querySelector<HTMLElement>(`[data-conversation="${focused}"] a`)?.focus()
}

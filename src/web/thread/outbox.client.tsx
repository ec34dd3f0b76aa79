import { t } from '../../lang/messages'
import type { MessageJson } from '../../messages/answers'
import type { SeenPhotoJson } from '../../photos/answers'
import { callApi, isSignedOut } from '../shared/api.client'
import { draw } from '../shared/draw.client'
import { explain } from '../shared/refusals.client'
import { notify } from '../shared/toasts.client'
import { MessageRow } from './message-row'

export interface Draft {
  text: string
  photo: SeenPhotoJson | null
  /** The address that is told by e-mail, too; null for none. */
  invited: string | null
}

interface Options {
  list: HTMLElement
  /** Whom it goes to, what they are called, and the hash that it goes out from. */
  hash: string
  name: string
  mine: string
  /** Puts a message that arrived in the place of its row. */
  arrived(message: MessageJson, row: HTMLElement): void
  /** Where the focus goes from a row that is discarded. */
  leave(): void
}

interface Pending {
  draft: Draft
  /** Under this a retry is the same message: it arrives once, whatever became of the answer to the first try. */
  key: string
  row: HTMLElement
  isFailed: boolean
}

/** Sends messages one after the other. Each shows at once; one that fails says so, and stays until it is sent or discarded. */
export function openOutbox({ list, hash, name, mine, arrived, leave }: Options) {
  const pending = new Map<string, Pending>()
  let queue: Promise<void> = Promise.resolve()

  const drawRow = (draft: Draft, key: string, fault: string) => {
    const told = { id: '', mine: true, kind: 'message' as const, album: null, createdAt: Date.now() }
    return draw(<MessageRow message={{ ...told, ...draft }} name={name} sending={{ key, fault }} />)
  }

  function show(one: Pending, fault: string): void {
    const fresh = drawRow(one.draft, one.key, fault)
    const hadFocus = one.row.contains(document.activeElement)
    one.row.replaceWith(fresh)
    one.row = fresh
    one.isFailed = fault !== ''
    if (hadFocus) (fresh.querySelector('button') ?? fresh).focus()
  }

  async function post(one: Pending): Promise<void> {
    const { text, photo, invited } = one.draft
    const parts = { ...(text && { text }), ...(photo && { photoId: photo.id }) }
    const body = { to: hash, from: mine, ...parts, ...(invited && { invite: invited }) }
    try {
      const message = await callApi<MessageJson>('POST', '/api/messages', body, {
        'idempotency-key': one.key,
      })
      pending.delete(one.key)
      arrived(message, one.row)
    } catch (thrown) {
      show(one, explain(thrown))
      if (!isSignedOut(thrown)) notify(t().notSent, { silent: true, error: true })
    }
  }

  function send(draft: Draft): void {
    const key = crypto.randomUUID()
    const one = { draft, key, row: drawRow(draft, key, ''), isFailed: false }
    pending.set(key, one)
    list.append(one.row)
    queue = queue.then(() => post(one))
  }

  list.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('[data-retry], [data-discard]') : null
    const one = pending.get(button?.closest<HTMLElement>('[data-key]')?.dataset.key ?? '')
    if (!button || !one?.isFailed) return
    if (button.matches('[data-retry]')) {
      show(one, '')
      leave()
      queue = queue.then(() => post(one))
    } else {
      pending.delete(one.key)
      one.row.remove()
      leave()
    }
  })
  addEventListener('beforeunload', (event) => pending.size && event.preventDefault())
  return { send }
}

import type { Context } from 'hono'
import inboxIcon from 'lucide-static/icons/inbox.svg'
import penIcon from 'lucide-static/icons/square-pen.svg'
import type { AppEnv } from '../../accounts/asking'
import type { ConversationJson } from '../../messages/answers'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { ConversationRow } from './conversation-row'
import { NewMessageDialog } from './new-message'

interface InboxView {
  conversations: ConversationJson[]
  nextCursor: string | null
  /** Whether it is the page with the newest: opening that opens the inbox. */
  isFirst: boolean
}

/** /inbox: with whom one is in touch, the newest first. */
export function renderInbox(c: Context<AppEnv>, { conversations, nextCursor, isFirst }: InboxView) {
  return renderPage(c, {
    title: 'Inbox',
    script: 'inbox',
    width: 'narrow',
    children: (
      <div
        class="list-page"
        data-inbox-page
        data-first={isFirst || undefined}
        data-newest={isFirst ? conversations[0]?.last.id : undefined}
      >
        <div class="list-head">
          <h1>Inbox</h1>
          <button type="button" class="button primary" aria-haspopup="dialog" data-new>
            <Icon svg={penIcon} />
            New message
          </button>
        </div>
        <div class="empty" data-empty hidden={conversations.length > 0}>
          <Icon svg={inboxIcon} />
          <p>
            <strong>{isFirst ? 'No messages yet' : 'No more messages'}</strong>
          </p>
          <p class="hint">
            Write to anybody by their e&#8209;mail address. Here you also find what others share with you, and
            the photos that they tag you in.
          </p>
        </div>
        <ul class="conversations" aria-label="Conversations" data-conversations>
          {conversations.map((conversation) => (
            <ConversationRow conversation={conversation} />
          ))}
        </ul>
        {nextCursor && (
          <p class="more" data-more>
            <a class="button" href={`/inbox?cursor=${nextCursor}`}>
              Show older conversations
            </a>
          </p>
        )}
        <NewMessageDialog />
      </div>
    ),
  })
}

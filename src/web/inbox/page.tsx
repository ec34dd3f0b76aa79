import type { Context } from 'hono'
import inboxIcon from 'lucide-static/icons/inbox.svg'
import penIcon from 'lucide-static/icons/square-pen.svg'
import type { AppEnv } from '../../accounts/asking'
import { t } from '../../lang/messages'
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
    title: t().inbox,
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
          <h1>{t().inbox}</h1>
          <button type="button" class="button primary" aria-haspopup="dialog" data-new>
            <Icon svg={penIcon} />
            {t().new}
          </button>
        </div>
        <div class="empty" data-empty hidden={conversations.length > 0}>
          <Icon svg={inboxIcon} />
          <p>
            <strong>{isFirst ? t().none : t().noMore}</strong>
          </p>
          <p class="hint">{t().hint}</p>
        </div>
        <ul class="conversations" aria-label={t().conversations} data-conversations>
          {conversations.map((conversation) => (
            <ConversationRow conversation={conversation} />
          ))}
        </ul>
        {nextCursor && (
          <p class="more" data-more>
            <a class="button" href={`/inbox?cursor=${nextCursor}`}>
              {t().olderConversations}
            </a>
          </p>
        )}
        <NewMessageDialog />
      </div>
    ),
  })
}

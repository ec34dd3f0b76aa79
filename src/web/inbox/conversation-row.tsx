import { t } from '../../lang/messages'
import type { ConversationJson } from '../../messages/answers'
import { Moment } from '../shared/moments'
import { Face, isNameless, shortHash, startName } from '../shared/people'

/** Somebody one is in touch with, and what was written last. Drawn by the page and by its browser code. */
export function ConversationRow({ conversation }: { conversation: ConversationJson }) {
  const { hash, mine, last, unread } = conversation
  return (
    <li class={unread ? 'conversation unread' : 'conversation'} data-conversation={hash}>
      <a href={`/inbox/${hash}?as=${mine}`}>
        <Face hash={hash} />
        <span class="grow">
          <span class="conversation-line">
            <strong dir="auto">
              {startName(conversation)}
              {isNameless(conversation) && <span class="hint"> {shortHash(hash)}</span>}
            </strong>
            <span class="hint small">
              <Moment time={last.createdAt} isShort />
            </span>
          </span>
          <span class="conversation-line">
            <span class="conversation-last" dir="auto">
              {describeLast(conversation)}
            </span>
            {unread && (
              <span class="unread-mark">
                <span class="visually-hidden">{t().isNew}</span>
              </span>
            )}
          </span>
        </span>
      </a>
    </li>
  )
}

/** Enough for two lines of a wide screen: a list does not carry whole letters. */
const MOST = 200

/** The last message in a line. */
function describeLast({ last }: ConversationJson): string {
  const { mine, kind, text, album } = last
  if (text) return (mine ? t().you(text) : text).slice(0, MOST)
  if (kind === 'tag') return mine ? t().last.youTagged : t().last.tagged
  if (kind !== 'album') return mine ? t().last.youShared : t().last.shared
  const title = album ? album.title : null
  return mine ? t().last.youAdded(title) : t().last.added(title)
}

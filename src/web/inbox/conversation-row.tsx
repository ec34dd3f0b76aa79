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
              <Moment time={last.createdAt} />
            </span>
          </span>
          <span class="conversation-line">
            <span class="conversation-last" dir="auto">
              {describeLast(conversation)}
            </span>
            {unread && (
              <span class="unread-mark">
                <span class="visually-hidden">New</span>
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
  if (text) return (mine ? `You: ${text}` : text).slice(0, MOST)
  if (kind === 'tag') return mine ? 'You tagged them in a photo' : 'tagged you in a photo'
  if (kind !== 'album') return mine ? 'You shared a photo' : 'shared a photo'
  const which = album ? `the album “${album.title}”` : 'an album'
  return mine ? `You added them to ${which}` : `added you to ${which}`
}

import { t as albums } from '../../lang/albums'
import { t } from '../../lang/messages'
import type { MessageJson } from '../../messages/answers'
import type { SeenPhotoJson } from '../../photos/answers'
import { LinkedText } from '../shared/links'
import { Moment } from '../shared/moments'
import { rawPath } from '../shared/urls'

/** How far a message is that is being sent: what went wrong, or empty while it is under way. */
interface Sending {
  key: string
  fault: string
}

interface MessageView {
  message: MessageJson
  /** What the other person is called. */
  name: string
  /** Null for one that arrived. */
  sending?: Sending | null
}

/** One message of a thread, drawn by the page and by its browser code. */
export function MessageRow({ message, name, sending = null }: MessageView) {
  const { id, mine, kind, text, photo, album, createdAt } = message
  const told = describeKind(message)
  return (
    <li
      class={mine ? 'bubble mine' : 'bubble'}
      data-message={sending ? undefined : id}
      data-key={sending?.key}
    >
      <span class="visually-hidden" dir="auto">
        {mine ? t().you('') : `${name}: `}
      </span>
      {told && <p class="bubble-kind">{told}</p>}
      {photo && <MessagePhoto photo={photo} />}
      {kind === 'album' && album && (
        <p>
          <a href={`/albums/${album.id}`} dir="auto">
            {album.title}
          </a>
        </p>
      )}
      {text && (
        <p class="bubble-text" dir="auto">
          <LinkedText text={text} />
        </p>
      )}
      {sending ? (
        <State sending={sending} />
      ) : (
        <p class="bubble-time">
          <Moment time={createdAt} />
        </p>
      )}
    </li>
  )
}

/** The sides of a photo in a thread at most, in CSS pixels. */
const SIDES = { width: 280, height: 320 }

function MessagePhoto({ photo: { id, userId, altText, ...photo } }: { photo: SeenPhotoJson }) {
  const scale = Math.min(SIDES.width / photo.width, SIDES.height / photo.height, 1)
  return (
    <a
      class="bubble-photo"
      href={`/photos/${id}`}
      aria-label={albums().open(altText || albums().noDescription)}
    >
      <img
        src={rawPath(userId, id, 320)}
        width={Math.max(48, Math.round(photo.width * scale))}
        height={Math.max(48, Math.round(photo.height * scale))}
        loading="lazy"
        decoding="async"
        alt=""
      />
    </a>
  )
}

function State({ sending: { fault } }: { sending: Sending }) {
  if (!fault) return <p class="bubble-time">{t().sending}</p>
  return (
    <div class="bubble-fault">
      <p>
        <strong>{t().notSentShort}</strong> {fault}
      </p>
      <p class="actions">
        <button type="button" class="button small" data-retry>
          {t().again}
        </button>
        <button type="button" class="button plain small" data-discard>
          {t().discard}
        </button>
      </p>
    </div>
  )
}

/** What a message tells beside its text; null where what it holds says it. */
function describeKind({ mine, kind, photo, album }: MessageJson): string | null {
  if (kind === 'tag') {
    if (!photo) return mine ? t().youTaggedGone : t().toldTaggedGone
    return mine ? t().youTagged : t().toldTagged
  }
  if (kind === 'album') {
    if (!album) return mine ? t().youAddedGone : t().toldAddedGone
    return mine ? t().youAdded : t().toldAdded
  }
  if (kind === 'share' && !photo) return mine ? t().photoGone : t().photoSeenNoMore
  return null
}

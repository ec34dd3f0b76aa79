import imageIcon from 'lucide-static/icons/image-plus.svg'
import sendIcon from 'lucide-static/icons/send-horizontal.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { t as albums } from '../../lang/albums'
import { formatDate } from '../../lang/formats'
import { t } from '../../lang/invitations'
import { t as messages } from '../../lang/messages'
import type { PhotoJson } from '../../photos/answers'
import { Icon } from '../shared/icon'
import { rawPath } from '../shared/urls'

/** Where a message is written. */
export function Compose({ name }: { name: string }) {
  return (
    <form class="compose" novalidate data-compose>
      <div data-attached />
      <p class="message error" role="alert" id="compose-error" data-error />
      <label class="check invite" hidden data-invite>
        <input type="checkbox" aria-describedby="invite-hint" />
        <span class="grow">
          {t().box}
          <span class="hint small" id="invite-hint" data-invite-hint />
        </span>
      </label>
      <div class="compose-line">
        <button
          type="button"
          class="button plain square"
          aria-label={messages().addPhoto}
          title={messages().addPhoto}
          aria-haspopup="dialog"
          data-attach
        >
          <Icon svg={imageIcon} />
        </button>
        <textarea
          name="text"
          rows={1}
          dir="auto"
          aria-label={messages().messageTo(name)}
          aria-describedby="compose-error"
          placeholder={messages().placeholder}
          enterkeyhint="enter"
        />
        {/* Nothing but our own code can send it: before that is here, a browser would write the text into the URL. */}
        <button
          type="submit"
          disabled
          class="button primary square"
          aria-label={messages().send}
          title={messages().send}
        >
          <Icon svg={sendIcon} />
        </button>
      </div>
    </form>
  )
}

/** The photo that goes with what is written. */
export function Attached({ userId, photo, name }: { userId: string; photo: PhotoJson; name: string }) {
  const title = photo.altText || photo.fileName || albums().photoOf(formatDate(photo.createdAt))
  return (
    <div class="attached">
      <img src={rawPath(userId, photo.id, 320)} width="48" height="48" alt="" />
      <span class="grow">
        <strong dir="auto">{title}</strong>
        <span class="hint small" dir="auto">
          {messages().shows(name)}
        </span>
      </span>
      <button type="button" class="button plain square" aria-label={messages().leaveOut} data-detach>
        <Icon svg={xIcon} />
      </button>
    </div>
  )
}

import type { Context } from 'hono'
import arrowLeftIcon from 'lucide-static/icons/arrow-left.svg'
import type { AppEnv } from '../../accounts/asking'
import { t } from '../../lang/messages'
import { t as sharing } from '../../lang/sharing'
import type { ThreadJson } from '../../messages/answers'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { Face, isNameless, shortHash, startName } from '../shared/people'
import { PickDialog } from '../shared/pick-dialog'
import { Compose } from './compose'
import { MessageRow } from './message-row'

interface ThreadView {
  userId: string
  thread: ThreadJson
  /** Whether it is the page with the newest messages. */
  isNewest: boolean
}

/** /inbox/{hash}: what two people wrote to each other, the newest at the bottom. */
export function renderThread(c: Context<AppEnv>, { userId, thread, isNewest }: ThreadView) {
  const { hash, mine, items, nextCursor } = thread
  const name = startName(thread)
  const path = `/inbox/${hash}?as=${mine}`
  return renderPage(c, {
    title: name,
    script: 'thread',
    needsScript: isNewest,
    width: 'narrow',
    children: (
      <div
        class="thread-page"
        data-thread-page
        data-hash={hash}
        data-mine={mine}
        data-name={name}
        data-owner={userId}
        data-newest-page={isNewest || undefined}
        data-next-cursor={nextCursor ?? undefined}
      >
        <p class="photo-back">
          <a href="/inbox">
            <Icon svg={arrowLeftIcon} />
            {t().inbox}
          </a>
        </p>
        <Head thread={thread} />
        {nextCursor && (
          <p class="more" data-older>
            <a class="button" href={`${path}&cursor=${nextCursor}`}>
              {t().older}
            </a>
          </p>
        )}
        <ol class="thread" aria-label={t().messages} data-thread>
          {items.toReversed().map((message) => (
            <MessageRow message={message} name={name} />
          ))}
        </ol>
        <p class="empty-row" data-none hidden={items.length > 0}>
          {t().nothing}
        </p>
        {!isNewest && (
          <p class="more">
            <a class="button" href={path}>
              {t().toNewest}
            </a>
          </p>
        )}
        {isNewest && <Compose name={name} />}
        <PickDialog title={t().sendPhoto} none={t().noPhotos} />
      </div>
    ),
  })
}

function Head({ thread }: { thread: ThreadJson }) {
  const { hash, blocked } = thread
  return (
    <div class="thread-head">
      <Face hash={hash} />
      <span class="grow">
        <h1 dir="auto">{startName(thread)}</h1>
        {isNameless(thread) && <span class="hint small">{sharing().nameless(shortHash(hash))}</span>}
        <span class="hint small" data-blocked hidden={!blocked}>
          {t().blocked}
        </span>
      </span>
      <button
        type="button"
        class={blocked ? 'button small' : 'button small danger'}
        data-block={String(blocked)}
      >
        {blocked ? t().unblock : t().block}
      </button>
    </div>
  )
}

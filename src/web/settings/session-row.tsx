import monitorIcon from 'lucide-static/icons/monitor.svg'
import type { SessionJson } from '../../accounts/answers'
import { Icon } from '../shared/icon'
import { Day } from './day'

/** One signed-in browser of the list. The way out of the asking one stands in the page's header. */
export function SessionRow({ session }: { session: SessionJson }) {
  const { id, current, browser, createdAt, lastUsedAt } = session
  const name = browser || 'A browser'
  return (
    <li data-session-id={id}>
      <Icon svg={monitorIcon} />
      <span class="grow">
        <strong>
          {name} {current && <span class="badge">This browser</span>}
        </strong>
        <span class="hint small">
          Signed in <Day time={createdAt} />
        </span>
        <span class="hint small">
          Last used <Day time={lastUsedAt} />
        </span>
      </span>
      {!current && (
        <button type="button" class="button small danger" data-end aria-label={`End ${name}`}>
          End
        </button>
      )}
    </li>
  )
}

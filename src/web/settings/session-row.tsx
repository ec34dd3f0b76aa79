import monitorIcon from 'lucide-static/icons/monitor.svg'
import type { SessionJson } from '../../accounts/answers'
import { Icon } from '../shared/icon'
import { Day } from './day'

/** One signed-in browser of the list. The asking one is signed out by a form, which works without script. */
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
          Signed in <Day time={createdAt} /> · last used <Day time={lastUsedAt} />
        </span>
      </span>
      {current ? (
        <form method="post" action="/sign-out">
          <button type="submit" class="button small">
            Sign out
          </button>
        </form>
      ) : (
        <button type="button" class="button small danger" data-end aria-label={`End ${name}`}>
          End
        </button>
      )}
    </li>
  )
}

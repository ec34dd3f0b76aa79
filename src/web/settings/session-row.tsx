import monitorIcon from 'lucide-static/icons/monitor.svg'
import type { SessionJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { Icon } from '../shared/icon'
import { Day } from './day'

/** `Firefox on Windows` in the words of whoever reads it: src/accounts/browser.ts names it so. */
function describeBrowser(browser: string): string {
  const [program = '', system] = browser.split(' on ')
  if (!program) return t().sessions.unnamed
  return system === undefined ? program : t().sessions.on(program, system)
}

/** One signed-in browser of the list. The way out of the asking one stands in the page's header. */
export function SessionRow({ session }: { session: SessionJson }) {
  const { id, current, browser, createdAt, lastUsedAt } = session
  const name = describeBrowser(browser)
  return (
    <li data-session-id={id}>
      <Icon svg={monitorIcon} />
      <span class="grow">
        <strong>
          {name} {current && <span class="badge">{t().sessions.current}</span>}
        </strong>
        <span class="hint small">
          {t().sessions.since}
          <Day time={createdAt} />
        </span>
        <span class="hint small">
          {t().sessions.used}
          <Day time={lastUsedAt} />
        </span>
      </span>
      {!current && (
        <button type="button" class="button small danger" data-end aria-label={t().sessions.endOf(name)}>
          {t().sessions.end}
        </button>
      )}
    </li>
  )
}

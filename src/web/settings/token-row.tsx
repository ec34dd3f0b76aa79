import keyIcon from 'lucide-static/icons/key-round.svg'
import type { TokenJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { Icon } from '../shared/icon'
import { Day } from './day'

/** One API token of the list, drawn by the page and by its browser code. */
export function TokenRow({ token }: { token: TokenJson }) {
  return (
    <li data-token={token.id}>
      <Icon svg={keyIcon} />
      <span class="grow">
        <strong dir="auto" data-name>
          {token.name}
        </strong>
        <span class="hint small">
          {t().tokens.created}
          <Day time={token.createdAt} /> ·{' '}
          {token.lastUsedAt === null ? t().tokens.neverUsed : t().tokens.lastUsed}
          {token.lastUsedAt !== null && <Day time={token.lastUsedAt} />}
        </span>
      </span>
      <button
        type="button"
        class="button small danger"
        data-revoke
        aria-label={t().tokens.revokeOf(token.name)}
      >
        {t().tokens.revoke}
      </button>
    </li>
  )
}

import downloadIcon from 'lucide-static/icons/download.svg'
import { t } from '../../lang/settings'
import { Icon } from '../shared/icon'

/** How many photos a person has, and how large their originals are together in bytes. */
export interface Holdings {
  photos: number
  bytes: number
}

/** Taking everything along. A plain link: the browser's own download shows how far it is. */
export function Export({ holdings }: { holdings: Holdings }) {
  return (
    <section class="card" aria-labelledby="export-title">
      <h2 id="export-title" tabindex={-1}>
        {t().export.title}
      </h2>
      <p class="hint">
        {t().export.before(describeHoldings(holdings))}
        <code>account.json</code>
        {t().export.after}
      </p>
      <a class="button" href="/settings/export">
        <Icon svg={downloadIcon} />
        {t().export.download}
      </a>
    </section>
  )
}

function describeHoldings({ photos, bytes }: Holdings): string {
  return photos === 0 ? t().export.nothing : t().export.originals(photos, bytes)
}

import downloadIcon from 'lucide-static/icons/download.svg'
import { formatBytes } from '../../lang/formats'
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
        Export
      </h2>
      <p class="hint">
        A ZIP file with {describeHoldings(holdings)}, and <code>account.json</code>: your profile, addresses
        and contacts, descriptions, albums, tags and messages, whom you share with and by which links, and the
        names and days of tokens and browsers.
      </p>
      <a class="button" href="/settings/export">
        <Icon svg={downloadIcon} />
        Download everything
      </a>
    </section>
  )
}

function describeHoldings({ photos, bytes }: Holdings): string {
  if (photos === 0) return 'no photos yet'
  const originals = photos === 1 ? 'the original of your one photo' : `the originals of your ${photos} photos`
  return `${originals} (${formatBytes(bytes)})`
}

import copyIcon from 'lucide-static/icons/copy.svg'
import { t } from '../../lang/shared'
import { Icon } from './icon'

/** Copies the text of the element with the id `from`; the browser code answers in the status beside it. */
export function CopyButton({ from, label }: { from: string; label: string }) {
  return (
    <span class="copy">
      <button type="button" class="button" data-copy={from}>
        <Icon svg={copyIcon} />
        <span data-copy-text>{t().copy}</span>
        <span class="visually-hidden"> {label}</span>
      </button>
      <span class="visually-hidden" role="status" data-copy-status />
    </span>
  )
}

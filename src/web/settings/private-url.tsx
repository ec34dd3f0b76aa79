import refreshIcon from 'lucide-static/icons/refresh-cw.svg'
import { t } from '../../lang/settings'
import { CopyButton } from '../shared/copy-button'
import { Icon } from '../shared/icon'

/** The URL that works whoever may find the picture by an address. */
export function PrivateUrl({ url }: { url: string }) {
  return (
    <section class="card" aria-labelledby="private-url-title" data-private-url>
      <h2 id="private-url-title" tabindex={-1}>
        {t().url.title}
      </h2>
      <div class="field">
        <div class="snippet with-button">
          <code id="private-url" tabindex={0}>
            {url}
          </code>
          <CopyButton from="private-url" label={t().url.label} />
        </div>
        <p class="hint small">{t().url.hint}</p>
      </div>
      <button type="button" class="button" data-renew>
        <Icon svg={refreshIcon} />
        {t().url.renew}
      </button>
    </section>
  )
}

/** Asks before the private URL is replaced: whatever shows it breaks. */
export function RenewDialog() {
  return (
    <dialog data-renew-dialog aria-labelledby="renew-title" aria-describedby="renew-text">
      <form method="dialog">
        <h2 id="renew-title">{t().url.question}</h2>
        <p id="renew-text">{t().url.warning}</p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            {t().url.keep}
          </button>
          <button type="submit" class="button danger solid" value="renew">
            {t().url.confirm}
          </button>
        </div>
      </form>
    </dialog>
  )
}

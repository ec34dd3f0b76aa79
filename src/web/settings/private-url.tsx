import refreshIcon from 'lucide-static/icons/refresh-cw.svg'
import { CopyButton } from '../shared/copy-button'
import { Icon } from '../shared/icon'

/** The URL that works whoever may find the picture by an address. */
export function PrivateUrl({ url }: { url: string }) {
  return (
    <section class="card" aria-labelledby="private-url-title" data-private-url>
      <h2 id="private-url-title" tabindex={-1}>
        Private URL
      </h2>
      <div class="field">
        <div class="snippet with-button">
          <code id="private-url" tabindex={0}>
            {url}
          </code>
          <CopyButton from="private-url" label="the private URL" />
        </div>
        <p class="hint small">
          Random: it says nothing about your addresses, and nobody can guess it. Whoever you give it to sees
          your account’s picture, whatever your addresses show.
        </p>
      </div>
      <button type="button" class="button" data-renew>
        <Icon svg={refreshIcon} />
        Renew URL
      </button>
    </section>
  )
}

/** Asks before the private URL is replaced: whatever shows it breaks. */
export function RenewDialog() {
  return (
    <dialog data-renew-dialog aria-labelledby="renew-title" aria-describedby="renew-text">
      <form method="dialog">
        <h2 id="renew-title">Renew your private URL?</h2>
        <p id="renew-text">
          The old URL stops working everywhere you have used it, within five minutes: there a default picture
          shows until you put the new URL in. This cannot be undone.
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            Keep it
          </button>
          <button type="submit" class="button danger solid" value="renew">
            Renew
          </button>
        </div>
      </form>
    </dialog>
  )
}

import refreshIcon from 'lucide-static/icons/refresh-cw.svg'
import type { MeJson } from '../../accounts/answers'
import { CopyButton } from '../shared/copy-button'
import { Icon } from '../shared/icon'
import { describeLookup } from '../shared/words'

/** Whether one's e-mail leads to one's picture, and the URL that works either way. */
export function Lookup({ user, url }: { user: MeJson; url: string }) {
  return (
    <section class="card" aria-labelledby="lookup-title" data-lookup>
      <h2 id="lookup-title">Who finds my picture</h2>
      <div class="field">
        <div class="switch-row">
          <label for="public-lookup">Whoever knows my e&#8209;mail</label>
          <button
            id="public-lookup"
            type="button"
            class="switch"
            role="switch"
            aria-checked={user.publicLookup ? 'true' : 'false'}
            aria-describedby="lookup-state lookup-hint"
            data-switch
          />
        </div>
        <p id="lookup-state" data-state>
          {describeLookup(user.publicLookup)}
        </p>
        <p class="hint small" id="lookup-hint">
          As with Gravatar, sites ask by a hash, a number made from your e&#8209;mail. It can be guessed:
          whoever tries likely addresses sees which one it belongs to. Switched off, both hashes of your
          address (SHA-256 and MD5) answer as for an unknown person; who holds your picture already may show
          it for five minutes more.
        </p>
      </div>
      <div class="field">
        <p class="label">My private URL</p>
        <div class="snippet with-button">
          <code id="private-url" tabindex={0}>
            {url}
          </code>
          <CopyButton from="private-url" label="the private URL" />
        </div>
        <p class="hint small">
          Random: it says nothing about your e&#8209;mail, and nobody can guess it. Whoever you give it to
          sees your active photo, whatever the switch says.
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

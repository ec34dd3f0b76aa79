import xIcon from 'lucide-static/icons/x.svg'
import { t } from '../../lang/invitations'
import { Icon } from '../shared/icon'
import { Face } from '../shared/people'
import type { ContactJson } from '../shared/sharing'

/** Asks whom to write to. */
export function NewMessageDialog() {
  return (
    <dialog class="share" data-new-dialog aria-labelledby="new-title">
      <div class="dialog-head">
        <h2 id="new-title">New message</h2>
        <form method="dialog">
          <button type="submit" class="button plain square" aria-label="Close">
            <Icon svg={xIcon} />
          </button>
        </form>
      </div>
      <section aria-labelledby="new-title">
        <form method="dialog" novalidate data-new-form>
          <div class="field">
            <label for="new-email">E-mail address</label>
            <input
              id="new-email"
              name="email"
              type="text"
              inputmode="email"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              aria-describedby="new-email-hint new-error"
            />
            <p class="hint small" id="new-email-hint">
              {t().typedHint}
            </p>
          </div>
          <div class="share-line">
            <div class="field">
              <label for="new-name">Your name for them, if you like</label>
              <input id="new-name" name="name" maxlength={100} dir="auto" autocomplete="off" />
            </div>
            <button type="submit" class="button primary">
              Write
            </button>
          </div>
          <p class="message error" role="alert" id="new-error" data-error />
        </form>
        <div class="known" data-known hidden>
          <p class="small label" id="new-known-title">
            People you know
          </p>
          <ul class="chips" aria-labelledby="new-known-title" data-chips />
        </div>
      </section>
    </dialog>
  )
}

/** Somebody to write to by one press. */
export function KnownReader({ person }: { person: ContactJson }) {
  return (
    <li>
      <a class="chip" href={`/inbox/${person.hash}`} aria-label={`Write to ${person.name}`}>
        <Face hash={person.hash} size={24} />
        <span dir="auto">{person.name}</span>
      </a>
    </li>
  )
}

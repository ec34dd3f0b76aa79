import xIcon from 'lucide-static/icons/x.svg'
import { t } from '../../lang/invitations'
import { t as messages } from '../../lang/messages'
import { t as people } from '../../lang/people'
import { t as shared } from '../../lang/shared'
import { Icon } from '../shared/icon'
import { Face, nameOf } from '../shared/people'
import type { ContactJson } from '../shared/sharing'

/** Asks whom to write to. */
export function NewMessageDialog() {
  return (
    <dialog class="share" data-new-dialog aria-labelledby="new-title">
      <div class="dialog-head">
        <h2 id="new-title">{messages().new}</h2>
        <form method="dialog">
          <button type="submit" class="button plain square" aria-label={shared().close}>
            <Icon svg={xIcon} />
          </button>
        </form>
      </div>
      <section aria-labelledby="new-title">
        <form method="dialog" novalidate data-new-form>
          <div class="field">
            <label for="new-email">{people().email}</label>
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
              <label for="new-name">{people().ownName}</label>
              <input id="new-name" name="name" maxlength={100} dir="auto" autocomplete="off" />
            </div>
            <button type="submit" class="button primary">
              {messages().write}
            </button>
          </div>
          <p class="message error" role="alert" id="new-error" data-error />
        </form>
        <div class="known" data-known hidden>
          <p class="small label" id="new-known-title">
            {people().known}
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
      <a class="chip" href={`/inbox/${person.hash}`} aria-label={messages().writeTo(nameOf(person))}>
        <Face hash={person.hash} size={24} />
        <span dir="auto">{person.name}</span>
      </a>
    </li>
  )
}

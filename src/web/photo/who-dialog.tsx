import xIcon from 'lucide-static/icons/x.svg'
import { t as common } from '../../lang/shared'
import { t } from '../../lang/tags'
import { Icon } from '../shared/icon'
import { Face } from '../shared/people'
import { EmailField, NameField } from '../shared/person-fields'
import type { ContactJson } from '../shared/sharing'

/** Asks who is in a box. */
export function WhoDialog({ isOwner }: { isOwner: boolean }) {
  return (
    <dialog class="share" data-who-dialog aria-labelledby="who-title" aria-describedby="who-note">
      <div class="dialog-head">
        <h2 id="who-title" tabindex={-1} dir="auto" data-title>
          {t().whoIsThis}
        </h2>
        <form method="dialog">
          <button type="submit" class="button plain square" aria-label={common().close}>
            <Icon svg={xIcon} />
          </button>
        </form>
      </div>
      <section aria-labelledby="who-title">
        <div class="who-face">
          <canvas width="160" height="160" data-face-canvas />
          <p class="hint small" id="who-note">
            {isOwner ? t().ownersNote : t().viewersNote}
          </p>
        </div>
        <form method="dialog" novalidate data-who-form>
          <EmailField id="who" errorId="who-error" hint={t().noAccount} />
          <div class="share-line">
            <NameField id="who" />
            <button type="submit" class="button primary">
              {t().tag}
            </button>
          </div>
          <p class="message error" role="alert" id="who-error" data-error />
        </form>
        <div class="known" data-known hidden>
          <p class="small label" id="who-known-title">
            {t().known}
          </p>
          <ul class="chips" aria-labelledby="who-known-title" data-chips />
        </div>
        <button type="button" class="button" data-no-face hidden>
          {t().dismissSuggestion}
        </button>
      </section>
    </dialog>
  )
}

/** Somebody to tag by one press. */
export function KnownFace({ person, title }: { person: ContactJson; title: string }) {
  return (
    <li>
      <button type="button" class="chip" data-hash={person.hash} aria-label={t().tagPerson(title)}>
        <Face hash={person.hash} size={24} />
        <span dir="auto">{title}</span>
      </button>
    </li>
  )
}

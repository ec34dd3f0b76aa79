import xIcon from 'lucide-static/icons/x.svg'
import { Icon } from '../shared/icon'
import { Face } from '../shared/people'
import type { ContactJson } from '../shared/sharing'

/** Asks who is in a box. */
export function WhoDialog({ isOwner }: { isOwner: boolean }) {
  return (
    <dialog class="share" data-who-dialog aria-labelledby="who-title" aria-describedby="who-note">
      <div class="dialog-head">
        <h2 id="who-title" tabindex={-1} dir="auto" data-title>
          Who is this?
        </h2>
        <form method="dialog">
          <button type="submit" class="button plain square" aria-label="Close">
            <Icon svg={xIcon} />
          </button>
        </form>
      </div>
      <section aria-labelledby="who-title">
        <div class="who-face">
          <canvas width="160" height="160" data-face-canvas />
          <p class="hint small" id="who-note">
            {isOwner
              ? 'Whoever you tag can see this photo from then on. They can take their tag away.'
              : 'You can tag whoever can see this photo already, and yourself. They can take their tag away.'}
          </p>
        </div>
        <form method="dialog" novalidate data-who-form>
          <div class="field">
            <label for="who-email">E-mail address</label>
            <input
              id="who-email"
              name="email"
              type="text"
              inputmode="email"
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              aria-describedby="who-email-hint who-error"
            />
            <p class="hint small" id="who-email-hint">
              It is hashed in this browser and never sent to us. They need no account yet.
            </p>
          </div>
          <div class="share-line">
            <div class="field">
              <label for="who-name">Your name for them, if you like</label>
              <input id="who-name" name="name" maxlength={100} dir="auto" autocomplete="off" />
            </div>
            <button type="submit" class="button primary">
              Tag
            </button>
          </div>
          <p class="message error" role="alert" id="who-error" data-error />
        </form>
        <div class="known" data-known hidden>
          <p class="small label" id="who-known-title">
            People you know
          </p>
          <ul class="chips" aria-labelledby="who-known-title" data-chips />
        </div>
        <button type="button" class="button" data-no-face hidden>
          Dismiss this suggestion
        </button>
      </section>
    </dialog>
  )
}

/** Somebody to tag by one press. */
export function KnownFace({ person, title }: { person: ContactJson; title: string }) {
  return (
    <li>
      <button type="button" class="chip" data-hash={person.hash} aria-label={`Tag ${title}`}>
        <Face hash={person.hash} size={24} />
        <span dir="auto">{title}</span>
      </button>
    </li>
  )
}

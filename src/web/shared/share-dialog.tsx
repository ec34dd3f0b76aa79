import xIcon from 'lucide-static/icons/x.svg'
import { CopyButton } from './copy-button'
import { Icon } from './icon'
import { EmailField, NameField } from './person-fields'
import { Expiries, Roles } from './share-rows'

interface ShareDialogView {
  /** Whether people get a role. */
  album?: boolean
}

/** Who else may see something: people, and links, in one place. What is in the lists, browser code draws. */
export function ShareDialog({ album = false }: ShareDialogView) {
  return (
    <dialog class="share" data-share-dialog aria-labelledby="share-title">
      <div class="dialog-head">
        <h2 id="share-title" tabindex={-1} dir="auto" data-title>
          Share
        </h2>
        <form method="dialog">
          <button type="submit" class="button plain square" aria-label="Close">
            <Icon svg={xIcon} />
          </button>
        </form>
      </div>
      <section aria-labelledby="share-people-title">
        <h3 id="share-people-title">People</h3>
        <PersonForm album={album} />
        <progress class="share-progress" hidden data-progress aria-label="Shared of what was chosen" />
        <div class="known" data-known hidden>
          <p class="small label" id="share-known-title">
            People you know
          </p>
          <ul class="chips" aria-labelledby="share-known-title" data-chips />
        </div>
        <p class="hint small" data-nobody hidden>
          Shared with nobody yet.
        </p>
        <ul class="rows" aria-labelledby="share-people-title" data-people />
      </section>
      <LinkSection />
      <p class="visually-hidden" role="status" data-status />
    </dialog>
  )
}

function PersonForm({ album }: { album: boolean }) {
  return (
    <form method="dialog" novalidate data-person-form>
      <EmailField
        id="share"
        errorId="share-email-error"
        hint="They need no account yet: it waits for them."
      />
      <div class="share-line">
        <NameField id="share" />
        {album && (
          <div class="field narrow">
            <label for="share-role">They may</label>
            <select id="share-role" name="role">
              <Roles />
            </select>
          </div>
        )}
        <button type="submit" class="button primary">
          Share
        </button>
      </div>
      <p class="message error" role="alert" id="share-email-error" data-error />
    </form>
  )
}

function LinkSection() {
  return (
    <section aria-labelledby="share-links-title" data-links-section>
      <div class="share-head">
        <h3 id="share-links-title" tabindex={-1}>
          Links
        </h3>
        <button type="button" class="button plain danger small" data-revoke-all hidden>
          Revoke all
        </button>
      </div>
      <p class="hint small">Whoever has a link can look, without an account, until it ends.</p>
      <ul class="rows" aria-labelledby="share-links-title" data-link-list />
      <div class="made" data-made hidden>
        <p>
          <strong>Here is the link.</strong> Copy it now: it is shown this once.
        </p>
        <div class="snippet with-button">
          <code id="share-url" tabindex={0} />
          <CopyButton from="share-url" label="the link" />
        </div>
      </div>
      <form method="dialog" novalidate data-link-form>
        <div class="share-line">
          <div class="field narrow">
            <label for="link-expires">Ends after</label>
            <select id="link-expires" name="expiresIn">
              <Expiries />
            </select>
          </div>
          <div class="field">
            <label for="link-password">Password, if you like</label>
            <input
              id="link-password"
              name="password"
              type="text"
              maxlength={200}
              autocomplete="off"
              spellcheck={false}
            />
          </div>
        </div>
        <label class="check">
          <input type="checkbox" name="download" />
          <span>They may download, in full size</span>
        </label>
        <p class="message error" role="alert" data-error />
        <button type="submit" class="button">
          Create link
        </button>
      </form>
    </section>
  )
}

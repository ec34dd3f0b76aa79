import xIcon from 'lucide-static/icons/x.svg'
import { t as people } from '../../lang/people'
import { t as shared } from '../../lang/shared'
import { t } from '../../lang/sharing'
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
          {shared().share}
        </h2>
        <form method="dialog">
          <button type="submit" class="button plain square" aria-label={shared().close}>
            <Icon svg={xIcon} />
          </button>
        </form>
      </div>
      <section aria-labelledby="share-people-title">
        <h3 id="share-people-title">{t().people}</h3>
        <PersonForm album={album} />
        <progress class="share-progress" hidden data-progress aria-label={t().progress} />
        <div class="known" data-known hidden>
          <p class="small label" id="share-known-title">
            {people().known}
          </p>
          <ul class="chips" aria-labelledby="share-known-title" data-chips />
        </div>
        <p class="hint small" data-nobody hidden>
          {t().nobody}
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
      <EmailField id="share" errorId="share-email-error" hint={people().waits} />
      <div class="share-line">
        <NameField id="share" />
        {album && (
          <div class="field narrow">
            <label for="share-role">{t().theyMay}</label>
            <select id="share-role" name="role">
              <Roles />
            </select>
          </div>
        )}
        <button type="submit" class="button primary">
          {shared().share}
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
          {t().links}
        </h3>
        <button type="button" class="button plain danger small" data-revoke-all hidden>
          {t().revokeAll}
        </button>
      </div>
      <p class="hint small">{t().whoever}</p>
      <ul class="rows" aria-labelledby="share-links-title" data-link-list />
      <div class="made" data-made hidden>
        <p>
          <strong>{t().here}</strong> {t().copyNow}
        </p>
        <div class="snippet with-button">
          <code id="share-url" tabindex={0} />
          <CopyButton from="share-url" label={t().theLink} />
        </div>
      </div>
      <form method="dialog" novalidate data-link-form>
        <div class="share-line">
          <div class="field narrow">
            <label for="link-expires">{t().endsAfter}</label>
            <select id="link-expires" name="expiresIn">
              <Expiries />
            </select>
          </div>
          <div class="field">
            <label for="link-password">{t().password}</label>
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
          <span>{t().mayDownload}</span>
        </label>
        <p class="message error" role="alert" data-error />
        <button type="submit" class="button">
          {t().create}
        </button>
      </form>
    </section>
  )
}

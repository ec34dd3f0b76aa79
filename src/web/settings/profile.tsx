import type { MeJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { t as shared } from '../../lang/shared'

/** The name that goes with the picture. Its form works without script. */
export function Profile({ user }: { user: MeJson }) {
  return (
    <section class="card" aria-labelledby="profile-title">
      <h2 id="profile-title" tabindex={-1}>
        {t().profile.title}
      </h2>
      <div class="profile-picture">
        <img
          src={`/${user.publicKey}?s=160&r=x&d=identicon&v=${user.activePhotoId?.slice(0, 8) ?? 'none'}`}
          width="80"
          height="80"
          alt=""
        />
        <a class="button small" href="/photos">
          {t().profile.picture}
        </a>
      </div>
      <form method="post" action="/settings/profile" data-profile novalidate>
        <div class="field">
          <label for="display-name">{t().profile.name}</label>
          <div class="row">
            <input
              id="display-name"
              name="displayName"
              type="text"
              autocomplete="name"
              maxlength={100}
              dir="auto"
              value={user.displayName}
              aria-describedby="display-name-hint display-name-error"
            />
            <button type="submit" class="button primary">
              {shared().save}
            </button>
          </div>
          <p class="hint small" id="display-name-hint">
            {t().profile.hint}
          </p>
          <p class="message error" id="display-name-error" role="alert" data-error />
        </div>
      </form>
    </section>
  )
}

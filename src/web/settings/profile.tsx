import type { MeJson } from '../../accounts/answers'

/** The name that goes with the picture. Its form works without script. */
export function Profile({ user }: { user: MeJson }) {
  return (
    <section class="card" aria-labelledby="profile-title">
      <h2 id="profile-title" tabindex={-1}>
        Profile
      </h2>
      <form method="post" action="/settings/profile" data-profile novalidate>
        <div class="field">
          <label for="display-name">Display name</label>
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
              Save
            </button>
          </div>
          <p class="hint small" id="display-name-hint">
            Shown to everybody who can find your picture. Leave it empty to stay nameless.
          </p>
          <p class="message error" id="display-name-error" role="alert" data-error />
        </div>
      </form>
    </section>
  )
}

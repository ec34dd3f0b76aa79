import type { Context } from 'hono'
import logOutIcon from 'lucide-static/icons/log-out.svg'
import type { MeJson, TokenJson } from '../../accounts/answers'
import type { AppEnv } from '../../accounts/asking'
import { showEmail } from '../../lib/email'
import { CopyButton } from '../shared/copy-button'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { Lookup, RenewDialog } from './lookup'
import { TokenRow } from './token-row'

interface SettingsView {
  user: MeJson
  tokens: TokenJson[]
  /** Origin of the private URL. */
  origin: string
}

/** /settings: profile, who finds the picture, API tokens, signing out. */
export function renderSettings(c: Context<AppEnv>, { user, tokens, origin }: SettingsView) {
  return renderPage(c, {
    title: 'Settings',
    script: 'settings.js',
    width: 'narrow',
    children: (
      <>
        <h1>Settings</h1>
        <Profile user={user} />
        <Lookup user={user} url={`${origin}/${user.publicKey}`} />
        <Tokens tokens={tokens} />
        <section class="card" aria-labelledby="session-title">
          <h2 id="session-title">This browser</h2>
          <p class="hint">
            You are signed in as <strong class="email">{showEmail(user.email)}</strong>.
          </p>
          <form method="post" action="/sign-out">
            <button type="submit" class="button">
              <Icon svg={logOutIcon} />
              Sign out
            </button>
          </form>
        </section>
        <RenewDialog />
        <TokenDialog />
        <RevokeDialog />
      </>
    ),
  })
}

function Profile({ user }: { user: MeJson }) {
  return (
    <section class="card" aria-labelledby="profile-title">
      <h2 id="profile-title">Profile</h2>
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

function Tokens({ tokens }: { tokens: TokenJson[] }) {
  return (
    <section class="card" aria-labelledby="tokens-title" data-tokens>
      <h2 id="tokens-title" tabindex={-1}>
        API tokens
      </h2>
      <p class="hint">
        For programs that act as you: they send <code>Authorization: Bearer cameo_…</code>. A token cannot
        make other tokens or delete your account.
      </p>
      <ul class="rows" data-token-list>
        {tokens.map((token) => (
          <TokenRow token={token} />
        ))}
      </ul>
      <p class="empty-row" data-no-tokens hidden={tokens.length > 0}>
        You have no tokens.
      </p>
      <form method="post" action="/settings" data-new-token novalidate>
        <div class="field">
          <label for="token-name">Name of a new token</label>
          <div class="row">
            <input
              id="token-name"
              name="name"
              type="text"
              autocomplete="off"
              maxlength={100}
              placeholder="Backup script"
              required
              aria-describedby="token-error"
            />
            <button type="submit" class="button">
              Create
            </button>
          </div>
          <p class="message error" id="token-error" role="alert" data-error />
        </div>
      </form>
    </section>
  )
}

function TokenDialog() {
  return (
    <dialog data-token-dialog aria-labelledby="token-dialog-title">
      <form method="dialog">
        <h2 id="token-dialog-title">Your new token</h2>
        <p>Copy it now. We keep only its hash, so it cannot be shown again.</p>
        <div class="snippet">
          <code id="new-token" tabindex={0} />
        </div>
        <div class="actions end">
          <CopyButton from="new-token" label="the token" />
          <button type="submit" class="button primary">
            Done
          </button>
        </div>
      </form>
    </dialog>
  )
}

function RevokeDialog() {
  return (
    <dialog data-revoke-dialog aria-labelledby="revoke-title">
      <form method="dialog">
        <h2 id="revoke-title">Revoke this token?</h2>
        <p>
          Programs that use <strong data-name /> stop working at once. This cannot be undone.
        </p>
        <div class="actions end">
          <button type="submit" class="button" value="cancel">
            Cancel
          </button>
          <button type="submit" class="button danger solid" value="revoke">
            Revoke
          </button>
        </div>
      </form>
    </dialog>
  )
}

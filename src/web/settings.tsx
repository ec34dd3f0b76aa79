import type { Context } from 'hono'
import keyIcon from 'lucide-static/icons/key-round.svg'
import logOutIcon from 'lucide-static/icons/log-out.svg'
import type { TokenJson } from '../accounts/credentials'
import type { AppEnv } from '../auth'
import type { User } from '../db/schema'
import { CopyButton } from './copy-button'
import { Icon } from './icon'
import { renderPage } from './layout'
import { formatDate } from './words'

/** /settings: profile, API tokens, signing out. */
export function renderSettings(c: Context<AppEnv>, { user, tokens }: { user: User; tokens: TokenJson[] }) {
  return renderPage(c, {
    title: 'Settings',
    script: 'settings.js',
    width: 'narrow',
    children: (
      <>
        <h1>Settings</h1>
        <Profile user={user} />
        <Tokens tokens={tokens} />
        <section class="card" aria-labelledby="session-title">
          <h2 id="session-title">This browser</h2>
          <p class="hint">
            You are signed in as <strong>{user.email}</strong>.
          </p>
          <button type="button" class="button" data-sign-out>
            <Icon svg={logOutIcon} />
            Sign out
          </button>
        </section>
        <TokenDialog />
        <RevokeDialog />
      </>
    ),
  })
}

function Profile({ user }: { user: User }) {
  return (
    <section class="card" aria-labelledby="profile-title">
      <h2 id="profile-title">Profile</h2>
      <form data-profile novalidate>
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
      <form data-new-token novalidate>
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
      <template data-token-template>
        <TokenRow token={{ id: '', name: '', createdAt: 0 }} />
      </template>
    </section>
  )
}

function TokenRow({ token }: { token: TokenJson }) {
  const date = new Date(token.createdAt)
  return (
    <li data-token={token.id}>
      <Icon svg={keyIcon} />
      <span class="grow">
        <strong data-name>{token.name}</strong>
        <span class="hint small">
          Created <time datetime={date.toISOString()}>{formatDate(token.createdAt)}</time>
        </span>
      </span>
      <button type="button" class="button small danger" data-revoke aria-label={`Revoke ${token.name}`}>
        Revoke
      </button>
    </li>
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

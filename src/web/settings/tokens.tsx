import type { TokenJson } from '../../accounts/answers'
import { CopyButton } from '../shared/copy-button'
import { TokenRow } from './token-row'

/** API tokens: their list, making one and revoking one. */
export function Tokens({ tokens }: { tokens: TokenJson[] }) {
  return (
    <section class="card" aria-labelledby="tokens-title" data-tokens>
      <h2 id="tokens-title" tabindex={-1}>
        API tokens
      </h2>
      <p class="hint">
        For programs that act as you: they send <code>Authorization: Bearer cameo_…</code>. A token cannot
        make or revoke tokens.
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
              dir="auto"
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

/** Shows a new token, this once. */
export function TokenDialog() {
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

/** Asks before a token is revoked. */
export function RevokeDialog() {
  return (
    <dialog data-revoke-dialog aria-labelledby="revoke-title">
      <form method="dialog">
        <h2 id="revoke-title">Revoke this token?</h2>
        <p>
          Programs that use <bdi data-name /> stop working at once. This cannot be undone.
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

import type { TokenJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { t as shared } from '../../lang/shared'
import { CopyButton } from '../shared/copy-button'
import { TokenRow } from './token-row'

/** API tokens: their list, making one and revoking one. */
export function Tokens({ tokens }: { tokens: TokenJson[] }) {
  return (
    <section class="card" aria-labelledby="tokens-title" data-tokens>
      <h2 id="tokens-title" tabindex={-1}>
        {t().tokens.title}
      </h2>
      <p class="hint">
        {t().tokens.before}
        <code>Authorization: Bearer cameo_…</code>
        {t().tokens.after}
      </p>
      <ul class="rows" data-token-list>
        {tokens.map((token) => (
          <TokenRow token={token} />
        ))}
      </ul>
      <p class="empty-row" data-no-tokens hidden={tokens.length > 0}>
        {t().tokens.none}
      </p>
      <form method="post" action="/settings/tokens" data-new-token novalidate>
        <div class="field">
          <label for="token-name">{t().tokens.name}</label>
          <div class="row">
            <input
              id="token-name"
              name="name"
              type="text"
              autocomplete="off"
              maxlength={100}
              dir="auto"
              placeholder={t().tokens.example}
              required
              aria-describedby="token-error"
            />
            <button type="submit" class="button">
              {t().tokens.create}
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
        <h2 id="token-dialog-title">{t().tokens.newTitle}</h2>
        <p>{t().tokens.newHint}</p>
        <div class="code">
          <pre id="new-token" tabindex={0} />
          <CopyButton from="new-token" label={t().tokens.label} />
        </div>
        <p>{t().tokens.firstCall}</p>
        <div class="code">
          <pre id="first-call" tabindex={0} />
          <CopyButton from="first-call" label={t().tokens.callLabel} />
        </div>
        <div class="actions end">
          <a class="button" href="/docs/api" target="_blank" rel="noopener">
            {t().tokens.more}
          </a>
          <button type="submit" class="button primary">
            {t().tokens.done}
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
        <h2 id="revoke-title">{t().tokens.question}</h2>
        <p>
          {t().tokens.warningBefore}
          <bdi data-name />
          {t().tokens.warningAfter}
        </p>
        <div class="actions end">
          <button type="submit" class="button" value="cancel">
            {shared().cancel}
          </button>
          <button type="submit" class="button danger solid" value="revoke">
            {t().tokens.revoke}
          </button>
        </div>
      </form>
    </dialog>
  )
}

import type { Context } from 'hono'
import arrowLeftIcon from 'lucide-static/icons/arrow-left.svg'
import mailIcon from 'lucide-static/icons/mail.svg'
import type { AppEnv } from '../../accounts/asking'
import { isLocal } from '../../http/origin'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'

/** /sign-in: one page, two steps. `next` is the path to go on to. */
export function renderSignIn(c: Context<AppEnv>, { next }: { next: string }) {
  return renderPage(c, {
    title: 'Sign in',
    script: 'sign-in.js',
    needsScript: true,
    width: 'narrow',
    children: (
      <div class="card sign-in" data-sign-in data-next={next}>
        <EmailStep />
        <CodeStep local={isLocal(new URL(c.req.url))} />
      </div>
    ),
  })
}

function EmailStep() {
  return (
    <form data-step="email" novalidate>
      <h1>Sign in to Cameo</h1>
      <p class="hint">No password: we mail you a code. A new address gets a new account.</p>
      <div class="field">
        <label for="email">E-mail</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
          maxlength={254}
          placeholder="you@example.com"
          required
          autofocus
          aria-describedby="email-privacy email-error"
        />
        <p class="hint small" id="email-privacy">
          Your picture can also be found by a hash of this address, as with Gravatar. A hash can be guessed,
          so whoever knows your address can find your picture, but none of your other photos. You can switch
          that off.
        </p>
        <p class="message error" id="email-error" role="alert" data-error />
      </div>
      <button type="submit" class="button primary wide">
        E-mail me a code
      </button>
    </form>
  )
}

function CodeStep({ local }: { local: boolean }) {
  return (
    <form data-step="code" novalidate hidden>
      <h1 tabindex={-1}>Check your mail</h1>
      <p class="hint">
        We sent an eight-digit code to <strong data-address />. It works for ten minutes, in this browser
        only.
      </p>
      {local && (
        <p class="message info">
          <Icon svg={mailIcon} />
          <span>
            Development: mail stays on this machine.{' '}
            <a href="/cdn-cgi/local/explorer/email" target="_blank" rel="noopener">
              Open the local mailbox
            </a>
          </span>
        </p>
      )}
      <div class="field">
        <label for="code">Code</label>
        <input
          id="code"
          name="code"
          class="code-input"
          type="text"
          inputmode="numeric"
          autocomplete="one-time-code"
          placeholder="1234 5678"
          required
          aria-describedby="code-error"
        />
        <p class="message error" id="code-error" role="alert" data-error />
      </div>
      <button type="submit" class="button primary wide">
        Sign in
      </button>
      <div class="actions spread">
        <button type="button" class="button plain" data-back>
          <Icon svg={arrowLeftIcon} />
          Another address
        </button>
        <button type="button" class="button plain" data-resend>
          Resend code
        </button>
      </div>
      <p class="visually-hidden" role="status" data-status />
    </form>
  )
}

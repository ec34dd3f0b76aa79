import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import arrowLeftIcon from 'lucide-static/icons/arrow-left.svg'
import mailIcon from 'lucide-static/icons/mail.svg'
import type { AppEnv } from '../../accounts/asking'
import type { MailedCode } from '../../accounts/codes'
import { isLocal } from '../../http/origin'
import { showEmail } from '../../lib/email'
import { SECOND } from '../../lib/time'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'

interface SignInView {
  /** The path to go on to. */
  next: string
  /** The code that this browser waits for: then the page asks for it, else for an e-mail address. */
  mailed: MailedCode | null
  /** What was typed into the step's field, if that was refused. */
  typed?: string
  error?: string
  status?: ContentfulStatusCode
}

interface Step {
  /** The path of a form, with where to go on to. */
  path: (path: string) => string
  typed: string
  error: string
}

/** Seconds before another code can be asked for: mail takes a moment, and an hour allows only a few. */
const RESEND_AFTER = 30

/** /sign-in: one page, two steps. */
export function renderSignIn(c: Context<AppEnv>, view: SignInView) {
  const { next, mailed, typed = '', error = '', status = 200 } = view
  const query = next === '/photos' ? '' : `?next=${encodeURIComponent(next)}`
  const step = { path: (path: string) => path + query, typed, error }
  return renderPage(c, {
    title: mailed ? 'Check your mail' : 'Sign in',
    script: 'sign-in.js',
    width: 'narrow',
    status,
    children: (
      <div class="card sign-in" data-next={next}>
        {mailed ? (
          <CodeStep {...step} mailed={mailed} local={isLocal(new URL(c.req.url))} />
        ) : (
          <EmailStep {...step} />
        )}
      </div>
    ),
  })
}

function EmailStep({ path, typed, error }: Step) {
  return (
    <form method="post" action={path('/sign-in')} data-step="email" novalidate>
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
          placeholder="you@example.com"
          value={typed}
          required
          autofocus
          aria-invalid={error ? 'true' : undefined}
          aria-describedby="email-privacy email-error"
        />
        <p class="hint small" id="email-privacy">
          Your picture can also be found by a hash of this address, as with Gravatar. A hash can be guessed,
          so whoever knows your address can find your picture, but none of your other photos. You can switch
          that off.
        </p>
        <p class="message error" id="email-error" role="alert" data-error>
          {error}
        </p>
      </div>
      <button type="submit" class="button primary wide">
        E-mail me a code
      </button>
    </form>
  )
}

function CodeStep({ path, typed, error, mailed, local }: Step & { mailed: MailedCode; local: boolean }) {
  const wait = mailed.triesLeft ? Math.max(0, RESEND_AFTER - Math.floor(mailed.age / SECOND)) : 0
  return (
    <form method="post" action={path('/sign-in/code')} data-step="code" novalidate>
      <h1>Check your mail</h1>
      <p class="hint">
        We sent an eight-digit code to <strong class="email">{showEmail(mailed.email)}</strong>. It works for
        ten minutes, in this browser only.
      </p>
      {local && (
        <p class="message info">
          <Icon svg={mailIcon} />
          <span>
            Development: mail stays on this machine.{' '}
            <a href="/cdn-cgi/local/explorer/email/sending" target="_blank" rel="noopener">
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
          value={typed}
          required
          autofocus
          aria-invalid={error ? 'true' : undefined}
          aria-describedby="code-error"
        />
        <p class="message error" id="code-error" role="alert" data-error>
          {error}
        </p>
      </div>
      <button type="submit" class="button primary wide">
        Sign in
      </button>
      <div class="actions spread">
        <button type="submit" class="button plain" formaction={path('/sign-in/other')}>
          <Icon svg={arrowLeftIcon} />
          Another address
        </button>
        <button
          type="submit"
          class="button plain"
          formaction={path('/sign-in/again')}
          data-resend={mailed.email}
          data-wait={wait}
        >
          Resend code
        </button>
      </div>
      <p class="visually-hidden" role="status" data-status />
    </form>
  )
}

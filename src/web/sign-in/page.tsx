import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppEnv } from '../../accounts/asking'
import type { MailedCode } from '../../accounts/codes'
import { isLocal } from '../../http/origin'
import { t as code } from '../../lang/code'
import { t } from '../../lang/sign-in'
import { CodeFields } from '../shared/code-form'
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

/** /sign-in: one page, two steps. */
export function renderSignIn(c: Context<AppEnv>, view: SignInView) {
  const { next, mailed, typed = '', error = '', status = 200 } = view
  const query = next === '/photos' ? '' : `?next=${encodeURIComponent(next)}`
  const step = { path: (path: string) => path + query, typed, error }
  return renderPage(c, {
    title: mailed ? t().checkMail : t().signIn,
    script: 'sign-in',
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
      <h1>{t().title}</h1>
      <p class="hint">{t().noPassword}</p>
      <div class="field">
        <label for="email">{t().email}</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
          placeholder={t().placeholder}
          value={typed}
          required
          autofocus
          aria-invalid={error ? 'true' : undefined}
          aria-describedby="email-privacy email-error"
        />
        <p class="hint small" id="email-privacy">
          {t().privacy}
        </p>
        <p class="message error" id="email-error" role="alert" data-error>
          {error}
        </p>
      </div>
      <button type="submit" class="button primary wide">
        {code().mail}
      </button>
    </form>
  )
}

function CodeStep({ path, typed, error, mailed, local }: Step & { mailed: MailedCode; local: boolean }) {
  return (
    <form method="post" action={path('/sign-in/code')} data-step="code" novalidate>
      <h1>{t().checkMail}</h1>
      <CodeFields
        id="code"
        mailed={mailed}
        local={local}
        typed={typed}
        error={error}
        autofocus
        submit={{ text: t().signIn }}
        again={{ path: path('/sign-in/again') }}
        leave={{ text: t().other, path: path('/sign-in/other') }}
      />
    </form>
  )
}

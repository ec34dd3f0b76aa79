import type { SessionJson } from '../../accounts/answers'
import { t } from '../../lang/settings'
import { t as shared } from '../../lang/shared'
import { showEmail } from '../../lib/email'
import { SessionRow } from './session-row'

/** The browsers that are signed in, and signing them out. */
export function Sessions({ email, sessions }: { email: string; sessions: SessionJson[] }) {
  return (
    <section class="card" aria-labelledby="sessions-title" data-sessions>
      <h2 id="sessions-title" tabindex={-1}>
        {t().sessions.title}
      </h2>
      <p class="hint">
        {t().sessions.before}
        <strong class="email" data-primary-email>
          {showEmail(email)}
        </strong>
        {t().sessions.after}
      </p>
      <ul class="rows" data-session-list>
        {sessions.map((session) => (
          <SessionRow session={session} />
        ))}
      </ul>
      <button type="button" class="button danger" data-end-others hidden={sessions.length < 2}>
        {t().sessions.endOthers}
      </button>
    </section>
  )
}

/** Asks before other browsers are signed out. */
export function EndDialog() {
  return (
    <dialog data-end-dialog aria-labelledby="end-title" aria-describedby="end-text">
      <form method="dialog">
        <h2 id="end-title">{t().sessions.question}</h2>
        <p id="end-text">{t().sessions.warning}</p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            {shared().cancel}
          </button>
          <button type="submit" class="button danger solid" value="end">
            {t().sessions.confirm}
          </button>
        </div>
      </form>
    </dialog>
  )
}

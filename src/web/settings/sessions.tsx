import type { SessionJson } from '../../accounts/answers'
import { showEmail } from '../../lib/email'
import { SessionRow } from './session-row'

/** The browsers that are signed in, and signing them out. */
export function Sessions({ email, sessions }: { email: string; sessions: SessionJson[] }) {
  return (
    <section class="card" aria-labelledby="sessions-title" data-sessions>
      <h2 id="sessions-title" tabindex={-1}>
        Signed-in browsers
      </h2>
      <p class="hint">
        You are signed in as{' '}
        <strong class="email" data-primary-email>
          {showEmail(email)}
        </strong>
        . A browser that is not used for 30 days is signed out.
      </p>
      <ul class="rows" data-session-list>
        {sessions.map((session) => (
          <SessionRow session={session} />
        ))}
      </ul>
      <button type="button" class="button danger" data-end-others hidden={sessions.length < 2}>
        End all others
      </button>
    </section>
  )
}

/** Asks before other browsers are signed out. */
export function EndDialog() {
  return (
    <dialog data-end-dialog aria-labelledby="end-title" aria-describedby="end-text">
      <form method="dialog">
        <h2 id="end-title">End all other sessions?</h2>
        <p id="end-text">Every browser but this one is signed out at its next request. API tokens stay.</p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            Cancel
          </button>
          <button type="submit" class="button danger solid" value="end">
            End them
          </button>
        </div>
      </form>
    </dialog>
  )
}

import { showEmail } from '../../lib/email'
import { CodeFields, type Mailed } from '../shared/code-form'

interface DeletionView {
  /** The primary address, to which the code is mailed. */
  email: string
  /** The code that this browser waits for. */
  mailed: Mailed | null
  local: boolean
}

/** Deleting the account: what goes, then the code that says it is meant. */
export function Deletion({ email, mailed, local }: DeletionView) {
  return (
    <section class="card" aria-labelledby="deletion-title" data-deletion data-local={local ? '' : undefined}>
      <h2 id="deletion-title" tabindex={-1}>
        Delete account
      </h2>
      <p>
        Everything goes, for good: your profile, all addresses, all photos and all API tokens, and every
        browser is signed out. Your URLs show nothing of you from the next request; others may hold the
        picture up to five minutes. <a href="#export-title">Export</a> first what you want to keep.
      </p>
      <DeletionForm email={email} mailed={mailed} local={local} />
    </section>
  )
}

/** Its step of now, drawn by the page and by its browser code. */
export function DeletionForm({
  email,
  mailed,
  local,
}: {
  email: string
  mailed: Mailed | null
  local: boolean
}) {
  if (mailed) {
    return (
      <form method="post" action="/settings" class="steps" data-delete data-step="code" novalidate>
        <CodeFields
          id="deletion-code"
          mailed={mailed}
          local={local}
          error={mailed.refusal}
          submit={{ text: 'Delete everything', danger: true }}
          again={{ path: '/settings' }}
          leave={{ text: 'Keep my account', path: '/settings/deletion/other' }}
        />
      </form>
    )
  }
  return (
    <form method="post" action="/settings" class="steps" data-delete data-step="ask" novalidate>
      <p class="hint small">
        To be sure that it is you, we mail a code to{' '}
        <strong class="email" data-primary-email>
          {showEmail(email)}
        </strong>
        . Nothing is deleted before you type it in.
      </p>
      <p class="message error" role="alert" data-error />
      <button type="submit" class="button danger">
        E-mail me the code
      </button>
    </form>
  )
}

import { t } from '../../lang/settings'
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
        {t().deletion.title}
      </h2>
      <p>
        {t().deletion.before}
        <a href="#export-title">{t().deletion.export}</a>
        {t().deletion.after}
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
      <form method="post" action="/settings/data" class="steps" data-delete data-step="code" novalidate>
        <CodeFields
          id="deletion-code"
          mailed={mailed}
          local={local}
          error={mailed.refusal}
          submit={{ text: t().deletion.submit, danger: true }}
          again={{ path: '/settings/data' }}
          leave={{ text: t().deletion.keep, path: '/settings/deletion/other' }}
        />
      </form>
    )
  }
  return (
    <form method="post" action="/settings/data" class="steps" data-delete data-step="ask" novalidate>
      <p class="hint small">
        {t().deletion.sureBefore}
        <strong class="email" data-primary-email>
          {showEmail(email)}
        </strong>
        {t().deletion.sureAfter}
      </p>
      <p class="message error" role="alert" data-error />
      <button type="submit" class="button danger">
        {t().deletion.ask}
      </button>
    </form>
  )
}

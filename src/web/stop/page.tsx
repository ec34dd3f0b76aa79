import type { Context } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { t } from '../../lang/invitations'
import { t as problems } from '../../lang/problem-page'
import { renderPage } from '../shared/layout'

/** /stop/{token}: asks whether a mailbox is to be left in peace, or says that it is. */
export function renderStop(c: Context<AppEnv>, { isDone }: { isDone: boolean }) {
  const { title, lead, hint, button, done, doneHint } = t().stop
  return renderPage(c, {
    title,
    width: 'narrow',
    children: (
      <section class="problem">
        <h1>{title}</h1>
        {/* Without a path: the token stands in the address of the page alone. */}
        <form method="post">
          <p class="lead" role={isDone ? 'status' : undefined}>
            {isDone ? done : lead}
          </p>
          <p class="hint">{isDone ? doneHint : hint}</p>
          <p class="actions">
            {isDone ? (
              <a class="button" href="/">
                {problems().toStart}
              </a>
            ) : (
              <button type="submit" class="button primary">
                {button}
              </button>
            )}
          </p>
        </form>
      </section>
    ),
  })
}

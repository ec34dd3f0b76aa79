import type { Context } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { CODES, type Code } from '../../http/problems'
import { t } from '../../lang/docs'
import { t as problems } from '../../lang/problems'
import { renderPage } from '../shared/layout'
import { DocsTabs } from './tabs'

/** /docs/errors: every code of the API; the `type` of a problem points here. */
export function renderErrorDocs(c: Context<AppEnv>) {
  return renderPage(c, {
    title: t().errors,
    children: (
      <div class="docs-errors">
        <DocsTabs current="/docs/errors" />
        <h1>{t().errors}</h1>
        <p class="lead">
          {t().errorsBefore}
          <code>application/problem+json</code>
          {t().errorsBetween}
          <code>code</code>
          {t().errorsAnd}
          <code>detail</code>
          {t().errorsAfter}
        </p>
        <dl class="codes">
          {Object.entries(CODES).map(([code, status]) => (
            <div id={code}>
              <dt>
                <a href={`#${code}`}>
                  <code>{code}</code>
                </a>
              </dt>
              <dd>
                <span class="badge">{status}</span> {problems()[code as Code]}
              </dd>
            </div>
          ))}
        </dl>
      </div>
    ),
  })
}

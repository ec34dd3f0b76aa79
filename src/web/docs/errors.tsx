import type { Context } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { CODES, type Code } from '../../http/problems'
import { t } from '../../lang/problems'
import { renderPage } from '../shared/layout'

/** /docs/errors: every code of the API; the `type` of a problem points here. */
export function renderErrorDocs(c: Context<AppEnv>) {
  return renderPage(c, {
    title: 'Error codes',
    width: 'narrow',
    children: (
      <>
        <h1>Error codes</h1>
        <p class="lead">
          Every error of the API is <code>application/problem+json</code> (RFC 9457). Its <code>code</code> is
          one of these and stays the same; its <code>detail</code> is for people and may change.
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
                <span class="badge">{status}</span> {t()[code as Code]}
              </dd>
            </div>
          ))}
        </dl>
      </>
    ),
  })
}

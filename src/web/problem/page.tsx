import type { Context } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { describeProblem, type Problem } from '../../http/problems'
import { t } from '../../lang/problem-page'
import { setPageHeaders } from '../shared/headers'
import { renderPage } from '../shared/layout'

const HEADINGS: Partial<Record<number, 'nothing' | 'signInFirst' | 'notAllowed' | 'tooFast' | 'ourFault'>> = {
  404: 'nothing',
  401: 'signInFirst',
  403: 'notAllowed',
  429: 'tooFast',
  503: 'ourFault',
}

/** The page for what went wrong, for browsers; programs get `problemResponse`. */
export function renderProblem(c: Context<AppEnv>, problem: Problem) {
  setPageHeaders(c)
  if (problem.status === 503 || problem.status === 429)
    c.header('retry-after', String(problem.retryAfter ?? 5))
  const heading = t()[HEADINGS[problem.status] ?? 'failed']
  return renderPage(c, {
    title: heading,
    width: 'narrow',
    status: problem.status,
    children: (
      <section class="problem">
        <img src={`/avatar/${problem.status}?d=robohash&f=y&s=240`} width="120" height="120" alt="" />
        <h1>{heading}</h1>
        <p class="lead">{problem.code === 'not_found' ? t().mistyped : describeProblem(problem)}</p>
        <p class="actions">
          <a class="button primary" href={c.var.user ? '/photos' : '/'}>
            {c.var.user ? t().toPhotos : t().toStart}
          </a>
          {problem.status === 503 && (
            <a class="button" href={new URL(c.req.url).search || '?'}>
              {t().again}
            </a>
          )}
        </p>
        <p class="hint">
          {problem.status} · {t().code} <a href={`/docs/errors#${problem.code}`}>{problem.code}</a>
        </p>
      </section>
    ),
  })
}

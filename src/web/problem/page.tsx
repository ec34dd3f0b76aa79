import type { Context } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import type { Problem } from '../../http/problems'
import { setPageHeaders } from '../shared/headers'
import { renderPage } from '../shared/layout'

const HEADINGS: Partial<Record<number, string>> = {
  404: 'There is nothing here',
  401: 'Sign in first',
  403: 'That is not allowed',
  429: 'A little too fast',
  503: 'Something on our side failed',
}

/** The page for what went wrong, for browsers; programs get `problemResponse`. */
export function renderProblem(c: Context<AppEnv>, problem: Problem) {
  setPageHeaders(c)
  if (problem.status === 503 || problem.status === 429)
    c.header('retry-after', String(problem.retryAfter ?? 5))
  const heading = HEADINGS[problem.status] ?? 'That did not work'
  return renderPage(c, {
    title: heading,
    width: 'narrow',
    status: problem.status,
    children: (
      <section class="problem">
        <p class="problem-status" aria-hidden="true">
          {problem.status}
        </p>
        <h1>{heading}</h1>
        <p class="lead">
          {problem.code === 'not_found'
            ? 'The link may be mistyped, or what it showed is gone or not shared with you.'
            : problem.message}
        </p>
        <p class="actions">
          <a class="button primary" href={c.var.user ? '/photos' : '/'}>
            {c.var.user ? 'To my photos' : 'To the start page'}
          </a>
          {problem.status === 503 && (
            <a class="button" href={new URL(c.req.url).search || '?'}>
              Try again
            </a>
          )}
        </p>
        <p class="hint">
          Code: <a href={`/docs/errors#${problem.code}`}>{problem.code}</a>
        </p>
      </section>
    ),
  })
}

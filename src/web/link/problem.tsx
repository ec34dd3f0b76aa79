import type { Context } from 'hono'
import type { Problem } from '../../http/problems'
import { renderLinkPage } from './layout'

const HEADINGS: Partial<Record<number, string>> = {
  404: 'There is nothing here',
  429: 'Too many tries',
  503: 'Something on our side failed',
}

/**
 * The page for what went wrong at a link. That there is nothing is said in the same bytes whatever the reason, and
 * whoever asks.
 */
export function renderLinkProblem(c: Context, problem: Problem) {
  const { status } = problem
  if (status === 503 || status === 429) c.header('retry-after', String(problem.retryAfter ?? 5))
  const heading = HEADINGS[status] ?? 'That did not work'
  const text =
    status === 404
      ? 'The link may be mistyped, or it has expired, or whoever sent it has withdrawn it.'
      : problem.message
  return renderLinkPage(c, {
    title: heading,
    width: 'narrow',
    status,
    children: (
      <section class="problem">
        <p class="problem-status" aria-hidden="true">
          {status}
        </p>
        <h1>{heading}</h1>
        <p class="lead">{text}</p>
        {(status === 503 || status === 429) && (
          <p class="actions">
            <a class="button" href="?">
              Try again
            </a>
          </p>
        )}
      </section>
    ),
  })
}

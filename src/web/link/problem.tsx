import type { Context } from 'hono'
import { describeProblem, type Problem } from '../../http/problems'
import { t } from '../../lang/problem-page'
import { renderLinkPage } from './layout'

const HEADINGS: Partial<Record<number, 'nothing' | 'tooManyTries' | 'ourFault'>> = {
  404: 'nothing',
  429: 'tooManyTries',
  503: 'ourFault',
}

/**
 * The page for what went wrong at a link. That there is nothing is said in the same bytes whatever the reason, and
 * whoever asks.
 */
export function renderLinkProblem(c: Context, problem: Problem) {
  const { status } = problem
  if (status === 503 || status === 429) c.header('retry-after', String(problem.retryAfter ?? 5))
  const heading = t()[HEADINGS[status] ?? 'failed']
  const text = status === 404 ? t().linkMistyped : describeProblem(problem)
  return renderLinkPage(c, {
    title: heading,
    width: 'narrow',
    status,
    children: (
      <section class="problem">
        <img src={`/avatar/${status}?d=robohash&f=y&s=240`} width="120" height="120" alt="" />
        <h1>{heading}</h1>
        <p class="lead">{text}</p>
        {(status === 503 || status === 429) && (
          <p class="actions">
            <a class="button" href="?">
              {t().again}
            </a>
          </p>
        )}
      </section>
    ),
  })
}

import { t } from '../../lang/docs'

/** The pages of the documentation. */
const TABS = { '/docs': 'guide', '/docs/api': 'api', '/docs/errors': 'errors' } as const

/** The way from one page of the documentation to another. */
export function DocsTabs({ current }: { current: keyof typeof TABS }) {
  return (
    <nav class="tabs docs-tabs" aria-label={t().pages}>
      {Object.entries(TABS).map(([href, name]) => (
        <a href={href} aria-current={href === current ? 'page' : undefined}>
          {t()[name]}
        </a>
      ))}
    </nav>
  )
}

import { t } from '../../lang/received'

const TABS = [
  ['/shared', 'shared'],
  ['/tagged', 'tagged'],
] as const

/** What others have to do with: what they share, and where they see one. */
export function SharedTabs({ current }: { current: (typeof TABS)[number][0] }) {
  return (
    <nav class="tabs" aria-label={t().fromOthers}>
      {TABS.map(([href, text]) => (
        <a href={href} aria-current={href === current ? 'page' : undefined}>
          {t()[text]}
        </a>
      ))}
    </nav>
  )
}

const TABS = [
  ['/shared', 'Shared with me'],
  ['/tagged', 'Photos of me'],
] as const

/** What others have to do with: what they share, and where they see one. */
export function SharedTabs({ current }: { current: (typeof TABS)[number][0] }) {
  return (
    <nav class="tabs" aria-label="From others">
      {TABS.map(([href, text]) => (
        <a href={href} aria-current={href === current ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  )
}

import { t } from '../../lang/layout'

/** The pages of the documentation. */
export function DocsTabs({ path }: { path: string }) {
  const pages = [
    ['/docs', t().embeddingGuide],
    ['/docs/api', t().apiReference],
    ['/docs/errors', t().errorCodes],
  ] as const
  return (
    <nav class="tabs" aria-label={t().docs}>
      {pages.map(([href, text]) => (
        <a href={href} aria-current={href === path ? 'page' : undefined}>
          {text}
        </a>
      ))}
    </nav>
  )
}

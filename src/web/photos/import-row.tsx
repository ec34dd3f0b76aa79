import { t } from '../../lang/photos'
import type { ImportSource } from '../../uploads/schemas'

const SERVICES: [ImportSource, string][] = [
  ['gravatar', 'Gravatar'],
  ['libravatar', 'Libravatar'],
]

/** Fetching the picture that the person has elsewhere, so that nobody has to start from nothing. */
export function ImportRow({ email, isOpen }: { email: string; isOpen: boolean }) {
  return (
    <details class="import" data-imports data-email={email} open={isOpen}>
      <summary>
        <span class="as-panel">{t().imports.open}</span>
        <span class="as-step">{t().imports.from}</span>
      </summary>
      <div class="import-choices">
        {SERVICES.map(([source, name]) => (
          <button type="button" class="button small" data-import={source} data-name={name}>
            <span class="visually-hidden">{t().imports.from} </span>
            {name}
          </button>
        ))}
      </div>
      <p class="hint small">{t().imports.asked(email)}</p>
      <div class="import-state">
        <progress aria-label={t().imports.bar} hidden />
        <p class="hint small" role="status" data-state />
        <p class="message error" role="alert" data-error />
      </div>
    </details>
  )
}

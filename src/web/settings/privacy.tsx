import type { MeJson } from '../../accounts/answers'
import { t } from '../../lang/settings'

const POLICIES = ['anyone', 'nobody'] as const

/** Who may tag a person in photos. */
export function Privacy({ user }: { user: MeJson }) {
  return (
    <section class="card" aria-labelledby="privacy-title" data-privacy>
      <h2 id="privacy-title" tabindex={-1}>
        {t().tags.title}
      </h2>
      <fieldset class="field" aria-describedby="tag-policy-hint">
        <legend>{t().tags.who}</legend>
        {POLICIES.map((policy) => (
          <label class="check">
            <input type="radio" name="tagPolicy" value={policy} checked={user.tagPolicy === policy} />
            <span>{t().tags[policy]}</span>
          </label>
        ))}
      </fieldset>
      <p class="hint small" id="tag-policy-hint">
        {t().tags.hint}
        <a href="/tagged">{t().tags.tagged}</a>.
      </p>
    </section>
  )
}

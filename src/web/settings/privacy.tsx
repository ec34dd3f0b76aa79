import type { MeJson } from '../../accounts/answers'

const POLICIES = [
  ['anyone', 'Anyone who may: owners in their photos, others where you see the photo'],
  ['nobody', 'Nobody but myself'],
] as const

/** Who may tag a person in photos. */
export function Privacy({ user }: { user: MeJson }) {
  return (
    <section class="card" aria-labelledby="privacy-title" data-privacy>
      <h2 id="privacy-title" tabindex={-1}>
        Privacy
      </h2>
      <fieldset class="field" aria-describedby="tag-policy-hint">
        <legend>Who may tag me</legend>
        {POLICIES.map(([policy, text]) => (
          <label class="check">
            <input type="radio" name="tagPolicy" value={policy} checked={user.tagPolicy === policy} />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <p class="hint small" id="tag-policy-hint">
        Nobody is told which you chose. Tags that are there stay: remove yourself under{' '}
        <a href="/tagged">Photos of me</a>.
      </p>
    </section>
  )
}

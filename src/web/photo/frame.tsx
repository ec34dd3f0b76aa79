import { t } from '../../lang/tags'

/** What is drawn over a picture to tag somebody, and the bar below it that says how. */

const CORNERS = ['nw', 'ne', 'sw', 'se'] as const

/** A box that is being drawn. It takes the arrow keys, which screen readers keep for themselves elsewhere. */
export function DraftBox() {
  return (
    <div
      class="draft"
      role="application"
      aria-roledescription={t().boxKind}
      aria-label={t().box}
      aria-describedby="frame-keys"
      tabindex={0}
      data-draft
    >
      {CORNERS.map((corner) => (
        <span class={`handle ${corner}`} data-corner={corner} />
      ))}
    </div>
  )
}

export function TagBar() {
  return (
    <fieldset class="tag-bar" aria-label={t().start} data-tag-bar hidden>
      <p data-help />
      <p class="hint small" id="frame-keys">
        {t().boxKeys}
      </p>
      <p class="message error" role="alert" data-bar-error />
      <div class="actions">
        <button type="button" class="button primary" data-go-on />
        <button type="button" class="button" data-leave />
      </div>
    </fieldset>
  )
}

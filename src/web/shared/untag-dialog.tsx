import { t } from '../../lang/received'

/** Asks before somebody takes themself away from a photo: it cannot be undone. */
export function UntagDialog() {
  return (
    <dialog data-untag-dialog aria-labelledby="untag-title" aria-describedby="untag-text">
      <form method="dialog">
        <h2 id="untag-title">{t().untagTitle}</h2>
        <p id="untag-text">{t().untagText}</p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            {t().stayTagged}
          </button>
          <button type="submit" class="button danger solid" value="untag">
            {t().removeMe}
          </button>
        </div>
      </form>
    </dialog>
  )
}

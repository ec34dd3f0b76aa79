import xIcon from 'lucide-static/icons/x.svg'
import { t } from '../../lang/shared'
import { Icon } from './icon'

/** One's own photos, to pick those from that are added. */
export function PickDialog({ title, none }: { title: string; none: string }) {
  return (
    <dialog class="pick" data-pick-dialog aria-labelledby="pick-title">
      <form method="dialog" novalidate>
        <div class="dialog-head">
          <h2 id="pick-title">{title}</h2>
          <button type="submit" class="button plain square" value="cancel" aria-label={t().close}>
            <Icon svg={xIcon} />
          </button>
        </div>
        <p class="hint" data-none hidden>
          {none}
        </p>
        <fieldset class="picks" aria-labelledby="pick-title" data-picks />
        <p class="more" data-more hidden>
          <button type="button" class="button">
            {t().morePhotos}
          </button>
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end sticky">
          <button type="submit" class="button" value="cancel">
            {t().cancel}
          </button>
          <button type="submit" class="button primary" value="add" data-add>
            {t().add}
          </button>
        </div>
      </form>
    </dialog>
  )
}

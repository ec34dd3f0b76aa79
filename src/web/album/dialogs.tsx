import { t } from '../../lang/albums'

/** Asks before the album is deleted, or left. */
export function EndDialog({ isOwner }: { isOwner: boolean }) {
  return (
    <dialog data-end-dialog aria-labelledby="end-title" aria-describedby="end-text">
      <form method="dialog">
        <h2 id="end-title">{isOwner ? t().deleteTitle : t().leaveTitle}</h2>
        <p id="end-text">{isOwner ? t().deleteText : t().leaveText}</p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            {isOwner ? t().keep : t().stay}
          </button>
          <button type="submit" class="button danger solid" value="end">
            {isOwner ? t().doDelete : t().doLeave}
          </button>
        </div>
      </form>
    </dialog>
  )
}

import xIcon from 'lucide-static/icons/x.svg'
import { Icon } from '../shared/icon'

/** Asks before the album is deleted, or left. */
export function EndDialog({ isOwner }: { isOwner: boolean }) {
  return (
    <dialog data-end-dialog aria-labelledby="end-title" aria-describedby="end-text">
      <form method="dialog">
        <h2 id="end-title">{isOwner ? 'Delete this album?' : 'Leave this album?'}</h2>
        <p id="end-text">
          {isOwner
            ? 'Nobody sees it any more, and its links end. No photo is deleted: each stays with whose it is.'
            : 'You see it no more, and photos that you added go out of it. They stay among yours.'}
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            {isOwner ? 'Keep it' : 'Stay'}
          </button>
          <button type="submit" class="button danger solid" value="end">
            {isOwner ? 'Delete' : 'Leave'}
          </button>
        </div>
      </form>
    </dialog>
  )
}

/** One's own photos, to pick those from that are added. */
export function PickDialog() {
  return (
    <dialog class="pick" data-pick-dialog aria-labelledby="pick-title">
      <form method="dialog" novalidate>
        <div class="dialog-head">
          <h2 id="pick-title">Add photos of yours</h2>
          <button type="submit" class="button plain square" value="cancel" aria-label="Close">
            <Icon svg={xIcon} />
          </button>
        </div>
        <p class="hint" data-none hidden>
          There are no photos of yours yet. Upload some into the album.
        </p>
        <fieldset class="picks" aria-labelledby="pick-title" data-picks />
        <p class="more" data-more hidden>
          <button type="button" class="button">
            Show more photos
          </button>
        </p>
        <p class="message error" role="alert" data-error />
        <div class="actions end sticky">
          <button type="submit" class="button" value="cancel">
            Cancel
          </button>
          <button type="submit" class="button primary" value="add" data-add>
            Add
          </button>
        </div>
      </form>
    </dialog>
  )
}

import albumIcon from 'lucide-static/icons/library.svg'
import plusIcon from 'lucide-static/icons/plus.svg'
import trashIcon from 'lucide-static/icons/trash-2.svg'
import shareIcon from 'lucide-static/icons/user-round-plus.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { Icon } from '../shared/icon'
import type { AlbumJson } from '../shared/sharing'
import { countPhotos } from '../shared/words'

/** What can be done with the photos that are selected; in sight while some are. */
export function SelectionBar() {
  return (
    <section class="selection" aria-label="Selected photos" data-selection hidden>
      <button type="button" class="button plain small square" aria-label="Select none" data-select-none>
        <Icon svg={xIcon} />
      </button>
      <p class="grow" role="status" data-selected />
      <button type="button" class="button small" aria-haspopup="dialog" data-share-selected>
        <Icon svg={shareIcon} />
        <span>Share</span>
      </button>
      <button type="button" class="button small" aria-haspopup="dialog" data-add-selected>
        <Icon svg={albumIcon} />
        <span>To album</span>
      </button>
      <button type="button" class="button small danger" aria-haspopup="dialog" data-delete-selected>
        <Icon svg={trashIcon} />
        <span>Delete</span>
      </button>
      <progress
        class="selection-progress"
        hidden
        data-selection-progress
        aria-label="Done of the selected photos"
      />
    </section>
  )
}

/** Asks which album the selected photos are added to; a new one can be made for them. */
export function AlbumDialog() {
  return (
    <dialog data-album-dialog aria-labelledby="album-dialog-title">
      <form method="dialog" novalidate>
        <div class="dialog-head">
          <h2 id="album-dialog-title">Add to an album</h2>
          <button type="submit" class="button plain square" value="cancel" aria-label="Close">
            <Icon svg={xIcon} />
          </button>
        </div>
        <fieldset class="rows" aria-labelledby="album-dialog-title" data-albums />
        <div class="field" data-new-album>
          <label for="new-album">Title of the new album</label>
          <input id="new-album" name="title" maxlength={100} dir="auto" autocomplete="off" />
        </div>
        <p class="message error" role="alert" data-error />
        <div class="actions end sticky">
          <button type="submit" class="button" value="cancel">
            Cancel
          </button>
          <button type="submit" class="button primary" value="add">
            Add
          </button>
        </div>
      </form>
    </dialog>
  )
}

/** The albums that one may add to, and a new one. Drawn by browser code. */
export function AlbumChoices({ albums }: { albums: AlbumJson[] }) {
  return (
    <div>
      <label class="place">
        <input type="radio" name="album" value="new" checked={albums.length === 0} />
        <Icon svg={plusIcon} />
        <strong class="grow">A new album</strong>
      </label>
      {albums.map(({ id, title, role, owner, photoCount }, at) => (
        <label class="place">
          <input type="radio" name="album" value={id} checked={at === 0} />
          <span class="grow">
            <strong dir="auto">{title}</strong>
            <span class="hint small">
              {countPhotos(photoCount)}
              {role !== 'owner' && `, of ${owner.name}`}
            </span>
          </span>
        </label>
      ))}
    </div>
  )
}

import plusIcon from 'lucide-static/icons/plus.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { t } from '../../../lang/photos'
import { t as shared } from '../../../lang/shared'
import { Icon } from '../icon'
import type { AlbumJson } from '../sharing'
import { countPhotos } from '../words'

/** Asks which album the selected photos are added to; a new one can be made for them. */
export function AlbumDialog() {
  return (
    <dialog data-album-dialog aria-labelledby="album-dialog-title">
      <form method="dialog" novalidate>
        <div class="dialog-head">
          <h2 id="album-dialog-title">{t().album.title}</h2>
          <button type="submit" class="button plain square" value="cancel" aria-label={shared().close}>
            <Icon svg={xIcon} />
          </button>
        </div>
        <fieldset class="rows" aria-labelledby="album-dialog-title" data-albums />
        <div class="field" data-new-album>
          <label for="new-album">{t().album.titleOf}</label>
          <input id="new-album" name="title" maxlength={100} dir="auto" autocomplete="off" />
        </div>
        <p class="message error" role="alert" data-error />
        <div class="actions end sticky">
          <button type="submit" class="button" value="cancel">
            {shared().cancel}
          </button>
          <button type="submit" class="button primary" value="add">
            {shared().add}
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
        <strong class="grow">{t().album.fresh}</strong>
      </label>
      {albums.map(({ id, title, role, owner, photoCount }, at) => (
        <label class="place">
          <input type="radio" name="album" value={id} checked={at === 0} />
          <span class="grow">
            <strong dir="auto">{title}</strong>
            <span class="hint small">
              {role === 'owner' ? countPhotos(photoCount) : t().album.of(countPhotos(photoCount), owner.name)}
            </span>
          </span>
        </label>
      ))}
    </div>
  )
}

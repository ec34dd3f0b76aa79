import downloadIcon from 'lucide-static/icons/download.svg'
import albumIcon from 'lucide-static/icons/library.svg'
import plusIcon from 'lucide-static/icons/plus.svg'
import trashIcon from 'lucide-static/icons/trash-2.svg'
import pictureIcon from 'lucide-static/icons/user-round-check.svg'
import shareIcon from 'lucide-static/icons/user-round-plus.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { t } from '../../lang/photos'
import { t as shared } from '../../lang/shared'
import { Icon } from '../shared/icon'
import type { AlbumJson } from '../shared/sharing'
import { countPhotos } from '../shared/words'

/** What can be done with the photos that are selected; in sight while some are. */
export function SelectionBar() {
  const { selection } = t()
  return (
    <section class="selection" aria-label={selection.label} data-selection hidden>
      <button
        type="button"
        class="button plain small square"
        aria-label={selection.none}
        title={selection.none}
        data-select-none
      >
        <Icon svg={xIcon} />
      </button>
      <p class="grow" role="status" data-selected />
      <div class="selection-tools">
        <Tool name="use" icon={pictureIcon} text={selection.use} short={selection.useShort} />
        <Tool name="share" icon={shareIcon} text={selection.share} opens />
        <Tool name="add" icon={albumIcon} text={selection.album} opens />
        <Tool name="zip" icon={downloadIcon} text={selection.zipHint} short={selection.zip} />
        <Tool name="delete" icon={trashIcon} text={selection.remove} danger />
      </div>
      <progress class="selection-progress" hidden data-selection-progress aria-label={selection.progress} />
    </section>
  )
}

interface ToolView {
  name: string
  icon: string
  text: string
  /** What is seen of the text. */
  short?: string
  opens?: boolean
  danger?: boolean
}

function Tool({ name, icon, text, short = text, opens = false, danger = false }: ToolView) {
  return (
    <button
      type="button"
      class={danger ? 'button small danger' : 'button small'}
      aria-haspopup={opens ? 'dialog' : undefined}
      aria-label={short === text ? undefined : text}
      title={text}
      data-tool={name}
    >
      <Icon svg={icon} />
      <span>{short}</span>
    </button>
  )
}

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

import downloadIcon from 'lucide-static/icons/download.svg'
import albumIcon from 'lucide-static/icons/library.svg'
import trashIcon from 'lucide-static/icons/trash-2.svg'
import pictureIcon from 'lucide-static/icons/user-round-check.svg'
import shareIcon from 'lucide-static/icons/user-round-plus.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { t } from '../../lang/photos'
import { Icon } from '../shared/icon'

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

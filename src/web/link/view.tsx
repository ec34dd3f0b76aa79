import leftIcon from 'lucide-static/icons/chevron-left.svg'
import rightIcon from 'lucide-static/icons/chevron-right.svg'
import downloadIcon from 'lucide-static/icons/download.svg'
import closeIcon from 'lucide-static/icons/x.svg'
import { t } from '../../lang/link'
import type { LinkedPhoto } from '../../sharing/links/shown'
import { Icon } from '../shared/icon'
import { type Linked, largePath, linkedPath, linkedSrcset } from './paths'

interface View {
  linked: Linked
  photo: LinkedPhoto
  /** What the photo is called aloud. */
  name: string
  /** Those beside it on this page of the album. */
  previous: LinkedPhoto | undefined
  next: LinkedPhoto | undefined
  /** Whether it is a page of its own, as without script. */
  alone?: boolean
}

/**
 * A photo as large as the window, over everything. Alone it is a page; those that the script opens lie in a template, so
 * that no browser asks for their pictures before.
 */
export function LargeView({ linked, photo, name, previous, next, alone = false }: View) {
  return (
    <section
      class={alone ? 'view open' : 'view'}
      id={`p-${photo.id}`}
      aria-label={name}
      tabindex={-1}
      data-view={photo.id}
    >
      {alone && <h1 class="visually-hidden">{name}</h1>}
      <img
        src={linkedPath(linked, photo.id, 1280)}
        srcset={linkedSrcset(linked, photo.id, [640, 960, 1280, 2048])}
        sizes="100vw"
        width={photo.width}
        height={photo.height}
        alt={name}
        loading={alone ? undefined : 'lazy'}
      />
      <div class="view-bar">
        {linked.download && (
          <a
            class="view-button"
            href={`${linkedPath(linked, photo.id)}?original`}
            download
            aria-label={t().download}
          >
            <Icon svg={downloadIcon} />
          </a>
        )}
        <a
          class="view-button"
          href={largePath(linked, null, photo.id)}
          aria-label={t().close}
          data-way="close"
        >
          <Icon svg={closeIcon} />
        </a>
      </div>
      {previous && <Beside linked={linked} photo={previous} way="previous" icon={leftIcon} />}
      {next && <Beside linked={linked} photo={next} way="next" icon={rightIcon} />}
    </section>
  )
}

function Beside(props: { linked: Linked; photo: LinkedPhoto; way: 'previous' | 'next'; icon: string }) {
  const { linked, photo, way, icon } = props
  return (
    <a
      class={`view-button ${way}`}
      href={largePath(linked, photo.id)}
      aria-label={way === 'next' ? t().next : t().previous}
      data-way={way}
      data-to={photo.id}
    >
      <Icon svg={icon} />
    </a>
  )
}

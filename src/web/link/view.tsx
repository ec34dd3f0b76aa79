import leftIcon from 'lucide-static/icons/chevron-left.svg'
import rightIcon from 'lucide-static/icons/chevron-right.svg'
import downloadIcon from 'lucide-static/icons/download.svg'
import closeIcon from 'lucide-static/icons/x.svg'
import type { LinkedPhoto } from '../../sharing/links/shown'
import { Icon } from '../shared/icon'
import { type Linked, linkedPath, linkedSrcset } from './paths'

interface View {
  linked: Linked
  photo: LinkedPhoto
  /** What the photo is called aloud. */
  name: string
  /** Those beside it on this page. */
  previous: LinkedPhoto | undefined
  next: LinkedPhoto | undefined
}

/**
 * A photo as large as the window, over everything. It shows while the URL names it (`:target`), so that it works by links
 * alone; until then its picture is not asked for. The script adds keys, swipes and where the focus goes.
 */
export function LargeView({ linked, photo, name, previous, next }: View) {
  return (
    <section class="view" id={`p-${photo.id}`} aria-label={name} tabindex={-1} data-view>
      <img
        src={linkedPath(linked, photo.id, 1280)}
        srcset={linkedSrcset(linked, photo.id, [640, 960, 1280, 2048])}
        sizes="100vw"
        width={photo.width}
        height={photo.height}
        alt={name}
        loading="lazy"
      />
      <div class="view-bar">
        {linked.download && (
          <a
            class="view-button"
            href={`${linkedPath(linked, photo.id)}?original`}
            download
            aria-label="Download"
          >
            <Icon svg={downloadIcon} />
          </a>
        )}
        <a class="view-button" href={`#t-${photo.id}`} aria-label="Close" data-close>
          <Icon svg={closeIcon} />
        </a>
      </div>
      {previous && (
        <a class="view-button previous" href={`#p-${previous.id}`} aria-label="Previous photo" data-previous>
          <Icon svg={leftIcon} />
        </a>
      )}
      {next && (
        <a class="view-button next" href={`#p-${next.id}`} aria-label="Next photo" data-next>
          <Icon svg={rightIcon} />
        </a>
      )}
    </section>
  )
}

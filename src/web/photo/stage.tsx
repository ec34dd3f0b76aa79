import chevronLeftIcon from 'lucide-static/icons/chevron-left.svg'
import chevronRightIcon from 'lucide-static/icons/chevron-right.svg'
import { WIDTHS } from '../../renditions/sizes'
import { Icon } from '../shared/icon'
import { rawPath, rawSrcset } from '../shared/urls'
import { TagBar } from './frame'

interface StageView {
  photo: { id: string; userId: string; width: number; height: number; altText: string }
  /** Addresses of the photos beside it in the list that it was opened from; null at its ends. */
  previous: string | null
  next: string | null
}

/**
 * The large picture. The thumbnail that a list has shown, and the browser holds, stands beneath it in the same place until
 * it is there: nothing moves, and nothing is empty.
 */
export function Stage({ photo, previous, next }: StageView) {
  const { id, userId, width, height, altText } = photo
  const ratio = (width / height).toFixed(4)
  return (
    <div class="stage" data-stage>
      <div class="stage-picture">
        <img src={rawPath(userId, id, 320)} width={width} height={height} alt="" />
        <img
          class="sharp"
          src={rawPath(userId, id, 1280)}
          srcset={rawSrcset(userId, id, WIDTHS)}
          sizes={`(min-width: 60em) min(100vw - 28rem, 82vh * ${ratio}), min(100vw, 74vh * ${ratio})`}
          width={width}
          height={height}
          alt={altText || 'Photo without a description'}
          fetchpriority="high"
        />
        <div class="tag-room">
          <div class="tag-layer" data-tag-layer />
        </div>
      </div>
      {previous && (
        <a class="stage-way previous" href={previous} rel="prev" aria-label="Previous photo" data-previous>
          <Icon svg={chevronLeftIcon} />
        </a>
      )}
      {next && (
        <a class="stage-way next" href={next} rel="next" aria-label="Next photo" data-next>
          <Icon svg={chevronRightIcon} />
        </a>
      )}
      <TagBar />
    </div>
  )
}

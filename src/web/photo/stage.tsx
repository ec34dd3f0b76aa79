import chevronLeftIcon from 'lucide-static/icons/chevron-left.svg'
import chevronRightIcon from 'lucide-static/icons/chevron-right.svg'
import { t } from '../../lang/photo'
import { THUMBNAIL_WIDTHS, WIDTHS } from '../../renditions/sizes'
import { Icon } from '../shared/icon'
import { rawPath, rawSrcset } from '../shared/urls'
import { TagBar } from './frame'

/** Where one goes from a photo. */
export type Direction = 'previous' | 'next'

/** A photo as large as goes onto the stage. */
export interface LargeView {
  id: string
  userId: string
  width: number
  height: number
  altText: string
}

/** One beside it in the list that it was opened from. */
export interface BesideView extends LargeView {
  href: string
}

interface StageView {
  photo: LargeView
  /** null at the ends of the list. */
  previous: BesideView | null
  next: BesideView | null
}

/**
 * The large picture. The thumbnail that a list has shown, and the browser holds, stands beneath it in the same place until
 * it is there: nothing moves, and nothing is empty.
 */
export function Stage({ photo, previous, next }: StageView) {
  return (
    <div class="stage" data-stage>
      <div class="stage-picture" data-slide>
        <Large photo={photo} />
        <div class="tag-room">
          <div class="tag-layer" data-tag-layer />
        </div>
      </div>
      {previous && <Way beside={previous} kind="previous" />}
      {next && <Way beside={next} kind="next" />}
      <TagBar />
    </div>
  )
}

function Way({ beside, kind }: { beside: BesideView; kind: Direction }) {
  const { href, ...photo } = beside
  return (
    <a
      class={`stage-way ${kind}`}
      href={href}
      rel={kind === 'previous' ? 'prev' : 'next'}
      aria-label={kind === 'previous' ? t().previous : t().next}
      data-way={kind}
      data-photo={JSON.stringify(photo)}
    >
      <Icon svg={kind === 'previous' ? chevronLeftIcon : chevronRightIcon} />
    </a>
  )
}

/** Beside this one, where a finger draws it in: drawn by browser code, which has it fetched before it is asked for. */
export function Slide({ photo, kind }: { photo: LargeView; kind: Direction }) {
  return (
    <div class={`stage-picture beside ${kind}`} aria-hidden="true" data-beside={kind}>
      <Large photo={{ ...photo, altText: '' }} isBeside />
    </div>
  )
}

function Large({ photo, isBeside = false }: { photo: LargeView; isBeside?: boolean }) {
  const { id, userId, width, height, altText } = photo
  const ratio = (width / height).toFixed(4)
  const wide = (row: number) => `${Math.round((width / height) * row)}px`
  return (
    <>
      <img
        // As wide as it stands in a row of the gallery: that one is here already.
        sizes={`(min-width: 45em) ${wide(238)}, ${wide(130)}`}
        srcset={rawSrcset(userId, id, THUMBNAIL_WIDTHS)}
        src={rawPath(userId, id, 320)}
        width={width}
        height={height}
        alt=""
      />
      <img
        class={isBeside ? 'large' : 'large sharp'}
        // Before `src`, or a browser that draws this begins with that.
        sizes={`(min-width: 60em) min(100vw - 28rem, (100vh - 9rem) * ${ratio}), min(100vw, 74vh * ${ratio})`}
        srcset={rawSrcset(userId, id, WIDTHS)}
        src={rawPath(userId, id, 1280)}
        width={width}
        height={height}
        alt={isBeside ? '' : altText || t().undescribed}
        fetchpriority={isBeside ? 'low' : 'high'}
      />
    </>
  )
}

import checkIcon from 'lucide-static/icons/circle-check.svg'
import trashIcon from 'lucide-static/icons/trash-2.svg'
import type { AddressJson } from '../../accounts/answers'
import { showEmail } from '../../lib/email'
import type { PhotoJson } from '../../photos/answers'
import { THUMBNAIL_WIDTHS } from '../../renditions/sizes'
import { Icon } from '../shared/icon'
import { findShownFor } from '../shared/shown-for'
import { rawPath, rawSrcset } from '../shared/urls'

interface PhotoCardView {
  userId: string
  photo: PhotoJson
  /** All of the person's. */
  addresses: AddressJson[]
}

/** One photo of the grid, drawn by the page and by its browser code, which reads `data-photo`. */
export function PhotoCard({ userId, photo, addresses }: PhotoCardView) {
  const several = addresses.length > 1
  const shownFor = findShownFor(photo, addresses).map(({ email }) => showEmail(email))
  const name = photo.altText || photo.fileName || 'no description'
  return (
    <li
      class={photo.active ? 'photo active' : 'photo'}
      data-photo={JSON.stringify(photo)}
      data-for={shownFor.join(', ')}
    >
      <div class="photo-frame">
        <a class="photo-open" href={`/photos/${photo.id}`} data-open aria-label={`Open photo: ${name}`}>
          <img
            src={rawPath(userId, photo.id, 320)}
            srcset={rawSrcset(userId, photo.id, THUMBNAIL_WIDTHS)}
            sizes="(min-width: 720px) 240px, 45vw"
            width="320"
            height="320"
            loading="lazy"
            decoding="async"
            alt=""
          />
        </a>
        <label class="photo-select">
          <input type="checkbox" data-select aria-label={`Select photo: ${name}`} />
        </label>
        <span class="photo-badges">
          <span class="badge solid" data-active-badge hidden={!photo.active}>
            <Icon svg={checkIcon} />
            Active
          </span>
          <span class="badge dark" data-rating hidden={photo.rating === 'g'}>
            {photo.rating.toUpperCase()}
          </span>
        </span>
      </div>
      <p
        class={photo.altText ? 'photo-caption' : 'photo-caption none'}
        dir="auto"
        title={photo.altText || undefined}
        data-caption
      >
        {photo.altText || 'No description'}
      </p>
      {shownFor.length > 0 && (
        <p class="photo-for" title={shownFor.join(', ')}>
          <Icon svg={checkIcon} />
          <span>
            Shows for {shownFor.length === 1 ? shownFor[0] : `${shownFor.length} of your addresses`}
          </span>
        </p>
      )}
      <div class="photo-actions">
        <button
          type="button"
          class="button small"
          data-activate
          aria-disabled={photo.active && !several ? 'true' : 'false'}
          aria-haspopup={several ? 'dialog' : undefined}
        >
          {photo.active ? 'Active' : 'Make active'}
          {several && '…'}
        </button>
        <button
          type="button"
          class="button small square danger"
          data-delete
          aria-label={`Delete photo: ${name}`}
        >
          <Icon svg={trashIcon} />
        </button>
      </div>
    </li>
  )
}

import type { Child } from 'hono/jsx'
import { t } from '../../lang/albums'
import type { SeenPhotoJson } from '../../photos/answers'
import { THUMBNAIL_WIDTHS } from '../../renditions/sizes'
import { rawPath, rawSrcset } from './urls'

interface PhotoTileView {
  photo: SeenPhotoJson
  /** Says which list the photo is opened from: `?album=…`, or nothing. */
  query?: string
  /** What stands over its corner, and below it. */
  children?: Child
}

/** A photo of a list that others may see too, drawn by pages and by browser code. */
export function PhotoTile({ photo, query = '', children }: PhotoTileView) {
  const { id, userId, altText, createdAt } = photo
  return (
    <li class="tile" data-tile={id} data-created-at={createdAt}>
      <a class="tile-open" href={`/photos/${id}${query}`} aria-label={t().open(altText || t().noDescription)}>
        <img
          src={rawPath(userId, id, 320)}
          srcset={rawSrcset(userId, id, THUMBNAIL_WIDTHS)}
          sizes="(min-width: 720px) 240px, 45vw"
          width="320"
          height="320"
          loading="lazy"
          decoding="async"
          alt=""
        />
      </a>
      {children}
    </li>
  )
}

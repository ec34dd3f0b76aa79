import type { Child } from 'hono/jsx'
import { t } from '../../lang/albums'
import type { SeenPhotoJson } from '../../photos/answers'
import { holdForWords, ratioClasses } from './ratios'
import { sizesFor, widthsFor } from './tile-look'
import { toneClasses } from './tones'
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
  const { id, userId, altText, createdAt, width, height, standIn } = photo
  const [w, h] = holdForWords(width, height)
  const look = `tile ${ratioClasses(w, h)}${toneClasses(standIn)}`
  return (
    <li class={look} data-tile={id} data-created-at={createdAt}>
      <a class="tile-open" href={`/photos/${id}${query}`} aria-label={t().open(altText || t().noDescription)}>
        <img
          src={rawPath(userId, id, 320)}
          srcset={rawSrcset(userId, id, widthsFor(w, h))}
          sizes={sizesFor(w, h)}
          width={width}
          height={height}
          loading="lazy"
          decoding="async"
          alt=""
        />
      </a>
      {children}
    </li>
  )
}

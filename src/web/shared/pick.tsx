import { t } from '../../lang/albums'
import { formatDate } from '../../lang/formats'
import type { PhotoJson } from '../../photos/answers'
import { rawPath } from './urls'

interface PickView {
  userId: string
  photo: PhotoJson
  /** Whether one alone is picked. */
  one: boolean
  /** Whether it is in the album already. */
  isThere: boolean
}

/** A photo that can be picked. Drawn by browser code. */
export function Pick({ userId, photo, one, isThere }: PickView) {
  const name = photo.altText || photo.fileName || t().photoOf(formatDate(photo.createdAt))
  return (
    <label class="pick-one" title={name}>
      <input
        type={one ? 'radio' : 'checkbox'}
        name="photo"
        value={photo.id}
        aria-label={isThere ? t().inAlready(name) : name}
        checked={isThere}
        disabled={isThere}
      />
      <img src={rawPath(userId, photo.id, 320)} width="160" height="160" loading="lazy" alt="" />
    </label>
  )
}

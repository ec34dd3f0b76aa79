import type { PhotoJson } from '../../photos/answers'
import { rawPath } from '../shared/urls'
import { formatDate } from '../shared/words'

/** A photo that can be picked. Drawn by browser code. */
export function Pick({ userId, photo, isThere }: { userId: string; photo: PhotoJson; isThere: boolean }) {
  const name = photo.altText || photo.fileName || `Photo of ${formatDate(photo.createdAt)}`
  return (
    <label class="pick-one" title={name}>
      <input
        type="checkbox"
        name="photo"
        value={photo.id}
        aria-label={isThere ? `${name}, in the album already` : name}
        checked={isThere}
        disabled={isThere}
      />
      <img src={rawPath(userId, photo.id, 320)} width="160" height="160" loading="lazy" alt="" />
    </label>
  )
}

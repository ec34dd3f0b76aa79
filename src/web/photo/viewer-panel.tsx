import type { SeenPhotoJson } from '../../photos/answers'
import { Face, startName } from '../shared/people'
import { formatDate } from '../shared/words'

/** What whoever else may see a photo is told of it: whose it is, what they say of it, and since when. */
export function ViewerPanel({ photo }: { photo: SeenPhotoJson }) {
  const { owner, altText, createdAt } = photo
  return (
    <section class="photo-section" aria-label="About the photo">
      <p class="person">
        <Face hash={owner.hash} />
        <span class="grow">
          <strong dir="auto">{startName(owner)}</strong>
          <span class="hint small">shows you this photo</span>
        </span>
      </p>
      {altText ? (
        <p class="wrap" dir="auto">
          {altText}
        </p>
      ) : (
        <p class="hint">No description.</p>
      )}
      <p class="hint small">Added {formatDate(createdAt)}</p>
    </section>
  )
}

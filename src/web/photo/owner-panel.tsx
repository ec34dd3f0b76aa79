import type { Child } from 'hono/jsx'
import downloadIcon from 'lucide-static/icons/download.svg'
import trashIcon from 'lucide-static/icons/trash-2.svg'
import shareIcon from 'lucide-static/icons/user-round-plus.svg'
import { formatBytes, formatDate } from '../../lang/formats'
import type { PhotoJson } from '../../photos/answers'
import { Icon } from '../shared/icon'
import { rawPath } from '../shared/urls'
import { Audience, type AudienceView } from './audience'

const RATINGS = [
  ['g', 'G: for everyone'],
  ['pg', 'PG: rude gestures, mild violence'],
  ['r', 'R: profanity, violence, nudity'],
  ['x', 'X: explicit'],
]

/** What the owner sees of a photo and does with it. */
export function OwnerPanel(view: AudienceView & { userId: string; children: Child }) {
  const { userId, photo, addresses, children } = view
  return (
    <>
      <section class="photo-section" aria-labelledby="audience-title">
        <h2 id="audience-title" tabindex={-1}>
          Who can see it
        </h2>
        <Audience {...view} />
        <div class="actions">
          <button type="button" class="button primary" aria-haspopup="dialog" data-share>
            <Icon svg={shareIcon} />
            Share
          </button>
          <MakeActive photo={photo} several={addresses.length > 1} />
        </div>
      </section>
      {children}
      <form
        class="photo-section"
        method="dialog"
        novalidate
        autocomplete="off" // or after a reload browsers restore what was typed and never saved
        data-words
        aria-label="What is said of it"
      >
        <div class="field">
          <label for="alt-text">Description</label>
          <textarea
            id="alt-text"
            name="altText"
            rows={3}
            dir="auto"
            maxlength={500}
            aria-describedby="alt-text-hint"
            placeholder="A woman with a red scarf laughs on a beach"
          >
            {photo.altText}
          </textarea>
          <p class="hint small" id="alt-text-hint">
            For people who cannot see the photo: it goes along in your embed code. Whoever sees the photo
            reads it.
          </p>
        </div>
        <div class="field">
          <label for="rating">Rating</label>
          <select id="rating" name="rating" aria-describedby="rating-hint">
            {RATINGS.map(([value, text]) => (
              <option value={value} selected={value === photo.rating}>
                {text}
              </option>
            ))}
          </select>
          <p class="hint small" id="rating-hint">
            Sites show photos rated G unless they ask for more.
          </p>
        </div>
        <p class="message error" role="alert" data-error />
        <div class="actions">
          <button type="submit" class="button">
            Save
          </button>
        </div>
      </form>
      <section class="photo-section" aria-label="The file">
        <p class="hint small facts">
          {photo.fileName && <bdi>{photo.fileName}</bdi>}
          <span>{describeFile(photo)}</span>
        </p>
        <div class="actions spread">
          <a class="button" href={rawPath(userId, photo.id)} download>
            <Icon svg={downloadIcon} />
            Original
          </a>
          <button type="button" class="button danger" aria-haspopup="dialog" data-delete>
            <Icon svg={trashIcon} />
            Delete
          </button>
        </div>
      </section>
    </>
  )
}

/** Drawn anew by browser code when the photo has become active. */
export function MakeActive({ photo, several }: { photo: PhotoJson; several: boolean }) {
  return (
    <button
      type="button"
      class="button"
      data-activate
      aria-disabled={photo.active && !several ? 'true' : 'false'}
      aria-haspopup={several ? 'dialog' : undefined}
    >
      {photo.active ? 'Active' : 'Make active'}
      {several && '…'}
    </button>
  )
}

function describeFile({ width, height, bytes, contentType, createdAt }: PhotoJson): string {
  const type = contentType.replace('image/', '').toUpperCase()
  return [`${width} × ${height}`, formatBytes(bytes), type, formatDate(createdAt)].join(' · ')
}

import downloadIcon from 'lucide-static/icons/download.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { Icon } from '../shared/icon'

const RATINGS = [
  ['g', 'G: for everyone'],
  ['pg', 'PG: rude gestures, mild violence'],
  ['r', 'R: profanity, violence, nudity'],
  ['x', 'X: explicit'],
]

/** Looking at a photo and editing what is said about it. */
export function DetailsDialog() {
  return (
    <dialog class="details" data-details aria-labelledby="details-title">
      <form method="dialog" novalidate>
        <div class="details-image">
          <img alt="" data-preview />
        </div>
        <div class="details-side">
          <div class="details-head">
            <h2 id="details-title">Photo details</h2>
            <button
              type="submit"
              class="button plain square"
              value="cancel"
              formnovalidate
              aria-label="Close"
            >
              <Icon svg={xIcon} />
            </button>
          </div>
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
            />
            <p class="hint small" id="alt-text-hint">
              For people who cannot see the photo: it goes along in your embed code. Public while the photo
              shows to others.
            </p>
          </div>
          <div class="field">
            <label for="rating">Rating</label>
            <select id="rating" name="rating" aria-describedby="rating-hint">
              {RATINGS.map(([value, text]) => (
                <option value={value}>{text}</option>
              ))}
            </select>
            <p class="hint small" id="rating-hint">
              Sites show photos rated G unless they ask for more.
            </p>
          </div>
          <p class="hint small facts">
            <bdi data-file-name />
            <span data-facts />
          </p>
          <p class="message error" role="alert" data-error />
          <div class="actions spread">
            <a class="button plain" data-download href="/photos" download>
              <Icon svg={downloadIcon} />
              Original
            </a>
            <button type="submit" class="button primary" value="save">
              Save
            </button>
          </div>
        </div>
      </form>
    </dialog>
  )
}

/** Asks before a photo is deleted for good. */
export function DeleteDialog() {
  return (
    <dialog data-delete-dialog aria-labelledby="delete-title" aria-describedby="delete-text">
      <form method="dialog">
        <div class="delete-body">
          <img width="96" height="96" alt="" data-preview />
          <div>
            <h2 id="delete-title">Delete this photo?</h2>
            <p id="delete-text" data-consequence />
          </div>
        </div>
        <p class="message error" role="alert" data-error />
        <div class="actions end">
          <button type="submit" class="button" value="cancel" autofocus>
            Keep it
          </button>
          <button type="submit" class="button danger solid" value="delete">
            Delete
          </button>
        </div>
      </form>
    </dialog>
  )
}

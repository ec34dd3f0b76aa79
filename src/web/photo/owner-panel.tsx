import type { Child } from 'hono/jsx'
import frameIcon from 'lucide-static/icons/crop.svg'
import downloadIcon from 'lucide-static/icons/download.svg'
import trashIcon from 'lucide-static/icons/trash-2.svg'
import shareIcon from 'lucide-static/icons/user-round-plus.svg'
import type { AddressJson } from '../../accounts/answers'
import { formatBytes, formatDate } from '../../lang/formats'
import { t } from '../../lang/photo'
import { t as common } from '../../lang/shared'
import { RATINGS } from '../../lib/ratings'
import type { PhotoJson } from '../../photos/answers'
import { Icon } from '../shared/icon'
import { findShownFor } from '../shared/shown-for'
import { rawPath } from '../shared/urls'
import { Audience, type AudienceView } from './audience'

/** What the owner sees of a photo and does with it. */
export function OwnerPanel(view: AudienceView & { userId: string; children: Child }) {
  const { userId, photo, addresses, children } = view
  return (
    <>
      <div class="actions photo-tools">
        <button type="button" class="button primary" aria-haspopup="dialog" data-share>
          <Icon svg={shareIcon} />
          {t().share}
        </button>
        <PictureActions photo={photo} addresses={addresses} />
      </div>
      <section class="photo-section" aria-labelledby="audience-title">
        <h2 id="audience-title" tabindex={-1}>
          {t().audience}
        </h2>
        <Audience {...view} />
      </section>
      {children}
      <Words photo={photo} />
      <section class="photo-section" aria-label={t().file}>
        <p class="hint small facts">
          {photo.takenAt !== null && <span>{t().taken(formatDate(photo.takenAt))}</span>}
          {photo.fileName && <bdi>{photo.fileName}</bdi>}
          <span>{describeFile(photo)}</span>
        </p>
        <div class="actions spread">
          <a class="button" href={rawPath(userId, photo.id)} download>
            <Icon svg={downloadIcon} />
            {t().download}
          </a>
          <button type="button" class="button danger" data-delete>
            <Icon svg={trashIcon} />
            {t().delete}
          </button>
        </div>
      </section>
    </>
  )
}

/** What makes it the owner's picture, and frames it. Drawn anew by browser code when that has changed. */
export function PictureActions({ photo, addresses }: { photo: PhotoJson; addresses: AddressJson[] }) {
  const isShown = photo.active || findShownFor(photo, addresses).length > 0
  const isElsewhere = addresses.length > 1
  return (
    <span class="actions" data-picture-actions>
      {isShown && (
        <button type="button" class="button" aria-haspopup="dialog" data-frame>
          <Icon svg={frameIcon} />
          {t().frameAgain}
        </button>
      )}
      {(!isShown || isElsewhere) && (
        <button type="button" class="button" aria-haspopup="dialog" data-activate>
          {!isShown && <Icon svg={frameIcon} />}
          {isShown ? t().elsewhere : t().use}
        </button>
      )}
    </span>
  )
}

function Words({ photo }: { photo: PhotoJson }) {
  return (
    <form
      class="photo-section"
      method="dialog"
      novalidate
      autocomplete="off" // or after a reload browsers restore what was typed and never saved
      data-words
      aria-label={t().words}
    >
      <div class="field">
        <label for="alt-text">{t().description}</label>
        <textarea
          id="alt-text"
          name="altText"
          rows={3}
          dir="auto"
          maxlength={500}
          aria-describedby="alt-text-hint"
          placeholder={t().example}
        >
          {photo.altText}
        </textarea>
        <p class="hint small" id="alt-text-hint">
          {t().why}
        </p>
      </div>
      <div class="field">
        <label for="rating">{t().rating}</label>
        <select id="rating" name="rating" aria-describedby="rating-hint">
          {RATINGS.map((value) => (
            <option value={value} selected={value === photo.rating}>
              {t().ratings[value]}
            </option>
          ))}
        </select>
        <p class="hint small" id="rating-hint">
          {t().ratingHint}
        </p>
      </div>
      <p class="message error" role="alert" data-error />
      <div class="actions">
        {/* Until there is code that saves: a press before would be lost without a word. */}
        <button type="submit" disabled class="button">
          {common().save}
        </button>
      </div>
    </form>
  )
}

function describeFile({ width, height, bytes, contentType, createdAt }: PhotoJson): string {
  const type = contentType.replace('image/', '').toUpperCase()
  const added = t().added(formatDate(createdAt))
  return [`${width} × ${height}`, formatBytes(bytes), type, added].join(' · ')
}

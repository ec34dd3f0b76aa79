import checkIcon from 'lucide-static/icons/circle-check.svg'
import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/photos'
import { showEmail } from '../../lib/email'
import { Icon } from '../shared/icon'
import { findShownFor } from '../shared/shown-for'
import { type ShownPhoto, sizesFor, tileClasses, widthsFor } from '../shared/tile-look'
import { rawPath, rawSrcset } from '../shared/urls'
import { type Month, nameMonth } from './months'

interface TileView {
  userId: string
  photo: ShownPhoto
  /** All of the person's. */
  addresses: AddressJson[]
  /** Whether its picture is in sight when the page opens, so that it is asked for before the page is laid out. */
  isFirst?: boolean
}

/** One photo of the grid: a link with its box to select it. Browser code copies an empty one and fills it in. */
export function Tile({ userId, photo, addresses, isFirst = false }: TileView) {
  const { id, width, height, altText, fileName } = photo
  const [w, h] = [width ?? 1, height ?? 1]
  const name = altText || fileName || t().nameless
  const shownFor = findShownFor(photo, addresses).map(({ email }) => showEmail(email))
  return (
    <li class={tileClasses(photo)} data-photo={id}>
      <a class="photo-open" href={`/photos/${id}`} data-open aria-label={t().open(name)}>
        <img
          src={rawPath(userId, id, 320)}
          srcset={rawSrcset(userId, id, widthsFor(w, h))}
          sizes={sizesFor(w, h)}
          width={w}
          height={h}
          loading={isFirst ? undefined : 'lazy'}
          fetchpriority={isFirst ? 'high' : undefined}
          decoding="async"
          alt=""
        />
      </a>
      <label class="photo-select">
        <input type="checkbox" autocomplete="off" data-select aria-label={t().selectOne(name)} />
      </label>
      <Badges photo={photo} shownFor={shownFor} />
    </li>
  )
}

/** What is to be known of a photo at a glance; `all` for browser code to choose from. */
export function Badges({ photo, shownFor, all = false }: BadgesView) {
  const { active, rating } = photo
  return (
    <span class="photo-badges" data-badges>
      {(all || active) && (
        <span class="badge solid" data-badge="active">
          <Icon svg={checkIcon} />
          <span class="badge-text">{t().active}</span>
        </span>
      )}
      {(all || shownFor.length > 0) && (
        <span class="badge dark" title={shownFor.join(', ')} data-badge="for">
          <Icon svg={checkIcon} />
          <span class="badge-text">{shownFor.length > 0 && t().shownFor(shownFor)}</span>
        </span>
      )}
      {(all || rating !== 'g') && (
        <span class="badge dark" data-badge="rating">
          {rating.toUpperCase()}
        </span>
      )}
    </span>
  )
}

interface BadgesView {
  photo: ShownPhoto
  shownFor: string[]
  all?: boolean
}

interface MonthView extends Omit<TileView, 'photo' | 'isFirst'> {
  month: Month<ShownPhoto>
  /** Those that are in sight when the page opens. */
  first?: ShownPhoto[]
}

/** The photos of one month. */
export function MonthSection({ month, first = [], ...view }: MonthView) {
  const { key, name, photos } = month
  return (
    <section class="month" data-month={key} aria-labelledby={`month-${key}`}>
      <h3 id={`month-${key}`}>{name}</h3>
      <ul class="shots" data-shots>
        {photos.map((photo) => (
          <Tile photo={photo} isFirst={first.includes(photo)} {...view} />
        ))}
      </ul>
    </section>
  )
}

/** What browser code copies for photos and months that come later. */
export function GridTemplates({ userId }: { userId: string }) {
  const empty: ShownPhoto = {
    id: '',
    width: 1,
    height: 1,
    rating: 'g',
    altText: '',
    fileName: null,
    active: false,
    takenAt: null,
    standIn: null,
    createdAt: 0,
  }
  return (
    <>
      <template data-tile-template>
        <Tile userId={userId} photo={empty} addresses={[]} />
      </template>
      <template data-badges-template>
        <Badges photo={empty} shownFor={[]} all />
      </template>
      <template data-month-template>
        <MonthSection
          month={{ key: '1970-01', name: nameMonth('1970-01'), photos: [] }}
          userId={userId}
          addresses={[]}
        />
      </template>
    </>
  )
}

import checkIcon from 'lucide-static/icons/circle-check.svg'
import usersIcon from 'lucide-static/icons/users-round.svg'
import type { AddressJson } from '../../accounts/answers'
import { t } from '../../lang/photos'
import { showEmail } from '../../lib/email'
import type { PhotoJson } from '../../photos/answers'
import { Icon } from '../shared/icon'
import { findShownFor } from '../shared/shown-for'
import { rawPath, rawSrcset } from '../shared/urls'
import { type Month, nameMonth } from './months'
import { ratioClasses } from './ratios'
import { isShared, sizesFor, widthsFor } from './tile-sizes'

interface TileView {
  userId: string
  photo: PhotoJson
  /** All of the person's. */
  addresses: AddressJson[]
}

/** One photo of the grid: a link with its box to select it. Browser code copies an empty one and fills it in. */
export function Tile({ userId, photo, addresses }: TileView) {
  const { id, width, height, altText, fileName, active } = photo
  const [w, h] = [width ?? 1, height ?? 1]
  const name = altText || fileName || t().nameless
  const shownFor = findShownFor(photo, addresses).map(({ email }) => showEmail(email))
  return (
    <li class={`photo ${ratioClasses(w, h)}${active ? ' active' : ''}`} data-photo={id}>
      <a class="photo-open" href={`/photos/${id}`} data-open aria-label={t().open(name)}>
        <img
          src={rawPath(userId, id, 320)}
          srcset={rawSrcset(userId, id, widthsFor(w, h))}
          sizes={sizesFor(w, h)}
          width={w}
          height={h}
          loading="lazy"
          decoding="async"
          alt=""
        />
      </a>
      <label class="photo-select">
        <input type="checkbox" data-select aria-label={t().selectOne(name)} />
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
          {t().active}
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
      {(all || isShared(photo)) && (
        <span class="badge dark" title={t().shared} data-badge="shared">
          <Icon svg={usersIcon} />
          <span class="visually-hidden">{t().shared}</span>
        </span>
      )}
    </span>
  )
}

interface BadgesView {
  photo: PhotoJson
  shownFor: string[]
  all?: boolean
}

/** The photos of one month. */
export function MonthSection({ month, ...view }: { month: Month<PhotoJson> } & Omit<TileView, 'photo'>) {
  const { key, name, photos } = month
  return (
    <section class="month" data-month={key} aria-labelledby={`month-${key}`}>
      <h3 id={`month-${key}`}>{name}</h3>
      <ul class="shots" data-shots>
        {photos.map((photo) => (
          <Tile photo={photo} {...view} />
        ))}
      </ul>
    </section>
  )
}

/** What browser code copies for photos and months that come later. */
export function GridTemplates({ userId }: { userId: string }) {
  const empty: PhotoJson = {
    id: '',
    status: 'ready',
    contentType: '',
    bytes: 0,
    width: 1,
    height: 1,
    rating: 'g',
    altText: '',
    fileName: null,
    active: false,
    crop: null,
    cropOf: null,
    takenAt: null,
    standIn: null,
    pictures: { original: '', thumbnail: '', preview: '' },
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

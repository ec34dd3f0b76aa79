import type { AddressJson } from '../../accounts/answers'
import { formatDate, formatList } from '../../lang/formats'
import { t } from '../../lang/photo'
import { showEmail } from '../../lib/email'
import type { PhotoJson } from '../../photos/answers'
import { Faces, listNames } from '../shared/people'
import type { ContactJson, LinkJson } from '../shared/sharing'
import { findShownFor } from '../shared/shown-for'

export interface AudienceView {
  photo: PhotoJson
  addresses: AddressJson[]
  people: ContactJson[]
  links: Pick<LinkJson, 'id' | 'expiresAt'>[]
  albums: { id: string; title: string }[]
  /** Whom the owner tagged in it: that shows it to them. */
  tagged: ContactJson[]
}

/** Who can see a photo, in words and faces. Drawn by the page and by its browser code. */
export function Audience({ photo, addresses, people, links, albums, tagged }: AudienceView) {
  const shownFor = findShownFor(photo, addresses).map(({ email }) => showEmail(email))
  const isPublic = photo.active || shownFor.length > 0
  const isAlone = !isPublic && !people.length && !links.length && !albums.length && !tagged.length
  const others = tagged.filter(({ hash }) => !people.some((person) => person.hash === hash))
  const last = Math.max(...links.map(({ expiresAt }) => expiresAt))
  return (
    <div class="audience" data-audience>
      {isAlone && <p>{t().onlyYou}</p>}
      {photo.active && <p>{t().everybody}</p>}
      {shownFor.length > 0 && <p class="wrap">{t().everybodyFor(formatList(shownFor))}</p>}
      {people.length > 0 && (
        <p class="audience-people">
          <Faces people={people} />
          <span dir="auto">{listNames(people)}</span>
        </p>
      )}
      {others.length > 0 && (
        <p>
          {t().tagged}
          <bdi>{listNames(others)}</bdi>.
        </p>
      )}
      {albums.length > 0 && (
        <p>
          {t().inAlbums}
          {albums.map(({ id, title }, at) => (
            <>
              {at > 0 && ', '}
              <a href={`/albums/${id}`} dir="auto">
                {title}
              </a>
            </>
          ))}
          .
        </p>
      )}
      {links.length > 0 && <p>{t().byLinks(links.length, formatDate(last))}</p>}
    </div>
  )
}

import type { Context } from 'hono'
import sharedIcon from 'lucide-static/icons/users.svg'
import type { AppEnv } from '../../accounts/asking'
import { formatDate } from '../../lang/formats'
import { t } from '../../lang/received'
import { t as shared } from '../../lang/shared'
import { AlbumCard, type AlbumCardView } from '../shared/album-card'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { Face, startName } from '../shared/people'
import { PhotoTile } from '../shared/photo-tile'
import { SharedTabs } from '../shared/shared-tabs'
import type { SharedPhotoJson } from '../shared/sharing'

interface SharedView {
  photos: SharedPhotoJson[]
  nextCursor: string | null
  /** Those of others that one is in. */
  albums: AlbumCardView[]
}

/** /shared: what others have shared with the person, newest first. */
export function renderShared(c: Context<AppEnv>, { photos, nextCursor, albums }: SharedView) {
  const isEmpty = !photos.length && !albums.length
  return renderPage(c, {
    title: t().shared,
    script: 'shared-photos',
    children: (
      <div class="list-page">
        <h1>{t().shared}</h1>
        <SharedTabs current="/shared" />
        {isEmpty && (
          <div class="empty">
            <Icon svg={sharedIcon} />
            <p>
              <strong>{t().nothing}</strong>
            </p>
            <p class="hint">{t().sharedHint}</p>
          </div>
        )}
        {albums.length > 0 && (
          <section class="list-section" aria-labelledby="albums-title">
            <h2 id="albums-title">{t().albums}</h2>
            <ul class="album-cards">
              {albums.map((view) => (
                <AlbumCard {...view} />
              ))}
            </ul>
          </section>
        )}
        {photos.length > 0 && (
          <section class="list-section" aria-labelledby="shared-title">
            <h2 id="shared-title">{t().photos}</h2>
            <ul class="tiles">
              {photos.map((photo) => (
                <PhotoTile photo={photo} query="?in=shared">
                  <p class="tile-from">
                    <Face hash={photo.owner.hash} size={24} />
                    <span class="grow">
                      <bdi>{startName(photo.owner)}</bdi>
                      <span class="hint small">{formatDate(photo.sharedAt)}</span>
                    </span>
                  </p>
                </PhotoTile>
              ))}
            </ul>
          </section>
        )}
        {nextCursor && (
          <p class="more">
            <a class="button" href={`/shared?cursor=${nextCursor}`}>
              {shared().morePhotos}
            </a>
          </p>
        )}
      </div>
    ),
  })
}

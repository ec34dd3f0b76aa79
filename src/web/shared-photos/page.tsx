import type { Context } from 'hono'
import sharedIcon from 'lucide-static/icons/users.svg'
import type { AppEnv } from '../../accounts/asking'
import { formatDate } from '../../lang/formats'
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
    title: 'Shared with me',
    script: 'shared-photos',
    children: (
      <div class="list-page">
        <h1>Shared with me</h1>
        <SharedTabs current="/shared" />
        {isEmpty && (
          <div class="empty">
            <Icon svg={sharedIcon} />
            <p>
              <strong>Nothing yet</strong>
            </p>
            <p class="hint">
              Photos and albums that others share with one of your e&#8209;mail addresses appear here.
            </p>
          </div>
        )}
        {albums.length > 0 && (
          <section class="list-section" aria-labelledby="albums-title">
            <h2 id="albums-title">Albums</h2>
            <ul class="album-cards">
              {albums.map((view) => (
                <AlbumCard {...view} />
              ))}
            </ul>
          </section>
        )}
        {photos.length > 0 && (
          <section class="list-section" aria-labelledby="shared-title">
            <h2 id="shared-title">Photos</h2>
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
              Show more photos
            </a>
          </p>
        )}
      </div>
    ),
  })
}

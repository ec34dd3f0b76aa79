import type { Context } from 'hono'
import albumIcon from 'lucide-static/icons/library.svg'
import plusIcon from 'lucide-static/icons/plus.svg'
import type { AppEnv } from '../../accounts/asking'
import { t } from '../../lang/albums'
import { AlbumCard, type AlbumCardView } from '../shared/album-card'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { TitleDialog } from '../shared/title-dialog'

interface AlbumsView {
  albums: AlbumCardView[]
  nextCursor: string | null
}

/** /albums: one's own albums and those that one is in. */
export function renderAlbums(c: Context<AppEnv>, { albums, nextCursor }: AlbumsView) {
  return renderPage(c, {
    title: t().albums,
    script: 'albums',
    children: (
      <div class="list-page" data-albums-page>
        <div class="list-head">
          <h1>{t().albums}</h1>
          <button type="button" class="button primary" aria-haspopup="dialog" data-create>
            <Icon svg={plusIcon} />
            {t().new}
          </button>
        </div>
        {albums.length === 0 && (
          <div class="empty">
            <Icon svg={albumIcon} />
            <p>
              <strong>{t().none}</strong>
            </p>
            <p class="hint">{t().gathers}</p>
          </div>
        )}
        <ul class="album-cards">
          {albums.map((view) => (
            <AlbumCard {...view} />
          ))}
        </ul>
        {nextCursor && (
          <p class="more">
            <a class="button" href={`/albums?cursor=${nextCursor}`}>
              {t().more}
            </a>
          </p>
        )}
        <TitleDialog heading={t().new} button={t().create} />
      </div>
    ),
  })
}

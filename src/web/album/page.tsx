import type { Context } from 'hono'
import arrowLeftIcon from 'lucide-static/icons/arrow-left.svg'
import imagesIcon from 'lucide-static/icons/images.svg'
import pencilIcon from 'lucide-static/icons/pencil.svg'
import shareIcon from 'lucide-static/icons/user-round-plus.svg'
import type { AppEnv } from '../../accounts/asking'
import { t } from '../../lang/albums'
import { t as shared } from '../../lang/shared'
import type { SeenPhotoJson } from '../../photos/answers'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { PickDialog } from '../shared/pick-dialog'
import { ShareDialog } from '../shared/share-dialog'
import { TitleDialog } from '../shared/title-dialog'
import { UploadArea } from '../shared/uploads/upload-area'
import { EndDialog } from './dialogs'
import { Members, type MembersView } from './members'
import { AlbumTile } from './tile'

interface AlbumView extends MembersView {
  user: { id: string; hash: string; displayName: string }
  photos: SeenPhotoJson[]
  nextCursor: string | null
  maxBytes: number
}

/** /albums/{id}: one album, for whoever is in it. */
export function renderAlbum(c: Context<AppEnv>, view: AlbumView) {
  const { user, album, members, links, photos, nextCursor, maxBytes } = view
  const mayAdd = album.role !== 'viewer'
  return renderPage(c, {
    title: album.title,
    script: 'album',
    children: (
      <div
        class="list-page"
        data-album-page
        data-user={user.id}
        data-me={JSON.stringify({ hash: user.hash, name: user.displayName })}
        data-view={JSON.stringify({ album, members, links })}
      >
        <p class="photo-back">
          <a href="/albums">
            <Icon svg={arrowLeftIcon} />
            {t().albums}
          </a>
        </p>
        <Head view={view} />
        {mayAdd && (
          <UploadArea maxBytes={maxBytes} album={album} reach={t().reach}>
            <button type="button" class="button" aria-haspopup="dialog" data-pick>
              {t().pick}
            </button>
          </UploadArea>
        )}
        <div class="empty" data-empty hidden={photos.length > 0}>
          <Icon svg={imagesIcon} />
          <p>
            <strong>{t().empty}</strong>
          </p>
        </div>
        <ul class="tiles bare" data-tiles>
          {photos.map((photo) => (
            <AlbumTile userId={user.id} album={album} photo={photo} />
          ))}
        </ul>
        {nextCursor && (
          <p class="more">
            <a class="button" href={`?cursor=${nextCursor}`}>
              {shared().morePhotos}
            </a>
          </p>
        )}
        {album.role === 'owner' && <ShareDialog album />}
        {album.role === 'owner' && (
          <TitleDialog heading={t().rename} value={album.title} button={shared().save} />
        )}
        {mayAdd && <PickDialog title={t().addYours} none={t().noneOfYours} />}
        <EndDialog isOwner={album.role === 'owner'} />
      </div>
    ),
  })
}

function Head({ view: { album, members, links } }: { view: AlbumView }) {
  const isOwner = album.role === 'owner'
  return (
    <div class="album-head">
      <div class="album-title">
        <h1 dir="auto" tabindex={-1} data-title>
          {album.title}
        </h1>
        {isOwner && (
          <button
            type="button"
            class="button plain small square"
            aria-label={t().rename}
            aria-haspopup="dialog"
            data-rename
          >
            <Icon svg={pencilIcon} />
          </button>
        )}
      </div>
      <Members album={album} members={members} links={links} />
      <div class="actions">
        {isOwner && (
          <button type="button" class="button primary" aria-haspopup="dialog" data-share>
            <Icon svg={shareIcon} />
            {shared().share}
          </button>
        )}
        <button type="button" class="button plain danger" aria-haspopup="dialog" data-end>
          {isOwner ? t().delete : t().leave}
        </button>
      </div>
    </div>
  )
}

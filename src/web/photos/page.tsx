import type { Context } from 'hono'
import imagesIcon from 'lucide-static/icons/images.svg'
import type { AddressJson, MeJson } from '../../accounts/answers'
import type { AppEnv } from '../../accounts/asking'
import type { Config } from '../../config'
import { publicOrigin } from '../../http/origin'
import type { PhotoJson } from '../../photos/answers'
import { DeleteDialog } from '../shared/delete-dialog'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { ShareDialog } from '../shared/share-dialog'
import { UploadArea } from '../shared/uploads/upload-area'
import { WhereDialog } from '../shared/where-dialog'
import { ImportRow } from './import-row'
import { OwnPicture } from './own-picture'
import { PhotoCard } from './photo-card'
import { AlbumDialog, SelectionBar } from './selection'

interface PhotosView {
  user: MeJson
  config: Config
  /** The primary one first. */
  addresses: AddressJson[]
  photos: PhotoJson[]
  /** The active photo, which may be on another page of the list. */
  active: PhotoJson | null
  /** Cursor of the next page. */
  nextCursor: string | null
}

/** /photos: the picture that shows, its URL to embed, uploading, and all photos. */
export function renderPhotos(c: Context<AppEnv>, view: PhotosView) {
  const { user, config, addresses, photos, active, nextCursor } = view
  return renderPage(c, {
    title: 'Photos',
    script: 'photos',
    needsScript: true,
    children: (
      <div
        data-photos
        data-user={user.id}
        data-max-bytes={config.maxUploadBytes}
        data-addresses={JSON.stringify(addresses)}
      >
        <h1 class="visually-hidden">Photos</h1>
        <OwnPicture
          user={user}
          addresses={addresses}
          active={active}
          origin={publicOrigin(config, c.req.url)}
        />
        <section aria-labelledby="photos-title">
          <div class="photos-head">
            <h2 id="photos-title" tabindex={-1}>
              Your photos
            </h2>
            <button
              type="button"
              class="button small"
              aria-pressed="false"
              data-select-mode
              hidden={photos.length === 0}
            >
              Select
            </button>
          </div>
          <div>
            <UploadArea
              maxBytes={config.maxUploadBytes}
              reach="Only you see them, until you make one active or share it."
            />
            <ImportRow email={user.email} />
          </div>
          <div class="empty" data-empty hidden={photos.length > 0}>
            <Icon svg={imagesIcon} />
            <p>
              <strong>No photos yet</strong>
            </p>
            <p class="hint">
              Add one above. Photos are private: only the one you make active is shown to others.
            </p>
          </div>
          <ul class="grid" data-grid>
            {photos.map((photo) => (
              <PhotoCard userId={user.id} photo={photo} addresses={addresses} />
            ))}
          </ul>
          <p class="more" data-more hidden={!nextCursor}>
            <a class="button" href={nextCursor ? `/photos?cursor=${nextCursor}` : undefined}>
              Show more photos
            </a>
          </p>
        </section>
        <SelectionBar />
        <DeleteDialog />
        <WhereDialog />
        <ShareDialog several />
        <AlbumDialog />
      </div>
    ),
  })
}

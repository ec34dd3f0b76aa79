import type { Context } from 'hono'
import faceIcon from 'lucide-static/icons/scan-face.svg'
import type { AppEnv } from '../../accounts/asking'
import { t as albums } from '../../lang/albums'
import { formatDate } from '../../lang/formats'
import { t } from '../../lang/received'
import { t as shared } from '../../lang/shared'
import type { TaggedPhotoJson } from '../../tags/answers'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { Face, startName } from '../shared/people'
import { PhotoTile } from '../shared/photo-tile'
import { SharedTabs } from '../shared/shared-tabs'
import { UntagDialog } from '../shared/untag-dialog'

interface TaggedView {
  user: { id: string; hash: string }
  photos: TaggedPhotoJson[]
  nextCursor: string | null
}

/** /tagged: the photos that the person is tagged in, newest tag first. */
export function renderTagged(c: Context<AppEnv>, { user, photos, nextCursor }: TaggedView) {
  return renderPage(c, {
    title: t().tagged,
    script: 'tagged',
    children: (
      <div class="list-page" data-hash={user.hash} data-tagged>
        <h1 tabindex={-1} data-title>
          {t().tagged}
        </h1>
        <SharedTabs current="/tagged" />
        <div class="empty" data-empty hidden={photos.length > 0}>
          <Icon svg={faceIcon} />
          <p>
            <strong>{t().nothing}</strong>
          </p>
          <p class="hint">{t().taggedHint}</p>
        </div>
        {photos.length > 0 && (
          <ul class="tiles" data-tiles>
            {photos.map((photo) => (
              <TaggedTile photo={photo} isMine={photo.userId === user.id} />
            ))}
          </ul>
        )}
        {nextCursor && (
          <p class="more">
            <a class="button" href={`/tagged?cursor=${nextCursor}`}>
              {shared().morePhotos}
            </a>
          </p>
        )}
        <UntagDialog />
      </div>
    ),
  })
}

function TaggedTile({ photo, isMine }: { photo: TaggedPhotoJson; isMine: boolean }) {
  const { owner, altText, taggedAt } = photo
  return (
    <PhotoTile photo={photo} query="?in=tagged">
      <p class="tile-from">
        <Face hash={owner.hash} size={24} />
        <span class="grow">
          <bdi>{isMine ? t().you : startName(owner)}</bdi>
          <span class="hint small">{formatDate(taggedAt)}</span>
        </span>
      </p>
      <button
        type="button"
        class="button plain small tile-leave"
        aria-haspopup="dialog"
        aria-label={t().removeMeFrom(altText || albums().noDescription)}
        data-remove-me
      >
        {t().removeMe}
      </button>
    </PhotoTile>
  )
}

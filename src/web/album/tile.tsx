import coverIcon from 'lucide-static/icons/book-image.svg'
import xIcon from 'lucide-static/icons/x.svg'
import { t } from '../../lang/albums'
import type { SeenPhotoJson } from '../../photos/answers'
import { Icon } from '../shared/icon'
import { Face, startName } from '../shared/people'
import { PhotoTile } from '../shared/photo-tile'
import type { AlbumJson } from '../shared/sharing'

interface AlbumTileView {
  userId: string
  album: Pick<AlbumJson, 'id' | 'role' | 'coverPhotoId'>
  photo: SeenPhotoJson
}

/** A photo of an album, and what whoever looks may do with it there. Drawn by the page and by its browser code. */
export function AlbumTile({ userId, album, photo }: AlbumTileView) {
  const isMine = photo.userId === userId
  const isOwner = album.role === 'owner'
  const mayRemove = isOwner || (isMine && album.role === 'contributor')
  const isCover = album.coverPhotoId === photo.id
  const name = photo.altText || t().noDescription
  return (
    <PhotoTile photo={photo} query={`?album=${album.id}`}>
      {(isOwner || mayRemove) && (
        <span class="tile-tools">
          {isOwner && (
            <button
              type="button"
              class="tile-tool"
              aria-pressed={isCover ? 'true' : 'false'}
              aria-label={t().coverOf(name)}
              title={t().cover}
              data-cover
            >
              <Icon svg={coverIcon} />
            </button>
          )}
          {mayRemove && (
            <button
              type="button"
              class="tile-tool"
              aria-label={t().takeOutOf(name)}
              title={t().takeOut}
              data-take-out
            >
              <Icon svg={xIcon} />
            </button>
          )}
        </span>
      )}
      {!isMine && (
        <p class="badge dark tile-by">
          <Face hash={photo.owner.hash} size={24} />
          <bdi title={startName(photo.owner)}>{startName(photo.owner)}</bdi>
        </p>
      )}
    </PhotoTile>
  )
}

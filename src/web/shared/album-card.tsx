import albumIcon from 'lucide-static/icons/library.svg'
import { t } from '../../lang/albums'
import { Icon } from './icon'
import { nameOf } from './people'
import type { AlbumJson } from './sharing'
import { rawPath, rawSrcset } from './urls'
import { countPhotos } from './words'

export interface AlbumCardView {
  album: AlbumJson
  /** The photo that stands for it; null for an empty one. */
  cover: { photoId: string; userId: string } | null
}

/** An album in a list: its cover, title, how many photos, and whose it is where it is not one's own. */
export function AlbumCard({ album, cover }: AlbumCardView) {
  const { id, title, photoCount, role, owner } = album
  return (
    <li class="album-card">
      <a href={`/albums/${id}`}>
        <span class="album-cover">
          {cover ? (
            <img
              src={rawPath(cover.userId, cover.photoId, 320)}
              srcset={rawSrcset(cover.userId, cover.photoId, [320, 640])}
              sizes="(min-width: 720px) 280px, 45vw"
              width="320"
              height="240"
              loading="lazy"
              decoding="async"
              alt=""
            />
          ) : (
            <Icon svg={albumIcon} />
          )}
        </span>
        <strong dir="auto">{title}</strong>
        <span class="hint small">
          {countPhotos(photoCount)}
          {role !== 'owner' && <bdi>{t().dotOwner(nameOf(owner))}</bdi>}
        </span>
      </a>
    </li>
  )
}

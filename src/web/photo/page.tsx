import type { Context } from 'hono'
import arrowLeftIcon from 'lucide-static/icons/arrow-left.svg'
import type { AppEnv } from '../../accounts/asking'
import { t } from '../../lang/photo'
import type { SeenPhotoJson } from '../../photos/answers'
import { findScript } from '../shared/bundles'
import { Icon } from '../shared/icon'
import { renderPage } from '../shared/layout'
import { ShareDialog } from '../shared/share-dialog'
import { UntagDialog } from '../shared/untag-dialog'
import { WhereDialog } from '../shared/where-dialog'
import type { AudienceView } from './audience'
import { OwnerPanel } from './owner-panel'
import { type LargeView, Stage } from './stage'
import { TagSection, type TagsView } from './tags'
import { ViewerPanel } from './viewer-panel'
import { WhoDialog } from './who-dialog'

/** The list that a photo was opened from, and what stands beside it there. */
export interface Way {
  /** Where the list is. */
  list: { href: string; name: string }
  /** The photos beside it; null at the ends of the list. */
  previous: LargeView | null
  next: LargeView | null
  /** The query that says which list it is: `?album=…`, or nothing. */
  query: string
}

interface PhotoView {
  user: { id: string; publicKey: string; activePhotoId: string | null }
  maxBytes: number
  way: Way
  tags: TagsView
  shown: ({ as: 'owner' } & AudienceView) | { as: 'viewer'; photo: SeenPhotoJson; sharedAt: number | null }
}

/** /photos/{id}: one photo, large, for its owner and for everybody else who may see it. */
export function renderPhoto(c: Context<AppEnv>, { user, maxBytes, way, tags, shown }: PhotoView) {
  const userId = user.id
  const { list, query } = way
  const ownerId = shown.as === 'owner' ? userId : shown.photo.userId
  const { id, altText } = shown.photo
  const title = altText || (shown.as === 'owner' && shown.photo.fileName) || t().photo
  const [width, height] = [shown.photo.width ?? 1, shown.photo.height ?? 1]
  const beside = (other: LargeView | null) => other && { ...other, href: `/photos/${other.id}${query}` }
  return renderPage(c, {
    title,
    script: 'photo',
    width: 'full',
    section: list.href,
    children: (
      <div
        class="photo-page"
        data-photo-page
        data-user={userId}
        data-public-key={user.publicKey}
        data-tags={JSON.stringify(tags)}
        {...(shown.as === 'owner' && {
          'data-view': JSON.stringify(pick(shown)),
          'data-active': user.activePhotoId ?? '',
          'data-crop': findScript('crop'),
          'data-max-bytes': maxBytes,
        })}
      >
        <p class="photo-back">
          <a href={list.href} data-back>
            <Icon svg={arrowLeftIcon} />
            <span dir="auto">{list.name}</span>
          </a>
        </p>
        <Stage
          photo={{ id, userId: ownerId, width, height, altText }}
          previous={beside(way.previous)}
          next={beside(way.next)}
        />
        <div class="photo-side">
          <h1 class={title.length > 80 ? 'photo-title long' : 'photo-title'} dir="auto" data-title>
            {title}
          </h1>
          {shown.as === 'owner' ? (
            <OwnerPanel userId={userId} {...shown}>
              <TagSection {...tags} />
            </OwnerPanel>
          ) : (
            <>
              <ViewerPanel {...shown} />
              <TagSection {...tags} />
            </>
          )}
        </div>
        <WhoDialog isOwner={tags.isOwner} />
        <UntagDialog />
        {shown.as === 'owner' && (
          <>
            <ShareDialog />
            <WhereDialog />
          </>
        )}
      </div>
    ),
  })
}

/** What browser code draws the audience from. */
function pick({ photo, addresses, people, links, albums, tagged }: AudienceView): AudienceView {
  return { photo, addresses, people, links, albums, tagged }
}

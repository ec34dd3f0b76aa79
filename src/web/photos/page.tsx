import type { Context } from 'hono'
import type { AddressJson, MeJson } from '../../accounts/answers'
import type { AppEnv } from '../../accounts/asking'
import type { Config } from '../../config'
import { publicOrigin } from '../../http/origin'
import { t } from '../../lang/photos'
import { t as shared } from '../../lang/shared'
import type { PhotoJson } from '../../photos/answers'
import { findScript } from '../shared/bundles'
import { AlbumDialog } from '../shared/choices/album-dialog'
import { renderPage } from '../shared/layout'
import { ShareDialog } from '../shared/share-dialog'
import { toShown } from '../shared/tile-look'
import { WhereDialog } from '../shared/where-dialog'
import { groupByMonth } from './months'
import { SelectionBar } from './selection'
import { stageOf } from './stages'
import { Steps } from './steps'
import { GridTemplates, MonthSection } from './tile'

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

/** Photos that are in sight at first, on a wide window too. */
const IN_SIGHT = 6

/** /photos: adding photos, the picture that shows with its URL to embed, and all photos by month. */
export function renderPhotos(c: Context<AppEnv>, view: PhotosView) {
  const { user, config, addresses, photos, active, nextCursor } = view
  const isShown = active !== null || addresses.some(({ photoId }) => photoId !== null)
  const stage = stageOf({ photos: photos.length, isShown })
  const more = nextCursor ? `/photos?cursor=${nextCursor}` : undefined
  return renderPage(c, {
    title: t().title,
    script: 'photos',
    needsScript: true,
    width: 'full',
    children: (
      <div
        class="photos-page"
        data-photos={JSON.stringify(photos.map(toShown))}
        data-user={user.id}
        data-active={active?.id}
        data-choices={findScript('choices')}
        data-crop={findScript('crop')}
        data-max-bytes={config.maxUploadBytes}
        data-addresses={JSON.stringify(addresses)}
      >
        <h1 class="visually-hidden">{t().title}</h1>
        <Steps
          {...{ user, addresses, photos, active, stage }}
          maxBytes={config.maxUploadBytes}
          origin={publicOrigin(config, c.req.url)}
        />
        <section class="gallery" aria-labelledby="photos-title" data-gallery hidden={photos.length === 0}>
          <div class="photos-head">
            <h2 id="photos-title" tabindex={-1}>
              {t().yours}
            </h2>
            <button type="button" class="button small" aria-pressed="false" data-select-mode>
              {t().select}
            </button>
          </div>
          <p class="visually-hidden" id="grid-help">
            {t().selection.help}
          </p>
          <div class="months" aria-describedby="grid-help" data-grid>
            {groupByMonth(photos).map((month) => (
              <MonthSection
                month={month}
                first={photos.slice(0, IN_SIGHT)}
                userId={user.id}
                addresses={addresses}
              />
            ))}
          </div>
          <p class="more" data-more hidden={!more}>
            <a class="button" href={more}>
              {shared().morePhotos}
            </a>
          </p>
        </section>
        <GridTemplates userId={user.id} />
        <SelectionBar />
        <WhereDialog />
        <ShareDialog />
        <AlbumDialog />
      </div>
    ),
  })
}

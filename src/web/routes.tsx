import { type Context, Hono } from 'hono'
import { listAddresses, toAddress } from '../accounts/addresses'
import type { AppEnv, SignedInEnv } from '../accounts/asking'
import { encodeCursor, readPage } from '../http/paging'
import { findVisiblePhoto } from '../photos/access'
import type { PhotoJson } from '../photos/answers'
import { onlookerOf, toPhoto } from '../photos/own'
import { listPhotos } from '../photos/photos'
import { albumPages } from './album/routes'
import { albumsPages } from './albums/routes'
import { renderErrorDocs } from './docs/errors'
import { renderDocs } from './docs/page'
import { renderApiDocs } from './docs/reference'
import { fixedFiles } from './fixed/routes'
import { inboxPages } from './inbox/routes'
import { photoPages } from './photo/routes'
import { renderPhotos } from './photos/page'
import { settingsPages } from './settings/routes'
import { pageHeaders } from './shared/headers'
import { readUser } from './shared/signed-in'
import { sharedPages } from './shared-photos/routes'
import { signInPages } from './sign-in/routes'
import { renderStart } from './start/page'
import { stopPages } from './stop/routes'
import { taggedPages } from './tagged/routes'
import { threadPages } from './thread/routes'

type User = SignedInEnv['Variables']['user']

/** The pages. Whoever must sign in first is sent to do so and comes back. */
export const pages = new Hono<AppEnv>()
  .route('/', signInPages)
  .route('/', settingsPages)
  .route('/', photoPages)
  .route('/', albumsPages)
  .route('/', albumPages)
  .route('/', sharedPages)
  .route('/', inboxPages)
  .route('/', threadPages)
  .route('/', stopPages)
  .route('/', taggedPages)
  .get('/', pageHeaders, (c) => (readUser(c) ? c.redirect('/photos') : renderStart(c)))
  .get('/photos', pageHeaders, async (c) => {
    const user = readUser(c)
    if (!user) return c.redirect('/sign-in?next=/photos')
    const { caps } = c.var
    const [{ items, next }, addresses] = await Promise.all([
      listPhotos(caps, { user, order: 'taken', ...readPage(c.req.query()) }),
      listAddresses(caps, { userId: user.id }),
    ])
    const { activePhotoId } = user
    const listed = items.find((photo) => photo.active)
    const active = listed ?? (activePhotoId ? await findActive(c, user, activePhotoId) : null)
    const nextCursor = next && encodeCursor(next.createdAt, next.id)
    const shown = { addresses: addresses.map(toAddress), photos: items, active, nextCursor }
    return renderPhotos(c, { user, config: caps.config, ...shown })
  })
  // What an app shares comes here only where no service worker took it: nothing of it is read.
  .post('/photos/share', (c) => c.redirect('/photos?share=missed', 303))
  .route('/', fixedFiles)
  .get('/docs', pageHeaders, renderDocs)
  .get('/docs/api', pageHeaders, renderApiDocs)
  .get('/docs/errors', pageHeaders, renderErrorDocs)

/** The active photo where it stands on another page of the list; null if it has just been deleted. */
async function findActive(c: Context<AppEnv>, user: User, photoId: string): Promise<PhotoJson | null> {
  const { caps } = c.var
  const sight = await findVisiblePhoto(caps, { photoId, viewerId: user.id })
  return sight?.as === 'owner' ? toPhoto(sight.photo, onlookerOf(user, caps)) : null
}

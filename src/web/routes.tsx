import { type Context, Hono } from 'hono'
import type { AppEnv, SignedInEnv } from '../accounts/asking'
import { updateProfile } from '../accounts/profile'
import { profilePatch } from '../accounts/schemas'
import { listTokens } from '../accounts/tokens'
import { checkInput, readForm } from '../http/body'
import { limitChanges } from '../http/limits'
import { publicOrigin } from '../http/origin'
import { encodeCursor, readPage } from '../http/paging'
import { findVisiblePhoto } from '../photos/access'
import type { PhotoJson } from '../photos/answers'
import { listPhotos, toPhoto } from '../photos/photos'
import { renderErrorDocs } from './docs/errors'
import { renderDocs } from './docs/page'
import { renderPhotos } from './photos/page'
import { renderSettings } from './settings/page'
import { pageHeaders } from './shared/headers'
import { signInPages } from './sign-in/routes'
import { renderStart } from './start/page'

type User = SignedInEnv['Variables']['user']

/** The pages. Whoever must sign in first is sent to do so and comes back. */
export const pages = new Hono<AppEnv>()
  .route('/', signInPages)
  .get('/', pageHeaders, (c) => (readUser(c) ? c.redirect('/photos') : renderStart(c)))
  .get('/photos', pageHeaders, async (c) => {
    const user = readUser(c)
    if (!user) return c.redirect('/sign-in?next=/photos')
    const { caps } = c.var
    const { items, next } = await listPhotos(caps, { user, ...readPage(c.req.query()) })
    const { activePhotoId } = user
    const listed = items.find((photo) => photo.active)
    const active = listed ?? (activePhotoId ? await findActive(c, user, activePhotoId) : null)
    const nextCursor = next && encodeCursor(next.createdAt, next.id)
    return renderPhotos(c, { user, config: caps.config, photos: items, active, nextCursor })
  })
  .get('/settings', pageHeaders, async (c) => {
    const user = readUser(c)
    if (!user) return c.redirect('/sign-in?next=/settings')
    const tokens = await listTokens(c.var.caps, { userId: user.id })
    return renderSettings(c, { user, tokens, origin: publicOrigin(c.var.caps.config, c.req.url) })
  })
  // What the forms of the settings do where no script does it.
  .post('/settings', (c) => c.redirect('/settings', 303))
  .post('/settings/profile', async (c) => {
    const user = readUser(c)
    if (user) {
      const field = await readForm(c.req.raw)
      const changes = checkInput({ displayName: field('displayName') }, profilePatch)
      await limitChanges(c.env.CHANGE_LIMIT, user)
      await updateProfile(c.var.caps, { user, ...changes })
    }
    return c.redirect('/settings', 303)
  })
  .get('/docs', pageHeaders, renderDocs)
  .get('/docs/errors', pageHeaders, renderErrorDocs)

/** The active photo where it stands on another page of the list; null if it has just been deleted. */
async function findActive(c: Context<AppEnv>, user: User, photoId: string): Promise<PhotoJson | null> {
  const sight = await findVisiblePhoto(c.var.caps, { ownerId: user.id, photoId, viewerId: user.id })
  return sight?.as === 'owner' ? toPhoto(sight.photo, photoId) : null
}

/** Pages are for people with a session: an API token must not read what the API would refuse it. */
function readUser(c: Context<AppEnv>): User | null {
  return c.var.via === 'session' ? c.var.user : null
}

import { type Context, Hono } from 'hono'
import { listTokens } from '../accounts/credentials'
import type { AppEnv } from '../auth'
import { encodeCursor, readPage } from '../body'
import { type Db, openDb } from '../db/db'
import type { User } from '../db/schema'
import { loadConfig, publicOrigin } from '../env'
import { findVisiblePhoto } from '../photos/access'
import { listPhotos, type PhotoJson, toPhoto } from '../photos/photos'
import { renderDocs } from './docs'
import { renderErrorDocs } from './error-docs'
import { pageHeaders } from './headers'
import { renderPhotos } from './photos'
import { renderSettings } from './settings'
import { renderSignIn } from './sign-in'
import { renderStart } from './start'

/** The pages. Whoever must sign in first is sent to do so and comes back. */
export const pages = new Hono<AppEnv>()
  .get('/', pageHeaders, (c) => (readUser(c) ? c.redirect('/photos') : renderStart(c)))
  .get('/sign-in', pageHeaders, (c) => {
    const next = readNext(c.req.query('next'), c.req.url)
    return readUser(c) ? c.redirect(next) : renderSignIn(c, { next })
  })
  .get('/photos', pageHeaders, async (c) => {
    const user = readUser(c)
    if (!user) return c.redirect('/sign-in?next=/photos')
    const db = openDb(c.env.DB)
    const { items, next } = await listPhotos(db, { user, ...readPage(c.req.query()) })
    const { activePhotoId } = user
    const listed = items.find((photo) => photo.active)
    const active = listed ?? (activePhotoId ? await findActive(db, user, activePhotoId) : null)
    const nextCursor = next && encodeCursor(next.createdAt, next.id)
    return renderPhotos(c, { user, config: loadConfig(c.env), photos: items, active, nextCursor })
  })
  .get('/settings', pageHeaders, async (c) => {
    const user = readUser(c)
    if (!user) return c.redirect('/sign-in?next=/settings')
    const { items } = await listTokens(openDb(c.env.DB), { userId: user.id })
    return renderSettings(c, { user, tokens: items, origin: publicOrigin(loadConfig(c.env), c.req.url) })
  })
  .get('/docs', pageHeaders, renderDocs)
  .get('/docs/errors', pageHeaders, renderErrorDocs)

/** The active photo where it stands on another page of the list; null if it has just been deleted. */
async function findActive(db: Db, user: User, photoId: string): Promise<PhotoJson | null> {
  const sight = await findVisiblePhoto(db, { ownerId: user.id, photoId, viewerId: user.id })
  return sight && toPhoto(sight.photo, photoId)
}

/** Pages are for people with a session: an API token must not read what the API would refuse it. */
function readUser(c: Context<AppEnv>): User | null {
  return c.var.via === 'session' ? c.var.user : null
}

/**
 * Where to go after signing in: a path of our own, never another site (open redirect). Judged after the URL is
 * resolved: `/.//host` becomes `//host`, which a browser takes for a host.
 */
function readNext(next: string | undefined, requestUrl: string): string {
  if (!next?.startsWith('/') || !URL.canParse(next, requestUrl)) return '/photos'
  const url = new URL(next, requestUrl)
  const ours = url.origin === new URL(requestUrl).origin && !url.pathname.startsWith('//')
  return ours ? url.pathname + url.search : '/photos'
}

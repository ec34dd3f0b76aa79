import { type Context, Hono } from 'hono'
import type { AppEnv, SignedInEnv } from '../accounts/asking'
import { listTokens } from '../accounts/tokens'
import { publicOrigin } from '../http/origin'
import { encodeCursor, readPage } from '../http/paging'
import { DAY, SECOND } from '../lib/time'
import { findVisiblePhoto } from '../photos/access'
import type { PhotoJson } from '../photos/answers'
import { listPhotos, toPhoto } from '../photos/photos'
import { renderErrorDocs } from './docs/errors'
import { renderDocs } from './docs/page'
import { renderPhotos } from './photos/page'
import { renderSettings } from './settings/page'
import { pageHeaders } from './shared/headers'
import { renderSignIn } from './sign-in/page'
import { renderStart } from './start/page'

type User = SignedInEnv['Variables']['user']

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
  .get('/favicon.ico', (c) => serveIcon(c, 'image/x-icon'))
  .get('/apple-touch-icon.png', (c) => serveIcon(c, 'image/png'))
  .get('/robots.txt', (c) => c.text(ROBOTS, 200, A_DAY))
  .get('/docs', pageHeaders, renderDocs)
  .get('/docs/errors', pageHeaders, renderErrorDocs)

/** What has a fixed name cannot be kept for good. */
const A_DAY = { 'cache-control': `public, max-age=${DAY / SECOND}`, 'x-content-type-options': 'nosniff' }

/** What is for everybody, and what those pages look like; no pictures of people. RFC 9309. */
const ROBOTS = ['User-agent: *', 'Allow: /$', 'Allow: /docs', 'Allow: /static/', 'Disallow: /', ''].join('\n')

async function serveIcon(c: Context<AppEnv>, contentType: string): Promise<Response> {
  const icon = await c.env.ASSETS.fetch(new URL(c.req.path, c.req.url))
  return new Response(icon.body, { headers: { ...A_DAY, 'content-type': contentType } })
}

/** The active photo where it stands on another page of the list; null if it has just been deleted. */
async function findActive(c: Context<AppEnv>, user: User, photoId: string): Promise<PhotoJson | null> {
  const sight = await findVisiblePhoto(c.var.caps, { ownerId: user.id, photoId, viewerId: user.id })
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

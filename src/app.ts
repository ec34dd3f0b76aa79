import { type Context, Hono } from 'hono'
import { type AppEnv, authenticate } from './accounts/asking'
import { account, exporting, signIn } from './accounts/routes'
import { avatars } from './avatar/routes'
import { isMigrated } from './db/migrated'
import { EXPORTS } from './exports'
import { refuseCrossSite } from './http/cross-site'
import { BY_LANGUAGE, noStore, noStoreUnlessKept, withHeaders } from './http/headers'
import { logProblem, MIGRATE, Problem, problemResponse, toProblem } from './http/problems'
import { otherMethods, refuseUnrouted, routeOf } from './http/routing'
import { during } from './lib/failures'
import { messages } from './messages/routes'
import { raw } from './photos/raw'
import { photos } from './photos/routes'
import { albums } from './sharing/albums/routes'
import { links } from './sharing/links/routes'
import { people } from './sharing/people/routes'
import { tags } from './tags/routes'
import { uploads } from './uploads/routes'
import { appearance } from './web/appearance/routes'
import { serveApiDocument } from './web/docs/reference'
import { keepToItself } from './web/link/headers'
import { renderLinkProblem } from './web/link/problem'
import { linkPages } from './web/link/routes'
import { PHOTO_PAGE } from './web/photo/routes'
import { renderProblem } from './web/problem/page'
import { pages } from './web/routes'
import { speak, speaking } from './web/shared/speak'

/** The gateway: every middleware and every mount, in order. Nothing but the mount itself runs on the picture path. */
export function createApp() {
  const app = new Hono<AppEnv>()

  app.get('/api/openapi.json', serveApiDocument) // public, so that nobody is asked who they are
  app.use('/api/*', noStore, refuseUnrouted, refuseCrossSite, authenticate, speak)
  app.route('/api', signIn)
  app.route('/api', account)
  app.route('/api', exporting(EXPORTS, '/me/export'))
  app.route('/api', photos)
  app.route('/api', uploads)
  app.route('/api', people)
  app.route('/api', albums)
  app.route('/api', links)
  app.route('/api', tags)
  app.route('/api', messages)

  app.use('/raw/*', noStoreUnlessKept, refuseUnrouted) // who is asking is a part of its one query
  app.route('/raw', raw)

  app.use('/l/*', speak, keepToItself, noStoreUnlessKept, refuseUnrouted, refuseCrossSite) // whoever has the link
  app.route('/l', linkPages)

  app.use('/appearance', speak, noStore, refuseCrossSite) // for guests too: nobody is asked who they are
  app.route('/appearance', appearance)

  const paths = [
    '/',
    '/sign-in/*',
    '/sign-out',
    '/photos',
    '/photos/share',
    PHOTO_PAGE,
    '/albums/*',
    '/shared',
    '/tagged',
  ]
  for (const page of [...paths, '/inbox/*', '/stop/*', '/settings/*', '/docs/*'])
    app.use(page, speak, noStore, refuseCrossSite, authenticate)
  app.route('/', pages)
  app.route('/settings', exporting(EXPORTS, '/export')) // the same for people: what is refused is a page
  for (const page of ['/photos', '/albums', '/shared', '/tagged', '/inbox', '/sign-in', '/settings', '/docs'])
    app.get(`${page}/`, noStore, (c) => c.redirect(page, 308))

  app.get('/static/*', (c) => serveAsset(c))

  app.get('/healthz', noStore, async (c) => {
    if (!(await during('d1', isMigrated(c.env.DB)))) throw new Problem('database_not_migrated', MIGRATE)
    return c.json({ status: 'ok' })
  })

  app.route('/', avatars) // last: they look at every path that nothing else answers

  app.notFound(async (c) => {
    if (wantsPage(c) && !isLink(c) && !c.var.user) await authenticate(c, async () => {}) // the page's header says who is asking
    const allow = otherMethods(app, c)
    if (allow === null) return answerProblem(c, new Problem('not_found'))
    return withHeaders(await answerProblem(c, new Problem('method_not_allowed')), { allow })
  })
  app.onError((error, c) => {
    const problem = toProblem(error)
    logProblem(problem, { what: 'request', route: `${c.req.method} ${routeOf(c) ?? '/*'}` })
    return answerProblem(c, problem)
  })
  return app
}

/** What only programs ask, whatever they accept. */
const PROGRAMS = /^\/(?:api(?:\/|$)|healthz$)/

/** A page for whoever asks for one, problem+json for everybody else and for the API always. */
function answerProblem(c: Context<AppEnv>, problem: Problem): Promise<Response> {
  return speaking(c, () => {
    if (!wantsPage(c)) return withHeaders(problemResponse(problem), BY_LANGUAGE)
    return isLink(c) ? renderLinkProblem(c, problem) : renderProblem(c, problem)
  })
}

/** Where a page says nothing of who is asking, and leads nowhere else. */
const isLink = (c: Context<AppEnv>) => c.req.path.startsWith('/l/')

function wantsPage(c: Context<AppEnv>): boolean {
  return c.req.header('accept')?.includes('text/html') === true && !PROGRAMS.test(c.req.path)
}

/** Files of dist/client: their names change with their content, so whoever has one may keep it for good. */
async function serveAsset(c: Context<AppEnv>): Promise<Response> {
  const asset = await c.env.ASSETS.fetch(c.req.raw)
  if (asset.status !== 200 && asset.status !== 304) return c.notFound()
  return withHeaders(asset, { 'cache-control': 'public, max-age=31536000, immutable' })
}

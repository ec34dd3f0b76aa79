import { type Context, Hono } from 'hono'
import { type AppEnv, authenticate } from './accounts/asking'
import { account, signIn } from './accounts/routes'
import { avatars } from './avatar/routes'
import { refuseCrossSite } from './http/cross-site'
import { noStore } from './http/headers'
import { isFault, Problem, problemResponse, toProblem } from './http/problems'
import { raw } from './photos/raw'
import { photos } from './photos/routes'
import { uploads } from './uploads/routes'
import { renderProblem } from './web/problem/page'
import { pages } from './web/routes'

/** The gateway: every middleware and every mount, in order. Nothing but the mount itself runs on the picture path. */
export function createApp() {
  const app = new Hono<AppEnv>()

  app.use('/api/*', noStore, refuseCrossSite, authenticate)
  app.route('/api', signIn)
  app.route('/api', account)
  app.route('/api', photos)
  app.route('/api', uploads)

  app.use('/raw/*', noStore, authenticate)
  app.route('/raw', raw)

  for (const page of ['/', '/sign-in', '/photos', '/settings', '/docs/*'])
    app.use(page, noStore, authenticate)
  app.route('/', pages)
  for (const page of ['/photos', '/sign-in', '/settings', '/docs'])
    app.get(`${page}/`, noStore, (c) => c.redirect(page, 308))

  app.get('/static/*', (c) => serveAsset(c))

  app.route('/', avatars)

  app.notFound(async (c) => {
    if (wantsPage(c) && !c.var.user) await authenticate(c, async () => {}) // the page's header says who is asking
    return answerProblem(c, new Problem('not_found'))
  })
  app.onError((error, c) => {
    const problem = toProblem(error)
    if (isFault(problem)) console.error('a request failed', problem.cause ?? problem)
    return answerProblem(c, problem)
  })
  return app
}

/** A page for whoever asks for one, problem+json for everybody else and for the API always. */
function answerProblem(c: Context<AppEnv>, problem: Problem): Response | Promise<Response> {
  return wantsPage(c) ? renderProblem(c, problem) : problemResponse(problem)
}

function wantsPage(c: Context<AppEnv>): boolean {
  return c.req.header('accept')?.includes('text/html') === true && !c.req.path.startsWith('/api/')
}

/** Files of dist/client: their names change with their content, so whoever has one may keep it for good. */
async function serveAsset(c: Context<AppEnv>): Promise<Response> {
  const asset = await c.env.ASSETS.fetch(c.req.raw)
  if (asset.status !== 200 && asset.status !== 304) return c.notFound()
  const response = new Response(asset.body, asset)
  response.headers.set('cache-control', 'public, max-age=31536000, immutable')
  response.headers.set('x-content-type-options', 'nosniff')
  return response
}

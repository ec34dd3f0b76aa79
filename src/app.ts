import { type Context, Hono } from 'hono'
import { account, signIn } from './accounts/routes'
import { type AppEnv, authenticate, refuseCrossSite } from './auth'
import { avatars } from './avatar/routes'
import { Problem, problemResponse, toProblem } from './errors'
import { raw } from './photos/raw'
import { photos } from './photos/routes'
import { renderProblem } from './web/problem'
import { pages } from './web/routes'

/** The gateway: every middleware and every mount, in order. Nothing but the mount itself runs on the picture path. */
export function createApp() {
  const app = new Hono<AppEnv>()

  app.use('/api/*', noStore, refuseCrossSite, authenticate)
  app.route('/api', signIn)
  app.route('/api', account)
  app.route('/api', photos)

  app.use('/raw/*', noStore, authenticate)
  app.route('/raw', raw)

  for (const page of ['/', '/sign-in', '/photos', '/settings', '/docs/*'])
    app.use(page, noStore, authenticate)
  app.route('/', pages)
  app.get('/photos/', noStore, (c) => c.redirect('/photos', 308))

  app.route('/', avatars)

  app.notFound((c) => answerProblem(c, new Problem('not_found')))
  app.onError((error, c) => {
    const problem = toProblem(error)
    if (problem.status === 503) console.error('a request failed', problem.cause ?? problem)
    return answerProblem(c, problem)
  })
  return app
}

/** A page for whoever asks for one, problem+json for everybody else and for the API always. */
function answerProblem(c: Context<AppEnv>, problem: Problem): Response | Promise<Response> {
  const wantsPage = c.req.header('accept')?.includes('text/html') && !c.req.path.startsWith('/api/')
  return wantsPage ? renderProblem(c, problem) : problemResponse(problem)
}

/** What is private stays out of every cache, whatever a handler forgets. */
async function noStore(c: { res: Response }, next: () => Promise<void>): Promise<void> {
  await next()
  c.res.headers.set('cache-control', 'private, no-store')
}

import { Hono } from 'hono'
import { account, signIn } from './accounts/routes'
import { type AppEnv, authenticate, refuseCrossSite } from './auth'
import { avatars } from './avatar/routes'
import { Problem, problemResponse, toProblem } from './errors'
import { raw } from './photos/raw'
import { photos } from './photos/routes'

/** The gateway: every middleware and every mount, in order. */
export function createApp() {
  const app = new Hono<AppEnv>()

  app.use('/api/*', noStore, refuseCrossSite, authenticate)
  app.route('/api', signIn)
  app.route('/api', account)
  app.route('/api', photos)

  app.use('/raw/*', noStore, authenticate)
  app.route('/raw', raw)

  app.get('/photos/', (c) => c.redirect('/photos', 308))
  app.route('/', avatars)

  app.notFound(() => problemResponse(new Problem('not_found')))
  app.onError((error) => {
    const problem = toProblem(error)
    if (problem.status === 503) console.error('a request failed', problem.cause ?? problem)
    return problemResponse(problem)
  })
  return app
}

/** What is private stays out of every cache, whatever a handler forgets. */
async function noStore(c: { res: Response }, next: () => Promise<void>): Promise<void> {
  await next()
  c.res.headers.set('cache-control', 'private, no-store')
}

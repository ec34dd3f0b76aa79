import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../../accounts/asking'
import { readStop, stopInvitations } from '../../messages/stop'
import { pageHeaders } from '../shared/headers'
import { renderStop } from './page'

/** The token leaves with no link. */
const noReferrer = createMiddleware<AppEnv>(async (c, next) => {
  await next()
  c.header('referrer-policy', 'no-referrer')
})

/**
 * The link that stands in an invitation. Looking at it changes nothing: programs look at every link of a mail. Mail
 * programs POST to it by themselves (RFC 8058), without a cookie, and follow no redirect.
 */
export const stopPages = new Hono<AppEnv>()
  .use('/stop/*', noReferrer)
  .get('/stop/:token', pageHeaders, async (c) => {
    await readStop(c.var.caps, c.req.param('token'))
    return renderStop(c, { isDone: false })
  })
  .post('/stop/:token', pageHeaders, async (c) => {
    await stopInvitations(c.var.caps, { token: c.req.param('token') })
    return renderStop(c, { isDone: true })
  })

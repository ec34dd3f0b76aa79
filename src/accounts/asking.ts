import { createMiddleware } from 'hono/factory'
import { type Capabilities, openCapabilities } from '../capabilities'
import type { User } from '../db/schema'
import { readCookie, writeCookie } from '../http/cookies'
import { clientKey } from '../http/limits'
import { Problem } from '../http/problems'
import { SECOND } from '../lib/time'
import { findSession, renewSession, SESSION_LIFE } from './sessions'
import { findTokenOwner } from './tokens'

/** The Hono environment of everything that may know who is asking. The picture path does not. */
export interface AppEnv {
  Bindings: Env
  Variables: {
    caps: Capabilities
    /** Who is asking; null for nobody. */
    user: User | null
    /** How they said so; null for nobody. */
    via: 'session' | 'token' | null
  }
}

/** The environment behind `requireUser`: there is somebody. */
export interface SignedInEnv extends AppEnv {
  Variables: { caps: Capabilities; user: User; via: 'session' | 'token' }
}

/**
 * Opens the capabilities of the request and finds out who is asking: an `Authorization` header decides alone, else
 * the session cookie. One query. A session that is used slides: its life is renewed when a day of it has passed.
 */
export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  const caps = openCapabilities(c.env, Date.now(), clientKey(c.req.raw) || null)
  c.set('caps', caps)
  c.set('user', null)
  c.set('via', null)
  const authorization = c.req.header('authorization')
  const cookie = readCookie(c, 'session')
  if (authorization !== undefined) {
    const token = /^Bearer +(cameo_\S+) *$/i.exec(authorization)?.[1]
    const user = token ? await findTokenOwner(caps, { token }) : null
    if (!user) throw new Problem('unauthenticated', 'This API token is not valid.')
    c.set('user', user)
    c.set('via', 'token')
  } else if (cookie) {
    const found = await findSession(caps, { token: cookie })
    if (found) {
      c.set('user', found.user)
      c.set('via', 'session')
      if (found.slide) {
        await renewSession(caps, { token: cookie })
        writeCookie(c, 'session', cookie, SESSION_LIFE / SECOND)
      }
    }
  }
  await next()
})

/** Lets only somebody through, by session or token. */
export const requireUser = createMiddleware<SignedInEnv>(async (c, next) => {
  if (!c.var.user) throw new Problem('unauthenticated')
  await next()
})

/** Lets only a session through: what a leaked token must not be able to do. */
export const requireSession = createMiddleware<SignedInEnv>(async (c, next) => {
  if (!c.var.user) throw new Problem('unauthenticated')
  if (c.var.via !== 'session') throw new Problem('session_required')
  await next()
})

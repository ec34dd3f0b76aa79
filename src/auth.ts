import type { Context as HonoContext, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { findSession, findTokenOwner, renewSession, SESSION_LIFE } from './accounts/credentials'
import { openDb } from './db/db'
import type { User } from './db/schema'
import { type Env, isLocal } from './env'
import { Problem } from './errors'

/** The Hono environment of everything that may know who is asking. The picture path does not. */
export interface AppEnv {
  Bindings: Env
  Variables: {
    /** Who is asking; null for nobody. */
    user: User | null
    /** How they said so; null for nobody. */
    via: 'session' | 'token' | null
  }
}

/** The environment behind `requireUser`: there is somebody. */
export interface SignedInEnv extends AppEnv {
  Variables: { user: User; via: 'session' | 'token' }
}

type CookieName = 'session' | 'sign-in' | 'known'

/** Local http, where a browser would refuse `Secure` and the `__Host-` prefix that needs it. */
function isPlain(c: HonoContext): boolean {
  const url = new URL(c.req.url)
  return url.protocol === 'http:' && isLocal(url)
}

/** Reads one of our cookies: `__Host-` prefixed on https, plain on local http. */
export function readCookie(c: HonoContext, name: CookieName): string | undefined {
  return isPlain(c) ? getCookie(c, name) : getCookie(c, name, 'host')
}

/** Sets one of our cookies for a number of seconds. */
export function writeCookie(c: HonoContext, name: CookieName, value: string, maxAge: number): void {
  const shared = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge } as const
  if (isPlain(c)) setCookie(c, name, value, shared)
  else setCookie(c, name, value, { ...shared, prefix: 'host', secure: true })
}

/** Makes the browser forget one of our cookies. */
export function clearCookie(c: HonoContext, name: CookieName): void {
  if (isPlain(c)) deleteCookie(c, name, { path: '/' })
  else deleteCookie(c, name, { path: '/', prefix: 'host', secure: true })
}

/**
 * Finds out who is asking: an `Authorization` header decides alone, else the session cookie. One query.
 * A session that is used slides: its life is renewed when a day of it has passed.
 */
export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  c.set('user', null)
  c.set('via', null)
  const db = openDb(c.env.DB)
  const now = Date.now()
  const authorization = c.req.header('authorization')
  const cookie = readCookie(c, 'session')
  if (authorization !== undefined) {
    const token = /^Bearer +(cameo_\S+) *$/i.exec(authorization)?.[1]
    const user = token ? await findTokenOwner(db, { token }) : null
    if (!user) throw new Problem('unauthenticated', 'This API token is not valid.')
    c.set('user', user)
    c.set('via', 'token')
  } else if (cookie) {
    const found = await findSession(db, { token: cookie }, now)
    if (found) {
      c.set('user', found.user)
      c.set('via', 'session')
      if (found.slide) {
        await renewSession(db, { token: cookie }, now)
        writeCookie(c, 'session', cookie, SESSION_LIFE / 1000)
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

/**
 * Refuses what another site made the browser send. `Sec-Fetch-Site` is the browser's own word (Fetch Metadata,
 * W3C); where it is missing, `Origin` must be absent or ours. A Bearer request skips it: no browser adds a token
 * by itself. `hono/csrf` is not used: it lets cross-site JSON through and refuses Bearer requests with no body.
 */
export const refuseCrossSite: MiddlewareHandler = async (c, next) => {
  const safe = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!safe && c.req.header('authorization') === undefined) {
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const ours =
      site !== undefined
        ? site === 'same-origin' || site === 'none'
        : origin === undefined || origin === new URL(c.req.url).origin
    if (!ours) throw new Problem('cross_site')
  }
  await next()
}

import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { type Capabilities, openCapabilities } from '../capabilities'
import { readCookieOf, writeCookie } from '../http/cookies'
import { clientKey } from '../http/limits'
import { Problem } from '../http/problems'
import { SECOND } from '../lib/time'
import type { Person } from './person'
import { findSession, renewSession, SESSION_LIFE } from './sessions'
import { findTokenOwner, noteTokenUse } from './tokens'

/** The Hono environment of everything that may know who is asking. The picture path does not. */
export interface AppEnv {
  Bindings: Env
  Variables: {
    caps: Capabilities
    /** Who is asking; null for nobody. */
    user: Person | null
    /** How they said so; null for nobody. */
    via: 'session' | 'token' | null
  }
}

/** The environment behind `requireUser`: there is somebody. */
export interface SignedInEnv extends AppEnv {
  Variables: { caps: Capabilities; user: Person; via: 'session' | 'token' }
}

/** How somebody says who they are. */
export interface Credential {
  via: 'session' | 'token'
  token: string
}

/**
 * What a request says about who asks, not yet looked at: an `Authorization` header decides alone, else the session
 * cookie. null where it says nothing, or nothing that could be somebody's.
 */
export function readCredential(request: Request): Credential | null {
  const authorization = request.headers.get('authorization')
  const token =
    authorization === null
      ? readCookieOf(request, 'session')
      : /^Bearer +(cameo_\S+) *$/i.exec(authorization)?.[1]
  return token ? { via: authorization === null ? 'session' : 'token', token } : null
}

/** Notes that a credential is used today; a session gets its full life again, in the database and in the browser. */
export async function noteUse(
  c: Context<AppEnv>,
  caps: Pick<Capabilities, 'db' | 'now'>,
  { via, token }: Credential,
): Promise<void> {
  if (via === 'token') return noteTokenUse(caps, { token })
  await renewSession(caps, { token })
  writeCookie(c, 'session', token, SESSION_LIFE / SECOND)
}

/**
 * Opens the capabilities of the request and finds out who is asking. One query. The first use of a session or a token
 * on a day is noted, and gives the session its full life again.
 */
export const authenticate = createMiddleware<AppEnv>(async (c, next) => {
  const caps = openCapabilities(c.env, Date.now(), clientKey(c.req.raw) || null, c.req.url)
  c.set('caps', caps)
  c.set('user', null)
  c.set('via', null)
  const credential = readCredential(c.req.raw)
  const find = credential?.via === 'token' ? findTokenOwner : findSession
  const found = credential && (await find(caps, credential))
  if (found) {
    c.set('user', found.person)
    c.set('via', credential.via)
    if (found.firstToday) await noteUse(c, caps, credential)
  } else if (c.req.header('authorization') !== undefined) {
    throw new Problem('unauthenticated', 'This API token is not valid.')
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

import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import { isLocal } from './origin'

type CookieName =
  | 'session'
  | 'sign-in'
  | 'known'
  | 'new-address'
  | 'deletion'
  | 'language'
  | 'theme'
  | `link-${string}`

/** Local http, where a browser would refuse `Secure` and the `__Host-` prefix that needs it. */
function isPlain({ url }: Request): boolean {
  return url.startsWith('http:') && isLocal(new URL(url))
}

/** Reads one of our cookies: `__Host-` prefixed on https, plain on local http. */
export function readCookie(c: Context, name: CookieName): string | undefined {
  return readCookieOf(c.req.raw, name)
}

/** The same of a request that no router has looked at. */
export function readCookieOf(request: Request, name: CookieName): string | undefined {
  const full = isPlain(request) ? name : `__Host-${name}`
  return parse(request.headers.get('cookie') ?? '', full)[full]
}

/** Sets one of our cookies for a number of seconds. */
export function writeCookie(c: Context, name: CookieName, value: string, maxAge: number): void {
  const shared = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge } as const
  if (isPlain(c.req.raw)) setCookie(c, name, value, shared)
  else setCookie(c, name, value, { ...shared, prefix: 'host', secure: true })
}

/** Makes the browser forget one of our cookies. */
export function clearCookie(c: Context, name: CookieName): void {
  if (isPlain(c.req.raw)) deleteCookie(c, name, { path: '/' })
  else deleteCookie(c, name, { path: '/', prefix: 'host', secure: true })
}

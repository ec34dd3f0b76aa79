import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { isLocal } from './origin'

type CookieName = 'session' | 'sign-in' | 'known' | 'new-address' | 'deletion'

/** Local http, where a browser would refuse `Secure` and the `__Host-` prefix that needs it. */
function isPlain(c: Context): boolean {
  const url = new URL(c.req.url)
  return url.protocol === 'http:' && isLocal(url)
}

/** Reads one of our cookies: `__Host-` prefixed on https, plain on local http. */
export function readCookie(c: Context, name: CookieName): string | undefined {
  return isPlain(c) ? getCookie(c, name) : getCookie(c, name, 'host')
}

/** Sets one of our cookies for a number of seconds. */
export function writeCookie(c: Context, name: CookieName, value: string, maxAge: number): void {
  const shared = { path: '/', httpOnly: true, sameSite: 'Lax', maxAge } as const
  if (isPlain(c)) setCookie(c, name, value, shared)
  else setCookie(c, name, value, { ...shared, prefix: 'host', secure: true })
}

/** Makes the browser forget one of our cookies. */
export function clearCookie(c: Context, name: CookieName): void {
  if (isPlain(c)) deleteCookie(c, name, { path: '/' })
  else deleteCookie(c, name, { path: '/', prefix: 'host', secure: true })
}

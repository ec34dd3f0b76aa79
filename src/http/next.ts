import type { Context } from 'hono'

/**
 * Where the query's `next` leads: a path of our own, never another site (open redirect). Judged after the URL is
 * resolved: `/.//host` becomes `//host`, which a browser takes for a host.
 * @param otherwise where `next` is missing or leads elsewhere
 */
export function readNext(c: Context, otherwise: string): string {
  const next = c.req.query('next')
  if (!next?.startsWith('/') || !URL.canParse(next, c.req.url)) return otherwise
  const url = new URL(next, c.req.url)
  const ours = url.origin === new URL(c.req.url).origin && !url.pathname.startsWith('//')
  return ours ? url.pathname + url.search : otherwise
}

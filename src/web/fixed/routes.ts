import { type Context, Hono } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { BY_LANGUAGE } from '../../http/headers'
import { DAY, SECOND } from '../../lib/time'
import { speaking } from '../shared/speak'
import { describeApp } from './manifest'
import { SPECULATION_RULES } from './speculation'

/** What has a fixed name cannot be kept for good. */
const A_DAY = { 'cache-control': `public, max-age=${DAY / SECOND}`, 'x-content-type-options': 'nosniff' }

/** What is for everybody, and what those pages look like; no pictures of people. RFC 9309. */
const ROBOTS = ['User-agent: *', 'Allow: /$', 'Allow: /docs', 'Allow: /static/', 'Disallow: /', ''].join('\n')

/** The manifest, in the language of one browser. */
const APP = {
  ...A_DAY,
  ...BY_LANGUAGE,
  'cache-control': A_DAY['cache-control'].replace('public', 'private'),
  'content-type': 'application/manifest+json',
}

/** A service worker that is kept would stay after the next version. */
const WORKER = {
  'cache-control': 'no-cache',
  'content-type': 'text/javascript; charset=utf-8',
  'x-content-type-options': 'nosniff',
}

/** What browsers and crawlers ask for by a name that they know, or that a header tells them. */
export const fixedFiles = new Hono<AppEnv>()
  .get('/favicon.ico', (c) => serveNamed(c, { ...A_DAY, 'content-type': 'image/x-icon' }))
  .get('/apple-touch-icon.png', (c) => serveNamed(c, { ...A_DAY, 'content-type': 'image/png' }))
  .get('/sw.js', (c) => serveNamed(c, WORKER))
  .get('/robots.txt', (c) => c.text(ROBOTS, 200, A_DAY))
  // Pages have it fetched with cookies, so that the app speaks the language that was chosen.
  .get('/manifest.webmanifest', (c) => speaking(c, () => c.body(JSON.stringify(describeApp()), 200, APP)))
  .get('/speculation-rules.json', (c) =>
    c.body(JSON.stringify(SPECULATION_RULES), 200, {
      ...A_DAY,
      'content-type': 'application/speculationrules+json',
    }),
  )

async function serveNamed(c: Context<AppEnv>, headers: Record<string, string>): Promise<Response> {
  const file = await c.env.ASSETS.fetch(new URL(c.req.path, c.req.url))
  if (file.status !== 200) return c.notFound()
  return new Response(file.body, { headers })
}

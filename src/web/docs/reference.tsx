import type { Context } from 'hono'
import { raw } from 'hono/html'
import type { AppEnv } from '../../accounts/asking'
import { loadConfig } from '../../config'
import { withHeaders } from '../../http/headers'
import { isLocal } from '../../http/origin'
import { Problem } from '../../http/problems'
import { t } from '../../lang/docs'
import { MINUTE, SECOND } from '../../lib/time'
import { renderPage } from '../shared/layout'
import { DocsTabs } from './tabs'

/** The origin that the reference writes for the service. */
const PLACEHOLDER = 'https://cameo.example'

/** /docs/api: the reference of the API as build.mjs made it, with the origin of this very service in its examples. */
export async function renderApiDocs(c: Context<AppEnv>) {
  const url = new URL(c.req.url)
  const origin = isLocal(url) ? url.origin : loadConfig(c.env).publicOrigin
  const made = await c.env.ASSETS.fetch(new URL('/reference.txt', url))
  if (made.status !== 200) throw new Problem('unavailable')
  const page = (await made.text()).replaceAll(PLACEHOLDER, origin || PLACEHOLDER)
  return renderPage(c, {
    title: t().api,
    script: 'docs',
    children: (
      <>
        <DocsTabs current="/docs/api" />
        {raw(page)}
      </>
    ),
  })
}

/** /api/openapi.json: the same for programs of any site, which ask nobody who they are. */
export async function serveApiDocument(c: Context<AppEnv>): Promise<Response> {
  const { headers, method } = c.req.raw
  const asset = await c.env.ASSETS.fetch(new URL('/openapi.json', c.req.url), { headers, method })
  if (asset.status !== 200 && asset.status !== 304) throw new Problem('unavailable')
  return withHeaders(asset, {
    'access-control-allow-origin': '*',
    'cache-control': `public, max-age=${(5 * MINUTE) / SECOND}`,
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  })
}

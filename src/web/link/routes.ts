import { type Context, Hono } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { openCapabilities } from '../../capabilities'
import { readForm } from '../../http/body'
import { readCookie, writeCookie } from '../../http/cookies'
import { clientKey, limitPasswords } from '../../http/limits'
import { encodeCursor, readPage } from '../../http/paging'
import { Problem } from '../../http/problems'
import { t } from '../../lang/link'
import { attachment, withEnding } from '../../lib/file-name'
import { DAY, SECOND } from '../../lib/time'
import { findPhotoByLink, type ViewerSight } from '../../photos/access'
import { findWidth, PRIVATE } from '../../photos/width'
import { openDownload } from '../../sharing/links/download'
import { hasEntered, tryPassword } from '../../sharing/links/entering'
import { findLink, findShown } from '../../sharing/links/shown'
import { renderLink, renderPasswordPage } from './page'

type Door = Context<AppEnv>

/** How long a browser remembers at most that a password was given: each cookie goes with every request to us. */
const REMEMBERED = 7 * DAY

/** What a link shows, to whoever holds it: nobody is asked who they are. */
export const linkPages = new Hono<AppEnv>()
  .use(async (c, next) => {
    c.set('caps', openCapabilities(c.env, Date.now(), clientKey(c.req.raw) || null))
    await next()
  })
  .get('/:token', async (c) => {
    const { token } = c.req.param()
    const link = await requireLink(c, token)
    if (!(await mayEnter(c, link, token))) return renderPasswordPage(c)
    const { cursor } = readPage({ cursor: c.req.query('cursor') })
    const shown = await findShown(c.var.caps, { link, cursor })
    if (!shown) throw new Problem('not_found')
    const at = cursor && encodeCursor(cursor.createdAt, cursor.id)
    return renderLink(
      c,
      { token, download: link.download, cursor: at },
      { ...shown, large: c.req.query('photo') },
    )
  })
  .post('/:token', async (c) => {
    const { token } = c.req.param()
    const { caps } = c.var
    const link = await requireLink(c, token)
    const password = (await readForm(c.req.raw))('password')
    if (!(await mayEnter(c, link, token))) {
      await limitPasswords(c.env.PASSWORD_LIMIT, c.req.raw, link.id)
      const proof = await tryPassword(caps, { link, token, password })
      if (proof === null) return renderPasswordPage(c, { error: t().wrongPassword })
      const life = Math.min(link.expiresAt - caps.now, REMEMBERED)
      writeCookie(c, `link-${link.id}`, proof, Math.ceil(life / SECOND))
    }
    return c.redirect(`/l/${token}`, 303)
  })
  .get('/:token/:photoId', async (c) => {
    const { token, photoId } = c.req.param()
    const found = await findPhotoByLink(c.var.caps, { token, photoId })
    if (!found || !(await mayEnter(c, found.link, token))) throw new Problem('not_found')
    if (c.req.query('original') !== undefined) {
      if (!found.link.download) throw new Problem('not_found')
      return serveDownload(c, found.sight)
    }
    const asking = { request: c.req.raw, env: c.env, ctx: c.executionCtx }
    const asked = c.req.query('w') ?? ''
    const { body, ...init } = await findWidth(found.sight, { asked, paced: true }, asking)
    return c.newResponse(body, init)
  })

/** @throws Problem `not_found`, the same for one that has expired or was revoked as for one that never was */
async function requireLink(c: Door, token: string) {
  const link = await findLink(c.var.caps, { token })
  if (!link) throw new Problem('not_found')
  return link
}

/** Whether a link has no password, or this browser has given it. */
function mayEnter(c: Door, link: Parameters<typeof hasEntered>[0], token: string): Promise<boolean> {
  return hasEntered(link, { token, proof: readCookie(c, `link-${link.id}`) })
}

/** Named by its type alone: what its owner called the file is nobody else's. */
async function serveDownload(c: Door, sight: ViewerSight): Promise<Response> {
  const withBody = c.req.method === 'GET'
  const { body, bytes, contentType } = await openDownload(c.var.caps, { sight, withBody })
  const headers = {
    ...PRIVATE,
    'content-type': contentType,
    'content-length': String(bytes),
    'content-disposition': attachment(withEnding('photo', contentType)),
  }
  return c.newResponse(body, { headers })
}

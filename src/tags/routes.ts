import { Hono } from 'hono'
import { requireUser, type SignedInEnv } from '../accounts/asking'
import { readBody } from '../http/body'
import { limitPerson } from '../http/limits'
import { encodeCursor, readPage } from '../http/paging'
import { Problem } from '../http/problems'
import { readWidth } from '../photos/width'
import { type Box, readBox } from './boxes'
import { listTags } from './list'
import { boxInput } from './schemas'
import { suggestTags } from './suggestions'
import { listTagged } from './tagged'
import { tagPerson, untagPerson } from './tagging'

/** Who is in which photo. */
export const tags = new Hono<SignedInEnv>()
  .get('/photos/:id/tags', requireUser, async (c) => {
    const { w } = c.req.query()
    const asked = w === undefined ? null : readWidth(w)
    const ref = { viewerId: c.var.user.id, photoId: c.req.param('id') }
    return c.json({ items: await listTags(c.var.caps, { ...ref, asked }), nextCursor: null })
  })
  .put('/photos/:id/tags/:hash', requireUser, async (c) => {
    const box = readBox(await readBody(c.req.raw, boxInput)) as Box // the schema asked whether it is one
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    const { caps, user } = c.var
    await tagPerson(caps, { user, photoId: c.req.param('id'), hash: readHash(c.req.param('hash')), box })
    return c.body(null, 204)
  })
  .delete('/photos/:id/tags/:hash', requireUser, async (c) => {
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    const { caps, user } = c.var
    await untagPerson(caps, { user, photoId: c.req.param('id'), hash: readHash(c.req.param('hash')) })
    return c.body(null, 204)
  })
  .get('/photos/:id/suggestions', requireUser, async (c) => {
    const ref = { userId: c.var.user.id, photoId: c.req.param('id') }
    return c.json({ items: await suggestTags(c.var.caps, ref), nextCursor: null })
  })
  .get('/tagged', requireUser, async (c) => {
    const page = readPage(c.req.query())
    const { items, next } = await listTagged(c.var.caps, { userId: c.var.user.id, ...page })
    return c.json({ items, nextCursor: next && encodeCursor(next.createdAt, next.id) })
  })

/** @throws Problem `not_found` for what is no SHA-256 in hexadecimal: such a path names nobody */
function readHash(text: string): string {
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Problem('not_found')
  return text.toLowerCase()
}

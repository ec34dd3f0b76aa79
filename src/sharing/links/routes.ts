import { type Context, Hono } from 'hono'
import { requireUser, type SignedInEnv } from '../../accounts/asking'
import { readBody } from '../../http/body'
import { limitPerson } from '../../http/limits'
import { publicOrigin } from '../../http/origin'
import { createLink, deleteLink, deleteLinks, listLinks, type Target } from './links'
import { linkRequest } from './schemas'

type Kind = Target['kind']
type Asking = Context<SignedInEnv, '/:id'>

/** The links to a photo, and to an album: for their owner alone, and in the same way. */
export const links = new Hono<SignedInEnv>()
  .get('/photos/:id/links', requireUser, (c) => list(c, 'photo'))
  .post('/photos/:id/links', requireUser, (c) => make(c, 'photo'))
  .delete('/photos/:id/links', requireUser, (c) => revokeAll(c, 'photo'))
  .delete('/photos/:id/links/:linkId', requireUser, (c) => revoke(c, 'photo', c.req.param('linkId')))
  .get('/albums/:id/links', requireUser, (c) => list(c, 'album'))
  .post('/albums/:id/links', requireUser, (c) => make(c, 'album'))
  .delete('/albums/:id/links', requireUser, (c) => revokeAll(c, 'album'))
  .delete('/albums/:id/links/:linkId', requireUser, (c) => revoke(c, 'album', c.req.param('linkId')))

const targetOf = (c: Asking, kind: Kind): Target => ({ kind, id: c.req.param('id'), userId: c.var.user.id })

async function list(c: Asking, kind: Kind): Promise<Response> {
  const items = await listLinks(c.var.caps, { target: targetOf(c, kind) })
  return c.json({ items, nextCursor: null })
}

async function make(c: Asking, kind: Kind): Promise<Response> {
  const asked = await readBody(c.req.raw, linkRequest)
  await limitPerson(c.env.SHARE_LIMIT, c.var.user)
  const origin = publicOrigin(c.var.caps.config, c.req.url) // before anything is written
  const { link, token } = await createLink(c.var.caps, { target: targetOf(c, kind), ...asked })
  return c.json({ ...link, url: `${origin}/l/${token}` }, 201)
}

async function revoke(c: Asking, kind: Kind, linkId: string): Promise<Response> {
  await limitPerson(c.env.SHARE_LIMIT, c.var.user)
  await deleteLink(c.var.caps, { target: targetOf(c, kind), linkId })
  return c.body(null, 204)
}

async function revokeAll(c: Asking, kind: Kind): Promise<Response> {
  await limitPerson(c.env.SHARE_LIMIT, c.var.user)
  await deleteLinks(c.var.caps, { target: targetOf(c, kind) })
  return c.body(null, 204)
}

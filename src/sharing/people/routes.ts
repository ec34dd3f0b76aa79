import { Hono } from 'hono'
import { requireUser, type SignedInEnv } from '../../accounts/asking'
import { checkInput, readBody } from '../../http/body'
import { limitPerson } from '../../http/limits'
import { encodeCursor, readPage } from '../../http/paging'
import { deleteContact, listContacts, nameContact } from './contacts'
import { contactRequest, personHash } from './schemas'
import { listShared } from './shared'
import { listShares, sharePhoto, unsharePhoto } from './shares'

/** Whom one's photos are shared with, what others share with oneself, and one's own names for people. */
export const people = new Hono<SignedInEnv>()
  .get('/photos/:id/shares', requireUser, async (c) => {
    const asked = { userId: c.var.user.id, photoId: c.req.param('id') }
    return c.json({ items: await listShares(c.var.caps, asked), nextCursor: null })
  })
  .put('/photos/:id/shares/:hash', requireUser, async (c) => {
    const hash = checkInput(c.req.param('hash'), personHash)
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    await sharePhoto(c.var.caps, { userId: c.var.user.id, photoId: c.req.param('id'), hash })
    return c.body(null, 204)
  })
  .delete('/photos/:id/shares/:hash', requireUser, async (c) => {
    const hash = checkInput(c.req.param('hash'), personHash)
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    await unsharePhoto(c.var.caps, { userId: c.var.user.id, photoId: c.req.param('id'), hash })
    return c.body(null, 204)
  })
  .get('/shared', requireUser, async (c) => {
    const page = readPage(c.req.query())
    const { items, next } = await listShared(c.var.caps, { userId: c.var.user.id, ...page })
    return c.json({ items, nextCursor: next && encodeCursor(next.createdAt, next.id) })
  })
  .get('/contacts', requireUser, async (c) => {
    const items = await listContacts(c.var.caps, { userId: c.var.user.id })
    return c.json({ items, nextCursor: null })
  })
  .put('/contacts/:hash', requireUser, async (c) => {
    const hash = checkInput(c.req.param('hash'), personHash)
    const { name } = await readBody(c.req.raw, contactRequest)
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    return c.json(await nameContact(c.var.caps, { userId: c.var.user.id, hash, name }))
  })
  .delete('/contacts/:hash', requireUser, async (c) => {
    const hash = checkInput(c.req.param('hash'), personHash)
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    await deleteContact(c.var.caps, { userId: c.var.user.id, hash })
    return c.body(null, 204)
  })

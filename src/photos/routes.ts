import { Hono } from 'hono'
import { requireUser, type SignedInEnv } from '../accounts/asking'
import { toMe } from '../accounts/person'
import { checkInput, readBody } from '../http/body'
import { refuseCrossSiteReading } from '../http/cross-site'
import { limitPerson } from '../http/limits'
import { encodeCursor, readPage } from '../http/paging'
import { attachment } from '../lib/file-name'
import { countArchive, nameArchive, openArchive } from './archive'
import { removeCrop } from './crops'
import { onlookerOf, toPhoto } from './own'
import { activatePhoto, deletePhoto, listPhotos, updatePhoto } from './photos'
import { activation, archiveQuery, photoPatch, photoQuery } from './schemas'
import { readAnyPhoto } from './seen'
import { readUsage } from './usage'

/** One's own photos, and which of them shows. */
export const photos = new Hono<SignedInEnv>()
  .get('/photos', requireUser, async (c) => {
    const page = readPage(c.req.query())
    const { md5, order } = checkInput(c.req.query(), photoQuery)
    const { items, next } = await listPhotos(c.var.caps, { user: c.var.user, md5, order, ...page })
    return c.json({ items, nextCursor: next && encodeCursor(next.createdAt, next.id) })
  })
  .get('/photos/zip', refuseCrossSiteReading, requireUser, async (c) => {
    const { caps, user } = c.var
    const { ids } = checkInput(c.req.query(), archiveQuery)
    const name = attachment(nameArchive(caps))
    const headers = { 'content-type': 'application/zip', 'content-disposition': name }
    const archive = await openArchive(caps, { userId: user.id, ids })
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    const count = async () => {
      await limitPerson(c.env.EXPORT_LIMIT, { id: `${user.id} archive` }) // beside the exports of everything
      await countArchive(caps, { userId: user.id })
    }
    return c.body(await archive(count), 200, headers)
  })
  .get('/usage', requireUser, async (c) => c.json(await readUsage(c.var.caps, { userId: c.var.user.id })))
  .get('/photos/:id', requireUser, async (c) => {
    return c.json(await readAnyPhoto(c.var.caps, { viewer: c.var.user, photoId: c.req.param('id') }))
  })
  .patch('/photos/:id', requireUser, async (c) => {
    const changes = await readBody(c.req.raw, photoPatch)
    await limitPerson(c.env.CHANGE_LIMIT, c.var.user)
    const { caps, user } = c.var
    const photo = await updatePhoto(caps, { user, photoId: c.req.param('id'), ...changes })
    return c.json(toPhoto(photo, onlookerOf(user, caps)))
  })
  .delete('/photos/:id', requireUser, async (c) => {
    await deletePhoto(c.var.caps, { user: c.var.user, photoId: c.req.param('id') })
    return c.body(null, 204)
  })
  .delete('/photos/:id/crop', requireUser, async (c) => {
    await limitPerson(c.env.CHANGE_LIMIT, c.var.user)
    await removeCrop(c.var.caps, { userId: c.var.user.id, photoId: c.req.param('id') })
    return c.body(null, 204)
  })
  .put('/me/active-photo', requireUser, async (c) => {
    const { photoId } = await readBody(c.req.raw, activation)
    await limitPerson(c.env.CHANGE_LIMIT, c.var.user)
    return c.json(toMe(await activatePhoto(c.var.caps, { user: c.var.user, photoId })))
  })

import { type Context, Hono } from 'hono'
import { requireUser, type SignedInEnv } from '../accounts/asking'
import { readAnyBody, readBody } from '../http/body'
import { clientKey, limitClient, limitVerifications } from '../http/limits'
import { onlookerOf, toPhoto } from '../photos/own'
import { openWorkshop, type Workshop } from '../renditions/workshop'
import { completeUpload } from './complete'
import { importPhoto } from './import'
import { prepareUpload } from './prepare'
import { completion, importRequest, uploadRequest } from './schemas'
import { makeThumbnails } from './thumbnails'

/** How a photo gets in: prepare, PUT to the storage, complete; or fetched from another service. */
export const uploads = new Hono<SignedInEnv>()
  .post('/photos', requireUser, async (c) => {
    const request = await readBody(c.req.raw, uploadRequest)
    const values = { userId: c.var.user.id, requestUrl: c.req.url, ...request }
    return c.json(await prepareUpload(c.var.caps, values), 201)
  })
  .post('/photos/import', requireUser, async (c) => {
    await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
    await limitVerifications(c.env, c.req.raw)
    const { from } = await readBody(c.req.raw, importRequest)
    const { photo, isNew } = await importPhoto(c.var.caps, { user: c.var.user, from })
    if (isNew) await makeThumbnails(openShop(c), photo)
    return c.json(toPhoto(photo, onlookerOf(c.var.user, c.var.caps)), isNew ? 201 : 200)
  })
  .post('/photos/:id/complete', requireUser, async (c) => {
    await limitVerifications(c.env, c.req.raw)
    const { standIn } = await readAnyBody(c.req.raw, completion)
    const values = { userId: c.var.user.id, photoId: c.req.param('id'), standIn }
    const photo = await completeUpload(c.var.caps, values)
    if (photo.cropOf === null) await makeThumbnails(openShop(c), photo) // no list shows a crop
    return c.json(toPhoto(photo, onlookerOf(c.var.user, c.var.caps)))
  })

/** What the thumbnails of a new upload are made with: counted as the private pictures that they are. */
function openShop(c: Context<SignedInEnv>): Workshop {
  return openWorkshop(c.env, {
    client: clientKey(c.req.raw),
    paced: false,
    waitUntil: (promise) => c.executionCtx.waitUntil(promise),
    measure: (_step, work) => work,
  })
}

import { type Context, Hono } from 'hono'
import { requireUser, type SignedInEnv } from '../accounts/asking'
import type { Photo } from '../db/schema'
import { readBody } from '../http/body'
import { limitClient, limitVerifications } from '../http/limits'
import { SECOND } from '../lib/time'
import { toPhoto } from '../photos/photos'
import { openWorkshop } from '../renditions/workshop'
import { completeUpload } from './complete'
import { importPhoto } from './import'
import { prepareUpload } from './prepare'
import { importRequest, uploadRequest } from './schemas'
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
    if (isNew) await prepareLook(c, photo)
    return c.json(toPhoto(photo, c.var.user.activePhotoId), isNew ? 201 : 200)
  })
  .post('/photos/:id/complete', requireUser, async (c) => {
    await limitVerifications(c.env, c.req.raw)
    const values = { userId: c.var.user.id, photoId: c.req.param('id') }
    const photo = await completeUpload(c.var.caps, values)
    await prepareLook(c, photo)
    return c.json(toPhoto(photo, c.var.user.activePhotoId))
  })

/** How long an answer waits for the thumbnails, in milliseconds. They are made to their end all the same. */
const PATIENCE = 2 * SECOND

/**
 * Has the thumbnails made. The page shows them as soon as it is answered: were they not there by then, it would have
 * them made, and billed, a second time.
 */
async function prepareLook(c: Context<SignedInEnv>, photo: Photo): Promise<void> {
  const waitUntil = (promise: Promise<unknown>) => c.executionCtx.waitUntil(promise)
  const shop = openWorkshop(c.env, { client: null, waitUntil, measure: (_step, work) => work })
  const work = makeThumbnails(shop, photo)
  waitUntil(work)
  await Promise.race([work, scheduler.wait(PATIENCE)])
}

import { Hono } from 'hono'
import * as z from 'zod/mini'
import { toMe } from '../accounts/profile'
import { requireUser, type SignedInEnv } from '../auth'
import { encodeCursor, readBody, readPage } from '../body'
import { openDb } from '../db/db'
import { type Env, loadConfig } from '../env'
import { limitChanges, limitClient } from '../limits'
import { IMPORT_SOURCES, importPhoto } from './import'
import { activatePhoto, type Desk, deletePhoto, listPhotos, readPhoto, toPhoto, updatePhoto } from './photos'
import { completeUpload, prepareUpload, type Studio } from './upload'

const uploadRequest = z.strictObject({
  contentType: z.string().check(z.maxLength(100)),
  bytes: z.int().check(z.positive('must be above 0')),
})
const photoPatch = z.strictObject({
  altText: z.optional(z.string().check(z.trim(), z.maxLength(500))),
  rating: z.optional(z.enum(['g', 'pg', 'r', 'x'])),
})
const importRequest = z.strictObject({ from: z.enum(IMPORT_SOURCES) })
const activation = z.strictObject({ photoId: z.nullable(z.string()) })

function openStudio(env: Env): Studio {
  return {
    db: openDb(env.DB),
    bucket: env.PHOTOS,
    uploads: env.UPLOADS,
    images: env.IMAGES,
    erasures: env.ERASURES,
  }
}

function openDesk(env: Env): Desk {
  return { db: openDb(env.DB), purges: env.PURGES, erasures: env.ERASURES }
}

/** One's own photos. */
export const photos = new Hono<SignedInEnv>()
  .use(requireUser)
  .get('/photos', async (c) => {
    const page = readPage(c.req.query())
    const { items, next } = await listPhotos(openDb(c.env.DB), { user: c.var.user, ...page })
    return c.json({ items, nextCursor: next && encodeCursor(next.createdAt, next.id) })
  })
  .post('/photos', async (c) => {
    const request = await readBody(c.req.raw, uploadRequest)
    const values = { userId: c.var.user.id, requestUrl: c.req.url, ...request }
    return c.json(await prepareUpload(openDb(c.env.DB), loadConfig(c.env), values, Date.now()), 201)
  })
  .post('/photos/import', async (c) => {
    await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
    const { from } = await readBody(c.req.raw, importRequest)
    const photo = await importPhoto(
      openStudio(c.env),
      loadConfig(c.env),
      { user: c.var.user, from },
      Date.now(),
    )
    return c.json(toPhoto(photo, c.var.user.activePhotoId), 201)
  })
  .post('/photos/:id/complete', async (c) => {
    const photo = await completeUpload(openStudio(c.env), {
      userId: c.var.user.id,
      photoId: c.req.param('id'),
    })
    return c.json(toPhoto(photo, c.var.user.activePhotoId))
  })
  .get('/photos/:id', async (c) => {
    const photo = await readPhoto(openDb(c.env.DB), { userId: c.var.user.id, photoId: c.req.param('id') })
    return c.json(toPhoto(photo, c.var.user.activePhotoId))
  })
  .patch('/photos/:id', async (c) => {
    const changes = await readBody(c.req.raw, photoPatch)
    await limitChanges(c.env.CHANGE_LIMIT, c.var.user)
    const { user } = c.var
    const photo = await updatePhoto(openDesk(c.env), { user, photoId: c.req.param('id'), ...changes })
    return c.json(toPhoto(photo, user.activePhotoId))
  })
  .delete('/photos/:id', async (c) => {
    await deletePhoto(openDesk(c.env), { user: c.var.user, photoId: c.req.param('id') })
    return c.body(null, 204)
  })
  .put('/me/active-photo', async (c) => {
    const { photoId } = await readBody(c.req.raw, activation)
    await limitChanges(c.env.CHANGE_LIMIT, c.var.user)
    return c.json(toMe(await activatePhoto(openDesk(c.env), { user: c.var.user, photoId })))
  })

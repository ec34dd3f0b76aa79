import { Hono } from 'hono'
import { requireUser, type SignedInEnv } from '../../accounts/asking'
import { checkInput, readBody } from '../../http/body'
import { limitPerson } from '../../http/limits'
import { encodeCursor, readPage } from '../../http/paging'
import { personHash } from '../people/schemas'
import { type Cursor, createAlbum, deleteAlbum, listAlbums, readAlbum, updateAlbum } from './albums'
import { listMembers, putMember, removeMember } from './members'
import { addAlbumPhoto, listAlbumPhotos, removeAlbumPhoto } from './photos'
import { albumPatch, albumRequest, memberRequest } from './schemas'

const ALBUM = '/albums/:id'
const PHOTO = `${ALBUM}/photos/:photoId` as const
const MEMBER = `${ALBUM}/members/:hash` as const

/** Photos of several people that several people see. */
export const albums = new Hono<SignedInEnv>()
  .get('/albums', requireUser, async (c) => {
    const page = readPage(c.req.query())
    return c.json(toList(await listAlbums(c.var.caps, { userId: c.var.user.id, ...page })))
  })
  .post('/albums', requireUser, async (c) => {
    const { title } = await readBody(c.req.raw, albumRequest)
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    return c.json(await createAlbum(c.var.caps, { userId: c.var.user.id, title }), 201)
  })
  .get(ALBUM, requireUser, async (c) => {
    return c.json(await readAlbum(c.var.caps, { userId: c.var.user.id, albumId: c.req.param('id') }))
  })
  .patch(ALBUM, requireUser, async (c) => {
    const changes = await readBody(c.req.raw, albumPatch)
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    const ref = { userId: c.var.user.id, albumId: c.req.param('id') }
    return c.json(await updateAlbum(c.var.caps, { ...ref, ...changes }))
  })
  .delete(ALBUM, requireUser, async (c) => {
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    await deleteAlbum(c.var.caps, { userId: c.var.user.id, albumId: c.req.param('id') })
    return c.body(null, 204)
  })
  .get(`${ALBUM}/photos`, requireUser, async (c) => {
    const ref = { userId: c.var.user.id, albumId: c.req.param('id') }
    return c.json(toList(await listAlbumPhotos(c.var.caps, { ...ref, ...readPage(c.req.query()) })))
  })
  .put(PHOTO, requireUser, async (c) => {
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    const { id: albumId, photoId } = c.req.param()
    await addAlbumPhoto(c.var.caps, { userId: c.var.user.id, albumId, photoId })
    return c.body(null, 204)
  })
  .delete(PHOTO, requireUser, async (c) => {
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    const { id: albumId, photoId } = c.req.param()
    await removeAlbumPhoto(c.var.caps, { userId: c.var.user.id, albumId, photoId })
    return c.body(null, 204)
  })
  .get(`${ALBUM}/members`, requireUser, async (c) => {
    const ref = { userId: c.var.user.id, albumId: c.req.param('id') }
    return c.json({ items: await listMembers(c.var.caps, ref), nextCursor: null })
  })
  .put(MEMBER, requireUser, async (c) => {
    const { role } = await readBody(c.req.raw, memberRequest)
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    const ref = { albumId: c.req.param('id'), hash: checkInput(c.req.param('hash'), personHash) }
    await putMember(c.var.caps, { userId: c.var.user.id, ...ref, role })
    return c.body(null, 204)
  })
  .delete(MEMBER, requireUser, async (c) => {
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    const ref = { albumId: c.req.param('id'), hash: checkInput(c.req.param('hash'), personHash) }
    await removeMember(c.var.caps, { userId: c.var.user.id, ...ref })
    return c.body(null, 204)
  })

function toList<T>({ items, next }: { items: T[]; next: Cursor | null }) {
  return { items, nextCursor: next && encodeCursor(next.createdAt, next.id) }
}

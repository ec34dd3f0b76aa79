import { type Context, Hono } from 'hono'
import { requireSession, requireUser, type SignedInEnv } from '../accounts/asking'
import { checkInput, readBody } from '../http/body'
import { readCookie } from '../http/cookies'
import { refuseOtherOrigins } from '../http/cross-site'
import { limitPerson } from '../http/limits'
import { encodeCursor, readPage } from '../http/paging'
import { Problem } from '../http/problems'
import { digestHex } from '../lib/crypto'
import { blockPerson, listBlocks, readBlock, unblockPerson } from './blocks'
import { listConversations } from './conversations'
import { HANDOVER } from './inbox'
import { invite, readInvited } from './invitations'
import type { Place } from './message'
import { idempotencyKey, messageRequest, openRequest, readHash } from './schemas'
import { sendMessage } from './sending'
import { readThread } from './thread'
import { openInbox, readUnread } from './unread'

const BLOCK = '/blocks/:hash'

/** Writing to people, who wrote, and how many of them are new. */
export const messages = new Hono<SignedInEnv>()
  .post('/messages', requireUser, async (c) => {
    const header = c.req.header('idempotency-key')
    const key = header === undefined ? null : checkInput(header, idempotencyKey)
    const body = await readBody(c.req.raw, messageRequest)
    const { to, from = null, text = '', photoId = null, invite: typed } = body
    await limitPerson(c.env.MESSAGE_LIMIT, c.var.user)
    const { caps, user } = c.var
    const email = typed === undefined ? null : await readInvited({ typed, to })
    const draft = { to, from, text, photoId, invited: email !== null }
    const message = await sendMessage(caps, { user, draft, key })
    if (email) c.executionCtx.waitUntil(invite(caps, { sender: user, email, url: c.req.url }))
    return c.json(message, 201)
  })
  .get('/conversations', requireUser, async (c) => {
    const page = readPage(c.req.query())
    const { items, next } = await listConversations(c.var.caps, { userId: c.var.user.id, ...page })
    return c.json({ items, nextCursor: toCursor(next) })
  })
  .get('/conversations/:hash', requireUser, async (c) => {
    const { as } = c.req.query()
    const pair = { hash: readHash(c.req.param('hash')), as: as === undefined ? null : readHash(as) }
    const page = readPage(c.req.query())
    const { next, ...thread } = await readThread(c.var.caps, { user: c.var.user, ...pair, ...page })
    return c.json({ ...thread, nextCursor: toCursor(next) })
  })
  .get('/blocks', requireUser, async (c) => {
    const items = await listBlocks(c.var.caps, { userId: c.var.user.id })
    return c.json({ items, nextCursor: null })
  })
  .get(BLOCK, requireUser, async (c) => {
    const ref = { userId: c.var.user.id, hash: readHash(c.req.param('hash')) }
    return c.json(await readBlock(c.var.caps, ref))
  })
  .put(BLOCK, requireUser, async (c) => {
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    await blockPerson(c.var.caps, { userId: c.var.user.id, hash: readHash(c.req.param('hash')) })
    return c.body(null, 204)
  })
  .delete(BLOCK, requireUser, async (c) => {
    await limitPerson(c.env.SHARE_LIMIT, c.var.user)
    await unblockPerson(c.var.caps, { userId: c.var.user.id, hash: readHash(c.req.param('hash')) })
    return c.body(null, 204)
  })
  .get('/inbox/unread', requireUser, async (c) => {
    return c.json(await readUnread(c.var.caps, { userId: c.var.user.id }))
  })
  .post('/inbox/open', requireUser, async (c) => {
    const { upTo } = await readBody(c.req.raw, openRequest)
    await limitPerson(c.env.LIVE_LIMIT, { id: `${c.var.user.id} open` }) // beside the sockets
    return c.json(await openInbox(c.var.caps, { userId: c.var.user.id, upTo }))
  })
  .get('/inbox/live', requireSession, refuseOtherOrigins, async (c) => {
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket')
      throw new Problem('invalid_input', 'Ask for an upgrade to a WebSocket.')
    await limitPerson(c.env.LIVE_LIMIT, c.var.user)
    return openSocket(c)
  })

/** The upgrade is the object's own: it gets who is there, and nothing else of the request. */
async function openSocket(c: Context<SignedInEnv>): Promise<Response> {
  const { id } = c.var.user
  const session = await digestHex('SHA-256', readCookie(c, 'session') ?? '')
  const headers = { upgrade: 'websocket', [HANDOVER.person]: id, [HANDOVER.session]: session }
  const answer = await c.env.INBOX.getByName(id).fetch('https://inbox/', { headers })
  if (answer.status === 101) return answer
  const problem = new Problem('unavailable', undefined, { retryAfter: 1 })
  problem.logged = true // by the object
  throw problem
}

function toCursor(place: Place | null): string | null {
  return place && encodeCursor(place.createdAt, place.id)
}

import { type Context, Hono } from 'hono'
import type { Capabilities } from '../capabilities'
import { readBody } from '../http/body'
import { clearCookie, readCookie, writeCookie } from '../http/cookies'
import { refuseCrossSiteReading } from '../http/cross-site'
import { clientKey, limitClient, limitPerson } from '../http/limits'
import { Problem } from '../http/problems'
import { attachment } from '../lib/file-name'
import { SECOND } from '../lib/time'
import {
  changeAddress,
  confirmAddress,
  listAddresses,
  removeAddress,
  requestAddress,
  toAddress,
} from './addresses'
import { type AppEnv, requireSession, requireUser, type SignedInEnv } from './asking'
import { CODE_LIFE } from './codes'
import { countExport, type ExportSection, exportAccount, nameExport } from './export'
import { leave, requestLeaving } from './leaving'
import { type Person, toMe } from './person'
import { renewPublicKey, updateProfile } from './profile'
import { addressPatch, codeProof, codeRequest, profilePatch, tokenRequest } from './schemas'
import {
  createSession,
  deleteSession,
  endOtherSessions,
  endSession,
  listSessions,
  SESSION_LIFE,
} from './sessions'
import { KNOWN_LIFE, redeemCode, rememberBrowser, requestCode } from './signin'
import { createToken, deleteToken, listTokens } from './tokens'

/**
 * Mails a code to an address and gives the browser its `sign-in` cookie.
 * @throws Problem `rate_limited`, `unavailable`
 */
export async function mailSignIn(c: Context<AppEnv>, email: string): Promise<void> {
  await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
  const asker = { client: clientKey(c.req.raw), knownBrowser: readCookie(c, 'known') }
  writeCookie(c, 'sign-in', await requestCode(c.var.caps, { email, ...asker }), CODE_LIFE / SECOND)
}

/**
 * Signs the browser in with the code that was mailed for it.
 * @throws Problem `rate_limited`, `invalid_code`
 */
export async function enterCode(c: Context<AppEnv>, code: string): Promise<Person> {
  await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
  const { caps } = c.var
  const person = await redeemCode(caps, { browserId: readCookie(c, 'sign-in'), code })
  const userId = person.id
  const before = readCookie(c, 'session')
  const token = await createSession(caps, { userId, userAgent: c.req.header('user-agent') ?? '' })
  writeCookie(c, 'session', token, SESSION_LIFE / SECOND)
  if (before) await deleteSession(caps, { token: before }) // nobody holds its token any more, or somebody else does
  writeCookie(c, 'known', await rememberBrowser(caps, { userId }), KNOWN_LIFE / SECOND)
  clearCookie(c, 'sign-in')
  return person
}

/** Ends the browser's session, and has it drop what it keeps of us: private pictures, and what a page may have kept. */
export async function signOut(c: Context, caps: Capabilities): Promise<void> {
  await deleteSession(caps, { token: readCookie(c, 'session') ?? '' })
  forgetSession(c)
}

function forgetSession(c: Context): void {
  clearCookie(c, 'session')
  c.header('clear-site-data', '"cache", "storage"')
}

/** Without an account: asking for a code and signing in with it. */
export const signIn = new Hono<AppEnv>()
  .post('/sign-in/code', async (c) => {
    const { email } = await readBody(c.req.raw, codeRequest)
    await mailSignIn(c, email)
    return c.json({}, 202)
  })
  .post('/sign-in', async (c) => {
    const { code } = await readBody(c.req.raw, codeProof)
    return c.json(toMe(await enterCode(c, code)))
  })

/** One's own account. */
export const account = new Hono<SignedInEnv>()
  .post('/sign-out', requireSession, async (c) => {
    await signOut(c, c.var.caps)
    return c.body(null, 204)
  })
  .get('/me', requireUser, (c) => c.json(toMe(c.var.user)))
  .patch('/me', requireUser, async (c) => {
    const changes = await readBody(c.req.raw, profilePatch)
    await limitPerson(c.env.CHANGE_LIMIT, c.var.user)
    return c.json(toMe(await updateProfile(c.var.caps, { user: c.var.user, ...changes })))
  })
  .post('/me/deletion-code', requireSession, async (c) => {
    await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
    const asked = { user: c.var.user, client: clientKey(c.req.raw) }
    writeCookie(c, 'deletion', await requestLeaving(c.var.caps, asked), CODE_LIFE / SECOND)
    return c.json({}, 202)
  })
  .delete('/me', requireSession, async (c) => {
    const { code } = await readBody(c.req.raw, codeProof)
    await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
    await leave(c.var.caps, { user: c.var.user, browserId: readCookie(c, 'deletion'), code })
    for (const name of ['deletion', 'new-address', 'known'] as const) clearCookie(c, name)
    forgetSession(c)
    return c.body(null, 204)
  })
  .post('/me/public-key', requireUser, async (c) => {
    await limitPerson(c.env.CHANGE_LIMIT, c.var.user)
    return c.json(toMe(await renewPublicKey(c.var.caps, { user: c.var.user })))
  })
  .get('/addresses', requireSession, async (c) => {
    const items = await listAddresses(c.var.caps, { userId: c.var.user.id })
    return c.json({ items: items.map(toAddress), nextCursor: null })
  })
  .post('/addresses', requireSession, async (c) => {
    const { email } = await readBody(c.req.raw, codeRequest)
    await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
    const asked = { user: c.var.user, email, client: clientKey(c.req.raw) }
    writeCookie(c, 'new-address', await requestAddress(c.var.caps, asked), CODE_LIFE / SECOND)
    return c.json({}, 202)
  })
  .post('/addresses/confirm', requireSession, async (c) => {
    const { code } = await readBody(c.req.raw, codeProof)
    await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
    await limitPerson(c.env.CHANGE_LIMIT, c.var.user)
    const proof = { browserId: readCookie(c, 'new-address'), code }
    const address = await confirmAddress(c.var.caps, { user: c.var.user, ...proof })
    clearCookie(c, 'new-address')
    return c.json(toAddress(address), 201)
  })
  .patch('/addresses/:hash', requireSession, async (c) => {
    const changes = await readBody(c.req.raw, addressPatch)
    await limitPerson(c.env.CHANGE_LIMIT, c.var.user)
    const hash = c.req.param('hash').toLowerCase()
    return c.json(toAddress(await changeAddress(c.var.caps, { user: c.var.user, hash, ...changes })))
  })
  .delete('/addresses/:hash', requireSession, async (c) => {
    await limitPerson(c.env.CHANGE_LIMIT, c.var.user)
    const hash = c.req.param('hash').toLowerCase()
    await removeAddress(c.var.caps, { user: c.var.user, hash })
    return c.body(null, 204)
  })
  .get('/sessions', requireSession, async (c) => {
    const items = await listSessions(c.var.caps, { userId: c.var.user.id, token: tokenOf(c) })
    return c.json({ items, nextCursor: null })
  })
  .delete('/sessions', requireSession, async (c) => {
    await endOtherSessions(c.var.caps, { userId: c.var.user.id, token: tokenOf(c) })
    return c.body(null, 204)
  })
  .delete('/sessions/:id', requireSession, async (c) => {
    const ended = await endSession(c.var.caps, { userId: c.var.user.id, id: c.req.param('id') })
    if (!ended) throw new Problem('not_found')
    return c.body(null, 204)
  })
  .get('/tokens', requireSession, async (c) => {
    const items = await listTokens(c.var.caps, { userId: c.var.user.id })
    return c.json({ items, nextCursor: null })
  })
  .post('/tokens', requireSession, async (c) => {
    const { name } = await readBody(c.req.raw, tokenRequest)
    const made = await createToken(c.var.caps, { userId: c.var.user.id, name })
    if (!made) throw new Problem('quota_exceeded', 'You have too many API tokens. Revoke one first.')
    return c.json(made, 201)
  })
  .delete('/tokens/:id', requireSession, async (c) => {
    const gone = await deleteToken(c.var.caps, { userId: c.var.user.id, id: c.req.param('id') })
    if (!gone) throw new Problem('not_found')
    return c.body(null, 204)
  })

/**
 * Everything of one's own, as a download. HEAD tells its name alone, and counts for nothing.
 * @param path of the API, or of the settings: there a refusal is a page
 */
export const exporting = (sections: readonly ExportSection[], path: '/me/export' | '/export') =>
  new Hono<SignedInEnv>().get(path, refuseCrossSiteReading, requireSession, async (c) => {
    const { caps, user } = c.var
    const headers = {
      'content-type': 'application/zip',
      'content-disposition': attachment(nameExport(caps)),
    }
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    const count = async () => {
      await limitPerson(c.env.EXPORT_LIMIT, user)
      await countExport(caps, { userId: user.id })
    }
    return c.body(await exportAccount(caps, { user, sections, count }), 200, headers)
  })

/** The asking browser's own: where `requireSession` let it through, there is one. */
const tokenOf = (c: Context) => readCookie(c, 'session') ?? ''

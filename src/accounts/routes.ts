import { type Context, Hono } from 'hono'
import type { Capabilities } from '../capabilities'
import { readBody } from '../http/body'
import { clearCookie, readCookie, writeCookie } from '../http/cookies'
import { clientKey, limitChanges, limitClient } from '../http/limits'
import { Problem } from '../http/problems'
import { SECOND } from '../lib/time'
import { type AppEnv, requireSession, requireUser, type SignedInEnv } from './asking'
import { renewPublicKey, toMe, updateProfile } from './profile'
import { codeRequest, profilePatch, signInRequest, tokenRequest } from './schemas'
import { createSession, deleteSession, SESSION_LIFE } from './sessions'
import { CODE_LIFE, KNOWN_LIFE, redeemCode, rememberBrowser, requestCode } from './signin'
import { createToken, deleteToken, listTokens } from './tokens'

/**
 * Mails a code to an address and gives the browser its `sign-in` cookie.
 * @throws Problem `rate_limited`, `unavailable`
 */
export async function mailCode(c: Context<AppEnv>, email: string): Promise<void> {
  await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
  const asker = { client: clientKey(c.req.raw), knownBrowser: readCookie(c, 'known') }
  writeCookie(c, 'sign-in', await requestCode(c.var.caps, { email, ...asker }), CODE_LIFE / SECOND)
}

/**
 * Signs the browser in with the code that was mailed for it.
 * @throws Problem `rate_limited`, `invalid_code`
 */
export async function enterCode(c: Context<AppEnv>, code: string): Promise<SignedInEnv['Variables']['user']> {
  await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
  const { caps } = c.var
  const user = await redeemCode(caps, { browserId: readCookie(c, 'sign-in'), code })
  const before = readCookie(c, 'session')
  writeCookie(c, 'session', await createSession(caps, { userId: user.id }), SESSION_LIFE / SECOND)
  if (before) await deleteSession(caps, { token: before }) // nobody holds its token any more, or somebody else does
  writeCookie(c, 'known', await rememberBrowser(caps, { userId: user.id }), KNOWN_LIFE / SECOND)
  clearCookie(c, 'sign-in')
  return user
}

/** Ends the browser's session, and has it drop what it keeps of us: private pictures, and what a page may have kept. */
export async function endSession(c: Context, caps: Capabilities): Promise<void> {
  await deleteSession(caps, { token: readCookie(c, 'session') ?? '' })
  clearCookie(c, 'session')
  c.header('clear-site-data', '"cache", "storage"')
}

/** Without an account: asking for a code and signing in with it. */
export const signIn = new Hono<AppEnv>()
  .post('/sign-in/code', async (c) => {
    const { email } = await readBody(c.req.raw, codeRequest)
    await mailCode(c, email)
    return c.json({}, 202)
  })
  .post('/sign-in', async (c) => {
    const { code } = await readBody(c.req.raw, signInRequest)
    return c.json(toMe(await enterCode(c, code)))
  })

/** One's own account. */
export const account = new Hono<SignedInEnv>()
  .post('/sign-out', requireSession, async (c) => {
    await endSession(c, c.var.caps)
    return c.body(null, 204)
  })
  .get('/me', requireUser, (c) => c.json(toMe(c.var.user)))
  .patch('/me', requireUser, async (c) => {
    const changes = await readBody(c.req.raw, profilePatch)
    await limitChanges(c.env.CHANGE_LIMIT, c.var.user)
    return c.json(toMe(await updateProfile(c.var.caps, { user: c.var.user, ...changes })))
  })
  .post('/me/public-key', requireUser, async (c) => {
    await limitChanges(c.env.CHANGE_LIMIT, c.var.user)
    return c.json(toMe(await renewPublicKey(c.var.caps, { user: c.var.user })))
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

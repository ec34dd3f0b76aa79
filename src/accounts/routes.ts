import { Hono } from 'hono'
import * as z from 'zod/mini'
import {
  type AppEnv,
  clearCookie,
  readCookie,
  requireSession,
  requireUser,
  type SignedInEnv,
  writeCookie,
} from '../auth'
import { readBody } from '../body'
import { openDb } from '../db/db'
import { loadConfig } from '../env'
import { Problem } from '../errors'
import { limitChanges, limitClient } from '../limits'
import {
  createSession,
  createToken,
  deleteSession,
  deleteToken,
  listTokens,
  SESSION_LIFE,
} from './credentials'
import { codeSender } from './mail'
import { renewPublicKey, toMe, updateProfile } from './profile'
import { CODE_LIFE, KNOWN_LIFE, redeemCode, rememberBrowser, requestCode } from './signin'

const emailShape = z.pipe(
  z.string().check(z.trim(), z.toLowerCase(), z.maxLength(254)), // RFC 5321, section 4.5.3.1.3
  // What <input type="email"> accepts, so that page and server agree.
  z.email({ pattern: z.regexes.html5Email, error: 'not an e-mail address' }),
)
const codeRequest = z.strictObject({ email: emailShape })
const signInRequest = z.strictObject({ code: z.string().check(z.maxLength(40)) })
const profilePatch = z.strictObject({
  displayName: z.optional(z.string().check(z.trim(), z.maxLength(100))),
  publicLookup: z.optional(z.boolean()),
  tagPolicy: z.optional(z.enum(['anyone', 'nobody'])),
})
const tokenRequest = z.strictObject({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)) })

/** Without an account: asking for a code and signing in with it. */
export const signIn = new Hono<AppEnv>()
  .post('/sign-in/code', async (c) => {
    await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
    const { email } = await readBody(c.req.raw, codeRequest)
    const send = codeSender(c.env.EMAIL, loadConfig(c.env))
    const knownBrowser = readCookie(c, 'known')
    const browserId = await requestCode(openDb(c.env.DB), send, { email, knownBrowser }, Date.now())
    writeCookie(c, 'sign-in', browserId, CODE_LIFE / 1000)
    return c.json({}, 202)
  })
  .post('/sign-in', async (c) => {
    await limitClient(c.env.OUTBOUND_LIMIT, c.req.raw)
    const { code } = await readBody(c.req.raw, signInRequest)
    const db = openDb(c.env.DB)
    const now = Date.now()
    const browserId = readCookie(c, 'sign-in')
    const user = await redeemCode(db, { browserId, code: code.replace(/[\s-]/g, '') }, now)
    writeCookie(c, 'session', await createSession(db, { userId: user.id }, now), SESSION_LIFE / 1000)
    writeCookie(c, 'known', await rememberBrowser(db, { userId: user.id }, now), KNOWN_LIFE / 1000)
    clearCookie(c, 'sign-in')
    return c.json(toMe(user))
  })

/** One's own account. */
export const account = new Hono<SignedInEnv>()
  .post('/sign-out', requireSession, async (c) => {
    await deleteSession(openDb(c.env.DB), { token: readCookie(c, 'session') ?? '' })
    clearCookie(c, 'session')
    return c.body(null, 204)
  })
  .get('/me', requireUser, (c) => c.json(toMe(c.var.user)))
  .patch('/me', requireUser, async (c) => {
    const changes = await readBody(c.req.raw, profilePatch)
    await limitChanges(c.env.CHANGE_LIMIT, c.var.user)
    return c.json(toMe(await updateProfile(openDb(c.env.DB), c.env.PURGES, { user: c.var.user, ...changes })))
  })
  .post('/me/public-key', requireUser, async (c) => {
    await limitChanges(c.env.CHANGE_LIMIT, c.var.user)
    return c.json(toMe(await renewPublicKey(openDb(c.env.DB), c.env.PURGES, { user: c.var.user })))
  })
  .get('/tokens', requireSession, async (c) =>
    c.json(await listTokens(openDb(c.env.DB), { userId: c.var.user.id })),
  )
  .post('/tokens', requireSession, async (c) => {
    const { name } = await readBody(c.req.raw, tokenRequest)
    const made = await createToken(openDb(c.env.DB), { userId: c.var.user.id, name }, Date.now())
    if (!made) throw new Problem('quota_exceeded', 'You have too many API tokens. Revoke one first.')
    return c.json(made, 201)
  })
  .delete('/tokens/:id', requireSession, async (c) => {
    const gone = await deleteToken(openDb(c.env.DB), { userId: c.var.user.id, id: c.req.param('id') })
    if (!gone) throw new Problem('not_found')
    return c.body(null, 204)
  })

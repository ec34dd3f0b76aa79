import { type Context, Hono } from 'hono'
import type { AppEnv } from '../../accounts/asking'
import { dropCode, findMailedCode, type MailedCode } from '../../accounts/codes'
import { enterCode, mailSignIn, signOut } from '../../accounts/routes'
import { SIGN_IN } from '../../accounts/signin'
import { readForm } from '../../http/body'
import { clearCookie, readCookie } from '../../http/cookies'
import { readNext } from '../../http/next'
import { Problem } from '../../http/problems'
import { t as shared } from '../../lang/shared'
import { readEmail } from '../../lib/email'
import { readDigits } from '../../lib/text'
import { pageHeaders } from '../shared/headers'
import { describeFault } from '../shared/words'
import { renderSignIn } from './page'

type Page = Context<AppEnv>

/**
 * Signing in by pages and forms alone, and signing out. The step is what the browser waits for: while a code that was
 * mailed for it lives, it is the code's, however often the page is loaded or thrown away.
 */
export const signInPages = new Hono<AppEnv>()
  .get('/sign-in', pageHeaders, async (c) => {
    const next = nextOf(c)
    if (c.var.via === 'session') return c.redirect(next)
    const mailed = await findMailed(c)
    return renderSignIn(c, { next, mailed, error: mailed?.refusal })
  })
  .post('/sign-in', pageHeaders, async (c) => {
    const typed = (await readForm(c.req.raw))('email')
    const show = (error: string, status?: Problem['status']) =>
      renderSignIn(c, { next: nextOf(c), mailed: null, typed, error, status })
    const read = readEmail(typed)
    if ('fault' in read) return show(describeFault(read.fault), 400)
    return orShow(c, show, async () => {
      await mailSignIn(c, read.email)
      return toStep(c)
    })
  })
  .post('/sign-in/code', pageHeaders, async (c) => {
    const typed = (await readForm(c.req.raw))('code')
    const show = async (error: string, status?: Problem['status']) => {
      const mailed = await findMailed(c)
      return renderSignIn(c, { next: nextOf(c), mailed, typed: mailed ? typed : '', error, status })
    }
    const code = readDigits(typed)
    if (code.length !== 8) return show(shared().shortCode, 400)
    return orShow(c, show, async () => {
      await enterCode(c, code)
      return c.redirect(nextOf(c), 303)
    })
  })
  .post('/sign-in/again', pageHeaders, async (c) => {
    const mailed = await findMailed(c)
    const show = (error: string, status?: Problem['status']) =>
      renderSignIn(c, { next: nextOf(c), mailed, error, status })
    return orShow(c, show, async () => {
      if (mailed) await mailSignIn(c, mailed.email)
      return toStep(c)
    })
  })
  .post('/sign-in/other', async (c) => {
    const browserId = readCookie(c, 'sign-in')
    if (browserId) await dropCode(c.var.caps, { browserId, use: SIGN_IN })
    clearCookie(c, 'sign-in')
    return toStep(c)
  })
  .post('/sign-out', async (c) => {
    if (c.var.via === 'session') await signOut(c, c.var.caps)
    return c.redirect('/', 303)
  })
  // Where an answer to a form stood, and somebody loads its URL.
  .on('GET', ['/sign-in/code', '/sign-in/again', '/sign-in/other'], (c) => toStep(c))

function findMailed(c: Page): Promise<MailedCode | null> | null {
  const browserId = readCookie(c, 'sign-in')
  return browserId ? findMailedCode(c.var.caps, { browserId, use: SIGN_IN }) : null
}

/** To the step that it is now, by a page that can be loaded again. */
function toStep(c: Page): Response {
  const { search } = new URL(c.req.url)
  return c.redirect(`/sign-in${search}`, 303)
}

/** What the person did wrong stands on the page, beside what they typed; what failed on our side has its own page. */
async function orShow<T>(
  c: Page,
  show: (error: string, status: Problem['status']) => T,
  work: () => Promise<Response>,
): Promise<Awaited<T> | Response> {
  try {
    return await work()
  } catch (thrown) {
    if (!(thrown instanceof Problem) || thrown.status >= 500) throw thrown
    if (thrown.status === 429) c.header('retry-after', String(thrown.retryAfter))
    if (thrown.status === 401) c.header('www-authenticate', 'Bearer realm="cameo"') // RFC 9110, section 15.5.2
    return await show(thrown.message, thrown.status)
  }
}

/** Where to go after signing in. */
const nextOf = (c: Page) => readNext(c, '/photos')

import { type Context, Hono } from 'hono'
import { listAddresses, toAddress } from '../../accounts/addresses'
import type { AppEnv } from '../../accounts/asking'
import { dropCode, findMailedCode } from '../../accounts/codes'
import { updateProfile } from '../../accounts/profile'
import { profilePatch } from '../../accounts/schemas'
import { listSessions } from '../../accounts/sessions'
import { listTokens } from '../../accounts/tokens'
import { checkInput, readForm } from '../../http/body'
import { clearCookie, readCookie } from '../../http/cookies'
import { limitPerson } from '../../http/limits'
import { publicOrigin } from '../../http/origin'
import { measurePhotos } from '../../photos/photos'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { renderSettings } from './page'

/** The cookie of each purpose that a code is mailed for here. */
const COOKIES = { address: 'new-address', deletion: 'deletion' } as const

/** The settings, and what their forms do where no script does it. */
export const settingsPages = new Hono<AppEnv>()
  .get('/settings', pageHeaders, async (c) => {
    const user = readUser(c)
    if (!user) return c.redirect('/sign-in?next=/settings')
    const { caps } = c.var
    const userId = user.id
    const [addresses, sessions, tokens, holdings, address, deletion] = await Promise.all([
      listAddresses(caps, { userId }),
      listSessions(caps, { userId, token: readCookie(c, 'session') ?? '' }),
      listTokens(caps, { userId }),
      measurePhotos(caps, { userId }),
      findMailed(c, { purpose: 'address', userId }),
      findMailed(c, { purpose: 'deletion', userId }),
    ])
    return renderSettings(c, {
      user,
      addresses: addresses.map(toAddress),
      sessions,
      tokens,
      holdings,
      mailed: { address, deletion },
      origin: publicOrigin(caps.config, c.req.url),
    })
  })
  .post('/settings', (c) => c.redirect('/settings', 303))
  .post('/settings/profile', async (c) => {
    const user = readUser(c)
    if (user) {
      const field = await readForm(c.req.raw)
      const changes = checkInput({ displayName: field('displayName') }, profilePatch)
      await limitPerson(c.env.CHANGE_LIMIT, user)
      await updateProfile(c.var.caps, { user, ...changes })
    }
    return c.redirect('/settings', 303)
  })
  .post('/settings/addresses/other', (c) => leaveCode(c, 'address'))
  .post('/settings/deletion/other', (c) => leaveCode(c, 'deletion'))

function findMailed(c: Context<AppEnv>, use: { purpose: keyof typeof COOKIES; userId: string }) {
  const browserId = readCookie(c, COOKIES[use.purpose])
  return browserId ? findMailedCode(c.var.caps, { browserId, use }) : null
}

/** Drops the code that the browser waits for, and goes back to the step before. */
async function leaveCode(c: Context<AppEnv>, purpose: keyof typeof COOKIES): Promise<Response> {
  const user = readUser(c)
  const browserId = readCookie(c, COOKIES[purpose])
  if (user && browserId) await dropCode(c.var.caps, { browserId, use: { purpose, userId: user.id } })
  clearCookie(c, COOKIES[purpose])
  return c.redirect('/settings', 303)
}

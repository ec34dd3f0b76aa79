import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { listAddresses, toAddress } from '../../accounts/addresses'
import type { AppEnv, SignedInEnv } from '../../accounts/asking'
import { dropCode, findMailedCode } from '../../accounts/codes'
import { updateProfile } from '../../accounts/profile'
import { profilePatch } from '../../accounts/schemas'
import { listSessions } from '../../accounts/sessions'
import { listTokens } from '../../accounts/tokens'
import { checkInput, readForm } from '../../http/body'
import { clearCookie, readCookie } from '../../http/cookies'
import { limitPerson } from '../../http/limits'
import { isLocal, publicOrigin } from '../../http/origin'
import { measurePhotos } from '../../photos/photos'
import { readUsage } from '../../photos/usage'
import { pageHeaders } from '../shared/headers'
import { readUser } from '../shared/signed-in'
import { Addresses, PictureDialog, RemoveDialog } from './addresses'
import { Deletion } from './deletion'
import { Export } from './export'
import { renderSettings, SECTIONS, type Section } from './page'
import { Privacy } from './privacy'
import { PrivateUrl, RenewDialog } from './private-url'
import { Profile } from './profile'
import { EndDialog, Sessions } from './sessions'
import { RevokeDialog, TokenDialog, Tokens } from './tokens'
import { Usage } from './usage'

type User = SignedInEnv['Variables']['user']

/** The cookie of each purpose that a code is mailed for here, and the section that asks for it. */
const CODES = {
  address: { cookie: 'new-address', section: 'addresses' },
  deletion: { cookie: 'deletion', section: 'data' },
} as const

/** What each section shows, read when it is asked for and not before. */
const CONTENTS: Record<Section, (c: Context<AppEnv>, user: User) => Child | Promise<Child>> = {
  profile: (_c, user) => <Profile user={user} />,
  async addresses(c, user) {
    const [addresses, mailed] = await Promise.all([
      listAddresses(c.var.caps, { userId: user.id }),
      findMailed(c, { purpose: 'address', userId: user.id }),
    ])
    const local = isLocal(new URL(c.req.url))
    return (
      <>
        <Addresses user={user} addresses={addresses.map(toAddress)} mailed={mailed} local={local} />
        <PictureDialog />
        <RemoveDialog />
      </>
    )
  },
  privacy: (c, user) => (
    <>
      <Privacy user={user} />
      <PrivateUrl url={`${publicOrigin(c.var.caps.config, c.req.url)}/${user.publicKey}`} />
      <RenewDialog />
    </>
  ),
  async devices(c, user) {
    const token = readCookie(c, 'session') ?? ''
    return (
      <>
        <Sessions email={user.email} sessions={await listSessions(c.var.caps, { userId: user.id, token })} />
        <EndDialog />
      </>
    )
  },
  async tokens(c, user) {
    return (
      <>
        <Tokens tokens={await listTokens(c.var.caps, { userId: user.id })} />
        <TokenDialog />
        <RevokeDialog />
      </>
    )
  },
  async data(c, user) {
    const { caps } = c.var
    const [usage, holdings, mailed] = await Promise.all([
      readUsage(caps, { userId: user.id }),
      measurePhotos(caps, { userId: user.id }),
      findMailed(c, { purpose: 'deletion', userId: user.id }),
    ])
    return (
      <>
        <Usage usage={usage} />
        <Export holdings={holdings} />
        <Deletion email={user.email} mailed={mailed} local={isLocal(new URL(c.req.url))} />
      </>
    )
  },
}

/** The settings, a page for each section, and what their forms do where no script does it. */
export const settingsPages = new Hono<AppEnv>()
  .get('/settings', pageHeaders, (c) => showSection(c, 'profile', { front: true }))
  .post('/settings', (c) => c.redirect('/settings', 303))
  .post('/settings/profile', async (c) => {
    const user = readUser(c)
    if (user) {
      const field = await readForm(c.req.raw)
      const changes = checkInput({ displayName: field('displayName') }, profilePatch)
      await limitPerson(c.env.CHANGE_LIMIT, user)
      await updateProfile(c.var.caps, { user, ...changes })
    }
    return c.redirect('/settings/profile', 303)
  })
  .post('/settings/addresses/other', (c) => leaveCode(c, 'address'))
  .post('/settings/deletion/other', (c) => leaveCode(c, 'deletion'))

for (const section of SECTIONS) {
  const path = `/settings/${section}`
  settingsPages.get(path, pageHeaders, (c) => showSection(c, section))
  // Forms that nothing but a script can send lead back to where they stand.
  if (section !== 'profile') settingsPages.post(path, (c) => c.redirect(path, 303))
}

async function showSection(c: Context<AppEnv>, section: Section, { front = false } = {}) {
  const user = readUser(c)
  if (!user) return c.redirect(`/sign-in?next=${c.req.path}`)
  return renderSettings(c, { section, front, children: await CONTENTS[section](c, user) })
}

function findMailed(c: Context<AppEnv>, use: { purpose: keyof typeof CODES; userId: string }) {
  const browserId = readCookie(c, CODES[use.purpose].cookie)
  return browserId ? findMailedCode(c.var.caps, { browserId, use }) : null
}

/** Drops the code that the browser waits for, and goes back to the step before. */
async function leaveCode(c: Context<AppEnv>, purpose: keyof typeof CODES): Promise<Response> {
  const { cookie, section } = CODES[purpose]
  const user = readUser(c)
  const browserId = readCookie(c, cookie)
  if (user && browserId) await dropCode(c.var.caps, { browserId, use: { purpose, userId: user.id } })
  clearCookie(c, cookie)
  return c.redirect(`/settings/${section}`, 303)
}

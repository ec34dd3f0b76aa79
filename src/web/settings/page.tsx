import type { Context } from 'hono'
import type { AddressJson, MeJson, SessionJson, TokenJson } from '../../accounts/answers'
import type { AppEnv } from '../../accounts/asking'
import type { MailedCode } from '../../accounts/codes'
import { isLocal } from '../../http/origin'
import { renderPage } from '../shared/layout'
import { Addresses, PictureDialog, RemoveDialog } from './addresses'
import { Deletion } from './deletion'
import { Export, type Holdings } from './export'
import { Privacy } from './privacy'
import { PrivateUrl, RenewDialog } from './private-url'
import { Profile } from './profile'
import { EndDialog, Sessions } from './sessions'
import { RevokeDialog, TokenDialog, Tokens } from './tokens'

interface SettingsView {
  user: MeJson
  addresses: AddressJson[]
  sessions: SessionJson[]
  tokens: TokenJson[]
  holdings: Holdings
  /** The codes that this browser waits for: to add an address, to delete the account. */
  mailed: { address: MailedCode | null; deletion: MailedCode | null }
  /** Origin of the private URL. */
  origin: string
}

const SECTIONS = [
  ['profile', 'Profile'],
  ['addresses', 'Addresses'],
  ['privacy', 'Privacy'],
  ['private-url', 'Private URL'],
  ['sessions', 'Browsers'],
  ['tokens', 'API tokens'],
  ['export', 'Export'],
  ['deletion', 'Delete account'],
]

/** /settings: the whole account, a section each. */
export function renderSettings(c: Context<AppEnv>, view: SettingsView) {
  const { user, addresses, sessions, tokens, holdings, mailed, origin } = view
  const local = isLocal(new URL(c.req.url))
  return renderPage(c, {
    title: 'Settings',
    script: 'settings',
    needsScript: true,
    children: (
      <div class="settings">
        <div class="settings-head">
          <h1>Settings</h1>
          <nav aria-label="Sections">
            {SECTIONS.map(([name, text]) => (
              <a href={`#${name}-title`}>{text}</a>
            ))}
          </nav>
        </div>
        <div class="settings-sections">
          <Profile user={user} />
          <Addresses user={user} addresses={addresses} mailed={mailed.address} local={local} />
          <Privacy user={user} />
          <PrivateUrl url={`${origin}/${user.publicKey}`} />
          <Sessions email={user.email} sessions={sessions} />
          <Tokens tokens={tokens} />
          <Export holdings={holdings} />
          <Deletion email={user.email} mailed={mailed.deletion} local={local} />
        </div>
        <PictureDialog />
        <RemoveDialog />
        <RenewDialog />
        <EndDialog />
        <TokenDialog />
        <RevokeDialog />
      </div>
    ),
  })
}

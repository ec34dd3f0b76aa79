import { listAddresses, toAddress } from './addresses'
import type { ExportSection } from './export'
import { readPerson, toMe } from './person'
import { listSessions } from './sessions'
import { listTokens } from './tokens'

/** The person, their addresses, and the names and days of sessions and tokens. */
export const accountSection: ExportSection = (caps, { user }) => ({
  async readMembers() {
    const userId = user.id
    const [person, addresses, sessions, tokens] = await Promise.all([
      readPerson(caps, { userId }),
      listAddresses(caps, { userId }),
      listSessions(caps, { userId, token: '' }),
      listTokens(caps, { userId }),
    ])
    return {
      profile: toMe(person),
      addresses: addresses.map(toAddress),
      sessions: sessions.map(({ current: _, ...session }) => session),
      tokens,
    }
  },
})

import { sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import type { Db } from '../db/open'
import { invitations, serverKeys } from '../db/schema'
import { Problem } from '../http/problems'
import { equalInConstantTime, hmacHex, randomToken } from '../lib/crypto'
import { mailboxOf } from '../lib/email'

type DbNow = Pick<Capabilities, 'db' | 'now'>

/** Hexadecimal digits of each half of a token: 128 bits, so that the link fits a line of a mail. */
const HALF = 32

/** The key of each database that this isolate has read: it never changes. */
const keys = new WeakMap<Db, string>()

async function readKey({ db }: Pick<DbNow, 'db'>): Promise<string> {
  const known = keys.get(db)
  if (known) return known
  const [row] = await db
    .insert(serverKeys)
    .values({ name: 'invitations', key: randomToken() })
    .onConflictDoUpdate({ target: serverKeys.name, set: { key: sql`${serverKeys.key}` } })
    .returning({ key: serverKeys.key })
  if (!row) throw new Error('the server has no key')
  keys.set(db, row.key)
  return row.key
}

/**
 * What a mailbox is known by here, whatever tags the address has: a keyed hash, not the one that a person is looked up
 * by.
 * @param email as `readEmail` gives it
 */
export async function hashMailbox(caps: Pick<DbNow, 'db'>, email: string): Promise<string> {
  return (await hmacHex(await readKey(caps), `mailbox ${mailboxOf(email)}`)).slice(0, HALF)
}

/** The token of the link by which a mailbox is left in peace; it does not expire. @param mailbox as `hashMailbox` gives it */
export async function signStop(caps: Pick<DbNow, 'db'>, mailbox: string): Promise<string> {
  return mailbox + (await hmacHex(await readKey(caps), `stop ${mailbox}`)).slice(0, HALF)
}

/**
 * The mailbox that a token is for. Asks the database nothing but the key, once for an isolate.
 * @throws Problem `not_found` for one that was not signed here
 */
export async function readStop(caps: Pick<DbNow, 'db'>, token: string): Promise<string> {
  const mailbox = token.slice(0, HALF)
  if (!/^[0-9a-f]{64}$/.test(token)) throw new Problem('not_found')
  if (!equalInConstantTime(token, await signStop(caps, mailbox))) throw new Problem('not_found')
  return mailbox
}

/**
 * Has no invitation sent to a mailbox any more, whoever asks for one. Idempotent.
 * @throws Problem as `readStop`
 */
export async function stopInvitations(caps: DbNow, { token }: { token: string }): Promise<void> {
  const { db, now } = caps
  await db
    .insert(invitations)
    .values({ mailbox: await readStop(caps, token), stoppedAt: now })
    .onConflictDoUpdate({
      target: invitations.mailbox,
      set: { stoppedAt: now },
      setWhere: sql`${invitations.stoppedAt} IS NULL`,
    })
}

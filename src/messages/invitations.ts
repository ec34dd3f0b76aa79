import { and, eq, isNull, sql } from 'drizzle-orm'
import { holderOf } from '../accounts/holder'
import type { Person } from '../accounts/person'
import { countUse, takeBackUse } from '../budgets/counts'
import type { Capabilities } from '../capabilities'
import { invitations } from '../db/schema'
import { publicOrigin } from '../http/origin'
import { Problem } from '../http/problems'
import { readEmail } from '../lib/email'
import { hashEmail } from '../lib/email-hash'
import { logFailure } from '../lib/failures'
import { mailInvitation } from './invitation-mail'
import { KEY_LIFE } from './sending'
import { hashMailbox, signStop } from './stop'

/** Invitations that a person may ask for in a day (UTC), whether or not a mail goes out. */
export const INVITATIONS_A_DAY = 20

/**
 * Milliseconds between two mails to one mailbox, whoever asks for them. As long as a client's key for a message lives,
 * or a retry of the message could send another.
 */
export const INVITATION_PAUSE = KEY_LIFE

type Desk = Pick<Capabilities, 'db' | 'now' | 'config' | 'email'>

/**
 * Reads the address that a sender wants told of a message.
 * @returns it as `readEmail` gives it
 * @throws Problem `invalid_input` for what is no address, and for one that the message is not addressed to
 */
export async function readInvited({ typed, to }: { typed: string; to: string }): Promise<string> {
  const read = readEmail(typed)
  if ('fault' in read) throw new Problem('invalid_input', 'invite: not an e-mail address.')
  const { hash, hashAlias } = await hashEmail(read.email)
  if (to !== hash && to !== hashAlias)
    throw new Problem('invalid_input', 'invite: `to` is not the hash of this address.')
  return read.email
}

/**
 * Tells an address that a message waits for it, where no account has it: for after the answer, which thereby says
 * nothing of that. One mail a mailbox and INVITATION_PAUSE, by one statement, so that calls in parallel send one. The
 * sender's part of the day is counted first, and where no mail goes out as well: what is left of it must not tell
 * them who is here. A mail that is not taken counts for nothing. Never throws.
 * @param values.email as `readInvited` gives it; it is mailed to and not kept
 * @param values.url of the request
 */
export async function invite(
  caps: Desk,
  values: { sender: Pick<Person, 'id' | 'displayName'>; email: string; url: string },
): Promise<void> {
  const { db, now, config } = caps
  const { sender, email, url } = values
  const use = { kind: 'invitations' as const, lines: [{ who: sender.id, limit: INVITATIONS_A_DAY }] }
  try {
    if (!(await countUse(caps, use))) return
    const mailbox = await hashMailbox(caps, email)
    if (!(await claimMailbox(caps, { mailbox, email }))) return
    try {
      const origin = publicOrigin(config, url)
      const stop = `${origin}/stop/${await signStop(caps, mailbox)}`
      await mailInvitation(caps, { to: email, name: sender.displayName, signIn: `${origin}/inbox`, stop })
    } catch (cause) {
      const isThis = and(eq(invitations.mailbox, mailbox), eq(invitations.sentAt, now))
      await db.delete(invitations).where(and(isThis, isNull(invitations.stoppedAt)))
      await takeBackUse(caps, use)
      throw cause
    }
  } catch (cause) {
    const isUsedUp = cause instanceof Problem && cause.code !== 'unavailable'
    if (!isUsedUp) logFailure({ what: 'invitation', cause })
  }
}

/** Whether a mail may go out now; then none may until INVITATION_PAUSE is over. */
async function claimMailbox(
  { db, now }: Pick<Desk, 'db' | 'now'>,
  { mailbox, email }: { mailbox: string; email: string },
): Promise<boolean> {
  const { hash } = await hashEmail(email)
  const { sentAt, stoppedAt } = invitations
  const claimed = await db
    .insert(invitations)
    .select(sql`SELECT ${mailbox}, ${now}, NULL WHERE ${holderOf(hash)} IS NULL`)
    .onConflictDoUpdate({
      target: invitations.mailbox,
      set: { sentAt: now },
      setWhere: sql`${stoppedAt} IS NULL AND COALESCE(${sentAt}, 0) <= ${now - INVITATION_PAUSE}`,
    })
  return claimed.meta.changes > 0
}

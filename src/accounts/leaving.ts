import { and, eq, inArray, isNotNull, or } from 'drizzle-orm'
import { changeShown, keysOf } from '../avatar/purge'
import { isCountedFor } from '../budgets/cleanup'
import type { Capabilities } from '../capabilities'
import { addresses, counts, signInCodes, users } from '../db/schema'
import { Problem } from '../http/problems'
import { toAddressedJob, twice } from './addressed'
import { type CodeUse, checkCode, isMailedTo, mailCode, spendCode } from './codes'
import type { Person } from './person'
import { areStill, hasPublicKey, readStanding, type Standing, writeWhere } from './standing'

/** Erase every object of a person whose row is gone. */
export interface LeaverJob {
  leaver: string
}

const toLeave = (userId: string): CodeUse => ({ purpose: 'deletion', userId })

/**
 * Mails the code that deletes the account to its primary address. Returns the id for the browser's cookie.
 * @throws Problem as `mailCode`
 */
export function requestLeaving(
  caps: Pick<Capabilities, 'db' | 'now' | 'email' | 'config'>,
  values: { user: Pick<Person, 'id' | 'email'>; client: string },
): Promise<string> {
  const { user, client } = values
  return mailCode(caps, { email: user.email, client, known: true, use: toLeave(user.id) })
}

/**
 * Deletes an account: every row now, every object and what others have addressed to the person by queued jobs, soon and
 * once more past the life of any upload URL and write-back. The jobs are queued first and do nothing while the person's
 * row stands, so a failure on either side leaves a whole account or none; then the code is spent all the same, and
 * another one must be asked for.
 * @throws Problem as `checkCode`; `invalid_code` where the same code came at once, or went to an address that is the
 *   primary one no more
 */
export async function leave(
  caps: Pick<Capabilities, 'db' | 'now' | 'purges' | 'privacyPurges' | 'erasures' | 'inboxes'>,
  values: { user: Pick<Person, 'id' | 'email'>; browserId: string | undefined; code: string },
): Promise<void> {
  const { user, ...proof } = values
  const asked = { ...proof, use: toLeave(user.id) }
  const mailedTo = await checkCode(caps, asked)
  if (mailedTo !== user.email) throw new Problem('invalid_code') // another address is the primary one since
  await spendCode(caps, asked)
  await changeShown(caps, async () => {
    const stands = await readStanding(caps, { userId: user.id })
    return {
      keys: keysOf(stands.addresses, stands.user),
      privacy: true,
      async write() {
        const objects: LeaverJob = { leaver: user.id }
        const addressed = toAddressedJob(caps, { userId: user.id, addresses: stands.addresses })
        await caps.erasures.sendBatch([...twice(objects), ...twice(addressed)])
        return (await deletePerson(caps, stands)) || null
      },
    }
  })
  caps.inboxes.poke(user.id)
}

/**
 * Whatever refers to the person goes with their row. Of the mails of the last day stays how many there were: else
 * whoever comes and goes could have us send any number of them.
 */
async function deletePerson(
  caps: Pick<Capabilities, 'db' | 'now'>,
  { user, addresses: theirs }: Standing,
): Promise<boolean> {
  const { db, now } = caps
  const emails = theirs.map(({ email }) => email)
  const asked = and(isNotNull(signInCodes.userId), eq(signInCodes.userId, user.id)) // the index has no others
  const condition = and(hasPublicKey(caps, user), areStill(theirs, eq(addresses.userId, user.id)))
  return writeWhere(caps, condition, [
    db
      .update(signInCodes)
      .set({ email: null, usedAt: now })
      .where(and(or(and(await isMailedTo(emails), inArray(signInCodes.email, emails)), asked), condition)),
    db.delete(counts).where(and(isCountedFor(user.id, now), condition)),
    db.delete(users).where(and(eq(users.id, user.id), condition)),
  ])
}

import { and, eq } from 'drizzle-orm'
import { changeShown, keysOf } from '../avatar/purge'
import type { Capabilities } from '../capabilities'
import { addresses, type User, users } from '../db/schema'
import { Problem } from '../http/problems'
import { pickChanges } from '../lib/changes'
import { randomPublicKey } from '../lib/crypto'
import { HOUR, SECOND } from '../lib/time'
import { type Person, readPerson } from './person'
import { areStill, hasPublicKey, readStanding, writeWhere } from './standing'

type Desk = Pick<Capabilities, 'db' | 'purges' | 'privacyPurges'>

/**
 * Changes what is given, that alone, and returns the person after it. What the public sees of it is purged.
 * @param values.publicLookup of all addresses at once
 */
export async function updateProfile(
  caps: Desk,
  values: { user: Pick<User, 'id'>; publicLookup?: boolean | undefined } & Partial<
    Pick<User, 'displayName' | 'tagPolicy'>
  >,
): Promise<Person> {
  const { user, publicLookup, ...given } = values
  const { db } = caps
  await changeShown(caps, async () => {
    const stands = await readStanding(caps, { userId: user.id })
    const changes = pickChanges(stands.user, given)
    const switched = stands.addresses.filter(
      (address) => publicLookup !== undefined && address.publicLookup !== publicLookup,
    )
    const named = changes?.displayName !== undefined
    const mine = eq(addresses.userId, user.id)
    const condition = and(
      hasPublicKey(caps, stands.user),
      areStill(stands.addresses, mine),
      publicLookup === undefined
        ? undefined
        : areStill(switched, and(mine, eq(addresses.publicLookup, !publicLookup))),
    )
    const statements = [
      changes &&
        db
          .update(users)
          .set(changes)
          .where(and(eq(users.id, user.id), condition)),
      switched.length > 0 && db.update(addresses).set({ publicLookup }).where(and(mine, condition)),
    ].filter((statement) => statement !== null && statement !== false)
    return {
      keys: named ? keysOf(stands.addresses, stands.user) : keysOf(switched),
      privacy: switched.length > 0 && publicLookup === false,
      write: async () => statements.length === 0 || (await writeWhere(caps, condition, statements)) || null,
    }
  })
  return readPerson(caps, { userId: user.id })
}

/** How often a person may renew the public key in an hour: each time one more key has to be purged. */
const RENEWALS_AN_HOUR = 5

/**
 * Gives the person a new random public key; the old one finds nobody from then on.
 * @throws Problem `rate_limited`
 */
export async function renewPublicKey(
  caps: Desk & Pick<Capabilities, 'now'>,
  values: { user: Pick<User, 'id'> },
): Promise<Person> {
  const userId = values.user.id
  await countRenewal(caps, { userId })
  await changeShown(caps, async () => {
    const before = await readPerson(caps, { userId })
    const publicKey = randomPublicKey()
    return {
      keys: [before.publicKey, publicKey],
      privacy: true,
      async write() {
        const { meta } = await caps.db
          .update(users)
          .set({ publicKey })
          .where(and(eq(users.id, userId), eq(users.publicKey, before.publicKey)))
        return meta.changes > 0 || null
      },
    }
  })
  return readPerson(caps, { userId })
}

/** Counted inside the INSERT, so that calls in parallel cannot pass together. */
async function countRenewal(
  { db, now }: Pick<Capabilities, 'db' | 'now'>,
  values: { userId: string },
): Promise<void> {
  const { meta } = await db.$client
    .prepare(
      `INSERT INTO key_renewals (id, user_id, created_at) SELECT ?1, ?2, ?3
       WHERE (SELECT count(*) FROM key_renewals WHERE user_id = ?2 AND created_at > ?4) < ?5`,
    )
    .bind(crypto.randomUUID(), values.userId, now, now - HOUR, RENEWALS_AN_HOUR)
    .run()
  if (meta.changes) return
  const detail = `The private URL can be renewed ${RENEWALS_AN_HOUR} times an hour. Try again later.`
  throw new Problem('rate_limited', detail, { retryAfter: HOUR / SECOND })
}

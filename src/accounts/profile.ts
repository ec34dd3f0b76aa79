import { and, eq } from 'drizzle-orm'
import { changeShown, keysOf } from '../avatar/purge'
import type { Capabilities } from '../capabilities'
import { type User, users } from '../db/schema'
import { Problem } from '../http/problems'
import { pickChanges } from '../lib/changes'
import { randomPublicKey } from '../lib/crypto'
import { HOUR, SECOND } from '../lib/time'
import type { MeJson } from './answers'

/** The person as they see themselves: `GET /api/me`. */
export function toMe(user: User): MeJson {
  const { id, email, hash, md5, publicKey, publicLookup, displayName, activePhotoId, tagPolicy, createdAt } =
    user
  return { id, email, hash, md5, publicKey, publicLookup, displayName, activePhotoId, tagPolicy, createdAt }
}

type Desk = Pick<Capabilities, 'db' | 'purges' | 'privacyPurges'>

/** Changes what is given, that alone, and returns the person after it. What the public sees of it is purged. */
export async function updateProfile(
  caps: Desk,
  values: { user: User } & Partial<Pick<User, 'displayName' | 'publicLookup' | 'tagPolicy'>>,
): Promise<User> {
  const { user, ...given } = values
  return changeShown(caps, async () => {
    const stands = await readUser(caps, { userId: user.id })
    const changes = pickChanges(stands, given)
    if (!changes) return { keys: [], privacy: false, write: async () => stands }
    const isPublic = changes.displayName !== undefined || changes.publicLookup !== undefined
    return {
      keys: isPublic ? keysOf(stands) : [],
      privacy: changes.publicLookup === false,
      write: () => writeUser(caps, { stands, changes }),
    }
  })
}

/** How often a person may renew the public key in an hour: each time one more key has to be purged. */
const RENEWALS_AN_HOUR = 5

/**
 * Gives the person a new random public key; the old one finds nobody from then on.
 * @throws Problem `rate_limited`
 */
export async function renewPublicKey(
  caps: Desk & Pick<Capabilities, 'now'>,
  values: { user: User },
): Promise<User> {
  await countRenewal(caps, { userId: values.user.id })
  return changeShown(caps, async () => {
    const stands = await readUser(caps, { userId: values.user.id })
    const publicKey = randomPublicKey()
    return {
      keys: [...keysOf(stands), publicKey],
      privacy: true,
      write: () => writeUser(caps, { stands, changes: { publicKey } }),
    }
  })
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

/** Writes where the keys are still those that were purged; null where they are not. */
async function writeUser(
  { db }: Pick<Capabilities, 'db'>,
  { stands, changes }: { stands: User; changes: Partial<User> },
): Promise<User | null> {
  const [written] = await db
    .update(users)
    .set(changes)
    .where(and(eq(users.id, stands.id), eq(users.publicKey, stands.publicKey)))
    .returning()
  return written ?? null
}

/** @throws Problem `unauthenticated` if the account has just been deleted */
export async function readUser({ db }: Pick<Capabilities, 'db'>, values: { userId: string }): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, values.userId))
  if (!user) throw new Problem('unauthenticated')
  return user
}

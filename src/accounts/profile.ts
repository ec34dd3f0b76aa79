import { eq } from 'drizzle-orm'
import type { Db } from '../db/db'
import { type User, users } from '../db/schema'
import { Problem } from '../errors'
import { keysOf, type PurgeJob, queuePurge } from '../jobs/purge'
import { randomPublicKey } from '../lib/crypto'

/** The person as they see themselves: `GET /api/me`. */
export function toMe(user: User) {
  const { id, email, hash, md5, publicKey, publicLookup, displayName, activePhotoId, tagPolicy, createdAt } =
    user
  return { id, email, hash, md5, publicKey, publicLookup, displayName, activePhotoId, tagPolicy, createdAt }
}

export type MeJson = ReturnType<typeof toMe>

/** Changes what is given and returns the person after it. What the public sees of it is purged. */
export async function updateProfile(
  db: Db,
  purges: Queue<PurgeJob>,
  values: { user: User } & Partial<Pick<User, 'displayName' | 'publicLookup' | 'tagPolicy'>>,
): Promise<User> {
  const { user, ...changes } = values
  const { displayName = user.displayName, publicLookup = user.publicLookup } = changes
  const isPublic = displayName !== user.displayName || publicLookup !== user.publicLookup
  if (isPublic) await queuePurge(purges, keysOf(user))
  if (Object.keys(changes).length) await db.update(users).set(changes).where(eq(users.id, user.id))
  return readUser(db, user.id)
}

/** Gives the person a new random public key; the old one finds nobody from then on. */
export async function renewPublicKey(db: Db, purges: Queue<PurgeJob>, values: { user: User }): Promise<User> {
  const { user } = values
  const publicKey = randomPublicKey()
  await queuePurge(purges, [...keysOf(user), publicKey])
  await db.update(users).set({ publicKey }).where(eq(users.id, user.id))
  return readUser(db, user.id)
}

/** @throws Problem `unauthenticated` if the account has just been deleted */
export async function readUser(db: Db, userId: string): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw new Problem('unauthenticated')
  return user
}

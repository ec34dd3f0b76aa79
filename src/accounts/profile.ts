import { eq } from 'drizzle-orm'
import { keysOf, queuePurge } from '../avatar/purge'
import type { Capabilities } from '../capabilities'
import { type User, users } from '../db/schema'
import { Problem } from '../http/problems'
import { randomPublicKey } from '../lib/crypto'
import type { MeJson } from './answers'

/** The person as they see themselves: `GET /api/me`. */
export function toMe(user: User): MeJson {
  const { id, email, hash, md5, publicKey, publicLookup, displayName, activePhotoId, tagPolicy, createdAt } =
    user
  return { id, email, hash, md5, publicKey, publicLookup, displayName, activePhotoId, tagPolicy, createdAt }
}

/** Changes what is given and returns the person after it. What the public sees of it is purged. */
export async function updateProfile(
  caps: Pick<Capabilities, 'db' | 'purges'>,
  values: { user: User } & Partial<Pick<User, 'displayName' | 'publicLookup' | 'tagPolicy'>>,
): Promise<User> {
  const { user, ...changes } = values
  const { displayName = user.displayName, publicLookup = user.publicLookup } = changes
  const isPublic = displayName !== user.displayName || publicLookup !== user.publicLookup
  if (isPublic) await queuePurge(caps, keysOf(user))
  if (Object.keys(changes).length) await caps.db.update(users).set(changes).where(eq(users.id, user.id))
  return readUser(caps, user.id)
}

/** Gives the person a new random public key; the old one finds nobody from then on. */
export async function renewPublicKey(
  caps: Pick<Capabilities, 'db' | 'purges'>,
  values: { user: User },
): Promise<User> {
  const { user } = values
  const publicKey = randomPublicKey()
  await queuePurge(caps, [...keysOf(user), publicKey])
  await caps.db.update(users).set({ publicKey }).where(eq(users.id, user.id))
  return readUser(caps, user.id)
}

/** @throws Problem `unauthenticated` if the account has just been deleted */
async function readUser({ db }: Pick<Capabilities, 'db'>, userId: string): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw new Problem('unauthenticated')
  return user
}

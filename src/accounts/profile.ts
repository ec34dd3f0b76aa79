import { eq } from 'drizzle-orm'
import type { Db } from '../db/db'
import { type User, users } from '../db/schema'
import { Problem } from '../errors'
import { randomPublicKey } from '../lib/crypto'

/** The person as they see themselves: `GET /api/me`. */
export function toMe(user: User) {
  const { id, email, hash, md5, publicKey, publicLookup, displayName, activePhotoId, tagPolicy, createdAt } =
    user
  return { id, email, hash, md5, publicKey, publicLookup, displayName, activePhotoId, tagPolicy, createdAt }
}

export type MeJson = ReturnType<typeof toMe>

/** Changes what is given and returns the person after it. */
export async function updateProfile(
  db: Db,
  values: { userId: string } & Partial<Pick<User, 'displayName' | 'publicLookup' | 'tagPolicy'>>,
): Promise<User> {
  const { userId, ...changes } = values
  if (Object.keys(changes).length) await db.update(users).set(changes).where(eq(users.id, userId))
  return readUser(db, userId)
}

/** Gives the person a new random public key; the old one finds nobody from then on. */
export async function renewPublicKey(db: Db, values: { userId: string }): Promise<User> {
  await db.update(users).set({ publicKey: randomPublicKey() }).where(eq(users.id, values.userId))
  return readUser(db, values.userId)
}

/** @throws Problem `unauthenticated` if the account has just been deleted */
export async function readUser(db: Db, userId: string): Promise<User> {
  const [user] = await db.select().from(users).where(eq(users.id, userId))
  if (!user) throw new Problem('unauthenticated')
  return user
}

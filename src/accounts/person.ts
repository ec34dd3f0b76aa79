import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { type Address, addresses, type User, users } from '../db/schema'
import { Problem } from '../http/problems'
import type { MeJson } from './answers'
import { photoBehind } from './standing'

/**
 * A person as every request meets them: the account, and the primary address that stands for it. `activePhotoId` is
 * the photo, also where a crop of it is what shows.
 */
export type Person = User & Pick<Address, 'email' | 'hash' | 'md5' | 'publicLookup'>

const { email, hash, md5, publicLookup } = addresses

/** What a query selects of a person, from `users` joined with `addresses` on `isPrimaryOfUser`. */
export const personColumns = {
  ...getTableColumns(users),
  ...{ email, hash, md5, publicLookup },
  activePhotoId: photoBehind(users.activePhotoId),
}

/** In letters, or SQLite would not know that the index of primary addresses holds what is asked. */
export const isPrimary: SQL = sql`${addresses.isPrimary} = 1`

export const isPrimaryOfUser = and(eq(addresses.userId, users.id), isPrimary)

/** @throws Problem `unauthenticated` if the account has just been deleted */
export async function readPerson(
  { db }: Pick<Capabilities, 'db'>,
  values: { userId: string },
): Promise<Person> {
  const [person] = await db
    .select(personColumns)
    .from(users)
    .innerJoin(addresses, isPrimaryOfUser)
    .where(eq(users.id, values.userId))
  if (!person) throw new Problem('unauthenticated')
  return person
}

/** The person as they see themselves: `GET /api/me`. */
export function toMe(person: Person): MeJson {
  const { id, email, hash, md5, publicKey, publicLookup } = person
  const { displayName, activePhotoId, tagPolicy, createdAt } = person
  return { id, email, hash, md5, publicKey, publicLookup, displayName, activePhotoId, tagPolicy, createdAt }
}

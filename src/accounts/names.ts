import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { addresses, contacts, users } from '../db/schema'

/** What somebody is called of whom nothing else may be told. */
export const SOMEBODY = 'somebody'

/**
 * What a person calls others: by their own name for them (contacts); else by the display name, where the look-up of that
 * address is on. Whoever has an account and keeps it to themself is called as who has none.
 * @param values.hashes of e-mails; any number, in one query
 * @returns a name for each
 */
export async function namePeople(
  { db }: Pick<Capabilities, 'db'>,
  values: { viewerId: string; hashes: string[] },
): Promise<Map<string, string>> {
  const { viewerId, hashes } = values
  const asked = new Set(hashes)
  if (!asked.size) return new Map()
  const listed = sql<string>`asked.value`
  const rows = await db
    .select({ hash: listed, contact: contacts.name, displayName: users.displayName })
    .from(sql`json_each(${JSON.stringify([...asked])}) AS asked`)
    .leftJoin(contacts, and(eq(contacts.userId, viewerId), eq(contacts.personHash, listed)))
    .leftJoin(addresses, and(eq(addresses.hash, listed), eq(addresses.publicLookup, true)))
    .leftJoin(users, eq(users.id, addresses.userId))
  return new Map(rows.map(({ hash, contact, displayName }) => [hash, contact || displayName || SOMEBODY]))
}

/** The viewer's own name for the person in the row of `addresses`, for a left join. */
export function isContactOf(viewerId: string): SQL | undefined {
  return and(eq(contacts.userId, viewerId), eq(contacts.personHash, addresses.hash))
}

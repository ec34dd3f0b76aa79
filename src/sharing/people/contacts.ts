import { and, asc, eq, sql } from 'drizzle-orm'
import type { Capabilities } from '../../capabilities'
import { contacts } from '../../db/schema'
import { Problem } from '../../http/problems'
import type { ContactJson } from './answers'

type Db = Pick<Capabilities, 'db'>

/** Most names for people that a person may keep. All of them are one page. */
export const MAX_CONTACTS = 1000

const TOO_MANY = `You have ${MAX_CONTACTS} contacts, which is the most. Remove one first.`

/** A person's own names for people, in their order. One page: there are at most MAX_CONTACTS. */
export async function listContacts({ db }: Db, values: { userId: string }): Promise<ContactJson[]> {
  const { personHash: hash, name } = contacts
  return db
    .select({ hash, name })
    .from(contacts)
    .where(eq(contacts.userId, values.userId))
    .orderBy(sql`${name} COLLATE NOCASE`, asc(hash))
}

/**
 * Gives somebody a name that nobody else is told, or another one.
 * @param values.hash of their e-mail, lower case
 * @throws Problem `quota_exceeded`
 */
export async function nameContact(
  { db }: Db,
  values: { userId: string } & ContactJson,
): Promise<ContactJson> {
  const { userId, hash, name } = values
  const isMine = and(eq(contacts.userId, userId), eq(contacts.personHash, hash))
  const { meta } = await db.run(
    sql`INSERT INTO ${contacts} (user_id, person_hash, name)
        SELECT ${userId}, ${hash}, ${name}
        WHERE (SELECT count(*) FROM ${contacts} WHERE ${eq(contacts.userId, userId)}) < ${MAX_CONTACTS}
          OR EXISTS (SELECT 1 FROM ${contacts} WHERE ${isMine})
        ON CONFLICT DO UPDATE SET name = excluded.name`,
  )
  if (!meta.changes) throw new Problem('quota_exceeded', TOO_MANY)
  return { hash, name }
}

/** Forgets a person's name for somebody. Idempotent. */
export async function deleteContact({ db }: Db, values: { userId: string; hash: string }): Promise<void> {
  const { userId, hash } = values
  await db.delete(contacts).where(and(eq(contacts.userId, userId), eq(contacts.personHash, hash)))
}

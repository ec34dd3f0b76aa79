import { type SQL, sql } from 'drizzle-orm'
import { isMine } from '../accounts/mine'
import { SOMEBODY } from '../accounts/names'
import type { Capabilities } from '../capabilities'

/**
 * What a person calls those whom they are in touch with: by their own name for them (contacts); else as they call
 * themself, where the look-up of that address is on, or they wrote from it.
 * @param values.hashes of e-mails, one page of them
 * @returns a name for each
 */
export async function nameCorrespondents(
  { db }: Pick<Capabilities, 'db'>,
  values: { viewerId: string; hashes: string[] },
): Promise<Map<string, string>> {
  const { viewerId, hashes } = values
  const asked = sql`json_each(${JSON.stringify([...new Set(hashes)])})`
  const known = sql`SELECT users.display_name FROM addresses JOIN users ON users.id = addresses.user_id WHERE (addresses.hash = asked.value OR addresses.hash_alias = asked.value) AND (addresses.public_lookup = 1 OR ${wrote(viewerId)}) LIMIT 1`
  const rows = await db.all<{ hash: string; contact: string | null; displayName: string | null }>(
    sql`SELECT asked.value AS hash, contacts.name AS contact, (${known}) AS displayName FROM ${asked} AS asked LEFT JOIN contacts ON contacts.user_id = ${viewerId} AND contacts.person_hash = asked.value`,
  )
  return new Map(rows.map(({ hash, contact, displayName }) => [hash, contact || displayName || SOMEBODY]))
}

/** From the asked address, the account that has it now: whoever had it before is somebody else. */
function wrote(viewerId: string): SQL {
  return sql`EXISTS (SELECT 1 FROM conversations WHERE ${isMine(viewerId, sql`conversations.recipient_hash`)} AND conversations.sender_hash = asked.value AND conversations.sender_id = addresses.user_id)`
}

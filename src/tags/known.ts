import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { namePeople, SOMEBODY } from '../accounts/names'
import type { Capabilities } from '../capabilities'
import { conversations, photoTags } from '../db/schema'

/** Tags of a person, and conversations, that are looked through for whom they may want to tag. */
const LOOKED_THROUGH = 200

/**
 * Whom a person tagged before, in any photo, and whom they wrote to, the newest first, by the names that they may know:
 * who has none for them is nobody to be picked from a list. Reads the ends of indexes, however many rows there are.
 */
export async function listTaggable(
  { db }: Pick<Capabilities, 'db'>,
  values: { userId: string },
): Promise<{ hash: string; name: string }[]> {
  const { userId } = values
  const [tagged, written] = await db.batch([
    db
      .select({ hash: photoTags.personHash })
      .from(photoTags)
      .where(and(eq(photoTags.taggedBy, userId), isNull(photoTags.removedAt)))
      .orderBy(desc(sql`${photoTags}.rowid`))
      .limit(LOOKED_THROUGH),
    db
      .select({ hash: conversations.recipientHash })
      .from(conversations)
      .where(eq(conversations.senderId, userId))
      .orderBy(desc(sql`${conversations}.rowid`))
      .limit(LOOKED_THROUGH),
  ])
  // Of one who blocked them the row is kept under no hash.
  const hashes = [...new Set([...tagged, ...written].map(({ hash }) => hash))].filter((hash) =>
    /^[0-9a-f]{64}$/.test(hash),
  )
  const names = await namePeople({ db }, { viewerId: userId, hashes })
  return hashes
    .map((hash) => ({ hash, name: names.get(hash) ?? SOMEBODY }))
    .filter(({ name }) => name !== SOMEBODY)
}

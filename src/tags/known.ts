import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { namePeople, SOMEBODY } from '../accounts/names'
import type { Capabilities } from '../capabilities'
import { photoTags } from '../db/schema'

/** Tags of a person that are looked through for whom they may want to tag again. */
const LOOKED_THROUGH = 200

/**
 * Whom a person tagged before, in any photo, the newest first, by the names that they may know: who has none for them is
 * nobody to be picked from a list. Reads the end of the index of their tags, however many they made.
 */
export async function listTaggedBefore(
  { db }: Pick<Capabilities, 'db'>,
  values: { userId: string },
): Promise<{ hash: string; name: string }[]> {
  const { userId } = values
  const rows = await db
    .select({ hash: photoTags.personHash })
    .from(photoTags)
    .where(and(eq(photoTags.taggedBy, userId), isNull(photoTags.removedAt)))
    .orderBy(desc(sql`${photoTags}.rowid`))
    .limit(LOOKED_THROUGH)
  const hashes = [...new Set(rows.map(({ hash }) => hash))]
  const names = await namePeople({ db }, { viewerId: userId, hashes })
  return hashes
    .map((hash) => ({ hash, name: names.get(hash) ?? SOMEBODY }))
    .filter(({ name }) => name !== SOMEBODY)
}

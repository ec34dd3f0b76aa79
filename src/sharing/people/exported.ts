import { and, asc, eq, gte, sql } from 'drizzle-orm'
import type { ExportCaps, ExportSection } from '../../accounts/export'
import { namePeople, SOMEBODY } from '../../accounts/names'
import { readPerson } from '../../accounts/person'
import { photoShares, photos } from '../../db/schema'
import type { ShareJson } from './answers'
import { listContacts } from './contacts'

/** Shares that one query lists. */
const PAGE = 500

/** Whom a person's photos are shared with, and their own names for people. What is shared with them is not theirs. */
export const peopleSection: ExportSection = (caps, { user }) => ({
  async readMembers() {
    return { shares: listAll(caps, user.id), contacts: await listContacts(caps, { userId: user.id }) }
  },
})

/**
 * Page by page, in the order of the photos.
 * @throws Problem `unauthenticated` where the account went meanwhile, and the rest of the list with it
 */
async function* listAll(caps: ExportCaps, userId: string): AsyncGenerator<{ photoId: string } & ShareJson> {
  const { personHash: hash, createdAt } = photoShares
  const order = sql`${photos.createdAt}, ${photos.id}, ${hash}`
  let last: { photoCreatedAt: number; photoId: string; hash: string } | undefined
  do {
    const after = last && [
      gte(photos.createdAt, last.photoCreatedAt), // alone, so that the index begins there
      sql`(${order}) > (${last.photoCreatedAt}, ${last.photoId}, ${last.hash})`,
    ]
    const page = await caps.db
      .select({ photoId: photos.id, photoCreatedAt: photos.createdAt, hash, createdAt })
      .from(photos)
      .innerJoin(photoShares, eq(photoShares.photoId, photos.id))
      .where(and(eq(photos.userId, userId), ...(after ?? [])))
      .orderBy(asc(photos.createdAt), asc(photos.id), asc(hash))
      .limit(PAGE)
    const names = await namePeople(caps, { viewerId: userId, hashes: page.map((share) => share.hash) })
    for (const { photoId, hash, createdAt } of page)
      yield { photoId, hash, name: names.get(hash) ?? SOMEBODY, createdAt }
    last = page.length === PAGE ? page.at(-1) : undefined
  } while (last)
  await readPerson(caps, { userId })
}

import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { isMine } from '../accounts/mine'
import { SOMEBODY } from '../accounts/names'
import type { Capabilities } from '../capabilities'
import { addresses, contacts, conversations, photos, photoTags, users } from '../db/schema'
import { Problem } from '../http/problems'
import { isVisible } from '../photos/access'
import { outputSize, wholePicture } from '../renditions/sizing'
import type { TagJson } from './answers'
import { toPixels } from './boxes'

const { personHash, x, y, width, height } = photoTags

/**
 * Who is in a photo, the first tag first: one page, for there are few at most. Whoever may see the photo is told where
 * and by what name; the hash, only its owner, whoever tagged, and whom it names.
 * @param values.asked a width in pixels: each tag then has the pixels that it covers of the rendition for it
 * @throws Problem `not_found` for a photo that they may not see as for none
 */
export async function listTags(
  { db }: Pick<Capabilities, 'db'>,
  values: { viewerId: string; photoId: string; asked: number | null },
): Promise<TagJson[]> {
  const { viewerId, photoId, asked } = values
  const { id, userId, transparent } = photos
  const isMe = isMine(viewerId, personHash)
  const byMe = sql`${photoTags.taggedBy} = ${viewerId}`
  const isTold = sql`(${photos.userId} = ${viewerId} OR ${byMe} OR ${isMe})`
  const rows = await db
    .select({
      photo: { id, userId, transparent, width: photos.width, height: photos.height },
      box: { x, y, width, height },
      hash: sql<string | null>`CASE WHEN ${isTold} THEN ${personHash} END`,
      byMe: sql<number>`${byMe}`,
      contact: contacts.name,
      displayName: sql<string | null>`CASE WHEN ${isKnown(viewerId, isMe)} THEN ${users.displayName} END`,
    })
    .from(photos)
    .leftJoin(photoTags, and(eq(photoTags.photoId, photos.id), isNull(photoTags.removedAt)))
    .leftJoin(contacts, and(eq(contacts.userId, viewerId), eq(contacts.personHash, personHash)))
    .leftJoin(addresses, or(eq(addresses.hash, personHash), eq(addresses.hashAlias, personHash)))
    .leftJoin(users, eq(users.id, addresses.userId))
    .where(isVisible(viewerId, photoId))
    .orderBy(asc(photoTags.createdAt), asc(sql`${photoTags}.rowid`)) // by hashes, it would tell of them
  const [first] = rows
  if (!first) throw new Problem('not_found')
  const size =
    asked === null ? null : outputSize(wholePicture(first.photo, { width: asked, format: 'still' }))
  return rows.flatMap(({ box, hash, byMe, contact, displayName }) => {
    if (!box) return []
    const name = contact || displayName || SOMEBODY
    const pixels = size && { pixels: toPixels(box, size) }
    return { hash, name, ...box, byMe: byMe === 1, ...pixels }
  })
}

/**
 * Whether the viewer may know how the person in the row of `addresses` calls themself, who is tagged in that of
 * `photos`: it is themself; the look-up of that address is on; they wrote to the viewer from it; or they show them this
 * photo, and that is the address by which its owner is told of.
 */
function isKnown(viewerId: string, isMe: SQL): SQL {
  const wrote = sql`SELECT 1 FROM ${conversations} WHERE ${isMine(viewerId, conversations.recipientHash)} AND ${conversations.senderHash} = ${addresses.hash}`
  const isOwner = sql`(${addresses.userId} = ${photos.userId} AND ${addresses.isPrimary} = 1)`
  return sql`(${isMe} OR ${addresses.publicLookup} = 1 OR ${isOwner} OR EXISTS (${wrote}))`
}

import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { isMine } from '../accounts/mine'
import type { Capabilities } from '../capabilities'
import { addresses, contacts, photos, photoTags, users } from '../db/schema'
import { Problem } from '../http/problems'
import { isVisible } from '../photos/access'
import { outputSize, wholePicture } from '../renditions/sizing'
import type { TagJson } from './answers'
import { toPixels } from './boxes'
import { isContact, isHolder, isTagged, nameColumns, toName } from './names'

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
  const byMe = sql`${photoTags.taggedBy} = ${viewerId}`
  const isTold = sql`(${photos.userId} = ${viewerId} OR ${byMe} OR ${isMine(viewerId, personHash)})`
  const rows = await db
    .select({
      photo: { id, userId, transparent, width: photos.width, height: photos.height },
      box: { x, y, width, height },
      hash: sql<string | null>`CASE WHEN ${isTold} THEN ${personHash} END`,
      byMe: sql<number>`${byMe}`,
      called: nameColumns(viewerId),
    })
    .from(photos)
    .leftJoin(photoTags, and(eq(photoTags.photoId, photos.id), isNull(photoTags.removedAt)))
    .leftJoin(contacts, isContact(viewerId))
    .leftJoin(addresses, isTagged)
    .leftJoin(users, isHolder)
    .where(isVisible(viewerId, photoId))
    .orderBy(asc(photoTags.createdAt), asc(sql`${photoTags}.rowid`)) // by hashes, it would tell of them
  const [first] = rows
  if (!first) throw new Problem('not_found')
  const size =
    asked === null ? null : outputSize(wholePicture(first.photo, { width: asked, format: 'still' }))
  return rows.flatMap(({ box, hash, byMe, called }) => {
    if (!box) return []
    const pixels = size && { pixels: toPixels(box, size) }
    return { hash, name: toName(called), ...box, byMe: byMe === 1, ...pixels }
  })
}

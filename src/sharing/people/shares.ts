import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { isMine } from '../../accounts/mine'
import { namePeople, SOMEBODY } from '../../accounts/names'
import type { Capabilities } from '../../capabilities'
import { photoShares, photos, photoTags } from '../../db/schema'
import { Problem } from '../../http/problems'
import { isWhole } from '../../photos/own'
import { postNotice } from '../notices'
import type { ShareJson } from './answers'

type Db = Pick<Capabilities, 'db'>

/**
 * Most people that one photo is shared with: more are for an album. All of them are read for one page, and go in one
 * statement with the photo.
 */
export const MAX_SHARES = 200

const TOO_MANY = `This photo is shared with ${MAX_SHARES} people, which is the most. Use an album for more.`

interface Own {
  userId: string
  photoId: string
}

const isOwn = ({ userId, photoId }: Own): SQL | undefined =>
  and(eq(photos.id, photoId), eq(photos.userId, userId), isWhole)

/**
 * Whom a person's own photo is shared with, newest first, as they call them. One page: there are at most MAX_SHARES.
 * @throws Problem `not_found`, the same for another person's as for none
 */
export async function listShares(caps: Db, values: Own): Promise<ShareJson[]> {
  const { personHash: hash, createdAt } = photoShares
  const rows = await caps.db
    .select({ share: { hash, createdAt } })
    .from(photos)
    .leftJoin(photoShares, eq(photoShares.photoId, photos.id))
    .where(isOwn(values))
    .orderBy(desc(createdAt), asc(hash))
  if (!rows.length) throw new Problem('not_found')
  const shares = rows.flatMap(({ share }) => share ?? [])
  const hashes = shares.map((share) => share.hash)
  const names = await namePeople(caps, { viewerId: values.userId, hashes })
  return shares.map(({ hash, createdAt }) => ({ hash, name: names.get(hash) ?? SOMEBODY, createdAt }))
}

/**
 * Shows a person's own ready photo to whoever has an e-mail, or comes to have it. Idempotent; sharing with oneself does
 * nothing. Whoever it is new to is told by a message in the same batch. Whether the hash is anybody's is not looked at, so that neither the answer nor its time can tell.
 * @param values.hash of the e-mail, lower case
 * @throws Problem `not_found`, the same for another person's photo as for none; `photo_not_ready`; `quota_exceeded`
 */
export async function sharePhoto(
  { db, now, inboxes }: Pick<Capabilities, 'db' | 'now' | 'inboxes'>,
  values: Own & { hash: string },
): Promise<void> {
  const { userId, photoId, hash } = values
  const myself = isMine(userId, sql`${hash}`)
  const ofPhoto = eq(photoShares.photoId, photoId)
  // The most there may be stands in the statement: calls in parallel cannot pass together.
  const grant = db
    .insert(photoShares)
    .select(
      sql`SELECT ${photos.id}, ${hash}, ${now} FROM ${photos}
          WHERE ${isOwn(values)} AND ${photos.status} = 'ready' AND NOT (${myself})
            AND (SELECT count(*) FROM ${photoShares} WHERE ${ofPhoto}) < ${MAX_SHARES}`,
    )
    .onConflictDoNothing()
  const isShared = sql`EXISTS (SELECT 1 FROM ${photoShares} WHERE ${and(ofPhoto, eq(photoShares.personHash, hash))})`
  const look = db
    .select({ status: photos.status, isSettled: sql<number>`(${isShared} OR ${myself})` })
    .from(photos)
    .where(isOwn(values))
  const isNew = sql`EXISTS (SELECT 1 FROM ${photoShares} WHERE ${and(ofPhoto, eq(photoShares.personHash, hash), eq(photoShares.createdAt, now))})`
  const notice = postNotice({ db, now }, { userId, hash, kind: 'share', photoId, isNew })
  const [, [photo], , , [told]] = await db.batch([grant, look, ...notice])
  if (!photo) throw new Problem('not_found')
  if (photo.status !== 'ready') throw new Problem('photo_not_ready')
  if (!photo.isSettled) throw new Problem('quota_exceeded', TOO_MANY)
  inboxes.poke(told?.userId)
}

/**
 * Shows a person's own photo no more to whoever has an e-mail: neither by a share nor by a tag. A tag that the tagged
 * person took away stays as it is: it bars tagging them there again. Idempotent.
 * @param values.hash of the e-mail, lower case
 * @throws Problem `not_found`, the same for another person's as for none
 */
export async function unsharePhoto({ db }: Db, values: Own & { hash: string }): Promise<void> {
  const { photoId, hash } = values
  const own = db.select({ id: photos.id }).from(photos).where(isOwn(values))
  const isOwned = sql`EXISTS ${own}`
  const [found] = await db.batch([
    own,
    db
      .delete(photoShares)
      .where(and(eq(photoShares.photoId, photoId), eq(photoShares.personHash, hash), isOwned)),
    db
      .delete(photoTags)
      .where(
        and(
          eq(photoTags.photoId, photoId),
          eq(photoTags.personHash, hash),
          isNull(photoTags.removedAt),
          isOwned,
        ),
      ),
  ])
  if (!found.length) throw new Problem('not_found')
}

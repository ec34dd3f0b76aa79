import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import { holderOf, toRecipient } from '../accounts/holder'
import { isMine } from '../accounts/mine'
import type { Person } from '../accounts/person'
import type { Capabilities } from '../capabilities'
import { findRecipient, postMessage, UNDELIVERED } from '../db/post'
import { messages, photos, photoTags, users } from '../db/schema'
import { Problem } from '../http/problems'
import { HOUR } from '../lib/time'
import { isVisible } from '../photos/access'
import type { Box } from './boxes'
import { isOfPerson, seesAlready } from './persons'

/** People in one photo. */
export const MAX_TAGS = 20

/** Tags that one person is told of in an hour, of those by one other; what is beyond stands, and nobody is told. */
export const NOTIFICATIONS_AN_HOUR = 20

const TOO_MANY = `At most ${MAX_TAGS} people can be tagged in a photo.`

type Desk = Pick<Capabilities, 'db' | 'now'>

/** Whose tag of whom in which photo; the hash in lower case. */
interface Asked {
  user: Pick<Person, 'id' | 'hash'>
  photoId: string
  hash: string
}

/**
 * Tags somebody in a photo, or moves the box of their tag. What is refused answers like what is not, by the same
 * statements: whether somebody lets themself be tagged, took their tag away or may see the photo is nobody's to know.
 * Every rule stands in the statements, so that calls in parallel cannot pass together:
 *
 * - Of who may see the photo, anybody tags who sees it too, and themself; the owner, everybody, who then sees it.
 * - Nobody is tagged whose policy is `nobody`, but by themself, nor who took a tag of theirs away from this photo,
 *   whatever address it named.
 * - A box is moved by the owner, by who tagged and by who is tagged.
 *
 * The tagged person is told by a message in the same batch: once a photo, and not of what they did themself, not beyond
 * NOTIFICATIONS_AN_HOUR; of whom they blocked it comes to nobody.
 * @throws Problem `not_found` for a photo that they may not see as for none; `quota_exceeded` above MAX_TAGS
 */
export async function tagPerson(
  { db, now, inboxes }: Desk & Pick<Capabilities, 'inboxes'>,
  values: Asked & { box: Box },
): Promise<void> {
  const { user, photoId, hash, box } = values
  const mine = isMine(user.id, sql`${hash}`)
  const isOwn = eq(photos.userId, user.id)
  const live = sql`SELECT 1 FROM ${photoTags} WHERE ${isTag(values)} AND ${photoTags.removedAt} IS NULL`
  const count = sql`(SELECT count(*) FROM ${photoTags} WHERE ${photoTags.photoId} = ${photos.id} AND ${photoTags.removedAt} IS NULL)`
  const isBarred = sql`EXISTS (SELECT 1 FROM ${photoTags} WHERE ${photoTags.photoId} = ${photos.id} AND ${photoTags.removedAt} IS NOT NULL AND ${isOfPerson(hash, photoTags.personHash)})`
  const isUnwilling = sql`EXISTS (SELECT 1 FROM users WHERE users.id = ${holderOf(hash)} AND users.tag_policy = 'nobody')`
  const isAllowed = sql`(EXISTS (${live}) OR (${count} < ${MAX_TAGS} AND (${mine} OR NOT ${isUnwilling}))) AND NOT ${isBarred} AND (${isOwn} OR ${mine} OR ${seesAlready(hash)})`
  const { x, y, width, height } = box
  const look = db
    .select({ count: sql<number>`${count}`, isTagged: sql<number>`EXISTS (${live})` })
    .from(photos)
    .where(isVisible(user.id, photoId))
  const write = db
    .insert(photoTags)
    .select(
      sql`SELECT ${photos.id}, ${hash}, ${user.id}, ${x}, ${y}, ${width}, ${height}, ${now}, NULL FROM ${photos} WHERE ${isVisible(user.id, photoId)} AND ${isAllowed}`,
    )
    .onConflictDoUpdate({
      target: [photoTags.photoId, photoTags.personHash],
      set: { x, y, width, height, taggedBy: takenOver(values) },
      setWhere: sql`${photoTags.removedAt} IS NULL AND (${photoTags.taggedBy} = ${user.id} OR ${mine} OR ${isOwnerOf(values)})`,
    })
  const message = {
    id: crypto.randomUUID(),
    ...{ recipientHash: toRecipient({ recipientHash: hash, senderId: user.id }) },
    ...{ senderHash: user.hash, senderId: user.id },
    ...{ kind: 'tag' as const, photoId, albumId: null, text: '', createdAt: now },
  }
  // Writes what stands: D1 answers later where something was written, and what is refused must not be told by that.
  const rewrite = db
    .update(users)
    .set({ tagPolicy: sql`${users.tagPolicy}` })
    .where(eq(users.id, user.id))
  const told = [...postMessage(db, message, isToBeTold(values, now)), findRecipient(db, message.id)] as const
  const [[photo], , , , [recipient]] = await db.batch([look, write, ...told, rewrite])
  if (!photo) throw new Problem('not_found')
  if (photo.count >= MAX_TAGS && !photo.isTagged) throw new Problem('quota_exceeded', TOO_MANY)
  inboxes.poke(recipient?.userId)
}

/**
 * Takes a tag away. The owner and who tagged may do so, and then it is as if it had never been. Who is tagged takes
 * themself away, under all of their addresses and for good: whoever tags them there again, it does not stand. That is
 * noted where there was no tag, too: another call may be about to write it.
 * @throws Problem `not_found` for a photo that they may not see as for none
 */
export async function untagPerson({ db, now }: Desk, values: Asked): Promise<void> {
  const { user, photoId, hash } = values
  const visible = isVisible(user.id, photoId)
  const look = db.select({ id: photos.id }).from(photos).where(visible)
  const theirs = sql`SELECT ${hash} AS hash UNION SELECT person_hash FROM ${photoTags} WHERE photo_id = ${photoId} AND removed_at IS NULL AND ${isMine(user.id, sql`person_hash`)}`
  // Whoever removed it keeps the bar: it must outlive the account of whoever tagged. Where the face is, is forgotten.
  const bar = db
    .insert(photoTags)
    .select(
      sql`SELECT ${photos.id}, mine.hash, ${user.id}, 0, 0, 1, 1, ${now}, ${now} FROM ${photos} CROSS JOIN (${theirs}) AS mine WHERE ${visible} AND ${isMine(user.id, sql`${hash}`)}`,
    )
    .onConflictDoUpdate({
      target: [photoTags.photoId, photoTags.personHash],
      set: { taggedBy: user.id, x: 0, y: 0, width: 1, height: 1, removedAt: now },
      setWhere: isNull(photoTags.removedAt),
    })
  const remove = db
    .delete(photoTags)
    .where(
      and(
        isTag(values),
        isNull(photoTags.removedAt),
        or(eq(photoTags.taggedBy, user.id), isOwnerOf(values)),
        sql`EXISTS ${look}`,
      ),
    )
  const [found] = await db.batch([look, bar, remove])
  if (!found.length) throw new Problem('not_found')
}

const isTag = ({ photoId, hash }: Asked) =>
  sql`${photoTags.photoId} = ${photoId} AND ${photoTags.personHash} = ${hash}`

const isOwnerOf = ({ user, photoId }: Asked): SQL =>
  sql`EXISTS (SELECT 1 FROM ${photos} WHERE ${photos.id} = ${photoId} AND ${photos.userId} = ${user.id})`

/** A tag is its first tagger's, unless the owner tags somebody anew who lost sight of the photo: that shows it. */
function takenOver(values: Asked): SQL {
  const sees = sql`SELECT 1 FROM ${photos} WHERE ${photos.id} = ${values.photoId} AND ${seesAlready(values.hash)}`
  return sql`CASE WHEN ${isOwnerOf(values)} AND NOT EXISTS (${sees}) THEN ${values.user.id} ELSE ${photoTags.taggedBy} END`
}

/** Of a tag that was made by this very call, whoever it names is to be told. */
function isToBeTold(values: Asked, now: number): SQL {
  const { user, photoId, hash } = values
  const isNew = sql`EXISTS (SELECT 1 FROM ${photoTags} WHERE ${isTag(values)} AND ${photoTags.taggedBy} = ${user.id} AND ${photoTags.createdAt} = ${now} AND ${photoTags.removedAt} IS NULL)`
  const toPerson = sql`FROM ${messages} WHERE kind = 'tag' AND ${isOfPerson(hash, sql`ltrim(${messages.recipientHash}, ${UNDELIVERED})`)}`
  const wasTold = sql`EXISTS (SELECT 1 ${toPerson} AND ${messages.photoId} = ${photoId})`
  const count = sql`(SELECT count(*) ${toPerson} AND ${messages.senderId} = ${user.id} AND ${messages.createdAt} > ${now - HOUR})`
  return sql`${isNew} AND NOT ${isMine(user.id, sql`${hash}`)} AND NOT ${wasTold} AND ${count} < ${NOTIFICATIONS_AN_HOUR}`
}

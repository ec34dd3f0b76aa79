import { and, desc, eq, sql } from 'drizzle-orm'
import { isMine } from '../../accounts/mine'
import { namePeople, SOMEBODY } from '../../accounts/names'
import type { Capabilities } from '../../capabilities'
import { albumMembers, albums } from '../../db/schema'
import { Problem } from '../../http/problems'
import { mayOpenAlbum } from '../../photos/access'
import { postNotice } from '../notices'
import { isAlbumOf, requireOne } from './albums'
import type { MemberJson } from './answers'
import { isAddedBy, sweepCover, sweepPhotos } from './standing'

type Db = Pick<Capabilities, 'db'>

/** Most members of an album, its owner not counted. */
const MAX_MEMBERS = 200

/** Which member of which album, and who asks. */
interface Ref {
  userId: string
  albumId: string
  /** SHA-256 of an e-mail, lower-case hexadecimal. */
  hash: string
}

/**
 * The members of an album, the newest first. One page: there are at most MAX_MEMBERS. Its owner is told all; a member
 * all names, and no hash but their own: it would do for whoever has it to find the other person elsewhere.
 * @throws Problem `not_found`
 */
export async function listMembers(
  { db }: Db,
  values: { userId: string; albumId: string },
): Promise<MemberJson[]> {
  const { userId, albumId } = values
  const isOpen = and(eq(albums.id, albumId), mayOpenAlbum(userId))
  const { personHash: hash, role, createdAt } = albumMembers
  const [[album], rows] = await db.batch([
    db.select({ ownerId: albums.userId }).from(albums).where(isOpen),
    db
      .select({ hash, role, createdAt, isOwn: sql<number>`${isMine(userId, hash)}` })
      .from(albums)
      .innerJoin(albumMembers, eq(albumMembers.albumId, albums.id))
      .where(isOpen)
      .orderBy(desc(createdAt), desc(sql`${albumMembers}.rowid`)), // an order by hash would tell of it
  ])
  if (!album) throw new Problem('not_found')
  const names = await namePeople({ db }, { viewerId: userId, hashes: rows.map((row) => row.hash) })
  return rows.map(({ isOwn, ...member }) => ({
    ...member,
    hash: isOwn || album.ownerId === userId ? member.hash : null,
    name: names.get(member.hash) ?? SOMEBODY,
  }))
}

/**
 * Makes somebody a member of an album, or gives a member another role: with a contributor who is made a viewer go the
 * photos that they added. A new one is told by a message in the same batch. For its owner, whose own hashes change nothing.
 * @throws Problem `not_found`, `quota_exceeded`
 */
export async function putMember(
  caps: Pick<Capabilities, 'db' | 'now' | 'inboxes'>,
  values: Ref & { role: 'viewer' | 'contributor' },
): Promise<void> {
  const { db, now } = caps
  const { userId, albumId, hash, role } = values
  const mine = isAlbumOf(values)
  const isOwn = isMine(userId, sql`${hash}`)
  const members = sql`FROM ${albumMembers} WHERE ${albumMembers.albumId} = ${albumId}`
  const sweep = () => sweepPhotos(caps, isAddedBy(values))
  const isNew = sql`EXISTS (SELECT 1 ${members} AND ${albumMembers.personHash} = ${hash} AND ${albumMembers.createdAt} = ${now})`
  const [, , , , [found], , , [told]] = await db.batch([
    sweep(), // or what went with their last address would come back with this one
    db
      .insert(albumMembers)
      .select(
        sql`SELECT ${albums.id}, ${hash}, ${role}, ${now} FROM ${albums}
            WHERE ${mine} AND NOT ${isOwn} AND ((SELECT count(*) ${members}) < ${MAX_MEMBERS} OR EXISTS (SELECT 1 ${members} AND ${albumMembers.personHash} = ${hash}))`,
      )
      .onConflictDoUpdate({
        target: [albumMembers.albumId, albumMembers.personHash],
        set: { role: sql`excluded.role` },
      }),
    sweep(),
    sweepCover(caps, albumId),
    db
      .select({ role: albumMembers.role, isOwn: sql<number>`${isOwn}` })
      .from(albums)
      .leftJoin(albumMembers, and(eq(albumMembers.albumId, albums.id), eq(albumMembers.personHash, hash)))
      .where(mine),
    ...postNotice(caps, {
      userId,
      hash,
      kind: 'album',
      albumId,
      isNew: sql`${isNew} AND EXISTS (SELECT 1 FROM ${albums} WHERE ${mine})`,
    }),
  ])
  if (!found) throw new Problem('not_found')
  if (found.role !== role && !found.isOwn) {
    throw new Problem('quota_exceeded', `This album has ${MAX_MEMBERS} members, which is the most.`)
  }
  caps.inboxes.poke(told?.userId)
}

/**
 * Removes a member, and with a contributor the photos that they added, as one transaction. The owner removes the member
 * of that hash alone; a member leaves, by whichever address of theirs.
 * @throws Problem `not_found`
 */
export async function removeMember(caps: Db, values: Ref): Promise<void> {
  const { db } = caps
  const { userId, albumId, hash } = values
  const removed = sql`(${albumMembers.personHash} = ${hash} AND EXISTS (SELECT 1 FROM ${albums} WHERE ${isAlbumOf(values)}))`
  const left = sql`(${isMine(userId, sql`${hash}`)} AND ${isMine(userId, albumMembers.personHash)})`
  const [gone] = await db.batch([
    db
      .delete(albumMembers)
      .where(and(eq(albumMembers.albumId, albumId), sql`(${removed} OR ${left})`))
      .returning({ hash: albumMembers.personHash }),
    sweepPhotos(caps, isAddedBy(values)),
    sweepCover(caps, albumId),
  ])
  requireOne(gone)
}

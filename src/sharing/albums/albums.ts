import { and, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { isMine } from '../../accounts/mine'
import { isContactOf, SOMEBODY } from '../../accounts/names'
import { isPrimaryOfUser } from '../../accounts/person'
import type { Capabilities } from '../../capabilities'
import { addresses, albumMembers, albums, contacts, users } from '../../db/schema'
import { Problem } from '../../http/problems'
import { mayOpenAlbum } from '../../photos/access'
import type { AlbumJson } from './answers'
import { holdsPhoto, isContributor, standingCount, standingCover } from './standing'

type Db = Pick<Capabilities, 'db'>

/** Most albums a person may have. */
const MAX_ALBUMS = 500

/** A place in a list that is ordered by time and id, newest first. */
export interface Cursor {
  createdAt: number
  id: string
}

/** What stands behind a place in such a list; everything where there is none. */
export function isBehind(
  cursor: Cursor | null,
  columns: { createdAt: SQLiteColumn; id: SQLiteColumn },
): SQL | undefined {
  if (!cursor) return undefined
  const { createdAt, id } = columns
  return or(lt(createdAt, cursor.createdAt), and(eq(createdAt, cursor.createdAt), lt(id, cursor.id)))
}

/** An album, as whoever asks may know it: for a query over `albums` that has found out that they may. */
function selectAlbums({ db }: Db, userId: string) {
  const { id, title, createdAt } = albums
  return db
    .select({
      ...{ id, title, createdAt },
      role: sql<
        AlbumJson['role']
      >`CASE WHEN ${albums.userId} = ${userId} THEN 'owner' WHEN ${isContributor(userId)} THEN 'contributor' ELSE 'viewer' END`,
      coverPhotoId: standingCover,
      photoCount: standingCount,
      ownerHash: addresses.hash,
      ownerName: users.displayName,
      contactName: contacts.name,
    })
    .from(albums)
    .innerJoin(users, eq(users.id, albums.userId))
    .innerJoin(addresses, isPrimaryOfUser)
    .leftJoin(contacts, isContactOf(userId))
}

/** Who owns an album that somebody may open may be known by name to them, as with photos. */
function toAlbum(row: Awaited<ReturnType<typeof selectAlbums>>[number]): AlbumJson {
  const { ownerHash, ownerName, contactName, ...album } = row
  return { ...album, owner: { hash: ownerHash, name: contactName || ownerName || SOMEBODY } }
}

/** The person's albums and those that they are a member of, newest first. */
export async function listAlbums(
  caps: Db,
  values: { userId: string; limit: number; cursor: Cursor | null },
): Promise<{ items: AlbumJson[]; next: Cursor | null }> {
  const { userId, limit, cursor } = values
  const theirs = sql`${albums.id} IN (SELECT ${albums.id} FROM ${albums} WHERE ${albums.userId} = ${userId} UNION ALL SELECT ${albumMembers.albumId} FROM ${albumMembers} WHERE ${isMine(userId, albumMembers.personHash)})`
  const order = [desc(albums.createdAt), desc(albums.id)]
  // The page first: photos are counted for its albums alone.
  const page = caps.db
    .select({ id: albums.id })
    .from(albums)
    .where(and(theirs, isBehind(cursor, albums)))
    .orderBy(...order)
    .limit(limit + 1)
  const rows = await selectAlbums(caps, userId)
    .where(inArray(albums.id, page))
    .orderBy(...order)
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    items: rows.slice(0, limit).map(toAlbum),
    next: last ? { createdAt: last.createdAt, id: last.id } : null,
  }
}

/** @throws Problem `not_found`, the same for one that they may not open as for none */
export async function readAlbum(caps: Db, values: { userId: string; albumId: string }): Promise<AlbumJson> {
  const { userId, albumId } = values
  const [row] = await selectAlbums(caps, userId).where(and(eq(albums.id, albumId), mayOpenAlbum(userId)))
  if (!row) throw new Problem('not_found')
  return toAlbum(row)
}

/** @throws Problem `quota_exceeded` */
export async function createAlbum(
  caps: Pick<Capabilities, 'db' | 'now'>,
  values: { userId: string; title: string },
): Promise<AlbumJson> {
  const { db, now } = caps
  const { userId, title } = values
  const albumId = crypto.randomUUID()
  const { meta } = await db.run(
    sql`INSERT INTO ${albums} (id, user_id, title, created_at)
        SELECT ${albumId}, ${userId}, ${title}, ${now}
        WHERE (SELECT count(*) FROM ${albums} WHERE ${albums.userId} = ${userId}) < ${MAX_ALBUMS}`,
  )
  if (!meta.changes) {
    throw new Problem('quota_exceeded', `You have ${MAX_ALBUMS} albums, which is the most. Delete one first.`)
  }
  return readAlbum(caps, { userId, albumId })
}

/**
 * Changes what is given, all together or nothing, and returns the album after it. For its owner.
 * @param values.coverPhotoId a photo that is in the album, or null for none
 * @throws Problem `not_found`, the same for another's album, a photo that is not in it, and none
 */
export async function updateAlbum(
  caps: Db,
  values: {
    userId: string
    albumId: string
    title?: string | undefined
    coverPhotoId?: string | null | undefined
  },
): Promise<AlbumJson> {
  const { userId, albumId, title, coverPhotoId } = values
  const ref = { userId, albumId }
  if (title !== undefined || coverPhotoId !== undefined) {
    const holds = typeof coverPhotoId === 'string' ? holdsPhoto(coverPhotoId) : undefined
    await caps.db
      .update(albums)
      .set({ title, coverPhotoId })
      .where(and(isAlbumOf(ref), holds))
      .returning({ id: albums.id })
      .then(requireOne)
  }
  const album = await readAlbum(caps, ref)
  if (album.role !== 'owner') throw new Problem('not_found')
  return album
}

/**
 * Deletes an album, and with it who may open it and its links. The photos stay.
 * @throws Problem `not_found`
 */
export async function deleteAlbum({ db }: Db, values: { userId: string; albumId: string }): Promise<void> {
  await db.delete(albums).where(isAlbumOf(values)).returning({ id: albums.id }).then(requireOne)
}

/** The album, where it is the person's own. */
export function isAlbumOf({ albumId, userId }: { albumId: string; userId: string }): SQL | undefined {
  return and(eq(albums.id, albumId), eq(albums.userId, userId))
}

/** @throws Problem `not_found` where a statement changed nothing */
export function requireOne(rows: unknown[]): void {
  if (!rows.length) throw new Problem('not_found')
}

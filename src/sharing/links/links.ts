import { and, desc, eq, gt, type SQL, sql } from 'drizzle-orm'
import type { Capabilities } from '../../capabilities'
import { albums, type Link, links, photos } from '../../db/schema'
import { Problem } from '../../http/problems'
import { digestHex, randomToken } from '../../lib/crypto'
import { SECOND } from '../../lib/time'
import { isWhole } from '../../photos/own'
import type { LinkJson } from './answers'
import { hashPassword } from './password'

type Db = Pick<Capabilities, 'db'>
type DbNow = Pick<Capabilities, 'db' | 'now'>

/** Live links of one photo or album at most: a token that nobody can tell from the others is one that nobody revokes. */
const MAX_LINKS = 50

/** What a link shows. */
export interface Target {
  kind: 'photo' | 'album'
  id: string
  /** Who asks: only the owner of a photo or an album has anything to do with its links. */
  userId: string
}

/** A link as the owner of what it shows is told of it: nothing that opens it. */
export function toLink({ id, createdAt, expiresAt, passwordHash, download }: Link): LinkJson {
  return { id, createdAt, expiresAt, hasPassword: passwordHash !== null, download }
}

/**
 * Makes a link to a photo or an album. The token is told this once and kept only as its hash.
 * @param values.expiresIn seconds
 * @throws Problem `not_found`, `photo_not_ready`, `quota_exceeded` beyond MAX_LINKS
 */
export async function createLink(
  { db, now }: DbNow,
  values: { target: Target; expiresIn: number; password?: string; download?: boolean },
): Promise<{ link: LinkJson; token: string }> {
  const { target, expiresIn, password, download = false } = values
  if ((await readTarget({ db }, target)) !== 'ready') throw new Problem('photo_not_ready')
  const token = randomToken()
  const row: Link = {
    id: crypto.randomUUID(),
    tokenHash: await digestHex('SHA-256', token),
    photoId: target.kind === 'photo' ? target.id : null,
    albumId: target.kind === 'album' ? target.id : null,
    passwordHash: password === undefined ? null : await hashPassword(password),
    download,
    expiresAt: now + expiresIn * SECOND,
    createdAt: now,
  }
  const { id, tokenHash, photoId, albumId, passwordHash, expiresAt } = row
  const columns = [id, tokenHash, photoId, albumId, passwordHash, Number(download), expiresAt, now]
  const made = sql.join(
    columns.map((value) => sql`${value}`),
    sql`, `,
  )
  const live = sql`SELECT count(*) FROM ${links} WHERE ${isOf(target)} AND ${links.expiresAt} > ${now}`
  const { meta } = await db.run(
    sql`INSERT INTO links (id, token_hash, photo_id, album_id, password_hash, download, expires_at, created_at)
        SELECT ${made} WHERE ${isOwned(target)} AND (${live}) < ${MAX_LINKS}`,
  )
  if (meta.changes) return { link: toLink(row), token }
  await readTarget({ db }, target) // it may have gone meanwhile
  throw new Problem('quota_exceeded', `At most ${MAX_LINKS} links at a time. Revoke one first.`)
}

/**
 * The live links of a photo or an album, newest first. One page: there are at most MAX_LINKS.
 * @throws Problem `not_found`
 */
export async function listLinks({ db, now }: DbNow, values: { target: Target }): Promise<LinkJson[]> {
  const { target } = values
  const rows = await db
    .select()
    .from(links)
    .where(and(isOf(target), gt(links.expiresAt, now), isOwned(target)))
    .orderBy(desc(links.createdAt), desc(links.id))
  if (!rows.length) await readTarget({ db }, target)
  return rows.map(toLink)
}

/**
 * Revokes one link: the next request that it makes is answered as if it had never been.
 * @throws Problem `not_found`
 */
export async function deleteLink({ db }: Db, values: { target: Target; linkId: string }): Promise<void> {
  const { target, linkId } = values
  const gone = await db
    .delete(links)
    .where(and(eq(links.id, linkId), isOf(target), isOwned(target)))
    .returning({ id: links.id })
  if (!gone.length) throw new Problem('not_found')
}

/**
 * Revokes all links of a photo or an album.
 * @throws Problem `not_found`
 */
export async function deleteLinks({ db }: Db, values: { target: Target }): Promise<void> {
  const { target } = values
  const gone = await db
    .delete(links)
    .where(and(isOf(target), isOwned(target)))
    .returning({ id: links.id })
  if (!gone.length) await readTarget({ db }, target)
}

/** The links of a target. */
function isOf({ kind, id }: Target): SQL {
  return eq(kind === 'photo' ? links.photoId : links.albumId, id)
}

/** Whether the target is of who asks. */
function isOwned({ kind, id, userId }: Target): SQL {
  const table = kind === 'photo' ? photos : albums
  return sql`EXISTS (SELECT 1 FROM ${table} WHERE ${table.id} = ${id} AND ${table.userId} = ${userId} ${kind === 'photo' ? sql`AND ${isWhole}` : sql``})`
}

/** @throws Problem `not_found`, the same for another person's as for none */
async function readTarget({ db }: Db, { kind, id, userId }: Target): Promise<'pending' | 'ready'> {
  const query =
    kind === 'photo'
      ? db
          .select({ status: photos.status })
          .from(photos)
          .where(and(eq(photos.id, id), eq(photos.userId, userId), isWhole))
      : db
          .select({ status: sql<'ready'>`'ready'` })
          .from(albums)
          .where(and(eq(albums.id, id), eq(albums.userId, userId)))
  const [row] = await query
  if (!row) throw new Problem('not_found')
  return row.status
}

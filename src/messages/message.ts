import { and, type Column, desc, eq, or, type SQL, sql } from 'drizzle-orm'
import { isContactOf } from '../accounts/names'
import { isPrimaryOfUser } from '../accounts/person'
import type { Capabilities } from '../capabilities'
import type { Db } from '../db/open'
import { addresses, albums, contacts, messages, photos, users } from '../db/schema'
import { isShownTo, mayOpenAlbum } from '../photos/access'
import { isOwner, seenColumns, toSeenPhoto } from '../photos/seen'
import type { MessageJson } from './answers'

/** A place in the order of messages, as a cursor has it: never the number that orders them. */
export interface Place {
  /** Of the message, in milliseconds. */
  createdAt: number
  /** Of the message. */
  id: string
}

const { seq, id, senderId, kind, text, createdAt } = messages
const messageColumns = { seq, id, senderId, kind, text, createdAt }
const albumColumns = named('album', { id: albums.id, title: albums.title })
const photoColumns = named('photo', seenColumns)

/** Columns under names of their own: a batch tells rows by name, and of two `id` only one would be left. */
function named<T extends Record<string, Column>>(prefix: string, columns: T) {
  const entries = Object.entries(columns).map(([name, column]) => [
    name,
    sql`${column}`.mapWith(column).as(`${prefix}_${name}`),
  ])
  return Object.fromEntries(entries) as { [name in keyof T]: SQL.Aliased<T[name]['_']['data'] | null> }
}

/**
 * The query of messages as somebody may see them now: a photo or an album that is shown to them no more is left out.
 * Newest first. Whether they may see the messages themselves is for who calls to know.
 * @param values.seqs a query of one column
 */
export function selectMessages(db: Db, { viewerId, seqs }: { viewerId: string; seqs: SQL }) {
  const isSeen = or(eq(photos.userId, viewerId), isShownTo(viewerId))
  return db
    .select({ message: messageColumns, seen: photoColumns, album: albumColumns })
    .from(sql`(${seqs}) AS page`)
    .crossJoin(messages) // in this order, as it stands: the page is read first
    .leftJoin(photos, and(eq(photos.id, messages.photoId), eq(photos.status, 'ready'), isSeen))
    .leftJoin(users, isOwner)
    .leftJoin(addresses, isPrimaryOfUser)
    .leftJoin(contacts, isContactOf(viewerId))
    .leftJoin(albums, and(eq(albums.id, messages.albumId), mayOpenAlbum(viewerId)))
    .where(eq(messages.seq, sql`page.seq`))
    .orderBy(desc(messages.seq))
}

type Row = Awaited<ReturnType<typeof selectMessages>>[number]

/** @param caps.origin of absolute addresses */
export function toMessage(
  caps: Pick<Capabilities, 'origin'>,
  { message, seen, album }: Row,
  viewerId: string,
): MessageJson {
  const { id, kind, text, createdAt } = message
  return {
    ...{ id, mine: message.senderId === viewerId, kind, text },
    photo: seen.id === null ? null : toSeenPhoto(seen, caps),
    album: album.id === null ? null : { id: album.id, title: album.title ?? '' },
    createdAt,
  }
}

/**
 * The number of the message at a place, NULL for the beginning. Where it is gone meanwhile, that of the next older one:
 * a list goes on behind it.
 */
export function seqOf(place: Place | null): SQL {
  if (!place) return sql`${Number.MAX_SAFE_INTEGER}`
  const exact = sql`(SELECT seq FROM messages WHERE id = ${place.id})`
  const older = sql`(SELECT seq + 1 FROM messages WHERE created_at <= ${place.createdAt} ORDER BY created_at DESC, seq DESC LIMIT 1)`
  return sql`COALESCE(${exact}, ${older}, 0)`
}

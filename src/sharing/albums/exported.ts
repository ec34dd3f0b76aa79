import { and, asc, eq, gt, or, sql } from 'drizzle-orm'
import type { ExportCaps, ExportSection } from '../../accounts/export'
import { namePeople, SOMEBODY } from '../../accounts/names'
import { readPerson } from '../../accounts/person'
import { type Album, albumMembers, albums } from '../../db/schema'
import type { AlbumJson, MemberJson } from './answers'
import { standingCover, standingIds } from './standing'

/** An album in `account.json`. */
interface ExportedAlbum extends Pick<AlbumJson, 'id' | 'title' | 'coverPhotoId' | 'createdAt'> {
  /** The ids of its photos by their own time, those of others too. */
  photos: string[]
  members: (Pick<MemberJson, 'name' | 'role'> & { hash: string })[]
}

/** Albums that one query reads: a full one is 200 KiB. */
const PAGE = 5

/** The albums that are the person's own. Oldest first. */
export const albumsSection: ExportSection = (caps, { user }) => ({
  readMembers: async () => ({ albums: listAll(caps, user.id) }),
})

/**
 * Page by page as they are written: all of them can be more than an isolate holds.
 * @throws Problem `unauthenticated` where the account went meanwhile, and the rest of the list with it
 */
async function* listAll(caps: ExportCaps, userId: string): AsyncGenerator<ExportedAlbum> {
  const { db } = caps
  const { id, title, createdAt } = albums
  const member = sql`json_object('hash', ${albumMembers.personHash}, 'role', ${albumMembers.role})`
  const list = sql`SELECT json_group_array(${member} ORDER BY ${albumMembers.createdAt}, ${albumMembers}.rowid) FROM ${albumMembers} WHERE ${albumMembers.albumId} = ${albums.id}`
  const members = sql<string>`(${list})`
  let last: Pick<Album, 'createdAt' | 'id'> | undefined
  do {
    const after = last && {
      later: gt(createdAt, last.createdAt),
      beside: and(eq(createdAt, last.createdAt), gt(id, last.id)),
    }
    const page = await db
      .select({ id, title, coverPhotoId: standingCover, createdAt, photos: standingIds, members })
      .from(albums)
      .where(and(eq(albums.userId, userId), after && or(after.later, after.beside)))
      .orderBy(asc(createdAt), asc(id))
      .limit(PAGE)
    const read = page.map((album) => ({
      ...album,
      photos: JSON.parse(album.photos) as string[],
      members: JSON.parse(album.members) as Omit<ExportedAlbum['members'][number], 'name'>[],
    }))
    const hashes = read.flatMap((album) => album.members.map(({ hash }) => hash))
    const names = await namePeople(caps, { viewerId: userId, hashes })
    for (const album of read) {
      const named = album.members.map((one) => ({ ...one, name: names.get(one.hash) ?? SOMEBODY }))
      yield { ...album, members: named }
    }
    last = page.length === PAGE ? page.at(-1) : undefined
  } while (last)
  await readPerson(caps, { userId })
}

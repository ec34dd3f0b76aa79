import { eq, sql } from 'drizzle-orm'
import type { Capabilities } from '../../capabilities'
import { albums, photos } from '../../db/schema'
import { standingCover, standingNewest } from './standing'

/** A photo that stands for an album, as the address of its picture needs it. */
export interface Cover {
  photoId: string
  userId: string
}

/**
 * What each album shows for itself: its cover, else its newest photo; nothing where it is empty. One query.
 * @param values.albumIds of albums that whoever asks may open: it is not looked at again
 */
export async function findCovers(
  { db }: Pick<Capabilities, 'db'>,
  values: { albumIds: string[] },
): Promise<Map<string, Cover>> {
  if (!values.albumIds.length) return new Map()
  const rows = await db
    .select({ albumId: albums.id, photoId: photos.id, userId: photos.userId })
    .from(sql`json_each(${JSON.stringify(values.albumIds)}) AS asked`)
    .innerJoin(albums, eq(albums.id, sql`asked.value`))
    .innerJoin(photos, eq(photos.id, sql`coalesce(${standingCover}, ${standingNewest})`))
  return new Map(rows.map(({ albumId, ...cover }) => [albumId, cover]))
}

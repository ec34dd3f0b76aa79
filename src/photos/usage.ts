import { eq, sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { photos } from '../db/schema'
import type { UsageJson } from './answers'

/** What a person has used of their quotas, counted as an upload is held against them. */
export async function readUsage(
  { db, config }: Pick<Capabilities, 'db' | 'config'>,
  { userId }: { userId: string },
): Promise<UsageJson> {
  const [used] = await db
    .select({
      photos: sql<number>`count(*) FILTER (WHERE ${photos.cropOf} IS NULL)`,
      bytes: sql<number>`coalesce(sum(${photos.bytes}), 0)`,
    })
    .from(photos)
    .where(eq(photos.userId, userId))
  const { maxPhotos, maxAccountBytes: maxBytes } = config
  return { photos: used?.photos ?? 0, bytes: used?.bytes ?? 0, maxPhotos, maxBytes }
}

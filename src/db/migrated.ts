import { entries } from '../../migrations/meta/_journal.json'

/** The newest migration that this version of the code knows, as wrangler names it in its table. */
export const NEWEST_MIGRATION = `${entries.at(-1)?.tag}.sql`

/**
 * Whether the schema is at least the one that this code needs: one query. A newer one is fine, it is there before its
 * code is.
 * @throws Error `no such table` where nothing was ever migrated
 */
export async function isMigrated(d1: D1Database): Promise<boolean> {
  const sql = 'SELECT 1 FROM d1_migrations WHERE name = ?1' // wrangler's own table
  return (await d1.prepare(sql).bind(NEWEST_MIGRATION).first()) !== null
}

import { lte, sql } from 'drizzle-orm'
import type { Capabilities } from '../../capabilities'
import { inBatches, type Rest, restOf } from '../../db/batches'
import { links } from '../../db/schema'

/** Links in one run: 10,000. */
const ROWS = { size: 500, steps: 20 }

/** Removes links that have expired, which show nothing any more. Idempotent. */
export async function cleanUpLinks({ db, now }: Pick<Capabilities, 'db' | 'now'>): Promise<Rest> {
  const isDone = await inBatches(ROWS, async (size) => {
    const some = sql`SELECT rowid FROM ${links} WHERE ${lte(links.expiresAt, now)} LIMIT ${size}`
    return (await db.run(sql`DELETE FROM ${links} WHERE rowid IN (${some})`)).meta.changes
  })
  return restOf([isDone])
}

import { lt, sql } from 'drizzle-orm'
import type { Capabilities } from '../capabilities'
import { inBatches, type Rest, restOf } from '../db/batches'
import { messageKeys } from '../db/schema'
import { KEY_LIFE } from './sending'

/** Rows in one run: 50,000. */
const ROWS = { size: 500, steps: 100 }

/** Removes the keys of clients for messages that are older than they are good for. Idempotent. */
export async function cleanUpMessages({ db, now }: Pick<Capabilities, 'db' | 'now'>): Promise<Rest> {
  const over = lt(messageKeys.createdAt, now - KEY_LIFE)
  const isDone = await inBatches(ROWS, async (size) => {
    const some = sql`SELECT rowid FROM ${messageKeys} WHERE ${over} LIMIT ${size}`
    return (await db.run(sql`DELETE FROM ${messageKeys} WHERE rowid IN (${some})`)).meta.changes
  })
  return restOf([isDone])
}

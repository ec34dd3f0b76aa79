import { and, isNull, lt, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Capabilities } from '../capabilities'
import { inBatches, type Rest, restOf } from '../db/batches'
import { invitations, messageKeys } from '../db/schema'
import { INVITATION_PAUSE } from './invitations'
import { KEY_LIFE } from './sending'

/** Rows of one kind in one run: 50,000. */
const ROWS = { size: 500, steps: 100 }

/**
 * Removes the keys of clients for messages that are older than they are good for, and the marks of invitations that
 * hold no other back any more. Idempotent.
 */
export async function cleanUpMessages({ db, now }: Pick<Capabilities, 'db' | 'now'>): Promise<Rest> {
  const remove = (table: SQLiteTable, over: SQL | undefined) =>
    inBatches(ROWS, async (size) => {
      const some = sql`SELECT rowid FROM ${table} WHERE ${over} LIMIT ${size}`
      return (await db.run(sql`DELETE FROM ${table} WHERE rowid IN (${some})`)).meta.changes
    })
  const { sentAt, stoppedAt } = invitations
  return restOf([
    await remove(messageKeys, lt(messageKeys.createdAt, now - KEY_LIFE)),
    await remove(invitations, and(isNull(stoppedAt), lt(sentAt, now - INVITATION_PAUSE))),
  ])
}

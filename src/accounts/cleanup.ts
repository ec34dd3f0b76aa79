import { and, isNotNull, lt, type SQL, sql } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Capabilities } from '../capabilities'
import { inBatches, type Rest, restOf } from '../db/batches'
import { keyRenewals, knownBrowsers, sessions, signInCodes } from '../db/schema'
import { DAY, HOUR } from '../lib/time'
import { CODE_LIFE } from './codes'

/** Rows of one kind in one run: 10,000. */
const ROWS = { size: 500, steps: 20 }

/** Removes codes, sessions, known browsers and counts that have expired. Idempotent. */
export async function cleanUpAccounts({ db, now }: Pick<Capabilities, 'db' | 'now'>): Promise<Rest> {
  const some = (table: SQLiteTable, over: SQL | undefined, size: number) =>
    sql`rowid IN (SELECT rowid FROM ${table} WHERE ${over} LIMIT ${size})`
  const remove = (table: SQLiteTable, over: SQL) =>
    inBatches(
      ROWS,
      async (size) => (await db.run(sql`DELETE FROM ${table} WHERE ${some(table, over, size)}`)).meta.changes,
    )
  const parts = [
    await remove(signInCodes, lt(signInCodes.createdAt, now - DAY)), // mails a day are counted by these rows
    await inBatches(ROWS, async (size) => {
      const over = and(lt(signInCodes.createdAt, now - CODE_LIFE), isNotNull(signInCodes.email))
      const { meta } = await db
        .update(signInCodes)
        .set({ email: null })
        .where(some(signInCodes, over, size))
      return meta.changes
    }),
    await remove(sessions, lt(sessions.expiresAt, now)),
    await remove(knownBrowsers, lt(knownBrowsers.expiresAt, now)),
    await remove(keyRenewals, lt(keyRenewals.createdAt, now - HOUR)),
  ]
  return restOf(parts)
}

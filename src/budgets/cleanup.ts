import { and, eq, gte, inArray, lt, ne, or, type SQL, sql } from 'drizzle-orm'
import { inBatches, type Rest, restOf } from '../db/batches'
import type { Db } from '../db/open'
import { counts, dayKeys } from '../db/schema'
import { DAY } from '../lib/time'
import { dayOf, OF_PERSONS } from './counts'

/** How long the sums of the service stay, for the operator to see what is usual, in days. They are about nobody. */
const DAYS_KEPT = 60

/** Rows in one run: 100,000, one for each network and kind of a busy day. */
const COUNTS = { size: 1000, steps: 100 }

/** Removes who did what on days that are over, the keys of their hashes, and old sums. Idempotent. */
export async function cleanUpBudgets({ db, now }: { db: Db; now: number }): Promise<Rest> {
  const today = dayOf(now)
  await db.delete(dayKeys).where(lt(dayKeys.day, today)) // first: without it the hashes below tell nothing
  const isOld = lt(counts.day, dayOf(now - DAYS_KEPT * DAY))
  const over = and(lt(counts.day, today), or(ne(counts.who, ''), isOld))
  const isDone = await inBatches(COUNTS, async (size) => {
    const some = sql`SELECT rowid FROM ${counts} WHERE ${over} LIMIT ${size}`
    return (await db.run(sql`DELETE FROM ${counts} WHERE rowid IN (${some})`)).meta.changes
  })
  return restOf([isDone])
}

/** The rows of one person: those of days before are gone by then. */
export function isCountedFor(userId: string, now: number): SQL | undefined {
  const days = [now, now - DAY].map(dayOf)
  // Below the id, and the character behind `>` where a pair ends: what a person did with another.
  const ofPairs = and(gte(counts.who, `${userId}>`), lt(counts.who, `${userId}?`))
  return and(
    inArray(counts.day, days),
    inArray(counts.kind, [...OF_PERSONS]),
    or(eq(counts.who, userId), ofPairs),
  )
}
